"""Milestones: who may tell them where, with a picture that says what is in it, and what stays when somebody was first."""

import io
from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from PIL import Image

from accounts.models import User
from areas.models import CalendarPeriod
from core.dates import When
from core.models import Attachment
from plans.actions import add_milestone, change_milestone, remove_milestone
from plans.models import Action, Milestone, Plan
from tests.conftest import OPERATOR, Land, make_municipality
from tests.plans.conftest import make_plan

AsPart = Callable[[str], Client]
NEW = "/plannen/mijlpalen/nieuw/"
SAID = {"title": "De eerste vier banken staan er", "when": "9 november 2026"}


def picture() -> SimpleUploadedFile:
    kept = io.BytesIO()
    Image.new("RGB", (60, 40), "green").save(kept, "PNG")
    return SimpleUploadedFile("banken.png", kept.getvalue(), "image/png")


def milestone_of(land: Land, *areas: str, title: str = "Zes banken", **values: object) -> Milestone:
    milestone = Milestone.objects.create(
        municipality=land.municipality, title=title, **{"when": "2026", **values}
    )
    milestone.areas.set(land[area] for area in areas)
    return milestone


def test_a_milestone_is_told_with_its_picture(land: Land, as_part: AsPart) -> None:
    asked = {**SAID, "areas": [land["bergen"].pk], "picture": picture(), "alternative": "Vier houten banken"}
    response = as_part("worker_here").post(NEW, asked)
    told = Milestone.objects.get()
    assert response["Location"] == told.get_absolute_url()
    assert told.when == When("2026-11-09")
    shown = Milestone.objects.with_picture().get()
    attachment = Attachment.objects.get()
    assert (shown.picture, shown.alternative) == (attachment.uuid, "Vier houten banken")  # type: ignore[attr-defined]
    page = Client().get("/plannen/mijlpalen/").content.decode()
    assert f'src="/bijlagen/{attachment.uuid}/" alt="Vier houten banken"' in page
    assert Client().get(f"/bijlagen/{attachment.uuid}/").status_code == 200


def test_the_picture_stands_first_and_once(client: Client, land: Land, as_part: AsPart) -> None:
    asked = {**SAID, "areas": [land["bergen"].pk], "picture": picture(), "alternative": "Vier houten banken"}
    as_part("worker_here").post(NEW, asked)
    page = client.get(Milestone.objects.get().get_absolute_url()).content.decode()
    assert page.count('alt="Vier houten banken"') == 1
    assert "Foto’s en bestanden" not in page


def test_before_elections_a_mandate_holder_is_seen_by_staff_alone(
    client: Client, land: Land, as_part: AsPart
) -> None:
    asked = {
        **SAID,
        "areas": [land["bergen"].pk],
        "picture": picture(),
        "alternative": "De schepen knipt het lint",
    }
    as_part("worker_here").post(NEW, {**asked, "shows_mandate_holder": "on"})
    made, file = Milestone.objects.get(), Attachment.objects.get()
    address, image = made.get_absolute_url(), file.get_absolute_url()
    assert file.shows_mandate_holder
    assert [client.get(image).status_code, image in client.get(address).content.decode()] == [200, True]
    today = timezone.localdate()
    elections = CalendarPeriod.objects.create(
        municipality=land.municipality, kind="before_elections", name="Sperperiode", first=today, last=today
    )
    assert client.get(image).status_code == 404
    for page in (address, "/plannen/mijlpalen/", "/gebieden/bergen/"):
        assert image not in client.get(page).content.decode(), page
    assert as_part("worker_here").get(image).status_code == 200
    CalendarPeriod.objects.filter(pk=elections.pk).update(holds_back_mandates=False)
    assert client.get(image).status_code == 200


def test_a_picture_is_chosen_again_when_something_else_is_wrong(land: Land, as_part: AsPart) -> None:
    asked = {**SAID, "title": "", "areas": [land["bergen"].pk], "alternative": "Vier houten banken"}
    page = as_part("worker_here").post(NEW, {**asked, "picture": picture()}).content.decode()
    assert "Kies het bestand opnieuw" in page
    assert "Kies het bestand opnieuw" not in as_part("worker_here").post(NEW, asked).content.decode()


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"alternative": ""}, "Zeg wat er op de foto staat"),
        ({"when": "ooit"}, "geen datum"),
        ({"title": ""}, "field__error"),
        ({"areas": []}, "Kies minstens één van je gebieden"),
        ({"picture": SimpleUploadedFile("a.png", b"%PDF-1.7 proef")}, "JPEG, PNG of WebP"),
    ],
)
def test_a_mistake_is_said_at_its_field_and_nothing_typed_is_lost(
    land: Land, as_part: AsPart, changed: dict[str, object], words: str
) -> None:
    asked = {
        **SAID,
        "areas": [land["bergen"].pk],
        "picture": picture(),
        "alternative": "Vier banken",
        **changed,
    }
    response = as_part("worker_here").post(NEW, asked)
    html = response.content.decode()
    assert response.status_code == 422
    assert words in html
    assert "9 november 2026" in html or "when" in changed
    assert not Milestone.objects.exists()


def test_an_area_worker_tells_it_in_the_own_area_only(land: Land, as_part: AsPart) -> None:
    html = as_part("worker_here").get(NEW).content.decode()
    assert f'value="{land["bergen"].pk}"' in html
    assert f'value="{land["dalen"].pk}"' not in html
    response = as_part("worker_here").post(NEW, {**SAID, "areas": [land["dalen"].pk]})
    assert response.status_code == 422


