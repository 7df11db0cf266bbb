"""The roles of the municipality: who holds which, give, end, replace."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from accounts.actions import end_role, give_role, replace_role
from accounts.forms import EndRoleForm, GiveRoleForm, ReplaceForm, RolesFilter
from accounts.models import Invitation, RoleAssignment
from accounts.views.access import for_administrators, fresh, me
from areas.current import municipality_or_404
from core.access import permitted_or_404
from core.changes import changes_of
from core.pages import PER_PAGE, answer_form, is_part, ordered, posted, show_list

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
    by, municipality = me(request), municipality_or_404(request)
    form = GiveRoleForm(posted(request), by=by, municipality=municipality)
    return answer_form(
        request,
        form,
        do=lambda: give_role(by=by, municipality=municipality, **form.cleaned_data),
        to="accounts:roles",
        done=_("The role is given."),
        template="accounts/role_give.html",
        title=_("Give a colleague a role"),
        button=_("Give this role"),
        **beside_roles(),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@for_administrators
@fresh
def role_end(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """End a role."""
    assignment = _managed(request, uuid)
    form = EndRoleForm(posted(request))
    return answer_form(
        request,
        form,
        do=lambda: end_role(by=me(request), assignment=assignment, **form.cleaned_data),
        to="accounts:roles",
        done=_("The role ends."),
        template="accounts/role_end.html",
        assignment=assignment,
        changes=changes_of(assignment),
        title=_("End a role"),
        button=_("End this role"),
        **beside_roles(),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@for_administrators
@fresh
def role_replace(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Name somebody who stands in for the holder of a role."""
    assignment = _managed(request, uuid)
    form = ReplaceForm(posted(request), by=me(request), assignment=assignment)
    return answer_form(
        request,
        form,
        do=lambda: replace_role(by=me(request), assignment=assignment, **form.cleaned_data),
        to="accounts:roles",
        done=_("The replacement is named."),
        template="accounts/role_replace.html",
        assignment=assignment,
        changes=changes_of(assignment),
        title=_("Name a replacement"),
        button=_("Name this replacement"),
        **beside_roles(),
    )


def beside_roles() -> dict[str, Any]:
    """What the forms about roles have around them: the menu of the account, and the way back."""
    return {
        "frame": "allauth/layouts/manage.html",
        "back": reverse("accounts:roles"),
        "back_words": _("Back to the roles"),
    }


def _managed(request: HttpRequest, uuid: UUID) -> RoleAssignment:
    roles = RoleAssignment.objects.filter(municipality=municipality_or_404(request))
    roles = roles.select_related("user", "area", "municipality")
    return permitted_or_404(roles, me(request), "accounts.manage_roles", uuid=uuid)
