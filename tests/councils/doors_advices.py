"""The doors of the register of advices and of each advice."""

from collections import Counter

from councils.models import Advice, Council
from portal.demo.evenings import evening_of, read_year
from tests.councils.advised import (
    make_answered,
    make_competent,
    make_corrected,
    make_decided,
    make_draft,
    make_given,
)
from tests.councils.made import make_member
from tests.doors import EVERYONE, STEWARDS, Door, World, api

WRITERS = STEWARDS | {"secretary"}
INSIDERS = WRITERS | {"council_member"}
ANSWERING = STEWARDS | {"alderman"}

DOORS: dict[str, list[Door]] = {
    "adviezen/": [Door("/adviezen/", EVERYONE), Door("/adviezen/?gebied=bergen&stand=beantwoord", EVERYONE)],
    r"adviezen/tabel\.(?P<extension>csv|xlsx)": [Door("/adviezen/tabel.csv", EVERYONE, in_pieces=True)],
    "adviezen/nieuws.rss": [Door("/adviezen/nieuws.rss", EVERYONE)],
    "adviezen/nieuw/<slug:slug>/": [Door("/adviezen/nieuw/{council}/", WRITERS)],
    "adviezen/concept/<uuid:identifier>/": [Door("/adviezen/concept/{draft_advice}/", INSIDERS)],
    "adviezen/concept/<uuid:identifier>/wijzigen/": [
        Door("/adviezen/concept/{draft_advice}/wijzigen/", WRITERS)
    ],
    "adviezen/concept/<uuid:identifier>/gegeven/": [
        Door("/adviezen/concept/{draft_advice}/gegeven/", WRITERS)
    ],
    "adviezen/concept/<uuid:identifier>/intrekken/": [
        Door("/adviezen/concept/{draft_advice}/intrekken/", WRITERS)
    ],
    "adviezen/<int:year>-<int:number>/": [
        Door("/adviezen/{answered_advice}/", EVERYONE),
        Door("/adviezen/{decided_advice}/", EVERYONE),
    ],
    "adviezen/<int:year>-<int:number>/ontvangen/": [
        Door("/adviezen/{given_advice}/ontvangen/", WRITERS | {"alderman"})
    ],
    "adviezen/<int:year>-<int:number>/antwoord/": [
        Door("/adviezen/{given_advice}/antwoord/", ANSWERING),
        # Nobody is named to read this one: the operator wrote it. Who is competent is led to the page that says who is at work.
        Door("/adviezen/{decided_advice}/antwoord/", ANSWERING),
    ],
    "adviezen/<int:year>-<int:number>/antwoord/verbeteren/": [
        Door("/adviezen/{answered_advice}/antwoord/verbeteren/", ANSWERING)
    ],
    "adviezen/<int:year>-<int:number>/antwoord/<int:serial>/": [
        Door("/adviezen/{corrected_advice}/antwoord/1/", EVERYONE)
    ],
    r"adviezen/(?P<year>[0-9]{4})-(?P<number>[0-9]{1,9})/advies\.(?P<extension>pdf|docx)": [
        Door("/adviezen/{answered_advice}/advies.docx", EVERYONE)
    ],
    "api/v1/adviezen/": [
        api("/api/v1/adviezen/", EVERYONE, "get"),
    ],
    "api/v1/adviezen/<uuid:uuid>/": [api("/api/v1/adviezen/{answered_uuid}/", EVERYONE, "get")],
}


def demo_address(title: str) -> str:
    """Where an advice of the demo is: they are numbered by the year in which they were given."""
    told, numbers = read_year(), Counter[int]()
    for entry in told["advices"]:
        year = evening_of(entry["of"], entry["on"], told["evenings"]).year
        numbers[year] += 1
        if entry["title"] == title:
            return f"/adviezen/{year}-{numbers[year]}/"
    raise LookupError(title)


CORRECTED = demo_address("Licht aan de bushalte")
PUBLIC_SCREENS: tuple[str, ...] = (
    "/adviezen/",
    CORRECTED,
    f"{CORRECTED}antwoord/1/",
    demo_address("Geef het kerkplein terug aan het dorp"),
)
SCREENS: tuple[str, ...] = (
    "/adviezen/nieuw/dorpsraad-meerle/",
    f"{CORRECTED}antwoord/verbeteren/",
    f"{demo_address('Water op straat na zware regen')}antwoord/",
)


def world(made: World, council: Council) -> None:
    """An advice in the making, one that waits, one with an answer that is not public yet, and one that was answered."""
    make_member(council, user=made.cast["council_member"])
    make_competent(council.municipality, made.cast["alderman"])
    draft, given = make_draft(council, made.named("Nog niet")), make_given(council, made.named("Wacht"))
    decided, answered = make_given(council, made.named("Straks")), make_answered(council, made.named("Klaar"))
    make_decided(decided)
    corrected = make_answered(council, made.named("Verbeterd"))
    make_corrected(corrected)
    made.names |= {"draft_advice": str(draft.uuid), "answered_uuid": str(answered.uuid)}
    for name, advice in (
        ("given", given),
        ("decided", decided),
        ("answered", answered),
        ("corrected", corrected),
    ):
        made.names[f"{name}_advice"] = f"{advice.year}-{advice.number}"


def rows(council: Council, numbers: range) -> None:
    """More advices of one council, of which the answer is due."""
    like = Advice.objects.filter(council=council, received_on__isnull=False).order_by("pk")[0]
    skipped = {"id", "uuid", "number", "title"}
    known = {
        field.attname: getattr(like, field.attname)
        for field in Advice._meta.concrete_fields
        if field.name not in skipped
    }
    Advice.objects.bulk_create(
        Advice(**known, number=10_000 + number, title=f"Advies {number:05}") for number in numbers
    )
