"""`/gebieden/grenzen/`: boundaries in force, and new ones on their way in, for those who may bring them; 404 for others."""

import uuid
from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from areas.actions import (
    answer_draft,
    choose_recodings,
    discard_edition,
    draft_edition,
    file_of,
    replace_draft,
)
from areas.current import municipality_or_404
from areas.difference_page import difference_page, remembered_difference
from areas.filekinds import BOUNDARIES
from areas.forms import ActivateForm, AnswerForm, EditionForm, RecodingForm
from areas.importers.difference import Difference
from areas.importers.faults import Faults
from areas.importers.reading import boundaries_in
from areas.importers.systems import NAMES
from areas.models import AreaEdition, AreaKind, Municipality
from core.access import permitted_or_404
from core.changes import changes_of
from core.intake import Gone
from core.intakepages import IntakePage, back_when_gone, bring_by_worker, look, replace_and_look, show_checked
from core.models import Intake
from core.pages import answer_form, posted

PERMISSION = "areas.import_edition"


@require_http_methods(["GET", "HEAD", "POST"])
def edition_list(request: HttpRequest) -> HttpResponse:
    """What is in force by kind, the drafts, all editions, and the form for a new file."""
    municipality = municipality_or_404(request, PERMISSION)
    form = EditionForm(municipality, posted(request), request.FILES or None)
    editions = list(_kept(municipality))
    return answer_form(
        request,
        form,
        do=lambda: draft_edition(
            kind=form.cleaned_data["kind"],
            upload=form.cleaned_data["file"],
            preset=form.read_by,
            by=request.user,
            about=form.about,
        ),
        to=lambda draft: look(request, file_of(draft)),
        template="areas/editions.html",
        kinds=_kinds(municipality, editions),
        drafts=_drafts(municipality),
        editions=editions,
        crumbs=[(_("Areas"), reverse("areas:list")), (_("Boundaries"), "")],
    )


@require_safe
def edition_detail(request: HttpRequest, identifier: uuid.UUID) -> HttpResponse:
    """One edition: a draft with what it would change, or one that is or was in force with what it changed."""
    edition = edition_or_404(request, identifier)
    if edition.status == AreaEdition.Status.DRAFT:
        return _draft_page(request, edition)
    context: dict[str, Any] = {
        "edition": edition,
        "may_activate": request.user.has_perm("areas.activate_edition", edition.kind),
        "changes": changes_of(edition),
        "crumbs": _crumbs(edition),
    }
    if edition.replaces:
        difference = remembered_difference(edition.replaces, edition)
        context["difference_page"] = difference_page(difference, edition=edition, **shown(request))
    return render(request, "areas/edition.html", context)


@require_POST
@back_when_gone("areas:editions")
def edition_check(request: HttpRequest, identifier: uuid.UUID) -> HttpResponse:
    """Check a draft again, against what is in force now; with an answer to what the check asked for."""
    edition = edition_or_404(request, identifier, draft=True)
    kept = file_of(edition)
    form = AnswerForm(request.POST)
    if form.is_valid() and any(form.cleaned_data.values()):
        answer_draft(edition=edition, by=request.user, **form.cleaned_data)
    return look(request, kept)


@require_POST
@back_when_gone("areas:editions")
def edition_replace(request: HttpRequest, identifier: uuid.UUID) -> HttpResponse:
    """Take another file in the place of the one of a draft, and check that."""
    edition = edition_or_404(request, identifier, draft=True)
    return replace_and_look(request, file_of(edition), _intake_page(edition))


@require_POST
@back_when_gone("areas:editions")
def edition_codes(request: HttpRequest, identifier: uuid.UUID) -> HttpResponse:
    """Say which pairs of codes are one area, and see what follows."""
    edition = edition_or_404(request, identifier, draft=True)
    kept = file_of(edition)
    difference = _kept_difference(kept)
    if difference is None:
        raise Http404
    form = RecodingForm(difference, request.POST)
    if not form.is_valid():
        return redirect(edition)  # the page was made before another check; it shows what there is now
    choose_recodings(edition=edition, by=request.user, recodings=form.pairs)
    return look(request, kept)


@require_POST
@back_when_gone("areas:editions")
def edition_activate(request: HttpRequest, identifier: uuid.UUID) -> HttpResponse:
    """Bring a draft into force as it was shown; when many areas retire only after they were counted. Sent twice, it leads there."""
    edition = edition_or_404(request, identifier)
    if not request.user.has_perm("areas.activate_edition", edition.kind):
        raise Http404
    if edition.status != AreaEdition.Status.DRAFT:
        return redirect(edition)
    kept = file_of(edition)
    difference = _kept_difference(kept)
    form = ActivateForm(difference, request.POST)
    if not form.is_valid():
        return _draft_page(request, edition, status=422, activate_form=form)
    retirements = sorted(difference.retirements) if difference else []
    choices = {"without_faulty": form.cleaned_data["without_faulty"], "retirements": retirements}
    return bring_by_worker(request, kept, _intake_page(edition), choices)


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


