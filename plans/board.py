"""The board of a team: its assignments in columns, the work per month against the days that it has, and who is away."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Q, Sum
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import Absence
from areas.models import AreaShape
from core.bars import LoadBar, load_bars
from core.waiting import WaitingEntry
from core.wording import number
from plans.models import Action, Assignment, AssignmentMonth, News, Step, TeamMonth
from plans.models.assignment import AssignmentQuerySet, Side
from plans.reading.gather import heard_of
from plans.reading.words import asleep_note, phase_words
from plans.shown import Agreement, Card, Column
from plans.shown import Side as ShownSide
from plans.standing import Heard, Standing, months_after, standing
from workplaces.models import Team, TeamMember

State = Assignment.State
MONTHS = 6  # shown on the board
EVALUATE_WITHIN = dt.timedelta(days=21)
AWAY_AHEAD = dt.timedelta(days=60)
WAITING = (State.ASKED, State.CHANGE_ASKED)
TAKEN = (State.RUNNING, State.TO_EVALUATE)


def day_words(day: dt.date) -> str:
    """A day of this year without its year ("9 november")."""
    return date_format(day, "j F" if day.year == timezone.localdate().year else "j F Y").lower()


def with_sides(rows: AssignmentQuerySet) -> AssignmentQuerySet:
    """Assignments with all that a card or a row says of them; five queries."""
    return (
        rows.with_days()
        .select_related("commissioner", "contractor", "challenge", "action")
        .prefetch_related("areas", "evaluations")
    )


def evaluate_by(assignment: Assignment) -> dt.date | None:
    """The last day on which both sides look back in time; None while the result is not there."""
    return assignment.delivered_on + EVALUATE_WITHIN if assignment.delivered_on else None


def team_of(assignment: Assignment, side: Side) -> Team:
    """The team of a side."""
    return assignment.commissioner if side == Side.COMMISSIONER else assignment.contractor


def agreed_on(assignment: Assignment, side: Side) -> dt.date | None:
    """When a side agreed with it as it is written now."""
    return assignment.commissioner_agreed_on if side == Side.COMMISSIONER else assignment.contractor_agreed_on


def agreement(assignment: Assignment, *, leads: bool) -> Agreement:
    """Who asks for it and who does it, and whether each agrees; with where their boards are for who may see them (`leads`)."""
    return Agreement(
        asks=_side(assignment, Side.COMMISSIONER, leads), does=_side(assignment, Side.CONTRACTOR, leads)
    )


def _side(assignment: Assignment, side: Side, leads: bool) -> ShownSide:
    team, day = team_of(assignment, side), agreed_on(assignment, side)
    name, url = str(team), reverse("plans:team", args=[team.slug]) if leads else ""
    if side == Side.COMMISSIONER and assignment.on_behalf_of:
        name = _("%(team)s, on behalf of %(whom)s") % {"team": team, "whom": assignment.on_behalf_of}
    if day:
        words = _("agreed on %(day)s") % {"day": day_words(day)}
        return ShownSide(name=name, stands=words, agrees=True, url=url)
    if assignment.state == State.REFUSED and side == Side.CONTRACTOR:
        return ShownSide(name=name, stands=_("does not do it"), agrees=False, url=url)
    words = _("has not agreed yet") if assignment.state in WAITING else ""
    return ShownSide(name=name, stands=words, url=url)


def owed_by(teams: Collection[int], municipality: Any, today: dt.date) -> Iterator[WaitingEntry]:
    """What waits for some teams: an answer, another text, an evaluation; two queries."""
    here = Assignment.objects.of(municipality).filter(state__in=(*WAITING, State.TO_EVALUATE))
    rows = here.filter(Q(commissioner__in=teams) | Q(contractor__in=teams)).order_by("pk")
    rows = rows.select_related("commissioner", "contractor").prefetch_related("areas", "evaluations")
    for one in rows if teams else ():
        where: dict[str, Any] = {
            "url": one.get_absolute_url(),
            "kind": gettext_lazy("Assignment"),
            "area": ", ".join(area.name for area in one.areas.all()),
            "is_example": one.is_example,
        }
        if one.state == State.ASKED and one.contractor_id in teams:
            yield WaitingEntry(
                title=_("Answer: %(name)s") % {"name": one.name},
                due=one.answer_by,
                detail=_("%(team)s asks for it. Accept it, or ask for a change.")
                % {"team": one.commissioner},
                **where,
            )
        if one.state == State.CHANGE_ASKED and one.commissioner_id in teams:
            yield WaitingEntry(
                title=_("Look at the change: %(name)s") % {"name": one.name},
                due=one.answer_by,
                detail=_("Change the text and ask %(team)s again.") % {"team": one.contractor},
                **where,
            )
        written = {evaluation.side for evaluation in one.evaluations.all()}
        for side in Side if one.state == State.TO_EVALUATE else ():
            if side not in written and team_of(one, side).pk in teams:
                other = Side.CONTRACTOR if side == Side.COMMISSIONER else Side.COMMISSIONER
                yield WaitingEntry(
                    title=_("Evaluate: %(name)s") % {"name": one.name},
                    due=evaluate_by(one),
                    detail=_("As %(side)s, together with %(team)s.")
                    % {"side": side.label, "team": team_of(one, other)},
                    **where,
                )


Stands = dict[int, tuple[Action, Standing]]  # an action and how it stands, by its key


@dataclass(frozen=True)
class Shown:
    """What every card of a board is drawn with."""

    team: Team
    emblems: dict[int, Any]
    stands: Stands
    today: dt.date


def standings_of(assignments: Iterable[Assignment], user: Any, today: dt.date) -> Stands:
    """How the actions of these assignments stand, as far as a person may read them; three queries."""
    keys = {one.action_id for one in assignments if one.action_id and one.state in TAKEN}
    if not keys:
        return {}
    actions = Action.objects.filter(pk__in=keys).visible_to(user).select_related("plan")
    heard = heard_of(News.objects.filter(action__in=keys))
    steps: dict[int, list[Step]] = defaultdict(list)
    for step in Step.objects.filter(action__in=keys, done_on=None).defer("text"):
        steps[step.action_id].append(step)
    return {
        one.pk: (
            one,
            standing(one, one.plan, heard=heard.get(one.pk, Heard()), steps=steps[one.pk], today=today),
        )
        for one in actions.defer("geometry", "text", "comment", "evaluation")
    }


def columns(
    assignments: Iterable[Assignment],
    team: Team,
    emblems: dict[int, Any],
    today: dt.date,
    stands: Stands | None = None,
) -> list[Column]:
    """The assignments of a team as contractor: waiting for an answer, running, to evaluate; with how their actions stand."""
    rows = list(assignments)
    shown = Shown(team, emblems, stands or {}, today)
    waiting = sorted(
        (one for one in rows if one.state in WAITING), key=lambda one: one.answer_by or dt.date.max
    )
    running = sorted((one for one in rows if one.state == State.RUNNING), key=_ready)
    evaluate = sorted(
        (one for one in rows if one.state == State.TO_EVALUATE), key=lambda one: one.delivered_on or today
    )
    return [
        Column(
            title=_("Waits for an answer"),
            note=_("Begins when both sides agree."),
            cards=[_card(one, shown) for one in waiting],
            key="waits",
        ),
        Column(
            title=_("Runs"),
            note=_("In order of when it is ready."),
            cards=[_card(one, shown) for one in running],
            key="runs",
        ),
        Column(
            title=_("To evaluate"),
            note=_("Closed when both sides wrote their part."),
            cards=[_card(one, shown) for one in evaluate],
            key="evaluate",
        ),
    ]


def _ready(assignment: Assignment) -> tuple[dt.date, str]:
    last = assignment.when.last or dt.date.max if assignment.when else dt.date.max
    return (last, assignment.name)


def _card(assignment: Assignment, shown: Shown) -> Card:
    areas = list(assignment.areas.all())
    mine = [side for side in Side if team_of(assignment, side) == shown.team]
    button = ""
    if assignment.state == State.ASKED and Side.CONTRACTOR in mine:
        button = _("Read and answer")
    elif assignment.state == State.CHANGE_ASKED and Side.COMMISSIONER in mine:
        button = _("Read and change")
    elif assignment.state == State.TO_EVALUATE and _lacks(assignment, mine):
        button = _("Evaluate")
    return Card(
        title=assignment.name,
        url=assignment.get_absolute_url(),
        text=_told(assignment),
        area=", ".join(area.name for area in areas),
        emblem=shown.emblems.get(areas[0].pk) if areas else None,
        sides=list(_sides(assignment, shown.team, shown.today)),
        button=button,
        is_first=assignment.state == State.ASKED,
        **_standing_of(assignment, shown),
    )


def _standing_of(assignment: Assignment, shown: Shown) -> dict[str, Any]:
    """How the action of an assignment stands, with where that is read."""
    if assignment.action_id not in shown.stands:
        return {}
    action, stands = shown.stands[assignment.action_id]
    return {
        "action": action.name,
        "action_url": action.get_absolute_url(),
        "phase": action.phase,
        "phase_words": phase_words(action, stands),
        "state": stands.state,
        "state_words": stands.state.label,
        "asleep": asleep_note(stands, shown.today),
    }


def _lacks(assignment: Assignment, sides: Iterable[Side]) -> bool:
    written = {one.side for one in assignment.evaluations.all()}
    return any(side not in written for side in sides)


def _told(assignment: Assignment) -> str:
    """Who asks, by when, how much work: a line or two."""
    if assignment.state == State.TO_EVALUATE and assignment.delivered_on:
        return _("Done on %(day)s.") % {"day": date_format(assignment.delivered_on, "j F Y").lower()}
    words = [_("%(team)s asks for it.") % {"team": assignment.commissioner}]
    if assignment.when:
        words.append(_("Ready: %(when)s.") % {"when": assignment.when.words()})
    if days := getattr(assignment, "days", None):
        words.append(days_of_work(days) + ".")
    return " ".join(words)


def days_of_work(days: Decimal) -> str:
    """So many days of work in words."""
    words = ngettext("%(number)s day of work", "%(number)s days of work", int(days) if days == 1 else 2)
    return words % {"number": amount(days)}


def amount(days: Decimal) -> str:
    """A number of days, with half a day when there is one."""
    return number(days, 0 if days == days.to_integral_value() else 1)


def _sides(assignment: Assignment, team: Team, today: dt.date) -> Iterable[tuple[str, str]]:
    """What each side said or owes, with the icon before it."""
    for side in Side:
        other = team_of(assignment, side)
        who = _("this team") if other == team else str(other)
        if assignment.state == State.TO_EVALUATE:
            yield _evaluated(assignment, side, who, today)
        elif assignment.state in WAITING:
            yield _answered(assignment, side, who, today)


def _evaluated(assignment: Assignment, side: Side, who: str, today: dt.date) -> tuple[str, str]:
    found = next((one for one in assignment.evaluations.all() if one.side == side), None)
    if found is not None:
        return "check", _("%(who)s evaluated on %(day)s") % {"who": who, "day": day_words(found.on)}
    return "clock", _until(who, evaluate_by(assignment), today)


def _answered(assignment: Assignment, side: Side, who: str, today: dt.date) -> tuple[str, str]:
    if agreed := agreed_on(assignment, side):
        return "check", _("%(who)s agreed on %(day)s") % {"who": who, "day": day_words(agreed)}
    owes = Side.CONTRACTOR if assignment.state == State.ASKED else Side.COMMISSIONER
    if side == owes:
        return "clock", _until(who, assignment.answer_by, today)
    return "edit", _("%(who)s waits for another text") % {"who": who}


def _until(who: str, last: dt.date | None, today: dt.date) -> str:
    if last is None:
        return _("%(who)s still answers") % {"who": who}
    days = (today - last).days
    if days > 0:
        words = ngettext("%(who)s: %(number)d day late", "%(who)s: %(number)d days late", days)
        return words % {"who": who, "number": days}
    if days == 0:
        return _("%(who)s answers today at the latest") % {"who": who}
    return _("%(who)s answers by %(day)s") % {"who": who, "day": day_words(last)}


def emblems_of(assignments: Iterable[Assignment]) -> dict[int, Any]:
    """The outline of the first area of each, by key of the area; one query."""
    keys = {areas[0].pk for one in assignments if (areas := list(one.areas.all()))}
    shapes = AreaShape.objects.in_force().filter(area__in=keys).only("area_id", "path", "box")
    return {shape.area_id: shape for shape in shapes} if keys else {}


def months_from(first: dt.date, count: int = MONTHS) -> list[dt.date]:
    """The first days of so many months, from the month of a day on."""
    start = first.replace(day=1)
    return [months_after(start, ahead) for ahead in range(count)]


@dataclass(frozen=True)
class Load:
    """The work of a team in the months that come; `too_much` are the months in which it is more than the team has, worst first."""

    bars: Sequence[LoadBar]
    too_much: Sequence[LoadBar]


def load_of(team: Team, today: dt.date, count: int = MONTHS) -> Load:
    """The days of work of what runs and of what is asked, against the days that the team has; two queries."""
    months = months_from(today, count)
    sums: dict[tuple[dt.date, bool], Decimal] = defaultdict(Decimal)
    rows = AssignmentMonth.objects.filter(
        assignment__contractor=team, assignment__state__in=(*WAITING, *TAKEN), month__in=months
    )
    for month, state, days in rows.order_by().values_list("month", "assignment__state").annotate(Sum("days")):
        sums[month, state in TAKEN] += days
    has = dict(TeamMonth.objects.filter(team=team, month__in=months).values_list("month", "days"))
    bars = load_bars(
        [
            (
                date_format(month, "F").lower(),
                sums[month, True],
                sums[month, False],
                has.get(month, Decimal(0)),
            )
            for month in months
        ]
    )
    too_much = [bar for bar in bars if bar.too_much]
    return Load(bars, sorted(too_much, key=lambda bar: bar.too_much, reverse=True))


@dataclass(frozen=True)
class Away:
    """A member of a team who is away, or will be."""

    absence: Absence
    words: str


def away_of(team: Team, today: dt.date) -> list[Away]:
    """Who of a team is away now or within two months, and who stands in; two queries."""
    members = TeamMember.objects.filter(team=team).current(today).values("user")
    rows = Absence.objects.during(today, today + AWAY_AHEAD).filter(
        municipality=team.municipality_id, user__in=members
    )
    return [Away(one, _away_words(one, today)) for one in rows.select_related("user", "deputy")]


def _away_words(absence: Absence, today: dt.date) -> str:
    if absence.first <= today:
        period = _("until %(day)s") % {"day": day_words(absence.last)}
    else:
        period = _("%(first)s to %(last)s") % {
            "first": day_words(absence.first),
            "last": day_words(absence.last),
        }
    if absence.deputy is not None and absence.deputy.is_active:
        return _("%(period)s. %(name)s stands in.") % {"period": period, "name": absence.deputy}
    return _("%(period)s. Nobody stands in yet.") % {"period": period}
