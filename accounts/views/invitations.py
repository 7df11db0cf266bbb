"""Invitations: sending, sending again, revoking, and taking one up."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from accounts.actions import accept_invitation, invite, resend_invitation, revoke_invitation
from accounts.actions.invitations import account_of, belongs_to, find_invitation, holder_of
from accounts.forms import AcceptForm, InviteForm
from accounts.models import Invitation
from accounts.views.access import for_administrators, fresh, me, site_of
from accounts.views.roles import beside_roles
from areas.current import municipality_or_404
from core.access import open_to_all, permitted_or_404
from core.pages import answer_button, answer_form, posted


@require_http_methods(["GET", "HEAD", "POST"])
@for_administrators
@fresh
def invitation_send(request: HttpRequest) -> HttpResponse:
    """Invite somebody by mail; what happens is the same whether the address has an account or not."""
    by, municipality, site = me(request), municipality_or_404(request), site_of(request)
    form = InviteForm(posted(request), municipality=municipality)
    return answer_form(
        request,
        form,
        do=lambda: invite(by=by, municipality=municipality, site=site, **form.cleaned_data),
        to="accounts:roles",
        done=_("The invitation is on its way."),
        title=_("Invite somebody"),
        lead=_("The person gets a mail with a link that works once, for a week."),
        button=_("Send the invitation"),
        **beside_roles(),
    )


@require_POST
@for_administrators
@fresh
def invitation_resend(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Send a new link."""
    by, invitation, site = me(request), _unanswered(request, uuid), site_of(request)
    return answer_button(
        request,
        do=lambda: resend_invitation(by=by, invitation=invitation, site=site),
        to="accounts:roles",
        done=_("A new link is on its way; the old one no longer works."),
    )


@require_POST
@for_administrators
@fresh
def invitation_revoke(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Take an invitation back."""
    by, invitation = me(request), _unanswered(request, uuid)
    return answer_button(
        request,
        do=lambda: revoke_invitation(by=by, invitation=invitation),
        to="accounts:roles",
        done=_("The invitation is revoked."),
    )


@open_to_all
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def invitation_accept(request: HttpRequest, token: str) -> HttpResponse:
    """Take up an invitation: signed in, after signing in, or with a new account."""
    response = _accept(request, token)
    response.headers["Referrer-Policy"] = "same-origin"  # the address of this page is a key
    return response


def _accept(request: HttpRequest, token: str) -> HttpResponse:
    invitation = find_invitation(token)
    if invitation is None:
        return render(request, "accounts/invitation_closed.html", status=404)
    context = {"invitation": invitation}
    signed_in = me(request) if request.user.is_authenticated else None
    if signed_in is not None and not belongs_to(invitation, signed_in):
        return render(request, "accounts/invitation_other.html", context, status=409)
    if signed_in is None and account_of(invitation) is not None:
        messages.info(request, _("Sign in first; then you can take up the invitation."))
        return redirect_to_login(request.get_full_path())
    start = {"name": invitation.name}
    form = Form(posted(request)) if signed_in else AcceptForm(posted(request), initial=start)
    by = signed_in or holder_of(invitation)
    return answer_form(
        request,
        form,
        do=lambda: accept_invitation(token=token, by=by, **form.cleaned_data),
        to="accounts:mine" if signed_in else "account_login",
        done=_("Welcome. Your role counts from its first day."),
        template="accounts/invitation.html",
        frame="allauth/layouts/entrance.html",
        title=_("Take up your role"),
        button=_("Take up the role") if signed_in else _("Make an account and take up the role"),
        invitation=invitation,
    )


def _unanswered(request: HttpRequest, uuid: UUID) -> Invitation:
    open_here = Invitation.objects.unanswered().filter(municipality=municipality_or_404(request))
    return permitted_or_404(open_here, me(request), "accounts.invite", uuid=uuid)
