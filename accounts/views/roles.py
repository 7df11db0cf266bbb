"""The roles of the municipality: who holds which, give, end, replace."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from accounts.actions import end_role, give_role, replace_role
from accounts.forms import EndRoleForm, GiveRoleForm, ReplaceForm, RolesFilter
from accounts.models import Invitation, RoleAssignment
from accounts.views.access import for_administrators, fresh, me
from areas.current import municipality_or_404
from core.access import permitted_or_404
from core.forms import add_errors
from core.pages import PER_PAGE, is_part, ordered, show_list

FOUND = ngettext_lazy("%(number)d role", "%(number)d roles", "number")
ORDERS = {
    "persoon": ("user__name", "user__email", "pk"),
    "rol": ("role", "user__name", "pk"),
    "einde": ("valid_until", "user__name", "pk"),
}


@require_safe
@for_administrators
def role_list(request: HttpRequest) -> HttpResponse:
    """The roles that count now, that are coming or that ended, and the invitations that nobody answered."""
    municipality = municipality_or_404(request)
    form = RolesFilter(request.GET, municipality=municipality)
    roles = form.apply(RoleAssignment.objects.visible_to(me(request)).filter(municipality=municipality))
    roles = roles.select_related("user", "area", "area__kind", "replaces__user")
    invitations = Invitation.objects.unanswered().filter(municipality=municipality).select_related("area")
    return show_list(
        request,
        "accounts/roles.html",
        ordered(request, roles.order_by("role", "user__name", "pk"), ORDERS),
        form=form,
        words=FOUND,
        title=_("Roles"),
        invitations=[] if is_part(request) else invitations[:PER_PAGE],
    )


@require_http_methods(["GET", "HEAD", "POST"])
@for_administrators
@fresh
def role_give(request: HttpRequest) -> HttpResponse:
    """Give a colleague a role."""
    user, municipality = me(request), municipality_or_404(request)
    form = GiveRoleForm(request.POST or None, by=user, municipality=municipality)
    if request.method == "POST" and form.is_valid():
        try:
            give_role(by=user, municipality=municipality, **form.cleaned_data)
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, _("The role is given."))
            return redirect("accounts:roles")
    return _form_page(request, "accounts/role_give.html", form)


@require_http_methods(["GET", "HEAD", "POST"])
@for_administrators
@fresh
def role_end(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """End a role."""
    assignment = _managed(request, uuid)
    form = EndRoleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            end_role(by=me(request), assignment=assignment, **form.cleaned_data)
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, _("The role ends."))
            return redirect("accounts:roles")
    return _form_page(request, "accounts/role_end.html", form, assignment)


@require_http_methods(["GET", "HEAD", "POST"])
@for_administrators
@fresh
def role_replace(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Name somebody who stands in for the holder of a role."""
    assignment = _managed(request, uuid)
    form = ReplaceForm(request.POST or None, by=me(request), assignment=assignment)
    if request.method == "POST" and form.is_valid():
        try:
            replace_role(by=me(request), assignment=assignment, **form.cleaned_data)
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, _("The replacement is named."))
            return redirect("accounts:roles")
    return _form_page(request, "accounts/role_replace.html", form, assignment)


def _managed(request: HttpRequest, uuid: UUID) -> RoleAssignment:
    roles = RoleAssignment.objects.filter(municipality=municipality_or_404(request))
    roles = roles.select_related("user", "area", "municipality")
    return permitted_or_404(roles, me(request), "accounts.manage_roles", uuid=uuid)


def _form_page(
    request: HttpRequest, template: str, form: object, assignment: RoleAssignment | None = None
) -> HttpResponse:
    status = 422 if request.method == "POST" else 200
    return render(request, template, {"form": form, "assignment": assignment}, status=status)
