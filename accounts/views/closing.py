"""The account of a colleague: what they hold, closing it once that is handed over, blocking it at once."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from accounts.actions import block_account, close_account, unblock_account
from accounts.forms.closing import CloseForm, field_of
from accounts.models import AccessLog, User
from accounts.views.access import for_administrators, fresh, me
from accounts.views.roles import beside_roles
from areas.current import municipality_or_404
from areas.models import Municipality
from core.handover import open_work
from core.pages import answer_button, answer_form, posted


@require_http_methods(["GET", "HEAD", "POST"])
@for_administrators
@fresh
def colleague(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """What a colleague holds, who goes on with it, and then the account closes."""
    municipality, by = municipality_or_404(request), me(request)
    person = _colleague(uuid, municipality)
    work = open_work(person)
    log = AccessLog.objects.filter(subject_uuid=person.uuid).select_related("actor")[:10]
    about: dict[str, Any] = {"person": person, "work": work, "log": log, "is_me": person.pk == by.pk}
    if person.pk == by.pk or (not person.is_active and not work):
        return render(request, "accounts/colleague.html", {**about, **beside_roles(), "title": str(person)})
    form = CloseForm(posted(request), person=person, municipality=municipality, work=work)
    return answer_form(
        request,
        form,
        do=lambda: close_account(
            by=by, person=person, municipality=municipality, to=form.to, why=form.cleaned_data["why"]
        ),
        to="accounts:roles",
        done=_("The work is handed over and the account is closed."),
        shown_at={one.source.name: field_of(one.source.name) for one in work},
        template="accounts/colleague.html",
        title=str(person),
        button=_("Hand over and close the account"),
        is_danger=True,
        **about,
        **beside_roles(),
    )


def _button(verb: Callable[..., None], done: str | Promise) -> Callable[..., HttpResponse]:
    @require_POST
    @for_administrators
    @fresh
    def press(request: HttpRequest, uuid: UUID) -> HttpResponse:
        municipality = municipality_or_404(request)
        person = _colleague(uuid, municipality)
        return answer_button(
            request,
            do=lambda: verb(by=me(request), person=person, municipality=municipality),
            to=request.path.rsplit("/", 2)[0] + "/",
            done=done,
        )

    return press


block = _button(block_account, gettext_lazy("The account is blocked: nobody can enter it any more."))
unblock = _button(unblock_account, gettext_lazy("The account is open again."))


def _colleague(uuid: UUID, municipality: Municipality) -> User:
    return get_object_or_404(User.objects.filter(roles__municipality=municipality).distinct(), uuid=uuid)
