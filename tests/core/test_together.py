"""Rows of several querysets come in one query."""

from typing import Any

from django.db.models import Value
from django.db.models.functions import JSONObject

from areas.models import Area, Municipality
from core.together import asked_together
from tests.conftest import Land


def test_one_query_for_all_with_the_name_of_each(land: Land, django_assert_num_queries: Any) -> None:
    areas = Area.objects.filter(slug__in=("bergen", "dalen")).order_by("-slug")
    with django_assert_num_queries(1):
        found = asked_together(
            {
                "a": areas.annotate(row=JSONObject(name="name", day=Value("2026-03-02"))),
                "b": Municipality.objects.filter(pk=land.municipality.pk).annotate(row=JSONObject(key="pk")),
                "c": areas.none().annotate(row=JSONObject(name="name")),
            }
        )
    assert found == [
        ("a", {"name": "Dalen", "day": "2026-03-02"}),
        ("a", {"name": "Bergen", "day": "2026-03-02"}),
        ("b", {"key": land.municipality.pk}),
    ]


def test_each_keeps_its_own_limit(land: Land) -> None:
    areas = Area.objects.order_by("slug").annotate(row=JSONObject(name="name"))
    found = asked_together({"a": areas[:1], "b": areas[:2]})
    assert [name for name, _row in found] == ["a", "b", "b"]


def test_nothing_asked_is_no_query(db: None, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        assert asked_together({}) == []
