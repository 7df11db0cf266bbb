"""My data: what is known about me, taking it along, deleting it."""

from copy import copy
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from accounts.filekinds import EXPORT
from accounts.forms import EraseForm, NameForm
from accounts.models import AccessLog, CalendarAddress, RoleAssignment
from accounts.privacy import erase_person
from accounts.tasks import make_export
from accounts.views.access import fresh, me
from accounts.views.calendars import SHOWN_BESIDE, SHOWN_ONCE
from core.models import PrivateFile
from core.pages import answer_form, posted
from core.progress import start_job


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def mine(request: HttpRequest) -> HttpResponse:
    """What is known about me, my roles, and what I can do with it."""
    user = me(request)
    form = NameForm(posted(request), instance=copy(user))  # a name that was refused is not yet one's name
    roles = RoleAssignment.objects.of(user).select_related("municipality", "area", "replaces__user")
    return answer_form(
        request,
        form,
        do=form.save,
        to="accounts:mine",
        done=_("Saved."),
        template="accounts/mine.html",
        frame="allauth/layouts/manage.html",
        verifications=user.verifications.current().select_related("municipality"),
        roles=roles.order_by("-valid_from"),
        files=PrivateFile.objects.current().filter(kind=EXPORT, owner=user.uuid),
        has_calendar=CalendarAddress.objects.filter(user=user).exists(),
        # Told when the page is read: who asks only for its head, or saves a name, has not seen it.
        calendar_url=request.session.pop(SHOWN_ONCE, "") if request.method == "GET" else "",
        calendars_beside=request.session.pop(SHOWN_BESIDE, []) if request.method == "GET" else [],
        accesses=AccessLog.objects.filter(subject_uuid=user.uuid).select_related("actor")[:20],
    )


@require_POST
@fresh
def download(request: HttpRequest) -> HttpResponse:
    """Have everything put together in one file."""
    user = me(request)
    job = start_job(
        make_export,
        title=_("Put my data together"),
        owner=user.uuid,
        back_url="/mijn/gegevens/",
        person=str(user.uuid),
    )
    return redirect(job)


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
@fresh
def erase(request: HttpRequest) -> HttpResponse:
    """Delete my account, after saying what stays."""
    user = me(request)
    form = EraseForm(posted(request), user=user)

    def gone(_nothing: Any) -> HttpResponse:
        request.session.flush()
        return render(request, "accounts/erased.html")

    return answer_form(
        request,
        form,
        do=lambda: erase_person(person=user, by=user),
        to=gone,
        template="accounts/erase.html",
        frame="allauth/layouts/manage.html",
        title=_("Delete my account"),
        button=_("Delete my account for good"),
        is_danger=True,
        back=reverse("accounts:mine"),
        back_words=_("Keep my account"),
    )
