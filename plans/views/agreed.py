"""Challenges, and what teams took on: their boards and the days of work that they have."""

from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.competence import competent_for, named
from areas.current import municipality_or_404
from core.access import open_to_all, permitted, permitted_or_404
from core.changes import changes_of
from core.pages import answer_form, posted, show_list
from core.waiting import in_groups
from plans.actions.assignments import set_team_months
from plans.actions.challenges import add_challenge, change_challenge
from plans.board import away_of, columns, emblems_of, load_of, standings_of, with_sides
from plans.forms.assignments import ChallengeFilter, ChallengeForm, TeamMonthsForm
from plans.models import Assignment, Challenge
from plans.reminding import waiting_of_team
from workplaces.members import teams_of
from workplaces.models import Team

FORM = ["GET", "HEAD", "POST"]
FOUND = ngettext_lazy("%(number)d challenge", "%(number)d challenges", "number")
TEAMS = ngettext_lazy("%(number)d team", "%(number)d teams", "number")
State = Assignment.State


def crumbs(*more: tuple[str, str]) -> list[tuple[str, Any]]:
    """The way back: the plans, and what lies between."""
    return [(_("Plans"), reverse("plans:list")), *more]


@open_to_all
@require_safe
def challenge_list(request: HttpRequest) -> HttpResponse:
    """The tasks of society that the municipality works on."""
    municipality = municipality_or_404(request)
    form = ChallengeFilter(request.GET, municipality=municipality)
    public = Count("assignments", filter=Q(assignments__state__in=Assignment.PUBLIC), distinct=True)
    rows = form.apply(Challenge.objects.of(municipality)).annotate(number=public)
    return show_list(
        request,
        "plans/challenges.html",
        rows.select_related("policy_field").prefetch_related("areas").order_by("name", "pk"),
        form=form,
        words=FOUND,
        title=_("Challenges"),
        crumbs=crumbs((_("Challenges"), "")),
        may_add=request.user.has_perm("plans.change_challenge", municipality),
    )


@open_to_all
@require_safe
def challenge(request: HttpRequest, slug: str) -> HttpResponse:
    """A challenge, who is competent for it, and the assignments that work on it."""
    found = _challenge(request, slug)
    municipality, areas = found.municipality, list(found.areas.all())
    rows = with_sides(found.assignments.visible_to(request.user)).order_by("name", "pk")
    may_change = request.user.has_perm("plans.change_challenge", found)
    competent = competent_for(municipality, found.policy_field, areas) if found.policy_field else ()
    return render(
        request,
        "plans/challenge.html",
        {
            "challenge": found,
            "areas": areas,
            "competent": named(competent, municipality),
            "assignments": rows,
            "may_change": may_change,
            "changes": changes_of(found) if may_change else (),
            "crumbs": crumbs((_("Challenges"), reverse("plans:challenges")), (found.name, "")),
        },
    )


@require_http_methods(FORM)
def challenge_add(request: HttpRequest) -> HttpResponse:
    """Name a challenge."""
    municipality = municipality_or_404(request, "plans.change_challenge")
    form = ChallengeForm(posted(request), municipality=municipality)
    return answer_form(
        request,
        form,
        do=lambda: add_challenge(
            municipality=municipality, by=request.user, values=form.values, areas=form.cleaned_data["areas"]
        ),
        to=lambda made: made,
        done=_("Saved."),
        title=_("Name a challenge"),
        back=reverse("plans:challenges"),
        crumbs=crumbs((_("Challenges"), reverse("plans:challenges")), (_("New"), "")),
    )


@require_http_methods(FORM)
def challenge_change(request: HttpRequest, slug: str) -> HttpResponse:
    """Say anew what a challenge is about."""
    found = _challenge(request, slug)
    permitted_or_404(Challenge.objects.all(), request.user, "plans.change_challenge", pk=found.pk)

    def begin(now: Challenge) -> ChallengeForm:
        return ChallengeForm(municipality=found.municipality, challenge=now)

    sent = posted(request)
    form = (
        ChallengeForm(sent, municipality=found.municipality, challenge=found)
        if sent is not None
        else begin(found)
    )
    return answer_form(
        request,
        form,
        do=lambda: change_challenge(
            challenge=found, by=request.user, version=form.cleaned_data["version"], values=form.values,
            areas=form.cleaned_data["areas"],
        ),
        to=found,
        done=_("Saved."),
        again=begin,
        title=_("Change a challenge"),
        back=found.get_absolute_url(),
        crumbs=crumbs((_("Challenges"), reverse("plans:challenges")), (found.name, found.get_absolute_url()), (_("Change"), "")),
    )  # fmt: skip


