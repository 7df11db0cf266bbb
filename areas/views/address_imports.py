"""`/gebieden/adressen/`: the addresses of the register, brought in by those who may; 404 for others."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from areas.actions import discard_addresses, draft_addresses
from areas.addresses.staging import Changes
from areas.current import municipality_or_404
from areas.forms import AddressFileForm
from areas.models import AddressImport
from areas.tasks import bring_addresses_in, check_address_file
from areas.views.shared import owner_of
from core.access import permitted_or_404
from core.progress import start_job

PERMISSION = "areas.import_addresses"
SHOWN = 20


@require_http_methods(["GET", "HEAD", "POST"])
def address_imports(request: HttpRequest) -> HttpResponse:
    """What is in, the drafts, and the form for a new file."""
    municipality = municipality_or_404(request, PERMISSION)
    form = AddressFileForm(municipality, request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        draft = draft_addresses(
            municipality=municipality,
            upload=form.cleaned_data["file"],
            about=form.about,
            by=request.user,
            owner=owner_of(request),
        )
        return _check(request, draft)
    files = AddressImport.objects.of(municipality).defer("report")
    context = {
        "form": form,
        "done": list(files.done()[:SHOWN]),
        "drafts": list(files.drafts()[:SHOWN]),
        "crumbs": [(_("Areas"), reverse("areas:list")), (_("Addresses"), "")],
    }
    return render(request, "areas/address_imports.html", context, status=422 if form.errors else 200)


@require_safe
def address_import(request: HttpRequest, identifier: uuid.UUID) -> HttpResponse:
    """One file: what it would change, or what it has changed."""
    one = _import(request, identifier)
    report: dict[str, Any] = one.report or {}
    changes = Changes(**report["changes"]) if report.get("changes") else None
    context = {
        "import": one,
        "refused": report.get("refused", ""),
        "changes": changes,
        "crumbs": [
            (_("Areas"), reverse("areas:list")),
            (_("Addresses"), reverse("areas:address_imports")),
            (one.file_name, ""),
        ],
    }
    return render(request, "areas/address_import.html", context)


@require_POST
def address_import_check(request: HttpRequest, identifier: uuid.UUID) -> HttpResponse:
    """Check a draft again, against the addresses that are there now."""
    return _check(request, _import(request, identifier, draft=True))


@require_POST
def address_import_bring(request: HttpRequest, identifier: uuid.UUID) -> HttpResponse:
    """Bring the addresses of a draft in."""
    draft = _import(request, identifier, draft=True)
    job = start_job(
        bring_addresses_in,
        title=_("Bring addresses in: %(file)s") % {"file": draft.file_name},
        owner=owner_of(request),
        back_url=draft.get_absolute_url(),
        draft=str(draft.uuid),
        with_large_loss=request.POST.get("with_large_loss") == "on",
        user=str(owner_of(request)),
    )
    return redirect("core:progress", job.uuid)


@require_POST
def address_import_discard(request: HttpRequest, identifier: uuid.UUID) -> HttpResponse:
    """Throw a draft away."""
    discard_addresses(draft=_import(request, identifier, draft=True), by=request.user)
    return redirect("areas:address_imports")


def _check(request: HttpRequest, draft: AddressImport) -> HttpResponse:
    job = start_job(
        check_address_file,
        title=_("Check addresses: %(file)s") % {"file": draft.file_name},
        owner=owner_of(request),
        back_url=reverse("areas:address_imports"),
        draft=str(draft.uuid),
        user=str(owner_of(request)),
    )
    return redirect("core:progress", job.uuid)


def _import(request: HttpRequest, identifier: uuid.UUID, *, draft: bool = False) -> AddressImport:
    files = AddressImport.objects.of(municipality_or_404(request)).select_related("municipality")
    return permitted_or_404(files.drafts() if draft else files, request.user, PERMISSION, uuid=identifier)
