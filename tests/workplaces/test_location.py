"""The words in which people ask for work locations."""

import datetime as dt
from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.contrib.gis.geos import Point
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from tests.conftest import Land, make_municipality
from tests.workplaces.conftest import DALEN, MIDDEN, MIDDEN_ZUID, Maker
from workplaces.models import DayException, OpeningHours, WorkLocation

Queries = Callable[[int], object]
BRUSSELS = ZoneInfo("Europe/Brussels")


def names(found: object) -> list[str]:
    return [location.name for location in found]  # type: ignore[attr-defined]


def test_in_area_follows_the_point(land: Land, make_location: Maker) -> None:
    make_location("Noord"), make_location("Zuid", at=DALEN), make_location("Nergens", at=None)
    everything = WorkLocation.objects.of(land.municipality)
    assert names(everything.in_area(land["bergen"])) == ["Noord"]
    assert names(everything.in_area(land["zuid-deelgemeente"])) == ["Zuid"]


def test_a_point_on_a_border_counts_on_both_sides(land: Land, make_location: Maker) -> None:
    make_location(at=(4.75, 51.45))
    for slug in ("bergen", "midden", "noord-deelgemeente"):
        assert WorkLocation.objects.in_area(land[slug]).count() == 1


def test_superseded_boundaries_do_not_count(land: Land, make_location: Maker) -> None:
    make_location()
    land.editions["wijk"].status = "superseded"
    land.editions["wijk"].save()
    assert not WorkLocation.objects.in_area(land["bergen"]).exists()


def test_with_areas_takes_one_query(
    land: Land, make_location: Maker, django_assert_num_queries: Queries
) -> None:
    for number in range(5):
        make_location(f"Plek {number}", at=MIDDEN_ZUID)
    make_location("Nergens", at=None)
    with django_assert_num_queries(1):  # type: ignore[attr-defined]
        everywhere: Any = WorkLocation.objects.with_areas()
        found = {location.name: location.lies_in for location in everywhere}
    # It lies in Midden, of which the main part is in Noord, but the place itself is in Zuid.
    assert [(area["kind"], area["name"]) for area in found["Plek 3"]] == [
        ("Deelgemeente", "Zuid"),
        ("Wijk", "Midden"),
    ]
    assert found["Nergens"] == []


def test_with_service(library: WorkLocation, make_location: Maker) -> None:
    make_location("School")
    assert names(WorkLocation.objects.with_service("bibliotheek")) == ["Bibliotheek"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("biblio", True),
        ("lindendreef 1b", True),
        ("2320", True),
        ("Noord", True),  # the district around it
        ("bibliotheek bergen", True),
        ("bibliotheek dalen", False),
        ("school", False),
    ],
)
def test_matching(library: WorkLocation, text: str, found: bool) -> None:
    assert WorkLocation.objects.matching(text).exists() is found


def test_matching_folds_accents(make_location: Maker) -> None:
    make_location("Café De Linde")
    assert WorkLocation.objects.matching("cafe").count() == 1


MOMENTS = [
    dt.datetime(2026, 11, 23, hour, minute, tzinfo=BRUSSELS) + dt.timedelta(days=days)
    for days in range(7)
    for hour, minute in ((8, 59), (9, 0), (12, 0), (12, 59), (13, 0), (16, 59), (17, 0), (18, 59), (19, 0))
]


def test_open_at_agrees_with_the_sentence(library: WorkLocation) -> None:
    DayException.objects.create(location=library, day=dt.date(2026, 11, 25))
    DayException.objects.create(
        location=library, day=dt.date(2026, 11, 28), opens=dt.time(9), closes=dt.time(17)
    )
    from workplaces.opening import standing

    location = WorkLocation.objects.with_details().get()
    for moment in MOMENTS:
        is_open = standing(location.schedule(), moment).is_open
        assert WorkLocation.objects.open_at(moment).exists() is is_open, moment


def test_summary_and_details_tell_the_same(library: WorkLocation, django_assert_num_queries: Queries) -> None:
    day = timezone.localdate() + dt.timedelta(days=3)
    DayException.objects.create(location=library, day=day)
    with django_assert_num_queries(1):  # type: ignore[attr-defined]
        brief: Any = WorkLocation.objects.with_summary().get()
        schedule = brief.schedule()
    assert schedule == WorkLocation.objects.with_details().get().schedule()
    assert brief.service_names == ["Bibliotheek"]


def test_in_use_follows_the_day(make_location: Maker) -> None:
    today = timezone.localdate()
    make_location("Vandaag dicht", closed_on=today)
    make_location("Morgen dicht", closed_on=today + dt.timedelta(days=1))
    assert names(WorkLocation.objects.in_use()) == ["Morgen dicht"]
    assert WorkLocation.objects.visible_to(None).count() == 2


def test_other_municipalities_stay_apart(land: Land, make_location: Maker) -> None:
    other = make_municipality(slug="elders", name="Elders", code="11111")
    make_location("Hier"), make_location("Daar", municipality=other)
    assert names(WorkLocation.objects.of(land.municipality)) == ["Hier"]


@pytest.mark.parametrize("fields", [{"at": None, "precision": "street"}, {"at": MIDDEN, "precision": "none"}])
def test_precision_says_whether_there_is_a_place(make_location: Maker, fields: dict[str, object]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        make_location(**fields)


def test_hours_end_after_they_begin(library: WorkLocation) -> None:
    wrong = OpeningHours(location=library, weekday=1, opens=dt.time(12), closes=dt.time(9))
    with pytest.raises(ValidationError):
        wrong.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        wrong.save()


@pytest.mark.parametrize("website", ["javascript:alert(1)", "ftp://x.example/", "x"])
def test_a_website_is_a_web_address(library: WorkLocation, website: str) -> None:
    library.website = website
    with pytest.raises(ValidationError):
        library.full_clean()


def test_address(library: WorkLocation) -> None:
    assert library.full_address == "Lindendreef 1b, 2320 Bergen"
    library.point = Point(4.7, 51.4)
    library.precision = "street"
    assert library.is_approximate
