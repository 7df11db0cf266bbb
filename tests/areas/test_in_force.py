"""What is in force, today and on any day before, and what lies in it."""

import datetime as dt
import re
from importlib import import_module
from typing import Any

import pytest
from django.contrib.gis.geos import Point, Polygon
from django.db import connection
from django.db.models import QuerySet
from django.db.utils import IntegrityError
from django.utils import timezone
from pytest_django.fixtures import DjangoAssertNumQueries

from areas.actions import take_back_edition
from areas.models import Area, AreaEdition, AreaKind, AreaShape
from areas.models.edition import IN_FORCE
from tests.areas.files import bring, collection, feature, square
from tests.conftest import OPERATOR, Land, make_municipality
from workplaces.models import WorkLocation

A, B, C = (feature(code, f"{code}a", square(n, 0)) for n, code in enumerate("ABC"))
NORTH, SOUTH = feature("N", "Noord", square(0, 0.5, 1, 0.5)), feature("S", "Zuid", square(0, 0, 1, 0.5))


def at(day: int, hour: int = 12) -> dt.datetime:
    """A moment in March of last year, at our own clock."""
    return timezone.make_aware(dt.datetime(2025, 3, day, hour))


def names(shapes: QuerySet[AreaShape]) -> str:
    return " ".join(sorted(shapes.values_list("name", flat=True)))


@pytest.fixture
def past(wijk: AreaKind) -> AreaKind:
    """Three editions: from 10 March; from 15 March, taken back on the 20th; from the 25th. The last one has no C any more."""
    AreaEdition.objects.filter(pk=bring(wijk, collection(A, B, C)).pk).update(activated_at=at(10))
    second = bring(wijk, collection(NORTH, SOUTH, B, C))
    take_back_edition(edition=second, by=OPERATOR)
    AreaEdition.objects.filter(pk=second.pk).update(activated_at=at(15, 0), taken_back_at=at(20, 23))
    AreaEdition.objects.filter(pk=bring(wijk, collection(A, B)).pk).update(activated_at=at(25, 23))
    return wijk


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (9, ""),
        (10, "Aa Ba Ca"),
        (14, "Aa Ba Ca"),
        (15, "Ba Ca Noord Zuid"),  # at midnight: the whole day is theirs
        (19, "Ba Ca Noord Zuid"),
        (20, "Aa Ba Ca"),  # taken back an hour before the day ended
        (24, "Aa Ba Ca"),
        (25, "Aa Ba"),  # in force an hour before the day ended
        (26, "Aa Ba"),
    ],
)
def test_the_past_can_be_asked(past: AreaKind, day: int, expected: str) -> None:
    on = at(day).date()
    assert names(AreaShape.objects.in_force(on)) == expected
    assert AreaEdition.objects.in_force(on).count() == bool(expected)


def test_today_and_what_is_not_yet(past: AreaKind) -> None:
    today = timezone.localdate()
    for on in (None, today, today + dt.timedelta(days=400)):
        assert names(AreaShape.objects.in_force(on)) == "Aa Ba"
    assert names(AreaShape.objects.in_force(today - dt.timedelta(days=1))) == "Aa Ba"


def test_every_kind_has_its_own_past(past: AreaKind, deelgemeente: AreaKind) -> None:
    whole = bring(deelgemeente, collection(feature("1", "Geheel", square(0, 0, 3))))
    AreaEdition.objects.filter(pk=whole.pk).update(activated_at=at(17))
    assert names(AreaShape.objects.in_force(at(16).date())) == "Ba Ca Noord Zuid"
    assert names(AreaShape.objects.in_force(at(17).date())) == "Ba Ca Geheel Noord Zuid"


def test_of_the_same_moment_the_later_one_counts(past: AreaKind) -> None:
    AreaEdition.objects.update(activated_at=at(10))
    assert names(AreaShape.objects.in_force(at(24).date())) == "Aa Ba"


def test_an_area_that_retired_is_in_force_no_more(land: Land) -> None:
    assert "bergen" in AreaShape.objects.in_force().values_list("area__slug", flat=True)
    Area.objects.filter(slug="bergen").update(retired_by=land.editions["wijk"])
    assert "bergen" not in AreaShape.objects.in_force().values_list("area__slug", flat=True)


