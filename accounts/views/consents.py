"""Asking first: what a colleague wants to publish or mail, the answer to it, and for administrators who answers."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.actions.consents import decide_consent, name_keeper, withdraw_consent
from accounts.forms.consents import AnswerForm, KeepersForm
from accounts.models import Consent
from accounts.views.access import for_administrators, fresh, me, site_of
from areas.current import municipality_or_404
from areas.models import Municipality
from core.access import permitted_or_404
from core.consents import consent_kinds
from core.pages import answer_button, answer_form, posted, show


@require_http_methods(["GET", "HEAD", "POST"])
def consent(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """What was asked, and the answer to it; who may not answer only reads."""
    asked = _visible(request, uuid)
    known = consent_kinds.get(asked.kind)
    page: dict[str, Any] = {
        "asked": asked,
        "title": asked.title,
        "thing": known.find(subject=asked.subject) if known else None,
        "shown": known.shown(payload=asked.payload) if known else [],
        "is_mine": asked.asked_by_id == request.user.pk,
    }
    waits = asked.state == Consent.State.WAITING
    if not waits or not request.user.has_perm("accounts.decide_consent", asked):
        return show(request, "accounts/consent.html", page)
    form = AnswerForm(posted(request))
    return answer_form(
        request,
        form,
        do=lambda: decide_consent(consent=asked, by=me(request), site=site_of(request), **form.cleaned_data),
        to="accounts:waiting",
        done=_("Your answer is given."),
        template="accounts/consent_answer.html",
        button=_("Answer"),
        back=reverse("accounts:waiting"),
        back_words=_("Not now"),
        **page,
    )


@require_POST
def withdraw(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Ask no longer."""
    asked = _visible(request, uuid)
    return answer_button(
        request,
        do=lambda: withdraw_consent(consent=asked, by=me(request)),
        to=asked,
        done=_("You ask this no longer."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@for_administrators
@fresh
def keepers(request: HttpRequest) -> HttpResponse:
    """Who is asked first, for each kind of period."""
    municipality = municipality_or_404(request)
    form = KeepersForm(posted(request), municipality=municipality)
    return answer_form(
        request,
        form,
        do=lambda: _name(form, municipality, request),
        to="accounts:keepers",
        done=_("Saved."),
        title=_("Who is asked first"),
        lead=_(
            "In these periods of the calendar, what is published or mailed asks this person first. Who is away, is replaced."
        ),
    )


@transaction.atomic
def _name(form: KeepersForm, municipality: Municipality, request: HttpRequest) -> None:
    for kind, user in form.changed.items():
        name_keeper(municipality=municipality, kind=kind, user=user, by=me(request))


def _visible(request: HttpRequest, uuid: UUID) -> Consent:
    known = Consent.objects.of(municipality_or_404(request)).select_related(
        "asked_by", "decided_by", "municipality"
    )
    return permitted_or_404(known, request.user, "accounts.view_consent", uuid=uuid)
