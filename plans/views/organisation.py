"""How area work is organised in an area: what is agreed now, what was before, and the forms of the office."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from areas.current import municipality_or_404
from areas.models import Area
from core.access import open_to_all, permitted_or_404
from core.pages import answer_button, answer_form, posted
from plans.actions.organisation import remove_organisation
from plans.forms.organisation import OrganisationForm
from plans.models import AreaOrganisation


@open_to_all
@require_safe
def organisation(request: HttpRequest, slug: str) -> HttpResponse:
    """What is agreed about an area, and what was before."""
    area = get_object_or_404(Area.objects.of(municipality_or_404(request)).select_related("kind"), slug=slug)
    today = timezone.localdate()
    rows = list(AreaOrganisation.objects.filter(area=area))
    now = next((row for row in rows if row.from_on <= today), None)
    context = {
        "area": area,
        "now": now,
        "coming": [row for row in reversed(rows) if row.from_on > today],
        "before": [row for row in rows if row.from_on <= today and row is not now],
        "today": today,
        "may_change": request.user.has_perm("plans.change_organisation", area),
        "crumbs": [(area.name, area.get_absolute_url()), (_("How area work is organised"), "")],
    }
    return render(request, "plans/organisation.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def agree(request: HttpRequest, slug: str) -> HttpResponse:
    """Something else is agreed from a day on."""
    areas = Area.objects.of(municipality_or_404(request))
    area = permitted_or_404(areas, request.user, "plans.change_organisation", slug=slug)
    form = OrganisationForm(posted(request), area=area)
    return _answer(request, form, area, title=_("Agree on something else"), lead=area.name, button=_("Agree"))


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, slug: str, key: int) -> HttpResponse:
    """Put right what was written down."""
    row = _changeable(request, slug, key)
    form = OrganisationForm(posted(request), area=row.area, organisation=row)
    return _answer(
        request, form, row.area, title=_("Put right what was agreed"), lead=row.area.name,
        template="plans/organisation_change.html", organisation=row, remove_fields=[("version", row.version)],
        again=lambda now: OrganisationForm(area=now.area, organisation=now),
    )  # fmt: skip


@require_POST
def remove(request: HttpRequest, slug: str, key: int) -> HttpResponse:
    """Take away what was never agreed."""
    row = _changeable(request, slug, key)
    version = request.POST.get("version")
    return answer_button(
        request, do=lambda: remove_organisation(organisation=row, by=request.user, version=version),
        to=reverse("plans:organisation", args=[slug]), done=_("It is taken away."),
    )  # fmt: skip


def _changeable(request: HttpRequest, slug: str, key: int) -> AreaOrganisation:
    rows = AreaOrganisation.objects.filter(area__municipality=municipality_or_404(request), area__slug=slug)
    return permitted_or_404(rows.select_related("area"), request.user, "plans.change_organisation", pk=key)


def _answer(
    request: HttpRequest, form: OrganisationForm, area: Area, *, title: str, **page: object
) -> HttpResponse:
    url = reverse("plans:organisation", args=[area.slug])
    crumbs = [(area.name, area.get_absolute_url()), (_("How area work is organised"), url), (title, "")]
    return answer_form(
        request, form, do=lambda: form.apply(request.user), to=url, done=_("Saved."), title=title, back=url, crumbs=crumbs,
        **page,  # type: ignore[arg-type]
    )  # fmt: skip