def test_statements_that_are_written_out_say_the_same(past: AreaKind) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM areas_areaedition edition WHERE " + IN_FORCE)  # noqa: S608
        assert cursor.fetchall() == list(AreaEdition.objects.in_force().values_list("pk"))


def test_taken_back_needs_its_moment(past: AreaKind) -> None:
    with pytest.raises(IntegrityError, match="edition_taken_back_has_moment"):
        AreaEdition.objects.filter(status="taken_back").update(taken_back_at=None)


def test_an_older_database_learns_the_moment_from_its_history(past: AreaKind) -> None:
    taken = AreaEdition.objects.get(status="taken_back")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE areas_areaedition DROP CONSTRAINT edition_taken_back_has_moment")
        cursor.execute("UPDATE areas_areaedition SET taken_back_at = NULL")
        cursor.execute(import_module("areas.migrations.0011_taken_back_at").SINCE_WHEN)
        cursor.execute("SELECT now()")
        (moment,) = cursor.fetchone()
    taken.refresh_from_db()
    assert taken.taken_back_at == moment  # when this test wrote it
    assert not AreaEdition.objects.exclude(pk=taken.pk).filter(taken_back_at__isnull=False).exists()


def place(land: Land, slug: str, lon: float, lat: float, **more: Any) -> WorkLocation:
    return WorkLocation.objects.create(
        municipality=land.municipality,
        slug=slug,
        name=slug,
        point=Point(lon, lat, srid=4326),
        precision="address",
        **more,
    )


def numbers(shapes: Any) -> dict[str, int]:
    return {slug: number for slug, number in shapes.values_list("area__slug", "number") if number}


def test_points_are_counted_in_one_query(
    land: Land, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    place(land, "binnen", 4.71, 51.41)
    place(land, "gesloten", 4.72, 51.41, closed_on=dt.date(2020, 1, 1))
    place(land, "op-de-grens", 4.75, 51.425)
    shapes = AreaShape.objects.in_force().filter(edition__kind=land.kinds["wijk"])
    with django_assert_num_queries(1):
        assert numbers(shapes.counted_within(WorkLocation.objects.all())) == {"dalen": 3, "midden": 1}
    assert numbers(shapes.counted_within(WorkLocation.objects.in_use())) == {"dalen": 2, "midden": 1}
    here = shapes.holding(WorkLocation.objects.filter(slug="op-de-grens"))
    assert sorted(here.values_list("area__slug", flat=True)) == ["dalen", "midden"]


def test_the_things_of_others_do_not_count(land: Land) -> None:
    location = place(land, "binnen", 4.71, 51.41)
    assert numbers(AreaShape.objects.in_force().counted_within(WorkLocation.objects.all()))
    location.municipality = make_municipality(slug="overdorp", code="99998", hosts=["overdorp.example"])
    location.save()
    assert not numbers(AreaShape.objects.in_force().counted_within(WorkLocation.objects.all()))


def test_a_surface_on_the_other_side_of_the_border_does_not_count(past: AreaKind) -> None:
    """Here the things are boundaries themselves: each lies in itself, not in its neighbour."""
    shapes = AreaShape.objects.in_force()
    counted = shapes.counted_within(shapes, "geom", municipality="area__municipality")
    assert set(numbers(counted).values()) == {1}
    over_both = Polygon.from_bbox((4.705, 51.402, 4.715, 51.404))
    assert shapes.filter(geom__relate=(over_both, "T********")).count() == 2


def test_the_count_goes_by_the_index(land: Land) -> None:
    shapes = AreaShape.objects.in_force()
    questions: list[tuple[QuerySet[Any], str]] = [
        (shapes.counted_within(WorkLocation.objects.all()), "point"),
        (shapes.counted_within(shapes, "geom", municipality="area__municipality"), "geom"),
    ]
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")  # a table of three rows is read whole otherwise
        for question, column in questions:
            select, params = question.values("pk", *question.query.annotations).query.sql_with_params()
            cursor.execute(f"EXPLAIN {select}", params)
            plan = "\n".join(line for (line,) in cursor.fetchall())
            assert re.search(rf"Index Cond: .*\b{column} && ", plan), plan