def test_the_verb_asks_the_permission_of_each_area(land: Land, cast: dict[str, User]) -> None:
    values = {"title": "Af", "when": When("2026")}
    for areas in ([land["dalen"]], [land["bergen"], land["dalen"]], []):
        with pytest.raises(PermissionDenied):
            add_milestone(municipality=land.municipality, by=cast["worker_here"], values=values, areas=areas)
    add_milestone(municipality=land.municipality, by=cast["steward"], values=values)


def test_areas_of_somebody_else_stay_as_they_are(land: Land, as_part: AsPart, cast: dict[str, User]) -> None:
    milestone = milestone_of(land, "bergen", "dalen")
    asked = {
        "title": "Zeven banken",
        "when": "2026",
        "areas": [land["bergen"].pk],
        "version": milestone.version,
    }
    as_part("worker_here").post(f"{milestone.get_absolute_url()}wijzigen/", asked)
    milestone.refresh_from_db()
    assert milestone.title == "Zeven banken"
    assert set(milestone.areas.all()) == {land["bergen"], land["dalen"]}
    with pytest.raises(PermissionDenied):
        change_milestone(
            milestone=milestone, by=cast["worker_here"], version=None, values={}, areas=[land["bergen"]]
        )


def test_who_was_first_is_seen(land: Land, as_part: AsPart) -> None:
    milestone = milestone_of(land, "bergen")
    seen = milestone.version
    milestone.title = "Acht banken"
    milestone.save()
    asked = {"title": "Zeven banken", "when": "2026", "areas": [land["bergen"].pk], "version": seen}
    response = as_part("worker_here").post(f"{milestone.get_absolute_url()}wijzigen/", asked)
    assert response.status_code == 409
    assert "Zeven banken" in response.content.decode()
    assert "Acht banken" in response.content.decode()


def test_what_succeeded_in_an_action_is_of_its_plan(land: Land, as_part: AsPart, action: Action) -> None:
    Plan.objects.filter(pk=action.plan_id).update(stage="adopted")
    html = as_part("worker_here").get(f"{NEW}?actie={action.uuid}").content.decode()
    assert f'value="actie:{action.uuid}" selected' in " ".join(html.split())
    as_part("worker_here").post(NEW, {**SAID, "about": f"actie:{action.uuid}", "areas": [land["bergen"].pk]})
    told = Milestone.objects.get()
    assert (told.plan, told.action) == (action.plan, action)


def test_a_milestone_of_a_plan_in_the_making_is_not_public(land: Land, as_part: AsPart) -> None:
    milestone = milestone_of(land, "bergen", plan=make_plan(land))
    assert Client().get(milestone.get_absolute_url()).status_code == 404
    assert milestone.title not in Client().get("/plannen/mijlpalen/").content.decode()
    assert as_part("worker_here").get(milestone.get_absolute_url()).status_code == 200


def test_newest_first_by_when_it_succeeded(land: Land) -> None:
    for when in ("2025", "2026-11-09", "2026-22"):
        milestone_of(land, title=when, when=when)
    assert [one.title for one in Milestone.objects.newest_first()] == ["2026-11-09", "2026-22", "2025"]


def test_the_list_of_an_area(land: Land, client: Client) -> None:
    milestone_of(land, "bergen", title="In Bergen")
    milestone_of(land, "dalen", title="In Dalen")
    html = client.get("/plannen/mijlpalen/?gebied=bergen").content.decode()
    assert "In Bergen" in html
    assert "In Dalen" not in html
    assert "Niets gevonden" in client.get("/plannen/mijlpalen/?gebied=midden").content.decode()
    assert "Deze filter werkt niet" in client.get("/plannen/mijlpalen/?gebied=nergens").content.decode()


def test_another_municipality_is_refused(land: Land) -> None:
    other = make_municipality(slug="elders", name="Elders", code="88888")
    values = {"title": "Af", "when": When("2026")}
    for wrong, areas in ((values, [land["bergen"]]), ({**values, "plan": make_plan(land)}, [])):
        with pytest.raises(ValidationError) as caught:
            add_milestone(municipality=other, by=OPERATOR, values=wrong, areas=areas)
        assert [error.code for errors in caught.value.error_dict.values() for error in errors] == [
            "elsewhere"
        ]


def test_what_is_taken_away_takes_its_pictures_along(land: Land, as_part: AsPart) -> None:
    asked = {**SAID, "areas": [land["bergen"].pk], "picture": picture(), "alternative": "Vier houten banken"}
    as_part("worker_here").post(NEW, asked)
    milestone = Milestone.objects.get()
    as_part("worker_here").post(f"{milestone.get_absolute_url()}weg/", {"version": milestone.version})
    assert not Milestone.objects.exists()
    assert not Attachment.objects.exists()


def test_taking_away_what_somebody_changed_is_refused(land: Land, cast: dict[str, User]) -> None:
    milestone = milestone_of(land, "bergen")
    with pytest.raises(ValidationError):
        remove_milestone(milestone=milestone, by=cast["worker_here"], version="another")


@pytest.mark.parametrize("url", ["/plannen/mijlpalen/", NEW])
def test_an_area_that_no_database_knows_is_none(land: Land, as_part: AsPart, url: str) -> None:
    assert as_part("worker_here").get(url, {"gebied": "\0"}).status_code == 200
