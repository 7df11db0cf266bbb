"""The doors of who keeps a council and of who sits in it."""

import datetime as dt

from councils.models import Council, Hindrance, Membership, Office, PublicOffice, RuleChoice, TextBlock
from tests.councils.made import make_member
from tests.doors import STEWARDS, Door, World
from tests.intakes import kept_file

KEEPERS = STEWARDS | {"secretary"}
AT = "/raden/{council}"
DOORS: dict[str, list[Door]] = {
    "raden/inlezen/": [Door("/raden/inlezen/", KEEPERS)],
    "raden/inlezen/<uuid:uuid>/": [
        Door("/raden/inlezen/{members_table}/", frozenset({"steward"}), more_for_staff=9)
    ],
    r"raden/(?P<slug>[-\w]+)/leden\.(?P<extension>csv|xlsx)": [Door(f"{AT}/leden.csv", KEEPERS)],
    "raden/nieuw/": [Door("/raden/nieuw/", STEWARDS)],
    "raden/<slug:slug>/beheer/": [Door(f"{AT}/beheer/", KEEPERS, more_queries=15, more_for_staff=3)],
    "raden/<slug:slug>/beheer/<slug:word>/": [
        *(Door(f"{AT}/beheer/{word}/", KEEPERS) for word in ("gegevens", "periode", "plaatsen")),
        *(Door(f"{AT}/beheer/{word}/", KEEPERS) for word in ("benoemen", "tekstblok")),
        *(Door(f"{AT}/beheer/{word}/", STEWARDS) for word in ("grondslag", "stoppen")),
    ],
    "raden/<slug:slug>/beheer/<slug:word>/<int:key>/": [
        Door(f"{AT}/beheer/{word}/{{{key}}}/", KEEPERS)
        for word, key in (
            ("periode", "council_term"), ("plaatsen", "council_seat"), ("plaatsen-weg", "council_seat"),
            ("eigen-regel", "council_rule"), ("tekstblok", "council_block"), ("tekstblok-weg", "council_block"),
            ("functie", "council_office"), ("verhinderd", "council_hindrance"), ("mandaat", "council_mandate"),
        )
    ],
    "raden/<slug:slug>/regels/<slug:word>/": [Door(f"{AT}/regels/antwoordtermijn/", KEEPERS)],
    "raden/<slug:slug>/leden/<uuid:uuid>/<slug:word>/": [
        Door(f"{AT}/leden/{{seated}}/{word}/", KEEPERS)
        for word in ("gegevens", "persoon", "functie", "verhinderd", "mandaat", "weg")
    ],
}  # fmt: skip

SCREENS = (
    "/raden/dorpsraad-meerle/beheer/",
    "/raden/dorpsraad-meerle/beheer/benoemen/",
    "/raden/dorpsraad-meerle/beheer/tekstblok/",
    "/raden/inlezen/",
)


def world(made: World, council: Council) -> None:
    """A term, places, a member who is away, a mandate and an own rule."""
    first = dt.date(2025, 1, 1)
    away = make_member(council)
    member = Membership.objects.get(uuid=made.names["seated"])
    office = Office.objects.filter(membership=member).get()
    hindrance = Hindrance.objects.create(membership=away, first_on=first)
    mandate = PublicOffice.objects.create(person=away.person, kind="other", first_on=first)
    rule = RuleChoice.objects.create(
        council=council, rule="tie", value="chair", first_on=first, source="art. 4"
    )
    block = TextBlock.objects.create(
        municipality=council.municipality, council=council, title=made.named("Welkom"), text="Dag {raad}."
    )
    table = kept_file(
        "councils.members",
        made.land.municipality,
        "naam;vanaf\nLid;2026-01-01\n",
        made.owners["steward"],
        subject=council.uuid,
    )
    made.names |= {
        "members_table": str(table.uuid),
        "council_term": str(council.terms.get().pk), "council_seat": str(council.seats.get().pk),
        "council_office": str(office.pk), "council_hindrance": str(hindrance.pk), "council_mandate": str(mandate.pk),
        "council_rule": str(rule.pk), "council_block": str(block.pk),
    }  # fmt: skip
