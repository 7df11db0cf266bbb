"""What work locations show on the pages of others: map layer, search, panel, calendar, facts, filters."""

import datetime as dt
import json
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from areas.models import Area, AreaKind
from core.calendar import latest, upcoming
from core.facts import fact_columns
from core.filters import filters_for
from core.layers import layers_of
from core.panels import panels
from core.search import search_all
from tests.conftest import Land
from tests.workplaces.conftest import BERGEN, DALEN, MIDDEN, Maker
from workplaces.actions import change_location, set_hours, set_offer
from workplaces.models import DayException, Service, ServiceOffer, Team, WorkLocation

NOBODY = AnonymousUser()


def layer(land: Land) -> Any:
    return next(one for one in layers_of(land.municipality) if one.slug == "werklocaties")


def test_layer(land: Land, library: WorkLocation, make_location: Maker) -> None:
    library.precision = "street"
    library.save()
    make_location('Aan "de" <Markt>', at=DALEN, slug="markt")
    make_location("Nergens", at=None), make_location("Weg", closed_on="2020-01-01")
    built = json.loads(layer(land).build(variant="full"))
    assert layer(land).count() == 2
    assert [feature["properties"]["name"] for feature in built["features"]] == [
        'Aan "de" <Markt>',
        "Bibliotheek",
    ]
    feature = built["features"][1]
    assert feature["id"] == str(library.uuid)
    assert feature["geometry"] == {"type": "Point", "coordinates": list(BERGEN)}
    assert feature["properties"] == {
        "slug": "bibliotheek", "name": "Bibliotheek", "address": "Lindendreef 1b", "precision": "street",
        "approximate": True, "services": ["bibliotheek"], "url": "/werklocaties/bibliotheek/",
    }  # fmt: skip


def test_layer_takes_near_ones_together(land: Land, make_location: Maker) -> None:
    for number in range(3):
        make_location(f"Dicht {number}", at=(4.72 + number / 10_000, 51.45))
    make_location("Ver", at=DALEN)
    counts = [f["properties"].get("count") for f in json.loads(layer(land).build(variant="z12"))["features"]]
    assert sorted(counts, key=str) == [3, None]


def test_layer_version_follows_every_change(
    land: Land,
    cast: dict[str, User],
    library: WorkLocation,
    make_location: Maker,
    django_assert_num_queries: Any,
) -> None:
    seen = [layer(land).version()]
    known = layer(land)
    with django_assert_num_queries(1):
        known.version()
    what: dict[str, Any] = {"location": library, "by": cast["steward"], "version": None}
    set_offer(**what, services=[], teams=[])
    seen.append(layer(land).version())
    set_hours(**what, week={})
    seen.append(layer(land).version())
    make_location("Nieuw")
    seen.append(layer(land).version())
    WorkLocation.objects.filter(slug="nieuw").update(closed_on=timezone.localdate())
    seen.append(layer(land).version())
    assert len(set(seen[:4])) == 4
    assert seen[4] != seen[3]


def test_layer_over_the_web(land: Land, library: WorkLocation) -> None:
    answer = Client().get("/kaartlagen/werklocaties.geojson?variant=z10")
    assert answer.status_code == 200
    assert len(json.loads(answer.content)["features"]) == 1


@pytest.fixture
def hoogstraten(land: Land, make_location: Maker) -> Land:
    """A few of the locations of the demo."""
    books = Service.objects.create(municipality=land.municipality, slug="bibliotheek", name="Bibliotheek")
    for name, street, locality, postcode, has_books in (
        ("Bibliotheek Minderhout", "Minderhoutdorp", "Minderhout", "2322", True),
        ("LDC en bibliotheek Meer", "Mussenakker", "Meer", "2321", True),
        ("LDC en bibliotheek Meerle", "Gemeenteplein", "Meerle", "2328", True),
        ("Basisschool 't Dreefke", "Kapelweg", "Meersel-Dreef", "2328", True),
        ("De Mosten", "Hoogeind", "Meer", "2321", False),
        ("IKO Meerle", "Gemeenteplein", "Meerle", "2328", False),
    ):
        location = make_location(
            name, street=street, locality=locality, postcode=postcode, slug=f"{street}-{name[:2]}".lower()
        )
        if has_books:
            ServiceOffer.objects.create(location=location, service=books)
    return land


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("bib meer", "LDC en bibliotheek Meer"),
        ("bibliotheek meerle", "LDC en bibliotheek Meerle"),
        ("de mosten", "De Mosten"),
        ("Mussenaker", "LDC en bibliotheek Meer"),
        ("bibloitheek minderhout", "Bibliotheek Minderhout"),
    ],
)
def test_search(hoogstraten: Land, text: str, first: str) -> None:
    hits = [hit for hit in search_all(text, hoogstraten.municipality, NOBODY) if "/werklocaties/" in hit.url]
    assert hits[0].title == first


def test_search_finds_streets_and_services(hoogstraten: Land) -> None:
    def found(text: str) -> dict[str, str]:
        return {hit.title: hit.url for hit in search_all(text, hoogstraten.municipality, NOBODY)}

    # One location in the street: there; more: the list of them.
    assert found("hoogeind")["Hoogeind"] == "/werklocaties/hoogeind-de/"
    assert found("gemeenteplein")["Gemeenteplein"] == "/werklocaties/?q=Gemeenteplein"
    assert found("bibliotheek")["Bibliotheek"] == "/werklocaties/?dienst=bibliotheek"


