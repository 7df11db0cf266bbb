"""The page of an action: what is heard, what follows, how it came so far, who asks and who does it, where, and what it costs."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.db.models import F, OuterRef, Prefetch, QuerySet
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from areas.figures.aims import known_of
from areas.map.drawing import Drawing
from areas.models import Area, Municipality
from core.access import permitted
from core.bars import MoneyBar, money_bars
from core.models import Attachment
from core.story import Story
from core.text import as_html, in_short, plain
from plans.leads import told_of_others
from plans.models import (
    Action,
    ActionParty,
    Amount,
    Assignment,
    GoalIndicator,
    Milestone,
    News,
    Step,
    pictures_shown,
)
from plans.reading.gather import Row, few
from plans.reading.news import due_words, heard_in, news_place, standing_notice
from plans.reading.place import around, sign_of
from plans.reading.story import story_of
from plans.reading.tree import figure_shown, pair_of
from plans.reading.words import day_words, look_of, phase_words
from plans.shown import Agreement, FigureShown, NewsPlace, Pair, Side
from plans.standing import Standing, standing, steps_ahead

LEAD = 280  # characters of its text that open the page
PUBLIC = (Assignment.State.RUNNING, Assignment.State.TO_EVALUATE, Assignment.State.CLOSED)
OPEN = (*PUBLIC, Assignment.State.ASKED, Assignment.State.CHANGE_ASKED)
OTHER = {"number": "number", "name": "name", "code": "code"}


def actions_for_reading(municipality: Municipality, user: Any) -> QuerySet[Action]:
    """The actions that a person may read, with all parts of which there are few."""
    others = Action.objects.of(municipality).visible_to(user).order_by("plan__name", "number")
    named = {"plan": F("plan__name"), "slug": F("plan__slug")}
    return (
        Action.objects.of(municipality)
        .visible_to(user)
        .select_related("plan__municipality", "goal", "team")
        .prefetch_related(
            *told_of_others(others, "carries_out", "leads_to"),
            Prefetch("areas", Area.objects.select_related("kind", "municipality").order_by("name")),
            Prefetch("plan__areas", Area.objects.select_related("kind", "municipality").order_by("name")),
        )
        .annotate(
            its_parties=few(ActionParty.objects.filter(action=OuterRef("pk")), "name", "role", "does"),
            its_amounts=few(
                Amount.objects.filter(action=OuterRef("pk")).order_by("year"), "year", "kind", "planned", "spent"
            ),
            its_needs=few(others.filter(dependents__action=OuterRef("pk")), **OTHER, **named),
            its_needed_by=few(others.filter(dependencies__needs=OuterRef("pk")), **OTHER, **named),
            its_carriers=few(others.filter(carries_out=OuterRef("pk")), **OTHER, **named),
            its_origins=few(others.filter(leads_to=OuterRef("pk")), **OTHER, **named),
        )
    )  # fmt: skip


class ActionPage:
    """All that the page of an action shows."""

    def __init__(self, action: Action, user: Any, today: dt.date) -> None:
        self.action, self.user, self.today = action, user, today
        self.plan = action.plan
        self.news = list(action.news.select_related("team").order_by("-on", "-pk"))
        self.steps = list(action.steps.all())
        self.stands: Standing = standing(
            action, self.plan, heard=heard_in(self.news), steps=self.steps, today=today
        )

    @cached_property
    def look(self) -> str:
        """Its sign."""
        return look_of(self.action, self.stands)

    @cached_property
    def phase_words(self) -> str:
        """How far it is."""
        return phase_words(self.action, self.stands)

    @cached_property
    def lead(self) -> str:
        """The beginning of its text."""
        return in_short(self.action.text, LEAD)

    @cached_property
    def text(self) -> str:
        """The whole text, when the page does not open with all of it."""
        whole = plain(self.action.text)
        return as_html(self.action.text, 3) if len(whole) > LEAD or "\n" in whole else ""

    @cached_property
    def notice(self) -> NewsPlace | None:
        """Why it stands as it stands, when somebody said so or the dates give cause for worry."""
        return standing_notice(self.action, self.stands, self.today)

    @cached_property
    def place(self) -> NewsPlace | None:
        """What stands in the place of the news when there is none."""
        return news_place(self.action, self.stands, self.today, may_report=self.may_report)

    @cached_property
    def due_words(self) -> str:
        """By when the next news comes."""
        return due_words(self.stands)

    @cached_property
    def may_report(self) -> bool:
        """Whether the person writes its news."""
        return bool(self.user.has_perm("plans.report", self.action))

    @cached_property
    def latest(self) -> News | None:
        """The latest news."""
        return self.stands.heard.latest

    @cached_property
    def next_step(self) -> Step | None:
        """What follows."""
        return None if self.stands.is_over else self.stands.next_step

    @cached_property
    def milestones(self) -> list[Milestone]:
        """What succeeded."""
        return list(self.action.milestones.all())

    @cached_property
    def pictures(self) -> dict[Any, Attachment]:
        """The first public picture of each milestone, by its identifier."""
        if not self.milestones:
            return {}
        pictures = pictures_shown(self.action.plan.municipality_id)
        found = pictures.filter(subject__in=[one.uuid for one in self.milestones])
        return {one.subject: one for one in reversed(found.order_by("order", "pk"))}

    @cached_property
    def story(self) -> Story:
        """What happened and what follows."""
        return story_of(
            news=self.news,
            steps=self.steps,
            milestones=self.milestones,
            pictures=self.pictures,
            assignments=self.assignments,
            is_over=self.stands.is_over,
            today=self.today,
        )

    @cached_property
    def assignments(self) -> list[Assignment]:
        """Who asked whom: what both sides agreed, and for staff also what is still being talked about."""
        found = self.action.assignments.filter(state__in=OPEN)
        seen = found.filter(state__in=PUBLIC) | permitted(found, self.user, "plans.view_assignment")
        return list(seen.select_related("commissioner", "contractor").order_by("pk"))

    @cached_property
    def agreements(self) -> list[tuple[Assignment, Agreement]]:
        """The same as two sides."""
        return [(one, self._agreement(one)) for one in self.assignments]

    def _agreement(self, one: Assignment) -> Agreement:
        asks = one.commissioner.name
        if one.on_behalf_of:
            asks = _("%(team)s, for %(whom)s") % {"team": asks, "whom": one.on_behalf_of}
        return Agreement(
            self._side(asks, one.commissioner_agreed_on, one.answer_by),
            self._side(one.contractor.name, one.contractor_agreed_on, one.answer_by),
        )

    def _side(self, name: str, agreed_on: dt.date | None, answer_by: dt.date | None) -> Side:
        if agreed_on:
            return Side(name, _("agreed on %(day)s") % {"day": day_words(agreed_on, self.today)}, agrees=True)
        if answer_by:
            return Side(name, _("answers by %(day)s") % {"day": day_words(answer_by, self.today)})
        return Side(name, _("did not answer yet"))

    @cached_property
    def parties(self) -> list[Row]:
        """Organisations outside the town hall: who answers for it first."""
        roles = dict(ActionParty.Role.choices)
        return [{**row, "role_words": roles[row["role"]]} for row in _given(self.action, "its_parties")]

    @cached_property
    def money(self) -> list[MoneyBar]:
        """What it costs, per year."""
        rows = [row for row in _given(self.action, "its_amounts") if row["kind"] == Amount.Kind.EXPENDITURE]
        return money_bars(
            [
                (str(row["year"]), _amount(row["planned"]), _amount(row["spent"]), row["year"] == self.today.year)
                for row in rows
            ]
        )  # fmt: skip

    @cached_property
    def planned(self) -> Decimal:
        """All that is planned, in euro."""
        return sum((Decimal(bar.planned) for bar in self.money), Decimal(0))

    @cached_property
    def spent(self) -> Decimal:
        """All that is spent, in euro."""
        return sum((Decimal(bar.spent) for bar in self.money), Decimal(0))

    @cached_property
    def needs(self) -> Sequence[Row]:
        """The actions for which it waits."""
        return _given(self.action, "its_needs")

    @cached_property
    def needed_by(self) -> Sequence[Row]:
        """The actions that wait for it."""
        return _given(self.action, "its_needed_by")

    @cached_property
    def carriers(self) -> Sequence[Row]:
        """The actions of other plans that carry it out."""
        return _given(self.action, "its_carriers")

    @cached_property
    def origins(self) -> Sequence[Row]:
        """The actions that it took the place of."""
        return _given(self.action, "its_origins")

    @cached_property
    def pair(self) -> Pair | None:
        """Aimed for and done, per period, with the figures that measure it."""
        return pair_of(list(self.action.progress.order_by("first_on")), self.figures, None, self.today)

    @cached_property
    def figures(self) -> list[FigureShown]:
        """The figures that measure its progress."""
        rows: list[GoalIndicator] = list(self.action.measures.select_related("indicator", "area"))
        known = known_of((one.indicator, one.area) for one in rows)
        return [figure_shown(one, self.plan, known) for one in rows]

    @cached_property
    def areas(self) -> Sequence[Area]:
        """Its areas, else those of its plan."""
        return list(self.action.areas.all()) or list(self.plan.areas.all())

    @cached_property
    def drawing(self) -> Drawing | None:
        """Where it is; None when it is not on the map."""
        if not self.action.geometry:
            return None
        return around(self.plan, self.areas, [sign_of(self.action, self.stands)])

    @cached_property
    def steps_ahead(self) -> list[Step]:
        """What is to come."""
        return steps_ahead(self.steps)


def _given(action: Action, name: str) -> list[Row]:
    rows: list[Row] = getattr(action, name)
    return rows


def _amount(value: Any) -> Decimal:
    return Decimal(str(value or 0))