@require_safe
def team_list(request: HttpRequest) -> HttpResponse:
    """The teams that a person may look at, with what waits and what runs."""
    municipality = municipality_or_404(request)
    teams = permitted(Team.objects.of(municipality), request.user, "plans.view_team")
    if not teams.exists():
        municipality_or_404(request, "plans.change_challenge")  # staff read that there are none yet
    waits = Q(contracted__state__in=(State.ASKED, State.CHANGE_ASKED))
    teams = teams.annotate(
        waits=Count("contracted", filter=waits, distinct=True),
        runs=Count("contracted", filter=Q(contracted__state=State.RUNNING), distinct=True),
    )
    return show_list(
        request,
        "plans/teams.html",
        teams.order_by("name", "pk"),
        words=TEAMS,
        title=_("Teams"),
        crumbs=crumbs((_("Teams"), "")),
    )


@never_cache
@require_safe
def board(request: HttpRequest, slug: str) -> HttpResponse:
    """What a team took on: what waits, the work per month against the days that it has, who is away, in columns."""
    team, today = _team(request, slug, "plans.view_team"), timezone.localdate()
    of_team = with_sides(Assignment.objects.of_team(team).exclude(state__in=(State.REFUSED, State.WITHDRAWN)))
    rows = list(of_team.order_by("name", "pk"))
    does = [one for one in rows if one.contractor_id == team.pk]
    load, mine = load_of(team, today), teams_of(request.user)
    return render(
        request,
        "plans/board.html",
        {
            "team": team,
            "waiting": in_groups(waiting_of_team(team, today), today) if team.pk in mine else None,
            "load": load.bars,
            "too_much": load.too_much,
            "away": away_of(team, today),
            "columns": columns(does, team, emblems_of(does), today, standings_of(does, request.user, today)),
            "counts": {
                "waits": sum(one.state in (State.ASKED, State.CHANGE_ASKED) for one in does),
                "runs": sum(one.state == State.RUNNING for one in does),
            },
            "asked": [one for one in rows if one.commissioner_id == team.pk and one.state != State.CLOSED],
            "closed": [one for one in does if one.state == State.CLOSED],
            "tables": [
                (name, reverse("plans:assignment_table", args=[extension]) + f"?team={team.slug}")
                for name, extension in (("CSV", "csv"), ("Excel", "xlsx"))
            ],
            "may_set": request.user.has_perm("plans.change_team_month", team),
            "may_add": request.user.has_perm("plans.add_assignment", team.municipality),
            "is_example": team.is_example,
            "crumbs": crumbs((_("Teams"), reverse("plans:teams")), (team.name, "")),
        },
    )


@require_http_methods(FORM)
def team_months(request: HttpRequest, slug: str) -> HttpResponse:
    """How many days of work a team has."""
    team = _team(request, slug, "plans.change_team_month")
    form, there = TeamMonthsForm(posted(request), team=team), reverse("plans:team", args=[slug])
    return answer_form(
        request,
        form,
        do=lambda: set_team_months(team=team, by=request.user, months=form.months),
        to=there,
        done=_("Saved."),
        template="plans/assignment_form.html",
        title=_("Days of work that %(team)s has") % {"team": team},
        back=there,
        crumbs=crumbs((_("Teams"), reverse("plans:teams")), (team.name, there), (_("Days of work"), "")),
    )


def _challenge(request: HttpRequest, slug: str) -> Challenge:
    rows = Challenge.objects.of(municipality_or_404(request)).select_related("municipality", "policy_field")
    return get_object_or_404(rows, slug=slug)


def _team(request: HttpRequest, slug: str, permission: str) -> Team:
    teams = Team.objects.of(municipality_or_404(request)).select_related("municipality")
    return permitted_or_404(teams, request.user, permission, slug=slug)