def _crumbs(edition: AreaEdition) -> list[tuple[str, str]]:
    return [
        (_("Areas"), reverse("areas:list")),
        (_("Boundaries"), reverse("areas:editions")),
        (str(edition.kind.plural), ""),
    ]


def _draft_page(
    request: HttpRequest, edition: AreaEdition, *, status: int = 200, **more: Any
) -> HttpResponse:
    """A draft with what it would change; without a file, only with what was said of it."""
    page = _intake_page(edition)
    try:
        return show_checked(request, file_of(edition), page, status=status, **more)
    except Gone as gone:
        context = {
            "edition": edition,
            "refused": gone,
            "is_checked": True,
            "urls": {"discard": _url("discard", edition)},
        }
        return render(request, page.template, {**context, "crumbs": _crumbs(edition)}, status=status)


def _intake_page(edition: AreaEdition) -> IntakePage:
    def context(request: HttpRequest, kept: Intake, report: Mapping[str, Any]) -> dict[str, Any]:
        return {
            "edition": edition,
            "may_activate": request.user.has_perm("areas.activate_edition", edition.kind),
            "changes": changes_of(edition),
            "crumbs": _crumbs(edition),
            **(_found(request, edition, report) if report else {}),
        }

    def replace(**asked: Any) -> Intake:
        return replace_draft(edition=edition, upload=asked["upload"], by=asked["by"])

    return IntakePage(
        template="areas/edition_draft.html",
        start="areas:editions",
        context=context,
        urls=lambda kept: {
            "confirm": f"{_url('activate', edition)}#decide",
            "check": _url("check", edition),
            "replace": _url("replace", edition),
            "discard": _url("discard", edition),
        },
        reads=boundaries_in,
        replace=replace,
    )


def _url(what: str, edition: AreaEdition) -> str:
    return reverse(f"areas:edition_{what}", args=[edition.uuid])


def _found(request: HttpRequest, edition: AreaEdition, report: Mapping[str, Any]) -> dict[str, Any]:
    """What the last check found; what can no longer be confirmed has no digest."""
    base = AreaEdition.objects.in_force().filter(kind=edition.kind).defer("graticule", "outline_path").first()
    difference = Difference.from_json(report["difference"], base)
    against = report["difference"]["base"]
    is_refused = not difference.changes
    is_stale = not is_refused and against != (str(base.uuid) if base else "")
    found, read = Faults.from_json(dict(report)), report.get("read") or {}
    faults = list(found)
    context = {
        "found": found,
        "faults": faults,
        "is_faulty": bool(faults),
        "read": read,
        "system": NAMES.get(read.get("srid") or 0, ""),
        "ask": _question(report.get("ask") or {}),
        "difference": difference,
        "is_refused": is_refused,
        "is_stale": is_stale,
        "digest": "" if is_refused or is_stale else report.get("digest", ""),
    }
    if not is_refused:
        context["difference_page"] = difference_page(
            difference, edition=edition, outlines=report["outlines"], **shown(request)
        )
        context["recoding_form"] = RecodingForm(difference) if difference.recodings else None
        context["activate_form"] = ActivateForm(difference, initial={"without_faulty": bool(faults)})
    return context


def _kept_difference(kept: Intake) -> Difference | None:
    """What the last check of a draft found."""
    return Difference.from_json(kept.report["difference"], None) if kept.report else None


def _kept(municipality: Municipality) -> Any:
    editions = AreaEdition.objects.of(municipality).kept().select_related("kind", "replaces")
    heavy = ("outline_path", "graticule", "notes", "replaces__outline_path", "replaces__graticule")
    return editions.defer(*heavy).order_by("kind__rank", "kind__slug", "-activated_at")


def _kinds(
    municipality: Municipality, editions: list[AreaEdition]
) -> list[tuple[AreaKind, AreaEdition | None]]:
    active = {e.kind_id: e for e in editions if e.status == AreaEdition.Status.ACTIVE}
    return [(kind, active.get(kind.pk)) for kind in AreaKind.objects.filter(municipality=municipality)]


def _drafts(municipality: Municipality) -> list[tuple[AreaEdition, str]]:
    """The drafts, with the names of their files."""
    drafts = AreaEdition.objects.of(municipality).filter(status=AreaEdition.Status.DRAFT)
    names = dict(
        Intake.objects.filter(kind=BOUNDARIES, place=municipality.pk).values_list("subject", "file__name")
    )
    rows = drafts.select_related("kind").order_by("-created_at")
    return [(draft, names.get(draft.uuid, "")) for draft in rows]


def _question(ask: dict[str, Any]) -> dict[str, Any]:
    """What the check asks the steward: a field and its choices in words."""
    if not ask.get("field"):
        return {}
    named = {str(srid): name for srid, name in NAMES.items()}
    return {
        "field": ask["field"],
        "choices": [(choice, named.get(choice, choice)) for choice in ask["choices"]],
    }
