"""Being away: my own absences, my working days, and for administrators those of all."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.actions import change_absence, end_absence, note_absence, set_working_week
from accounts.forms.absences import AbsenceForm, AbsenceOfForm, AbsencesFilter, WorkingWeekForm
from accounts.models import Absence, WorkingWeek
from accounts.models.absence import ordinary_week
from accounts.reach import held_by, standing_in
from accounts.views.access import for_administrators, fresh, me
from areas.current import municipality_or_404
from areas.models import Municipality
from core.access import permitted_or_404
from core.changes import changes_of
from core.pages import answer_button, answer_form, posted, show_list

FOUND = ngettext_lazy("%(number)d absence", "%(number)d absences", "number")


@never_cache
@require_safe
def away(request: HttpRequest) -> HttpResponse:
    """My absences with who stands in, whom I stand in for, and the days on which I work."""
    municipality, user, today = _place_of_work(request), me(request), timezone.localdate()
    mine = Absence.objects.of(user).filter(municipality=municipality).lasting(today)
    coming = Absence.objects.filter(municipality=municipality, deputy=user, first__gt=today)
    return render(
        request,
        "accounts/away.html",
        {
            "absences": mine.select_related("deputy"),
            "standing_in": [
                one for one in standing_in(user, today) if one.municipality_id == municipality.pk
            ],
            "coming": coming.select_related("user"),
            "weekdays": [WEEKDAYS[day - 1] for day in _week_of(request)],
            "today": today,
            "administers": user.has_perm("accounts.manage_roles", municipality),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@fresh
def note(request: HttpRequest) -> HttpResponse:
    """Say that I am away, and who stands in."""
    municipality, user = _place_of_work(request), me(request)
    form = AbsenceForm(posted(request), by=user, municipality=municipality)
    return answer_form(
        request,
        form,
        do=lambda: note_absence(by=user, user=user, municipality=municipality, **form.cleaned_data),
        to="accounts:away",
        done=_("Noted."),
        title=_("I am away"),
        button=_("Save"),
        **_beside(),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@fresh
def change(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Let an absence last longer or shorter, or let somebody else stand in."""
    absence = _changeable(request, uuid)
    form = AbsenceForm(posted(request), by=me(request), municipality=absence.municipality, absence=absence)
    return answer_form(
        request,
        form,
        do=lambda: change_absence(by=me(request), absence=absence, **form.cleaned_data),
        to=_list_of(request, absence),
        done=_("Saved."),
        template="accounts/absence_change.html",
        title=_("Change an absence"),
        absence=absence,
        changes=changes_of(absence),
        **_beside(_list_of(request, absence)),
    )


@require_POST
@fresh
def end(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Be back, or not go after all."""
    absence = _changeable(request, uuid)
    return answer_button(
        request,
        do=lambda: end_absence(by=me(request), absence=absence),
        to=_list_of(request, absence),
        done=_("From now on nobody stands in any more."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def week(request: HttpRequest) -> HttpResponse:
    """On which days of the week I work."""
    _place_of_work(request)
    form = WorkingWeekForm(posted(request), initial={"weekdays": _week_of(request)})
    return answer_form(
        request,
        form,
        do=lambda: set_working_week(by=me(request), user=me(request), **form.cleaned_data),
        to="accounts:away",
        done=_("Saved."),
        title=_("My working days"),
        **_beside(),
    )


@require_safe
@for_administrators
def everybody(request: HttpRequest) -> HttpResponse:
    """Who is away, until when, and who stands in."""
    municipality, today = municipality_or_404(request), timezone.localdate()
    form = AbsencesFilter(request.GET)
    rows = form.apply(Absence.objects.filter(municipality=municipality), today)
    return show_list(
        request,
        "accounts/absences.html",
        rows.select_related("user", "deputy"),
        form=form,
        words=FOUND,
        title=_("Who is away"),
        today=today,
        frame="allauth/layouts/manage.html",
    )


@require_http_methods(["GET", "HEAD", "POST"])
@for_administrators
@fresh
def note_for(request: HttpRequest) -> HttpResponse:
    """Say that a colleague is away, who cannot say so."""
    municipality, by = municipality_or_404(request), me(request)
    form = AbsenceOfForm(posted(request), by=by, municipality=municipality)
    return answer_form(
        request,
        form,
        do=lambda: note_absence(by=by, municipality=municipality, **form.cleaned_data),
        to="accounts:absences",
        done=_("Noted."),
        title=_("A colleague is away"),
        **_beside("accounts:absences"),
    )


def _place_of_work(request: HttpRequest) -> Municipality:
    """The municipality, for who has a role of their own in it; for others the pages are not there."""
    municipality = municipality_or_404(request)
    if not any(one.municipality_id == municipality.pk for one in held_by(me(request))):
        raise Http404
    return municipality


def _changeable(request: HttpRequest, uuid: UUID) -> Absence:
    rows = Absence.objects.filter(municipality=municipality_or_404(request)).lasting()
    rows = rows.select_related("user", "deputy", "municipality")
    return permitted_or_404(rows, me(request), "accounts.note_absence", uuid=uuid)


def _list_of(request: HttpRequest, absence: Absence) -> str:
    return "accounts:away" if absence.user_id == me(request).pk else "accounts:absences"


def _week_of(request: HttpRequest) -> list[int]:
    found = WorkingWeek.objects.filter(user=me(request)).first()
    return found.weekdays if found else ordinary_week()


def _beside(back: str = "accounts:away") -> dict[str, Any]:
    return {"frame": "allauth/layouts/manage.html", "back": reverse(back)}