@pytest.mark.parametrize("text", ["zzzzqqq", "'\"\\(", "%_", "a" * 300, "[[:alpha:]]+", "\x00"])
def test_search_finds_nothing_in_nonsense(hoogstraten: Land, text: str) -> None:
    hits = [
        hit
        for hit in search_all(text.replace("\x00", ""), hoogstraten.municipality, NOBODY)
        if hit.symbol == "location"
    ]
    assert hits == []


def panel(land: Land, area: Area) -> str:
    request = RequestFactory().get("/")
    request.user = NOBODY
    request.municipality = land.municipality  # type: ignore[attr-defined]
    shown = (one for one in (panels["workplaces.here"], panels["workplaces.contact"]))
    found = [(one, one.content(request=request, obj=area)) for one in shown]
    return "".join(
        render_to_string(one.template, dict(content.context), request) + content.url
        for one, content in found
        if content
    )


def test_panel(
    land: Land, library: WorkLocation, desk: Team, make_location: Maker, django_assert_max_num_queries: Any
) -> None:
    for number in range(20):
        make_location(f"Plek {number:02}", at=DALEN)
    panel(land, land["bergen"])  # what frames every page is remembered
    with django_assert_max_num_queries(2):
        text = panel(land, land["bergen"])
    for words in ("Bibliotheek", "Lindendreef 1b", "03 000 00 02", "Onthaal"):
        assert words in text
    assert "?gebied=dalen" in panel(land, land["dalen"])
    assert "/werklocaties/" in panel(land, land["midden"])
    residual = Area.objects.create(
        municipality=land.municipality,
        kind=AreaKind.objects.get(slug="wijk"),
        slug="rest",
        name="Rest",
        is_residual=True,
    )
    assert "/werklocaties/" not in panel(land, residual)


def test_calendar_and_feed(land: Land, cast: dict[str, User], library: WorkLocation) -> None:
    today = timezone.localdate()
    DayException.objects.create(location=library, day=today + dt.timedelta(days=3), reason="Feestdag")
    DayException.objects.create(
        location=library, day=today + dt.timedelta(days=5), opens=dt.time(9), closes=dt.time(10)
    )
    DayException.objects.create(location=library, day=today + dt.timedelta(days=300))
    entries = upcoming(land.municipality, NOBODY, first=today, area=land["bergen"])
    assert [(entry.detail, entry.url) for entry in entries] == [
        ("Feestdag", "/werklocaties/bibliotheek/"),
        ("", "/werklocaties/bibliotheek/"),
    ]
    assert "9.00–10.00" in entries[1].title
    assert not upcoming(land.municipality, NOBODY, first=today, area=land["dalen"])
    change_location(
        location=library,
        by=cast["worker_here"],
        version=None,
        values={"name": "Bib"},
        note="Op vraag van Jan Jansen",
    )
    news = [entry for entry in latest(land.municipality, NOBODY) if "/werklocaties/" in entry.url]
    assert [entry.title for entry in news] == ["Bib"]
    # Neither who did it, nor what that person typed as a reason.
    assert "Worker" not in str(news)
    assert "Jansen" not in str(news)
    assert not [e for e in latest(land.municipality, NOBODY, area=land["dalen"]) if "/werklocaties/" in e.url]


def test_many_new_locations_are_one_piece_of_news(land: Land, make_location: Maker) -> None:
    for name in ("School", "Bib"):
        make_location(name, at=MIDDEN)
    assert {entry.title for entry in latest(land.municipality, NOBODY)} == {"School", "Bib"}
    for name in ("Loods", "Zaal"):
        make_location(name, at=MIDDEN)
    WorkLocation.objects.filter(name="Zaal").update(phone="03 000 00 02")  # by nobody, for no reason: no news
    (entry,) = latest(land.municipality, NOBODY)
    assert (entry.title, entry.url) == ("4 werklocaties toegevoegd", "/werklocaties/")
    WorkLocation.objects.filter(name="Zaal").update(phone="03 000 00 03")
    assert [one.title for one in latest(land.municipality, NOBODY)] == [entry.title]


def test_facts_and_filter(
    land: Land, library: WorkLocation, make_location: Maker, django_assert_num_queries: Any
) -> None:
    make_location("School", at=MIDDEN), make_location("Weg", at=MIDDEN, closed_on="2020-01-01")
    areas = list(Area.objects.of(land.municipality).select_related("kind"))
    columns = fact_columns(areas, NOBODY)
    (facts,) = [column.by_pk for column in columns if str(column.title) == str(_("Work locations"))]
    assert {area.slug: facts[area.pk].figure for area in areas} == {
        "bergen": "1",
        "midden": "1",
        "dalen": "0",
        "noord-deelgemeente": "2",
        "zuid-deelgemeente": "0",
    }
    (service,) = [one for one in filters_for("areas.area") if one.parameter == "dienst"]
    assert list(service.choices(municipality=land.municipality)) == [("bibliotheek", "Bibliotheek")]
    narrowed = service.narrow(queryset=Area.objects.all(), value="bibliotheek")
    assert set(narrowed.values_list("slug", flat=True)) == {"bergen", "noord-deelgemeente"}
