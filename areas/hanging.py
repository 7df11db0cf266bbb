"""The figures that hang on areas."""

from collections.abc import Collection
from typing import Any

from django.db.models import BooleanField, Count, F, Func, OuterRef, QuerySet, Subquery, TextField
from django.db.models.functions import Cast, JSONObject
from django.utils.translation import gettext_lazy, npgettext

from areas.filekinds import FIGURES
from areas.models import Area, IndicatorValue
from core.hanging import Hanging, HangingSource, counted, hanging_sources
from core.models import Intake


def figures_of(*, keys: Collection[int]) -> QuerySet[Any, Any]:
    """How many figures each area has."""
    return counted(IndicatorValue.objects.all(), "area", keys)


def drafts_about(*, keys: Collection[int]) -> QuerySet[Any, Any]:
    """How many tables of figures that wait for a yes were said to be about each area."""
    said = Func(
        F("answers"), JSONObject(key=Cast(OuterRef("pk"), TextField())), output_field=BooleanField(),
        function="jsonb_path_exists", arg_joiner=", '$.* ? (@ == $key)', ",
    )  # fmt: skip
    tables = Intake.objects.filter(said, kind=FIGURES).order_by().values("kind").annotate(number=Count("pk"))
    areas = Area.objects.filter(pk__in=keys).annotate(number=Subquery(tables.values("number")))
    return areas.filter(number__gt=0).annotate(row=JSONObject(key="pk", number="number"))


def figures_hang(*, number: int) -> Hanging:
    """Figures in words."""
    return Hanging(number=number, words=npgettext("what hangs on an area", "figure", "figures", number))


def drafts_hang(*, number: int) -> Hanging:
    """Tables to confirm in words."""
    words = npgettext("what hangs on an area", "table to confirm", "tables to confirm", number)
    return Hanging(number=number, words=words, is_bound=False, is_coming=True)


hanging_sources.register(
    HangingSource(
        name="areas.drafts",
        target="areas.area",
        title=gettext_lazy("Tables of figures to confirm"),
        count=drafts_about,
        hanging=drafts_hang,
        stays=gettext_lazy("Who uploaded the table says again which area is meant."),
        order=61,
    )
)
hanging_sources.register(
    HangingSource(
        name="areas.figures",
        target="areas.area",
        title=gettext_lazy("Figures"),
        count=figures_of,
        hanging=figures_hang,
        stays=gettext_lazy("Figures stay with the area that they were counted for."),
        order=60,
    )
)
