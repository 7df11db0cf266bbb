"""A table of members: it comes in after a look, and goes out so that it can come back."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from areas.current import municipality_or_404
from core.access import owner_of, permitted
from core.intake import keep, page_of
from core.intakepages import IntakePage, act, back_when_gone, find, show
from core.models import Intake
from core.pages import answer_form, posted, table_file
from councils.exchange import MembersPlan
from councils.forms.exchange import UploadForm
from councils.intake import MEMBERS
from councils.makeup import by_name
from councils.membercolumns import COLUMNS, cells_of, columns_for, read_rows
from councils.models import CouncilQuerySet
from councils.views.shared import crumbs, kept_or_404, seen

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
        asked=asked,
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
        "changed": plan.changed[:SHOWN],
        "ended": plan.ended[:SHOWN],
        "missing": plan.missing[:SHOWN],
        "is_faulty": bool(plan.refused),
        "shown": SHOWN,
        "council": plan.council,
        "crumbs": crumbs((_("Bring in members"), "")),
    }


def _done(plan: MembersPlan) -> tuple[str, Any]:
    """What came of it, as far as there was any of it."""
    said = (
        (
            plan.added,
            ngettext("%(number)d member appointed.", "%(number)d members appointed.", len(plan.added)),
        ),
        (
            plan.changed,
            ngettext("%(number)d member changed.", "%(number)d members changed.", len(plan.changed)),
        ),
        (plan.ended, ngettext("%(number)d member leaves.", "%(number)d members leave.", len(plan.ended))),
    )
    words = [text % {"number": len(rows)} for rows, text in said if rows]
    return " ".join(words) or _("Nothing changed."), plan.council


@require_safe
def table(request: HttpRequest, slug: str, extension: str) -> HttpResponseBase:
    """Who sits in a council or will, as a table that can come back; for who keeps it, gender for who may know it."""
    council = kept_or_404(request, slug)
    sees_gender, today = request.user.has_perm("councils.see_gender", council), timezone.localdate()
    members = council.memberships.exclude(last_on__lt=today).select_related("person", "seat")
    rows = sorted(
        members.prefetch_related("offices"), key=lambda one: (one.rank or 9_999, by_name(one.person.name))
    )
    return table_file(
        f"leden-{council.slug}",
        extension,
        columns_for(sees_gender=sees_gender),
        [cells_of(one, today, sees_gender=sees_gender) for one in rows],
        title=_("Members"),
    )


IMPORT = IntakePage(
    template="councils/import_check.html",
    start="councils:import",
    context=_context,
    done=_done,
    reads=read_rows,
)
