"""The pages of benches."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from areas.current import municipality_or_404
from benches.forms import BenchFilter, BenchForm
from benches.models import Bench, BenchQuerySet
from core.access import open_to_all, permitted_or_404
from core.pages import answer_form, posted, show_list, table_file

FOUND = ngettext_lazy("%(number)d bench", "%(number)d benches", "number")


def seen(request: HttpRequest) -> BenchQuerySet:
    """The benches of the municipality that a person may read."""
    return Bench.objects.of(municipality_or_404(request)).visible_to(request.user)


@open_to_all
@require_safe
def bench_list(request: HttpRequest) -> HttpResponse:
    """All benches, filtered."""
    form = BenchFilter(request.GET)
    return show_list(
        request, "benches/list.html", form.benches(seen(request)), form=form, words=FOUND, table="benches:table",
        title=_("Benches"),
    )  # fmt: skip


@open_to_all
@require_safe
def table(request: HttpRequest, extension: str) -> HttpResponseBase:
    """What the list shows as CSV or XLSX."""
    rows = BenchFilter(request.GET).benches(seen(request)).values_list("name", "look_on")
    columns = [_("Name"), _("Looked at on")]
    return table_file("banken", extension, columns, rows.iterator(1_000), title=_("Benches"))


@open_to_all
@require_safe
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One bench."""
    bench = get_object_or_404(seen(request), slug=slug)
    may_change = request.user.has_perm("benches.change_bench", bench)
    return render(request, "benches/detail.html", {"bench": bench, "may_change": may_change})


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Change a bench."""
    bench = permitted_or_404(seen(request), request.user, "benches.change_bench", slug=slug)
    form = BenchForm(posted(request), bench=bench)
    return answer_form(
        request, form, do=lambda: form.apply(request.user), to=bench, done=_("The bench is saved."),
        again=lambda now: BenchForm(bench=now), title=bench.name, back=bench.get_absolute_url(),
    )  # fmt: skip
