"""Bringing in a table of members."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from areas.current import municipality_or_404
from core.access import owner_of, permitted
from core.intake import keep, page_of
from core.intakepages import IntakePage, act, back_when_gone, find, show
from core.models import Intake
from core.pages import answer_form, posted
from councils.exchange import COLUMNS, MembersPlan, read_rows
from councils.forms.exchange import UploadForm
from councils.intake import MEMBERS
from councils.models import CouncilQuerySet
from councils.views.shared import crumbs, seen

SHOWN = 200


@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Choose a council and a file; nobody is appointed until the person confirms."""
    councils = _kept(request)
    municipality = municipality_or_404(request)
    asked = councils.filter(slug=request.GET.get("raad", "")).first()
    form = UploadForm(posted(request), request.FILES or None, councils=councils, initial={"council": asked})
    return answer_form(
        request,
        form,
        do=lambda: keep(
            kind=MEMBERS,
            upload=form.cleaned_data["file"],
            place=municipality.pk,
            subject=form.cleaned_data["council"].uuid,
            owner=owner_of(request),
            by=request.user,
        ),
        to=page_of,
        template="councils/import.html",
        columns=list(COLUMNS),
        crumbs=crumbs((_("Bring in members"), "")),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@back_when_gone("councils:import")
def check(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Who would be appointed by the table, row by row; then do it, take another file, or throw it away."""
    _kept(request)
    municipality = municipality_or_404(request)
    kept = find(MEMBERS, uuid, place=municipality.pk, owner=owner_of(request))
    return act(request, kept, IMPORT) or show(request, kept, IMPORT)


def _kept(request: HttpRequest) -> CouncilQuerySet:
    """The councils here for which a person writes; who writes for none is sent away."""
    councils = permitted(seen(request).working(), request.user, "councils.keep_council").order_by("name")
    if not councils.exists():
        raise Http404
    return councils


def _context(request: HttpRequest, kept: Intake, plan: MembersPlan) -> dict[str, Any]:
    return {
        "refused_rows": plan.refused[:SHOWN],
        "added": plan.added[:SHOWN],
        "is_faulty": bool(plan.refused),
        "shown": SHOWN,
        "council": plan.council,
        "crumbs": crumbs((_("Bring in members"), "")),
    }


def _done(plan: MembersPlan) -> tuple[str, Any]:
    number = len(plan.added)
    words = ngettext("%(number)d member appointed.", "%(number)d members appointed.", number) % {
        "number": number
    }
    return words, plan.council


IMPORT = IntakePage(
    template="councils/import_check.html",
    start="councils:import",
    context=_context,
    done=_done,
    reads=read_rows,
)
