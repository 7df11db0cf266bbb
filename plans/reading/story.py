"""The story of an action: its news, steps, milestones and agreements on one line, with today on it."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.models import Attachment
from core.story import Moment, Picture, Story
from core.text import as_html
from plans.models import Assignment, Milestone, News, Step
from plans.standing import steps_ahead


def story_of(
    *,
    news: Sequence[News],
    steps: Sequence[Step],
    milestones: Sequence[Milestone],
    pictures: Mapping[Any, Attachment],
    assignments: Sequence[Assignment],
    is_over: bool,
    today: dt.date,
) -> Story:
    """What happened, oldest first (`news` comes latest first), and what is to come (of what is over: nothing)."""
    past = [
        *((one.on, _news(one)) for one in reversed(news)),
        *((step.done_on, _step_done(step)) for step in steps if step.done_on),
        *((one.when.last or one.when.first, _milestone(one, pictures)) for one in milestones),
        *_agreed(assignments),
    ]
    past.sort(key=lambda dated: dated[0])
    coming = [] if is_over else [_step(step) for step in steps_ahead(steps)]
    return Story([moment for _day, moment in past], coming)


def _news(one: News) -> Moment:
    title = one.title or _("Nothing changed")
    source = one.team.name if one.team else ""
    return Moment(
        date_format(one.on, "j F Y"), title, _html(one.text), source=source, anchor=f"nieuws-{one.pk}"
    )


def _step_done(step: Step) -> Moment:
    assert step.done_on is not None  # noqa: S101  (who asks looked)
    return Moment(date_format(step.done_on, "j F Y"), step.title, _html(step.text))


def _step(step: Step) -> Moment:
    when = step.when.words()
    if step.when.first == step.when.last:
        when = _("by %(day)s") % {"day": when}
    return Moment(when, step.title, _html(step.text))


def _milestone(one: Milestone, pictures: Mapping[Any, Attachment]) -> Moment:
    found = pictures.get(one.uuid)
    picture = Picture(found.get_absolute_url(), found.alternative, found.title) if found else None
    return Moment(
        one.when.words(), one.title, _html(one.text), is_milestone=True, picture=picture, anchor=f"mijlpaal-{one.pk}"
    )  # fmt: skip


def _agreed(assignments: Sequence[Assignment]) -> Iterator[tuple[dt.date, Moment]]:
    for one in assignments:
        if one.contractor_agreed_on:
            title = _("%(team)s takes on the assignment") % {"team": one.contractor.name}
            yield one.contractor_agreed_on, _told(one, one.contractor_agreed_on, title)
        if one.delivered_on:
            title = _("%(team)s delivered the assignment") % {"team": one.contractor.name}
            yield one.delivered_on, _told(one, one.delivered_on, title)


def _told(one: Assignment, on: dt.date, title: str) -> Moment:
    return Moment(date_format(on, "j F Y"), title, source=one.name)


def _html(text: str) -> str:
    return as_html(text, 4) if text else ""
