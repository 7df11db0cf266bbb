"""`/gebieden/grenzen/`: boundaries in force, and new ones on their way in, for those who may bring them; 404 for others."""

import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from areas.actions import answer_draft, choose_recodings, discard_edition, draft_edition
from areas.current import municipality_or_404
from areas.difference_page import difference_page, remembered_difference
from areas.forms import ActivateForm, AnswerForm, EditionForm, RecodingForm
from areas.importers.difference import Difference
from areas.importers.faults import Faults
from areas.importers.systems import NAMES
from areas.models import AreaEdition, AreaKind, EditionFile, Municipality
from areas.tasks import activate_boundaries, check_boundaries
from areas.views.shared import owner_of
from core.access import permitted_or_404
from core.changes import changes_of
from core.progress import start_job

PERMISSION = "areas.import_edition"


@require_http_methods(["GET", "HEAD", "POST"])
def edition_list(request: HttpRequest) -> HttpResponse:
    """What is in force by kind, the drafts, all editions, and the form for a new file."""
    municipality = municipality_or_404(request, PERMISSION)
    form = EditionForm(municipality, request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        return _draft(request, form)
    editions = list(_kept(municipality))
    context = {
        "form": form,
        "kinds": _kinds(municipality, editions),
        "drafts": _drafts(municipality),
        "editions": editions,
        "crumbs": [(_("Areas"), reverse("areas:list")), (_("Boundaries"), "")],
    }
    return render(request, "areas/editions.html", context, status=422 if form.errors else 200)


@require_safe
def edition_detail(request: HttpRequest, identifier: uuid.UUID) -> HttpResponse:
    """One edition: a draft with what it would change, or one that is or was in force with what it changed."""
    edition = edition_or_404(request, identifier)
    return _page(request, edition, None)


@require_POST
def edition_check(request: HttpRequest, identifier: uuid.UUID) -> HttpResponse:
    """Check a draft again, against what is in force now; with an answer to what the check asked for."""
    edition = edition_or_404(request, identifier, draft=True)
    form = AnswerForm(request.POST)
    if form.is_valid() and any(form.cleaned_data.values()):
        answer_draft(edition=edition, by=request.user, **form.cleaned_data)
    return _check(request, edition)


@require_POST
def edition_codes(request: HttpRequest, identifier: uuid.UUID) -> HttpResponse:
    """Say which pairs of codes are one area, and see what follows."""
    edition = edition_or_404(request, identifier, draft=True)
    difference = _kept_difference(edition)
    if difference is None:
        raise Http404
    form = RecodingForm(difference, request.POST)
    if not form.is_valid():
        return redirect(edition)  # the page was made before another check; it shows what there is now
    choose_recodings(edition=edition, by=request.user, recodings=form.pairs)
    return _check(request, edition)


@require_POST
def edition_activate(request: HttpRequest, identifier: uuid.UUID) -> HttpResponse:
    """Bring a draft into force; when many areas retire only after they were named and counted."""
    edition = edition_or_404(request, identifier, draft=True)
    if not request.user.has_perm("areas.activate_edition", edition.kind):
        raise Http404
    difference = _kept_difference(edition)
    form = ActivateForm(difference, request.POST)
    if not form.is_valid():
        return _page(request, edition, form)
    job = start_job(
        activate_boundaries,
        title=_("Bring boundaries into force: %(kind)s") % {"kind": edition.kind.plural},
        owner=owner_of(request),
        back_url=edition.get_absolute_url(),
        edition=str(edition.uuid),
        compared_with=str(form.cleaned_data["compared_with"] or ""),
        without_faulty=form.cleaned_data["without_faulty"],
        retirements=sorted(difference.retirements) if difference else [],
        user=str(owner_of(request)),
    )
    return redirect("core:progress", job.uuid)


@require_POST
def edition_discard(request: HttpRequest, identifier: uuid.UUID) -> HttpResponse:
    """Throw a draft away."""
    discard_edition(edition=edition_or_404(request, identifier, draft=True), by=request.user)
    return redirect("areas:editions")


def edition_or_404(request: HttpRequest, identifier: uuid.UUID, *, draft: bool = False) -> AreaEdition:
    """An edition of the municipality, for those who bring boundaries."""
    editions = AreaEdition.objects.of(municipality_or_404(request)).select_related(
        "kind__municipality", "replaces"
    )
    if draft:
        editions = editions.filter(status=AreaEdition.Status.DRAFT)
    heavy = ("graticule", "outline_path", "replaces__graticule", "replaces__outline_path")
    return permitted_or_404(editions.defer(*heavy), request.user, PERMISSION, uuid=identifier)


def shown(request: HttpRequest) -> dict[str, Any]:
    """Which part of a difference is asked for."""
    return {
        "chosen": request.GET.get("gebied", ""),
        "shows_all": bool(request.GET.get("alles")),
        "page": request.GET.get("page"),
    }


def _page(request: HttpRequest, edition: AreaEdition, form: ActivateForm | None) -> HttpResponse:
    context: dict[str, Any] = {
        "edition": edition,
        "may_activate": request.user.has_perm("areas.activate_edition", edition.kind),
        "changes": changes_of(edition),
        "crumbs": [
            (_("Areas"), reverse("areas:list")),
            (_("Boundaries"), reverse("areas:editions")),
            (str(edition.kind.plural), ""),
        ],
    }
    if edition.status == AreaEdition.Status.DRAFT:
        context |= _draft_context(request, edition, form)
    elif edition.replaces:
        difference = remembered_difference(edition.replaces, edition)
        context["difference_page"] = difference_page(difference, edition=edition, **shown(request))
    return render(request, "areas/edition.html", context, status=422 if form and form.errors else 200)


def _draft_context(request: HttpRequest, edition: AreaEdition, form: ActivateForm | None) -> dict[str, Any]:
    kept = EditionFile.objects.filter(edition=edition).defer("data").first()
    if kept is None or not kept.report:
        return {"file": kept}
    base = AreaEdition.objects.in_force().filter(kind=edition.kind).defer("graticule", "outline_path").first()
    difference = Difference.from_json(kept.report["difference"], base)
    against = kept.report["difference"]["base"]
    is_refused = not difference.changes
    is_stale = not is_refused and against != (str(base.uuid) if base else "")
    found, read = Faults.from_json(kept.report), kept.report.get("read") or {}
    context = {
        "file": kept,
        "found": found,
        "faults": list(found),
        "read": read,
        "system": NAMES.get(read.get("srid") or 0, ""),
        "ask": _question(kept.report.get("ask") or {}),
        "difference": difference,
        "is_refused": is_refused,
        "is_stale": is_stale,
    }
    if not is_refused:
        context["difference_page"] = difference_page(
            difference, edition=edition, outlines=kept.outlines, **shown(request)
        )
        context["recoding_form"] = RecodingForm(difference) if difference.recodings else None
        context["activate_form"] = form or ActivateForm(
            difference,
            initial={
                "compared_with": against,
                "without_faulty": bool(context["faults"]),
                "retirements": difference.retirements_mark,
            },
        )
    return context


def _kept_difference(edition: AreaEdition) -> Difference | None:
    """What the last check of a draft found."""
    report = EditionFile.objects.filter(edition=edition).values_list("report", flat=True).first()
    return Difference.from_json(report["difference"], None) if report else None


def _draft(request: HttpRequest, form: EditionForm) -> HttpResponse:
    file = form.cleaned_data["file"]
    edition = draft_edition(
        kind=form.cleaned_data["kind"],
        data=file.read(),
        file_name=file.name,
        preset=form.read_by,
        by=request.user,
        about=form.about,
    )
    return _check(request, edition)


def _check(request: HttpRequest, edition: AreaEdition) -> HttpResponse:
    job = start_job(
        check_boundaries,
        title=_("Check boundaries: %(kind)s") % {"kind": edition.kind.plural},
        owner=owner_of(request),
        back_url=reverse("areas:editions"),
        edition=str(edition.uuid),
        user=str(owner_of(request)),
    )
    return redirect("core:progress", job.uuid)


def _kept(municipality: Municipality) -> Any:
    editions = AreaEdition.objects.of(municipality).kept().select_related("kind", "replaces")
    heavy = ("outline_path", "graticule", "notes", "replaces__outline_path", "replaces__graticule")
    return editions.defer(*heavy).order_by("kind__rank", "kind__slug", "-activated_at")


def _kinds(
    municipality: Municipality, editions: list[AreaEdition]
) -> list[tuple[AreaKind, AreaEdition | None]]:
    active = {e.kind_id: e for e in editions if e.status == AreaEdition.Status.ACTIVE}
    return [(kind, active.get(kind.pk)) for kind in AreaKind.objects.filter(municipality=municipality)]


def _drafts(municipality: Municipality) -> list[AreaEdition]:
    drafts = AreaEdition.objects.of(municipality).filter(status=AreaEdition.Status.DRAFT)
    heavy = ("file__data", "file__report", "file__outlines")
    return list(drafts.select_related("kind", "file").defer(*heavy).order_by("-created_at"))


def _question(ask: dict[str, Any]) -> dict[str, Any]:
    """What the check asks the steward: a field and its choices in words."""
    if not ask.get("field"):
        return {}
    named = {str(srid): name for srid, name in NAMES.items()}
    return {
        "field": ask["field"],
        "choices": [(choice, named.get(choice, choice)) for choice in ask["choices"]],
    }
