"""The list of councils, and the same as a table to take along."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy
from django.views.decorators.http import require_safe

from areas.current import municipality_or_404
from core.access import open_to_all
from core.pages import show_list, table_file
from councils.composition import judged
from councils.forms.filters import CouncilFilter
from councils.makeup import makeup_of, with_makeup
from councils.models import Council, CouncilQuerySet
from councils.reading.seated import Bench
from councils.reading.told import FORMS

FOUND = ngettext_lazy("%(number)d council", "%(number)d councils", "number")


def _form(request: HttpRequest) -> CouncilFilter:
    return CouncilFilter(request.GET, municipality=municipality_or_404(request), user=request.user)


def _rows(found: CouncilQuerySet) -> Any:
    return with_makeup(found.in_order()).prefetch_related("areas")


@open_to_all
@require_safe
def council_list(request: HttpRequest) -> HttpResponse:
    """Every council, those that still work first."""
    form = _form(request)
    return show_list(
        request, "councils/list.html", _rows(form.found()), form=form, words=FOUND, table="councils:table",
        beside=lambda rows: {"shown": [_shown(one) for one in rows]},
        title=_("Advisory and village councils"),
        may_found=request.user.has_perm("councils.manage_council", form.municipality),
    )  # fmt: skip


def _shown(council: Council) -> dict[str, Any]:
    today = timezone.localdate()
    makeup = makeup_of(council)
    verdict = judged(makeup, today).for_others().verdict
    is_judged = bool(makeup.members) and council.works_on(today)
    bench = Bench(makeup, today)
    return {
        "council": council,
        "table": bench.table,
        "verdict": verdict.words if is_judged else "",
        "form": FORMS[verdict],
        "is_over": not council.works_on(today),
    }


@open_to_all
@require_safe
def table(request: HttpRequest, extension: str) -> HttpResponseBase:
    """What the list shows as CSV or XLSX: the councils, not who sits in them."""
    form = _form(request)
    if not form.is_valid():
        raise Http404
    columns = (
        _("name"), _("kind"), _("areas"), _("basis"), _("founded on"), _("number of the founding decision"),
        _("places with a vote"), _("taken"), _("composition"), _("e-mail"), _("ended on"),
    )  # fmt: skip
    rows = (_cells(council) for council in _rows(form.found()))
    return table_file("raden", extension, columns, rows, title=_("Councils"))


def _cells(council: Council) -> tuple[object, ...]:
    shown = _shown(council)
    return (
        council.name, council.get_kind_display(), ", ".join(area.name for area in council.areas.all()),
        council.get_basis_display(), council.founded_on, council.founding_number, shown["table"].places,
        shown["table"].taken, shown["verdict"], council.email, council.ended_on,
    )  # fmt: skip
