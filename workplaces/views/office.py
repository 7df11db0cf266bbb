"""Pages of the office: bringing in a table."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from areas.current import municipality_or_404
from core.access import owner_of
from core.intake import keep, page_of
from core.intakepages import IntakePage, act, back_when_gone, find, show
from core.models import Intake
from core.pages import answer_form, posted
from workplaces.exchange import NAMES
from workplaces.forms.office import UploadForm
from workplaces.intake import LOCATIONS
from workplaces.plan import Plan, read_rows
from workplaces.views.shared import crumbs

SHOWN = 200


@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Choose a file; nothing happens to the locations until the person confirms."""
    municipality = municipality_or_404(request, "workplaces.import_locations")
    form = UploadForm(posted(request), request.FILES or None)
    return answer_form(
        request,
        form,
        do=lambda: keep(
            kind=LOCATIONS,
            upload=form.cleaned_data["file"],
            place=municipality.pk,
            owner=owner_of(request),
            by=request.user,
        ),
        to=page_of,
        template="workplaces/import.html",
        columns=NAMES,
        crumbs=crumbs((_("Bring in a table"), "")),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@back_when_gone("workplaces:import")
def check(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """What the table would do, row by row; then do it, take another file, or throw it away."""
    municipality = municipality_or_404(request, "workplaces.import_locations")
    kept = find(LOCATIONS, uuid, place=municipality.pk, owner=owner_of(request))
    return act(request, kept, IMPORT) or show(request, kept, IMPORT)


def _context(request: HttpRequest, kept: Intake, plan: Plan) -> dict[str, Any]:
    return {
        "refused_rows": plan.refused[:SHOWN],
        "added": plan.added[:SHOWN],
        "changed": plan.changed[:SHOWN],
        "is_faulty": bool(plan.refused),
        "shown": SHOWN,
        "crumbs": crumbs((_("Bring in a table"), "")),
    }


def _done(plan: Plan) -> tuple[str, str]:
    added, changed = len(plan.added), len(plan.changed)
    words = (
        ngettext("%(number)d location added", "%(number)d locations added", added) % {"number": added}
        + ", "
        + ngettext("%(number)d changed.", "%(number)d changed.", changed) % {"number": changed}
    )
    return words, "workplaces:list"


IMPORT = IntakePage(
    template="workplaces/import_check.html",
    start="workplaces:import",
    context=_context,
    done=_done,
    reads=read_rows,
)
