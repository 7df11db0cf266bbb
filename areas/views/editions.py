"""`/gebieden/grenzen/`: boundaries in force, and new ones on their way in, for those who may bring them; 404 for others."""

import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from areas.actions import answer_draft, discard_edition, draft_edition
from areas.current import municipality_or_404
from areas.forms import ActivateForm, AnswerForm, EditionForm
from areas.importers.difference import Difference
from areas.importers.faults import Faults
from areas.importers.systems import NAMES
from areas.models import AreaEdition, AreaKind, EditionFile, Municipality
from areas.tasks import activate_boundaries, check_boundaries
from core.progress import start_job


@require_http_methods(["GET", "POST"])
def edition_list(request: HttpRequest) -> HttpResponse:
    """What is in force by kind, the drafts, and the form for a new file."""
    municipality = _for_stewards(request)
    form = EditionForm(municipality, request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        return _draft(request, form)
    context = {
        "form": form,
        "kinds": _kinds(municipality),
        "drafts": _drafts(municipality),
        "crumbs": [(_("Areas"), reverse("areas:list")), (_("Boundaries"), "")],
    }
    return render(request, "areas/editions.html", context, status=422 if form.errors else 200)


@require_GET
def edition_detail(request: HttpRequest, identifier: uuid.UUID) -> HttpResponse:
    """One edition: a draft with what it would change, or one that is or was in force."""
    edition = _edition(request, identifier)
    kept = EditionFile.objects.filter(edition=edition).only("name", "report").first()
    context: dict[str, Any] = {
        "edition": edition,
        "file": kept,
        "base": AreaEdition.objects.active().filter(kind=edition.kind).first(),
        "may_activate": request.user.has_perm("areas.activate_edition", edition.kind),
        "crumbs": [
            (_("Areas"), reverse("areas:list")),
            (_("Boundaries"), reverse("areas:editions")),
            (str(edition.kind.plural), ""),
        ],
    }
    if kept and kept.report:
        context["found"] = Faults.from_json(kept.report)
        context["faults"] = list(context["found"])
        context["read"] = kept.report.get("read") or {}
        context["system"] = NAMES.get(context["read"].get("srid"), "")
        context["ask"] = _question(kept.report.get("ask") or {})
        context["difference"] = Difference.from_json(kept.report["difference"], context["base"])
        context["is_refused"] = not context["difference"].changes
        compared = kept.report["difference"]["base"]
        context["compared_with"] = compared
        context["is_stale"] = not context["is_refused"] and compared != (
            str(context["base"].uuid) if context["base"] else ""
        )
    return render(request, "areas/edition.html", context)


@require_POST
def edition_check(request: HttpRequest, identifier: uuid.UUID) -> HttpResponse:
    """Check a draft again, against what is in force now; with an answer to what the check asked for."""
    edition = _edition(request, identifier, draft=True)
    form = AnswerForm(request.POST)
    if form.is_valid() and any(form.cleaned_data.values()):
        answer_draft(edition=edition, user=request.user, **form.cleaned_data)
    return _check(request, edition)


@require_POST
def edition_activate(request: HttpRequest, identifier: uuid.UUID) -> HttpResponse:
    """Bring a draft into force."""
    edition = _edition(request, identifier, draft=True)
    form = ActivateForm(request.POST)
    if not request.user.has_perm("areas.activate_edition", edition.kind) or not form.is_valid():
        raise Http404
    job = start_job(
        activate_boundaries,
        title=_("Bring boundaries into force: %(kind)s") % {"kind": edition.kind.plural},
        owner=_owner(request),
        back_url=edition.get_absolute_url(),
        edition=str(edition.uuid),
        compared_with=str(form.cleaned_data["compared_with"] or ""),
        without_faulty=form.cleaned_data["without_faulty"],
        user=str(_owner(request)),
    )
    return redirect("core:progress", job.uuid)


@require_POST
def edition_discard(request: HttpRequest, identifier: uuid.UUID) -> HttpResponse:
    """Throw a draft away."""
    discard_edition(edition=_edition(request, identifier, draft=True), user=request.user)
    return redirect("areas:editions")


def _draft(request: HttpRequest, form: EditionForm) -> HttpResponse:
    file = form.cleaned_data["file"]
    edition = draft_edition(
        kind=form.cleaned_data["kind"],
        data=file.read(),
        file_name=file.name,
        preset=form.read_by,
        user=request.user,
        about=form.about,
    )
    return _check(request, edition)


def _check(request: HttpRequest, edition: AreaEdition) -> HttpResponse:
    job = start_job(
        check_boundaries,
        title=_("Check boundaries: %(kind)s") % {"kind": edition.kind.plural},
        owner=_owner(request),
        back_url=reverse("areas:editions"),
        edition=str(edition.uuid),
    )
    return redirect("core:progress", job.uuid)


def _for_stewards(request: HttpRequest) -> Municipality:
    municipality = municipality_or_404(request)
    if not request.user.has_perm("areas.import_edition", municipality):
        raise Http404
    return municipality


def _edition(request: HttpRequest, identifier: uuid.UUID, *, draft: bool = False) -> AreaEdition:
    editions = AreaEdition.objects.of(_for_stewards(request)).select_related("kind__municipality")
    if draft:
        editions = editions.filter(status=AreaEdition.Status.DRAFT)
    return get_object_or_404(editions.defer("graticule"), uuid=identifier)


def _kinds(municipality: Municipality) -> list[tuple[AreaKind, AreaEdition | None]]:
    editions = AreaEdition.objects.active().of(municipality).defer("outline_path", "graticule")
    active = {edition.kind_id: edition for edition in editions}
    return [(kind, active.get(kind.pk)) for kind in AreaKind.objects.filter(municipality=municipality)]


def _drafts(municipality: Municipality) -> list[AreaEdition]:
    drafts = AreaEdition.objects.of(municipality).filter(status=AreaEdition.Status.DRAFT)
    return list(drafts.select_related("kind").order_by("-created_at"))


def _question(ask: dict[str, Any]) -> dict[str, Any]:
    """What the check asks the steward: a field and its choices in words."""
    if not ask.get("field"):
        return {}
    named = {str(srid): name for srid, name in NAMES.items()}
    return {
        "field": ask["field"],
        "choices": [(choice, named.get(choice, choice)) for choice in ask["choices"]],
    }


def _owner(request: HttpRequest) -> uuid.UUID | None:
    owner: uuid.UUID | None = getattr(request.user, "uuid", None)
    return owner
