"""`/gebieden/adressen/`: the addresses of the register, brought in by those who may; 404 for others."""

import uuid
from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from areas.actions import AboutAddresses
from areas.addresses.staging import Changes
from areas.current import municipality_or_404
from areas.filekinds import ADDRESSES
from areas.forms import AddressFileForm
from areas.models import AddressImport
from core.access import owner_of
from core.intake import keep, page_of
from core.intakepages import (
    IntakePage,
    back_when_gone,
    bring_by_worker,
    find,
    look,
    replace_and_look,
    show_checked,
    throw_away,
)
from core.models import Intake
from core.pages import answer_form, posted

PERMISSION = "areas.import_addresses"
SHOWN = 20


@require_http_methods(["GET", "HEAD", "POST"])
def address_imports(request: HttpRequest) -> HttpResponse:
    """What is in, the drafts, and the form for a new file."""
    municipality = municipality_or_404(request, PERMISSION)
    form = AddressFileForm(municipality, posted(request), request.FILES or None)
    drafts = Intake.objects.of_kind(ADDRESSES).filter(place=municipality.pk)[:SHOWN]
    return answer_form(
        request,
        form,
        do=lambda: keep(
            kind=ADDRESSES,
            upload=form.cleaned_data["file"],
            place=municipality.pk,
            owner=owner_of(request),
            reading=form.about.as_json(),
            by=request.user,
        ),
        to=lambda kept: look(request, kept),
        template="areas/address_imports.html",
        brought=AddressImport.objects.of(municipality).defer("report")[:SHOWN],
        drafts=[(draft, page_of(draft)) for draft in drafts],
        crumbs=_crumbs(),
    )


@require_safe
@back_when_gone("areas:address_imports")
def address_import(request: HttpRequest, identifier: uuid.UUID) -> HttpResponse:
    """One file: what it would change, or what it has changed."""
    municipality = municipality_or_404(request, PERMISSION)
    done = AddressImport.objects.filter(uuid=identifier).first()
    if done is None:
        return show_checked(request, _draft(request, identifier), PAGE)
    if done.municipality_id != municipality.pk:
        raise Http404
    context = {"import": done, "changes": _changes(done.report or {}), "crumbs": _crumbs(done.file_name)}
    return render(request, "areas/address_import.html", context)


@require_POST
@back_when_gone("areas:address_imports")
def address_import_check(request: HttpRequest, identifier: uuid.UUID) -> HttpResponse:
    """Check a draft again, against the addresses that are there now."""
    return look(request, _draft(request, identifier))


@require_POST
@back_when_gone("areas:address_imports")
def address_import_replace(request: HttpRequest, identifier: uuid.UUID) -> HttpResponse:
    """Take another file in the place of the one of a draft, and check that."""
    return replace_and_look(request, _draft(request, identifier), PAGE)


@require_POST
@back_when_gone("areas:address_imports")
def address_import_bring(request: HttpRequest, identifier: uuid.UUID) -> HttpResponse:
    """Bring the addresses of a draft in; sent twice, it leads to what the first time did."""
    municipality = municipality_or_404(request, PERMISSION)
    done = AddressImport.objects.of(municipality).filter(uuid=identifier).first()
    if done is not None:
        return redirect(done)
    return bring_by_worker(request, _draft(request, identifier), PAGE)


@require_POST
@back_when_gone("areas:address_imports")
def address_import_discard(request: HttpRequest, identifier: uuid.UUID) -> HttpResponse:
    """Throw a draft away."""
    return throw_away(request, _draft(request, identifier), PAGE)


def _draft(request: HttpRequest, identifier: uuid.UUID) -> Intake:
    municipality = municipality_or_404(request, PERMISSION)
    if AddressImport.objects.filter(uuid=identifier).exists():
        raise Http404  # it is no draft any more
    return find(ADDRESSES, identifier, place=municipality.pk)


def _changes(report: Mapping[str, Any]) -> Changes | None:
    return Changes(**report["changes"]) if report.get("changes") else None


def _context(request: HttpRequest, kept: Intake, report: Mapping[str, Any]) -> dict[str, Any]:
    changes = _changes(report)
    return {
        "about": AboutAddresses.from_json(kept.reading),
        "changes": changes,
        "is_faulty": bool(changes and changes.refused),
        "crumbs": _crumbs(kept.file.name),
    }


def _urls(kept: Intake) -> dict[str, str]:
    return {
        "confirm": reverse("areas:address_import_bring", args=[kept.uuid]),
        "check": reverse("areas:address_import_check", args=[kept.uuid]),
        "replace": reverse("areas:address_import_replace", args=[kept.uuid]),
        "discard": reverse("areas:address_import_discard", args=[kept.uuid]),
    }


def _crumbs(name: str = "") -> list[tuple[str, str]]:
    way = [
        (_("Areas"), reverse("areas:list")),
        (_("Addresses"), reverse("areas:address_imports") if name else ""),
    ]
    return [*way, (name, "")] if name else way


PAGE = IntakePage(
    template="areas/address_file.html",
    start="areas:address_imports",
    context=_context,
    choices=lambda data: {"with_large_loss": data.get("with_large_loss") == "on"},
    urls=_urls,
)
