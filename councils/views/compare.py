"""The page that compares councils and years, and the same as a table to take along."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy
from django.views.decorators.http import require_safe

from areas.current import municipality_or_404
from core.access import open_to_all, permitted
from core.pages import show_list, table_file
from councils.actions.evaluating import PERMISSION
from councils.models import Council, Evaluation
from councils.reading.spread import spread_of
from councils.reading.yearly import YearOf, years_of
from councils.views.evaluation import may_begin, name_of
from councils.views.shared import crumbs

FOUND = ngettext_lazy("%(number)d council", "%(number)d councils", "number")
BACK_TO = 5  # years that can be chosen


class YearFilter(forms.Form):
    """Which year is compared with the one before it."""

    is_filter = True

    jaar = forms.TypedChoiceField(label=gettext_lazy("Year"), coerce=int, required=False, empty_value=None)

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        self.this_year = timezone.localdate().year
        years = [(year, str(year)) for year in range(self.this_year, self.this_year - BACK_TO, -1)]
        self.fields["jaar"].choices = years  # type: ignore[attr-defined]
        self.fields["jaar"].initial = self.this_year

    @property
    def year(self) -> int:
        """The year that was chosen, or this one."""
        return (self.cleaned_data.get("jaar") if self.is_valid() else None) or self.this_year


def _councils(request: HttpRequest) -> Any:
    return Council.objects.of(municipality_or_404(request)).visible_to(request.user).in_order()


@open_to_all
@require_safe
def evaluations(request: HttpRequest) -> HttpResponse:
    """The councils beside each other, a year beside the one before it, and the reports."""
    form = YearFilter(request.GET)
    year = form.year
    every = Evaluation.objects.of(municipality_or_404(request))
    reports = every.published() | permitted(every, request.user, PERMISSION)
    shown = reports.select_related("council").newest_first()
    return show_list(
        request, "councils/evaluations.html", _councils(request), form=form, words=FOUND, table="councils:evaluations_table",
        beside=lambda rows: _beside(rows, year),
        title=_("How councils work"),
        year=year,
        reports=[(one, name_of(one)) for one in shown],
        begins=may_begin(request),
        crumbs=crumbs((_("Evaluation"), "")),
    )  # fmt: skip


def _beside(councils: list[Council], year: int) -> dict[str, Any]:
    rows = _rows(councils, year)
    return {"rows": rows, "spread": spread_of(now for now, _before in rows)}


def _rows(councils: list[Council], year: int) -> list[tuple[YearOf, YearOf]]:
    found = years_of(councils, [year - 1, year])
    return [(found[one.pk, year], found[one.pk, year - 1]) for one in councils]


@open_to_all
@require_safe
def table(request: HttpRequest, extension: str) -> HttpResponseBase:
    """The same as CSV or XLSX: a row for each council and year."""
    year = YearFilter(request.GET).year
    columns = (
        _("council"), _("year"), _("meetings"), _("attendance in %"), _("advices"), _("answered in time"),
        _("answered or due"), _("places that are free"), _("places with a vote"),
        _("longest time without a meeting, in weeks"), _("members with a vote"), _("of these for an organisation"),
        _("organisations"),
    )  # fmt: skip
    pairs = _rows(list(_councils(request)), year)
    rows = (
        (
            one.council.name, one.year, one.meetings, None if one.attendance is None else round(one.attendance),
            one.advices, one.in_time, one.due, one.free,
            one.places, one.longest, one.members, sum(times for _name, times in one.spoken),
            ", ".join(name for name, _times in one.spoken),
        )
        for pair in pairs for one in pair
    )  # fmt: skip
    return table_file(f"raden-{year}", extension, columns, rows, title=_("How councils work"))
