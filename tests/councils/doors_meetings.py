"""The doors of meetings."""

import datetime as dt

from django.utils import timezone

from accounts.actions import make_calendar_address
from councils.models import Council, Decision, Person, Vote
from tests.councils.made import EVENING, make_item, make_meeting
from tests.doors import EVERYONE, NOBODY, SHUT, STEWARDS, Door, World

KEEPERS = STEWARDS | {"secretary"}
SEATED = KEEPERS | {"council_member"}
ONE = "/raden/{council}/vergaderingen/{meeting}/"
HELD = "/raden/{council}/vergaderingen/{held}/"
ROUTE = "raden/<slug:slug>/vergaderingen/<int:number>/"

PAPER = r"(?P<extension>pdf|docx)"
DOORS: dict[str, list[Door]] = {
    rf"raden/(?P<slug>[-\w]+)/vergaderingen/(?P<number>[0-9]{{1,9}})/agenda\.{PAPER}": [
        Door(ONE + "agenda.docx", EVERYONE, more_queries=2)
    ],
    rf"raden/(?P<slug>[-\w]+)/vergaderingen/(?P<number>[0-9]{{1,9}})/brieven\.{PAPER}": [
        Door(ONE + "brieven.docx", KEEPERS, more_for_staff=3)
    ],
    rf"raden/(?P<slug>[-\w]+)/vergaderingen/(?P<number>[0-9]{{1,9}})/verslag\.{PAPER}": [
        Door(HELD + "verslag.docx", SEATED, more_for_staff=4)
    ],
    rf"raden/(?P<slug>[-\w]+)/besluiten/(?P<year>[0-9]{{4}})/(?P<serial>[0-9]{{1,9}})/uittreksel\.{PAPER}": [
        Door("/raden/{council}/besluiten/{year}/1/uittreksel.docx", EVERYONE, more_queries=4)
    ],
    "raden/<slug:slug>/afspraken/": [Door("/raden/{council}/afspraken/", SEATED, more_for_staff=2)],
    "raden/<slug:slug>/afspraken/<uuid:identifier>/": [
        Door("/raden/{council}/afspraken/{agreement}/", KEEPERS, "post")
    ],
    "raden/<slug:slug>/vergaderingen/": [Door("/raden/{council}/vergaderingen/", EVERYONE)],
    "raden/mijn/<str:token>.ics": [
        Door("/raden/mijn/{own_calendar}.ics", EVERYONE),
        Door("/raden/mijn/geraden.ics", NOBODY, visitor=SHUT),
    ],
    "raden/<slug:slug>/vergaderingen.ics": [Door("/raden/{council}/vergaderingen.ics", EVERYONE)],
    "raden/<slug:slug>/vergaderingen/nieuw/": [Door("/raden/{council}/vergaderingen/nieuw/", KEEPERS)],
    "raden/<slug:slug>/vergaderingen/van-vroeger/": [
        Door("/raden/{council}/vergaderingen/van-vroeger/", KEEPERS)
    ],
    "raden/<slug:slug>/vergaderingen/kort/": [Door("/raden/{council}/vergaderingen/kort/", KEEPERS)],
    ROUTE: [
        Door(ONE, EVERYONE, more_for_staff=3),
        Door(HELD, EVERYONE, more_queries=7, more_for_staff=5),
        Door("/raden/{council}/vergaderingen/{hidden}/", SEATED, more_for_staff=3),
    ],
    f"{ROUTE}wijzigen/": [Door(f"{ONE}wijzigen/", KEEPERS)],
    f"{ROUTE}doen/": [Door(f"{ONE}doen/", KEEPERS, "post")],
    f"{ROUTE}kort/": [Door("/raden/{council}/vergaderingen/{short}/kort/", KEEPERS, more_for_staff=3)],
    f"{ROUTE}punt/": [Door(f"{ONE}punt/", KEEPERS)],
    f"{ROUTE}punt/<int:key>/": [Door(ONE + "punt/{item}/", KEEPERS)],
    f"{ROUTE}punt/<int:key>/doen/": [Door(ONE + "punt/{item}/doen/", KEEPERS, "post")],
    f"{ROUTE}punt/<int:key>/stemming/": [Door(ONE + "punt/{item}/stemming/", KEEPERS, more_for_staff=4)],
    f"{ROUTE}punt/<int:key>/stemming/<int:vote>/": [
        Door(ONE + "punt/{item}/stemming/{vote}/", KEEPERS, more_for_staff=4)
    ],
    f"{ROUTE}punt/<int:key>/stemming/<int:vote>/weg/": [
        Door(ONE + "punt/{item}/stemming/{vote}/weg/", KEEPERS, "post")
    ],
    f"{ROUTE}avond/": [Door(f"{HELD}avond/", SEATED, more_for_staff=16)],
    f"{ROUTE}avond/doen/": [Door(f"{HELD}avond/doen/", NOBODY, "post")],
    f"{ROUTE}goedkeuren/": [Door(f"{HELD}goedkeuren/", NOBODY, "post")],
    "raden/<slug:slug>/besluiten/<int:year>/<int:serial>/": [
        Door("/raden/{council}/besluiten/{year}/1/", EVERYONE, more_queries=6)
    ],
    "raden/<slug:slug>/besluiten/<int:year>/<int:serial>/wijzig/": [
        Door("/raden/{council}/besluiten/{year}/1/wijzig/", KEEPERS)
    ],
}

