"""Who works in a team, from when until when; and teams that work for another area, when theirs is gone."""

import datetime as dt
from collections.abc import Collection

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import RoleAssignment, User
from areas.models import Area, Municipality
from core.history import because
from core.verbs import Actor, Refused, locked, require, verb
from workplaces.models import Team, TeamMember

DAY = dt.timedelta(days=1)


@verb
def add_member(
    *, by: Actor, team: Team, user: User, valid_from: dt.date, valid_until: dt.date | None = None
) -> TeamMember:
    """Let a colleague work in a team, and speak for it, in a period."""
    require("workplaces.manage_team", team, by=by)
    locked(team)
    _refuse_stranger(user, team.municipality)
    member = TeamMember(team=team, user=user, valid_from=valid_from, valid_until=valid_until)
    member.full_clean()
    with because("workplaces.member_joined", by=by):
        member.save()
    return member


@verb
def end_member(*, by: Actor, member: TeamMember, last_day: dt.date) -> None:
    """Let somebody leave a team after a day; who has not joined by then never did."""
    require("workplaces.manage_team", member.team, by=by)
    current = locked(member)
    if current.valid_until is not None and last_day > current.valid_until:
        raise Refused({"last_day": _("This ends earlier already.")}, "later")
    with because("workplaces.member_left", by=by):
        _cut(current, last_day)


@verb
def pass_on_teams(*, user: User, municipality: Municipality, to: User | None, by: Actor) -> int:
    """Let a person leave every team; another one takes their place from today."""
    require("accounts.manage_roles", municipality, by=by)
    today = timezone.localdate()
    if to is not None:
        _refuse_stranger(to, municipality)
    rows = TeamMember.objects.of(user).filter(team__municipality=municipality).exclude(valid_until__lt=today)
    found = list(rows.select_for_update(of=("self",)).order_by("pk"))
    with because("workplaces.member_passed_on", by=by):
        for member in found:
            begins, ends = max(member.valid_from, today), member.valid_until
            _cut(member, today - DAY)
            there = TeamMember.objects.filter(team=member.team_id, user=to).exclude(valid_until__lt=begins)
            if to is None or there.exists():
                continue
            TeamMember.objects.create(team=member.team, user=to, valid_from=begins, valid_until=ends)
    return len(found)


def _cut(member: TeamMember, last_day: dt.date) -> None:
    if member.valid_from > last_day:
        member.delete()
    else:
        member.valid_until = last_day
        member.full_clean()
        member.save(update_fields=["valid_until"])


def _refuse_stranger(user: User, municipality: Municipality) -> None:
    """Who works in a team works here: by any role, that of colleague at least."""
    roles = RoleAssignment.objects.of(user).filter(municipality=municipality)
    if not user.is_active or not roles.exclude(valid_until__lt=timezone.localdate()).exists():
        raise Refused(
            {"user": _("%(name)s has no role here: give the role of colleague first.") % {"name": user}},
            "no_role",
        )


@verb
def move_teams(*, keys: Collection[int], to: int, by: Actor) -> int:
    """Let the teams that work for some areas work for another one instead."""
    area = locked(Area(pk=to))
    require("areas.change_area", area, by=by)
    teams = list(Team.objects.select_for_update().filter(areas__in=keys).order_by("pk"))
    with because("workplaces.team_moved", by=by, area=str(area.uuid)):
        for team in dict.fromkeys(teams):
            team.areas.remove(*keys)
            team.areas.add(area)
    return len(set(teams))
