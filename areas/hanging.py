"""The figures that hang on areas."""

from collections import Counter
from collections.abc import Collection, Mapping

from django.db.models import Count
from django.utils.translation import gettext_lazy, npgettext

from areas.filekinds import FIGURES
from areas.models import IndicatorValue
from core.hanging import Hanging, HangingSource, hanging_sources
from core.models import Intake


def figures_of(*, keys: Collection[int]) -> Mapping[int, Hanging]:
    """How many figures each area has."""
    rows = IndicatorValue.objects.filter(area__in=keys).order_by().values_list("area").annotate(Count("pk"))
    return {
        key: Hanging(number=number, words=npgettext("what hangs on an area", "figure", "figures", number))
        for key, number in rows
    }


def drafts_about(*, keys: Collection[int]) -> Mapping[int, Hanging]:
    """How many tables of figures that wait for a yes were said to be about each area."""
    asked = set(keys)
    found: Counter[int] = Counter()
    for answers in Intake.objects.filter(kind=FIGURES).values_list("answers", flat=True):
        found.update(asked & {int(value) for value in answers.values() if str(value).isdecimal()})
    return {
        key: Hanging(
            number=number,
            words=npgettext("what hangs on an area", "table to confirm", "tables to confirm", number),
            is_bound=False,
            is_coming=True,
        )
        for key, number in found.items()
    }


hanging_sources.register(
    HangingSource(
        name="areas.drafts",
        target="areas.area",
        title=gettext_lazy("Tables of figures to confirm"),
        count=drafts_about,
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
        stays=gettext_lazy("Figures stay with the area that they were counted for."),
        order=60,
    )
)
