"""The figures that hang on areas."""

from collections.abc import Collection, Mapping

from django.db.models import Count
from django.utils.translation import gettext_lazy, npgettext

from areas.models import IndicatorValue
from core.hanging import Hanging, HangingSource, hanging_sources


def figures_of(*, keys: Collection[int]) -> Mapping[int, Hanging]:
    """How many figures each area has."""
    rows = IndicatorValue.objects.filter(area__in=keys).order_by().values_list("area").annotate(Count("pk"))
    return {
        key: Hanging(number=number, words=npgettext("what hangs on an area", "figure", "figures", number))
        for key, number in rows
    }


hanging_sources.register(
    HangingSource(
        name="areas.figures", target="areas.area", title=gettext_lazy("Figures"), count=figures_of, order=60
    )
)
