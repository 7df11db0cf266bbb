"""The pages."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from core.models import Intake, PrivateFile
from core.tables import read_table
from tests.conftest import CAST, Land
from tests.workplaces.conftest import DALEN, Maker
from workplaces.models import DayException, OpeningHours, QualityWaiver, WorkLocation
from workplaces.plan import make_plan

SignIn = Callable[[str], Client]
PAGE = "/werklocaties/bibliotheek/"
EDIT = f"{PAGE}bewerken/"
STAFF = {"worker_here", "worker_elsewhere", "steward", "administrator"}
OFFICE = {"steward", "administrator"}
HTMX = {"HX-Request": "true"}


@pytest.fixture
def client() -> Client:
    return Client()


def test_list_shows_what_is_in_use(client: Client, library: WorkLocation, make_location: Maker) -> None:
    make_location("Oude school", closed_on="2020-01-01")
    answer = client.get("/werklocaties/")
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "Bibliotheek" in text
    assert "Lindendreef 1b, 2320 Bergen" in text
    assert "Oude school" not in text
    assert "/werklocaties/nieuw/" not in text


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=linden", True),
        ("q=markt", False),
        ("dienst=bibliotheek", True),
        ("dienst=bestaatniet", False),
        ("gebied=bergen", True),
        ("gebied=dalen", False),
        ("gebied=bestaatniet", False),
        ("toegankelijk=on", True),
        ("open=on", True),
        ("q=%00", False),
    ],
)
@time_machine.travel(dt.datetime(2026, 11, 23, 9, 30, tzinfo=dt.UTC), tick=False)
def test_filters(client: Client, library: WorkLocation, query: str, found: bool) -> None:
    answer = client.get(f"/werklocaties/?{query}")
    assert answer.status_code == 200
    assert (PAGE in answer.content.decode()) is found


@time_machine.travel(dt.datetime(2026, 11, 24, 9, 30, tzinfo=dt.UTC), tick=False)
def test_open_now_is_now(client: Client, library: WorkLocation) -> None:
    assert PAGE not in client.get("/werklocaties/?open=on").content.decode()


def test_htmx_gets_a_part(client: Client, library: WorkLocation) -> None:
    answer = client.get("/werklocaties/", headers=HTMX)
    assert answer.content.decode().lstrip().startswith('<div id="results"')
    assert "HX-Request" in answer.headers["Vary"]


@pytest.mark.parametrize("url", ["/werklocaties/?q=plek", PAGE])
def test_queries_are_few_at_any_size(
    client: Client, library: WorkLocation, make_location: Maker, url: str, django_assert_max_num_queries: Any
) -> None:
    for number in range(60):
        make_location(f"Plek {number}")
    client.get(url)
    with django_assert_max_num_queries(12):
        assert client.get(url).status_code == 200


def test_pages_of_fifty(client: Client, make_location: Maker) -> None:
    for number in range(51):
        make_location(f"Plek {number:02}")
    assert client.get("/werklocaties/").content.decode().count("location-row__open") == 50
    assert client.get("/werklocaties/?page=2").content.decode().count("location-row__open") == 1
    assert client.get("/werklocaties/?page=kwaad").status_code == 200


@pytest.mark.parametrize("extension", ["csv", "xlsx"])
def test_tables_follow_the_filter_and_come_back_unchanged(
    client: Client, land: Land, library: WorkLocation, make_location: Maker, extension: str
) -> None:
    make_location("=Formule", at=DALEN, phone="+32 3 000 00 01", slug="formule")
    answer = client.get(f"/werklocaties/tabel.{extension}")
    data = b"".join(answer) if answer.streaming else answer.content
    rows = read_table(data)
    assert {row.cells["naam"] for row in rows} == {"Bibliotheek", "=Formule"}
    plan = make_plan(land.municipality, [row for row in rows if row.cells["naam"] == "Bibliotheek"])
    assert [row.outcome for row in plan.rows] == ["same"]
    fewer = client.get(f"/werklocaties/tabel.{extension}?gebied=bergen")
    assert len(read_table(fewer.getvalue())) == 1
    assert client.get(f"/werklocaties/tabel.{extension}?gebied=x").status_code == 404


def test_detail(client: Client, library: WorkLocation) -> None:
    library.precision, library.details_are_examples = "street", True
    library.address_as_printed, library.source = "Lindendreef 1b; 2320", "Nota"
    library.save()
    DayException.objects.create(
        location=library, day=timezone.localdate() + dt.timedelta(days=2), reason="Feestdag"
    )
    text = client.get(PAGE).content.decode()
    for words in ("9.00–12.00", "13.00–17.00", "03 000 00 01", "tel:030000001", "Feestdag", "Lindendreef 1b; 2320",
                  "/gebieden/bergen/", "/gebieden/noord-deelgemeente/", "/kaart/?kies=werklocaties:bibliotheek",
                  "symbol-approximate", 'class="example"'):  # fmt: skip
        assert words in text, words
    assert "bewerken" not in text


def test_detail_without_anything(client: Client, make_location: Maker) -> None:
    make_location("Kaal", at=None, street="", house_number="", postcode="", locality="")
    assert client.get("/werklocaties/kaal/").status_code == 200
    assert client.get("/werklocaties/niets/").status_code == 404


@time_machine.travel(dt.datetime(2026, 11, 25, 9, 30, tzinfo=dt.UTC), tick=False)
def test_today_is_marked(client: Client, library: WorkLocation) -> None:
    text = client.get(PAGE).content.decode()
    row = text[text.index("hours__today") :]
    assert "13.00–19.00" in row[: row.index("</tr>")]


def test_closed_for_good_stays_readable(client: Client, library: WorkLocation) -> None:
    library.closed_on = dt.date(2026, 1, 2)
    library.save()
    assert "notice--warning" in client.get(PAGE).content.decode()


@pytest.mark.parametrize("part", CAST)
@pytest.mark.parametrize("word", ["", "gegevens/", "diensten/", "uren/", "plaats/", "sluiten/"])
def test_who_may_edit(as_part: SignIn, library: WorkLocation, part: str, word: str) -> None:
    answer = as_part(part).get(EDIT + word)
    expected = 200 if part in {"worker_here", *OFFICE} else 302 if part == "visitor" else 404
    assert answer.status_code == expected
    posted = as_part(part).post(EDIT + word, {"version": library.version})
    assert posted.status_code != 500
    if expected != 200:
        assert posted.status_code == expected


@pytest.mark.parametrize("part", CAST)
def test_staff_pages(as_part: SignIn, library: WorkLocation, part: str) -> None:
    client = as_part(part)
    outside = 302 if part == "visitor" else 404
    for url, allowed in (("nieuw/", STAFF), ("kwaliteit/", STAFF), ("import/", OFFICE)):
        assert client.get(f"/werklocaties/{url}").status_code == (200 if part in allowed else outside), url
    waive = client.post("/werklocaties/kwaliteit/bibliotheek/no-hours/", {"reason": "x"})
    assert waive.status_code == (302 if part in {"worker_here", *OFFICE, "visitor"} else 404)
    assert QualityWaiver.objects.exists() is (part in {"worker_here", *OFFICE})


def test_editors_see_buttons_and_history(as_part: SignIn, library: WorkLocation) -> None:
    text = as_part("worker_here").get(PAGE).content.decode()
    assert f"{EDIT}uren/" in text
    assert f"{EDIT}uren/" not in as_part("worker_elsewhere").get(PAGE).content.decode()


def details(location: WorkLocation, **changes: str) -> dict[str, str]:
    return {
        "version": location.version, "name": location.name, "street": "Lindendreef", "house_number": "1b",
        "postcode": "2320", "locality": "Bergen", "wheelchair": "yes", "accessible_toilet": "unknown", **changes,
    }  # fmt: skip


def test_details_are_saved(as_part: SignIn, library: WorkLocation) -> None:
    client = as_part("worker_here")
    answer = client.post(f"{EDIT}gegevens/", details(library, name="Bib"))
    assert (answer.status_code, answer.headers["Location"]) == (302, PAGE)
    assert WorkLocation.objects.get().name == "Bib"
    location = WorkLocation.objects.get()
    by_htmx = client.post(f"{EDIT}gegevens/", details(location, name="Bib 2"), headers=HTMX)
    assert by_htmx.headers["HX-Redirect"] == PAGE


def test_errors_lose_nothing(as_part: SignIn, library: WorkLocation) -> None:
    answer = as_part("worker_here").post(
        f"{EDIT}gegevens/", details(library, name="", postcode="kwaad", street="Getypt")
    )
    text = answer.content.decode()
    assert 'value="Getypt"' in text
    assert 'value="kwaad"' in text
    assert 'aria-invalid="true"' in text
    # The heading goes on naming the location as it is.
    assert "Bibliotheek" in text


def test_a_conflict_is_told_and_keeps_what_was_typed(as_part: SignIn, library: WorkLocation) -> None:
    seen = details(library, name="Van mij")
    as_part("steward").post(f"{EDIT}gegevens/", details(library, name="Van de ander"))
    client = as_part("worker_here")
    answer = client.post(f"{EDIT}gegevens/", seen)
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "Van mij" in text
    assert "Van de ander" in text
    now = WorkLocation.objects.get()
    assert now.name == "Van de ander"
    assert now.version in text
    assert client.post(f"{EDIT}gegevens/", details(now, name="Van mij")).status_code == 302
    # An edit that names no version at all is a conflict too.
    assert client.post(f"{EDIT}gegevens/", {**seen, "name": "Zo", "version": ""}).status_code == 409
    part = client.post(f"{EDIT}gegevens/", {**seen, "name": "Zo"}, headers=HTMX)
    assert part.status_code == 409
    assert "<html" not in part.content.decode()
    assert (
        '<td data-label="Zoals het nu is">Van mij</td><td data-label="Wat jij typte">Zo</td>'
        in part.content.decode()
    )


def test_hours_are_saved(as_part: SignIn, library: WorkLocation) -> None:
    day = (timezone.localdate() + dt.timedelta(days=5)).isoformat()
    sent = {
        "version": library.version,
        "day1": "9-12 en 13u30-16u",
        "date0": day,
        "hours0": "",
        "reason0": "Brugdag",
    }
    assert as_part("worker_here").post(f"{EDIT}uren/", sent).status_code == 302
    assert set(library.hours.values_list("weekday", "opens")) == {(1, dt.time(9)), (1, dt.time(13, 30))}
    assert library.exceptions.get().reason == "Brugdag"


@pytest.mark.parametrize(
    "wrong",
    [
        {"day0": "12-9"},
        {"day0": "acht tot tien"},
        {"date0": "2020-01-01"},
        {"hours0": "9-12"},
        {"date0": "2099-01-01", "hours0": "9-12, 13-14"},
        {"date0": "2099-01-01", "date1": "2099-01-01"},
        {"date0": "32/13/2099"},
    ],
)
def test_wrong_hours_are_told_in_place(as_part: SignIn, library: WorkLocation, wrong: dict[str, str]) -> None:
    sent = {"version": library.version, "day3": "9.00-10.00", **wrong}
    answer = as_part("worker_here").post(f"{EDIT}uren/", sent)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "field__error" in text
    assert all(f'value="{value}"' in text for value in sent.values())
    assert OpeningHours.objects.count() == 3


def test_the_pin_moves(as_part: SignIn, library: WorkLocation) -> None:
    sent = {
        "version": library.version,
        "point_text": "51,455 4.725",
        "precision": "street",
        "placed_by": "Gezien",
    }
    assert as_part("worker_here").post(f"{EDIT}plaats/", sent).status_code == 302
    library.refresh_from_db()
    assert library.point
    assert (library.point.y, library.point.x, library.precision) == (51.455, 4.725, "street")


@pytest.mark.parametrize(
    "wrong",
    [
        {"point_text": "51,0 5,5"},  # outside the municipality
        {"point_text": "51,41 4,72"},  # outside the own areas
        {"point_text": "4,72 51,45"},  # the wrong way round
        {"point_text": "4,72"},
        {"point_text": ""},
        {"point_text": "51,45 4,72\n51,46 4,72"},
        {"point_text": "kwaad"},
        {"point_text": "nan nan"},
        {"point_text": "1e400 4,72"},
        {"precision": ""},
        {"precision": "kwaad"},
        {"precision": "none"},  # an area worker cannot take it off the map
    ],
)
def test_a_wrong_pin_is_told(as_part: SignIn, library: WorkLocation, wrong: dict[str, str]) -> None:
    sent = {"version": library.version, "point_text": "51,45 4,72", "precision": "address", **wrong}
    answer = as_part("worker_here").post(f"{EDIT}plaats/", sent)
    assert answer.status_code == 422
    assert "notice--error" in answer.content.decode()
    assert WorkLocation.objects.get().version == library.version


def test_services_and_closing(as_part: SignIn, library: WorkLocation) -> None:
    client = as_part("worker_here")
    assert client.post(f"{EDIT}diensten/", {"version": library.version}).status_code == 302
    assert not library.offers.exists()
    library.refresh_from_db()
    sent = {"version": library.version, "on": timezone.localdate().isoformat(), "why": "Verhuisd"}
    assert client.post(f"{EDIT}sluiten/", sent).status_code == 302
    assert not WorkLocation.objects.in_use().exists()
    library.refresh_from_db()
    assert client.post(f"{EDIT}sluiten/", {"version": library.version}).status_code == 302
    assert WorkLocation.objects.in_use().exists()
    assert client.get(f"{EDIT}onzin/").status_code == 404


def test_a_new_location(as_part: SignIn, land: Land) -> None:
    sent = {
        "name": "Nieuw huis", "wheelchair": "unknown", "accessible_toilet": "unknown",
        "point_text": "51,45 4,72", "precision": "street",
    }  # fmt: skip
    client = as_part("worker_here")
    answer = client.post("/werklocaties/nieuw/", sent)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/werklocaties/nieuw-huis/")
    for wrong in ({"name": ""}, {"email": "x"}, {"point_text": "51,41 4,72"}, {"precision": "none"}):
        text = client.post("/werklocaties/nieuw/", {**sent, **wrong}).content.decode()
        assert "notice--error" in text, wrong
    assert WorkLocation.objects.count() == 1


def test_quality_list(as_part: SignIn, library: WorkLocation, make_location: Maker) -> None:
    make_location("Elders", at=DALEN, house_number="")
    client = as_part("worker_here")
    text = client.get("/werklocaties/kwaliteit/").content.decode()
    assert "Elders" in text
    # What one may not change has no buttons.
    assert "/werklocaties/kwaliteit/elders/" not in text
    assert "Elders" in client.get("/werklocaties/kwaliteit/?regel=no-house-number").content.decode()
    assert client.post("/werklocaties/kwaliteit/bibliotheek/onzin/", {"reason": "x"}).status_code == 404
    client.post("/werklocaties/kwaliteit/bibliotheek/no-hours/", {"reason": " "})
    assert not QualityWaiver.objects.exists()


def upload(client: Client, text: str, name: str = "tabel.csv") -> Any:
    from django.core.files.uploadedfile import SimpleUploadedFile

    return client.post("/werklocaties/import/", {"file": SimpleUploadedFile(name, text.encode())})


def test_import_by_way_of_a_dry_run(as_part: SignIn, library: WorkLocation) -> None:
    client = as_part("steward")
    table = "kenmerk;naam;postcode\nbibliotheek;Bib;2320\n;Nieuw;2320\n;Fout;kwaad\n"
    checked = upload(client, table)
    assert checked.status_code == 302
    page = client.get(checked.headers["Location"])
    text = page.content.decode()
    assert "Bibliotheek" in text
    assert WorkLocation.objects.get().name == "Bibliotheek"  # nothing was written
    digest = page.context["plan"].digest
    assert as_part("administrator").get(checked.headers["Location"]).status_code == 404  # somebody else's
    assert client.post(checked.headers["Location"], {"digest": digest}).status_code == 302
    assert set(WorkLocation.objects.values_list("name", flat=True)) == {"Bib", "Nieuw"}
    assert not Intake.objects.exists()
    assert not PrivateFile.objects.exists()


def test_import_refuses_when_the_world_moved(as_part: SignIn, library: WorkLocation) -> None:
    client = as_part("steward")
    checked = upload(client, "kenmerk;naam\nbibliotheek;Bib\n")
    digest = client.get(checked.headers["Location"]).context["plan"].digest
    library.name = "Ondertussen"
    library.save()
    answer = client.post(checked.headers["Location"], {"digest": digest})
    assert answer.status_code == 409
    assert "is veranderd" in answer.content.decode()
    assert WorkLocation.objects.get().name == "Ondertussen"
    again = client.post(checked.headers["Location"], {"digest": answer.context["plan"].digest})
    assert again.status_code == 302
    assert WorkLocation.objects.get().name == "Bib"


@pytest.mark.parametrize("text", ["", "onzin\n1\n", "naam;kwaad\n1;2\n", "naam\n", "PK\x03\x04"])
def test_import_says_what_is_wrong(as_part: SignIn, land: Land, text: str) -> None:
    answer = upload(as_part("steward"), text)
    assert answer.status_code == 422
    assert "field__error" in answer.content.decode()