PUBLIC_SCREENS: tuple[str, ...] = (
    "/raden/dorpsraad-meerle/vergaderingen/2/",
    "/raden/dorpsraad-meerle/vergaderingen/4/",
    "/raden/dorpsraad-wortel/vergaderingen/3/",  # of before, a file
)
SCREENS: tuple[str, ...] = (
    "/raden/dorpsraad-meerle/afspraken/",
    "/raden/dorpsraad-meerle/vergaderingen/",
    "/raden/dorpsraad-meerle/vergaderingen/nieuw/",
    "/raden/dorpsraad-meerle/vergaderingen/3/avond/",
    "/raden/dorpsraad-meerle/vergaderingen/4/",
    "/raden/dorpsraad-wortel/vergaderingen/kort/",
    "/raden/dorpsraad-wortel/vergaderingen/van-vroeger/",
)


def world(made: World, council: Council) -> None:
    """A meeting that is convened, one that only the secretary knows of, one that was held with a decision, a short one."""
    later = timezone.now() + dt.timedelta(days=20)
    coming = make_meeting(council, state="convened", starts_at=later)
    Person.objects.filter(pk=council.memberships.all()[0].person_id).update(postal_address="Dorp 1, Bergen")
    item = make_item(coming, title=made.named("Het plein"))
    vote = Vote.objects.create(item=item, question=made.named("Nemen we dit aan?"))
    hidden = make_meeting(council, starts_at=later + dt.timedelta(days=20))
    held = make_meeting(council, state="closed")
    point = make_item(held, title=made.named("Een bank"), state="done", started_at=EVENING)
    Decision.objects.create(
        meeting=held, council=council, item=point, year=held.day.year, number=1, at=EVENING,
        title=made.named("Een bank erbij"), text=made.named("Een bank erbij"),
    )  # fmt: skip
    held.presences.create(
        membership=council.memberships.all()[0], from_at=EVENING, until_at=held.closed_at, left="end"
    )
    agreed = held.agreements.create(who=council.memberships.all()[0], what=made.named("Bellen"), at=EVENING)
    short = make_meeting(council, works="light", state="closed", starts_at=EVENING - dt.timedelta(days=30))
    made.names |= {
        "meeting": str(coming.number), "hidden": str(hidden.number), "held": str(held.number), "short": str(short.number),
        "item": str(item.pk), "vote": str(vote.pk), "year": str(held.day.year), "agreement": str(agreed.uuid),
        "own_calendar": make_calendar_address(by=made.cast["council_member"]),
    }  # fmt: skip


def rows(council: Council, numbers: range) -> None:
    """More meetings, and more items, decisions and members of those that there are."""
    for number in list(numbers)[:60]:
        meeting = make_meeting(council, state="closed", starts_at=EVENING - dt.timedelta(days=number))
        make_item(meeting)
    for meeting in council.meetings.filter(number__lte=3):
        for _number in list(numbers)[:20]:
            make_item(meeting)
    held = council.meetings.filter(state="closed")[0]
    for number in list(numbers)[:20]:
        held.agreements.create(who=council.memberships.all()[number % 3], what=f"Bellen {number}", at=EVENING)
