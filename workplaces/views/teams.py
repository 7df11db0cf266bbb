"""Teams and who works in them."""

from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from areas.current import municipality_or_404
from core.access import permitted, permitted_or_404
from core.pages import answer_form, posted, show_list
from workplaces.actions.teams import add_member, end_member
from workplaces.forms.teams import JoinForm, LeaveForm
from workplaces.models import Team, TeamMember
from workplaces.views.shared import crumbs

FOUND = ngettext_lazy("%(number)d team", "%(number)d teams", "number")


@require_safe
def team_list(request: HttpRequest) -> HttpResponse:
    """The teams, with how many work in each."""
    municipality, today = municipality_or_404(request, "workplaces.view_members"), timezone.localdate()
    now = Q(members__valid_from__lte=today) & ~Q(members__valid_until__lt=today)
    teams = permitted(Team.objects.filter(municipality=municipality), request.user, "workplaces.view_members")
    return show_list(
        request,
        "workplaces/teams.html",
        teams.annotate(people=Count("members", filter=now)).order_by("name", "pk"),
        words=FOUND,
        title=_("Teams"),
        crumbs=crumbs((_("Teams"), "")),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def members(request: HttpRequest, slug: str) -> HttpResponse:
    """Who works in a team and who will; who may, lets a colleague join."""
    asks = "workplaces.manage_team" if request.method == "POST" else "workplaces.view_members"
    team, today = _team(request, slug, asks), timezone.localdate()
    people = team.members.exclude(valid_until__lt=today).select_related("user").order_by("user__name", "pk")
    page: dict[str, Any] = {
        "template": "workplaces/team.html",
        "title": team.name,
        "team": team,
        "members": people,
        "today": today,
        "manages": request.user.has_perm("workplaces.manage_team", team),
        "button": _("Let this colleague join"),
        "crumbs": crumbs((_("Teams"), reverse("workplaces:teams")), (team.name, "")),
    }
    form = JoinForm(posted(request), municipality=team.municipality)
    return answer_form(
        request,
        form,
        do=lambda: add_member(by=request.user, team=team, **form.cleaned_data),
        to=request.path,
        done=_("Saved."),
        **page,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest, slug: str, key: int) -> HttpResponse:
    """Let somebody leave a team."""
    team = _team(request, slug, "workplaces.manage_team")
    member = get_object_or_404(TeamMember.objects.select_related("user", "team"), team=team, pk=key)
    form = LeaveForm(posted(request))
    there = reverse("workplaces:team", args=[slug])
    return answer_form(
        request,
        form,
        do=lambda: end_member(by=request.user, member=member, **form.cleaned_data),
        to=there,
        done=_("Saved."),
        title=_("%(name)s leaves %(team)s") % {"name": member.user, "team": team},
        button=_("Leave the team"),
        back=there,
        crumbs=crumbs((_("Teams"), reverse("workplaces:teams")), (team.name, there), (_("Leave"), "")),
    )


def _team(request: HttpRequest, slug: str, permission: str) -> Team:
    teams = Team.objects.filter(municipality=municipality_or_404(request)).select_related("municipality")
    return permitted_or_404(teams, request.user, permission, slug=slug)
