"""The place of the news on the page of an action, and what stands there when there is none."""

import datetime as dt
from collections.abc import Sequence

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.text import as_html, in_short
from plans.models import Action, News
from plans.reading.words import SHORT, last_heard
from plans.shown import NewsPlace
from plans.standing import Heard, Standing

State = Action.State


def heard_in(news: Sequence[News]) -> Heard:
    """The latest of the news of an action, which stands newest first."""
    latest = next((one for one in news if one.kind == News.Kind.NEWS), None)
    after = latest.pk if latest else None
    unchanged = (one for one in news if one.kind == News.Kind.UNCHANGED and one.after_id == after)
    return Heard(latest, next(unchanged, None))


def news_place(
    action: Action, stands: Standing, today: dt.date, *, may_report: bool = False
) -> NewsPlace | None:
    """What the place of the news says when there is none: it is asleep, nothing changed, or news is due soon (for its team)."""
    if stands.is_asleep and stands.due:
        return NewsPlace(
            "asleep",
            "asleep",
            _("This action has been asleep since %(day)s") % {"day": date_format(stands.due, "j F Y")},
            " ".join([*last_heard(stands.heard, today), _("After that we heard nothing.")]),
        )
    if may_report and stands.due and stands.is_due_soon(today):
        return _due_soon(action, stands, today)
    unchanged = stands.heard.unchanged
    if unchanged and not stands.is_over:
        return NewsPlace(
            "calm", "info", _("Nothing changed"), _said(unchanged, in_short(unchanged.text, SHORT)), source=due_words(stands)
        )  # fmt: skip
    return None


def due_words(stands: Standing) -> str:
    """By when the next news comes; empty without a rhythm."""
    if stands.due is None or stands.is_asleep:
        return ""
    return _("The next news comes on %(day)s at the latest.") % {"day": date_format(stands.due, "j F Y")}


def standing_notice(action: Action, stands: Standing, today: dt.date) -> NewsPlace | None:
    """Why it stands as it stands: who set it by hand says why; else what the dates worry about."""
    if action.set_state and action.set_state_on:
        look, icon = {"at_risk": ("warning", "warning"), "stopped": ("calm", "stop")}.get(
            stands.state, ("calm", "info")
        )
        source = ""
        if stands.is_by_hand and stands.state != State.STOPPED:
            source = _("By the dates alone this was: %(state)s.") % {"state": stands.derived.label}
        said = _("Set on %(day)s.") % {"day": date_format(action.set_state_on, "j F Y")}
        text = format_html("{} {}", said, as_html(action.set_state_reason, 4))
        return NewsPlace(look, icon, capfirst(str(stands.state.label)), text, source=source)
    if stands.state == State.AT_RISK:
        words = format_html_join(" ", "{}", ((worry.words,) for worry in stands.worries))
        return NewsPlace("warning", "warning", capfirst(str(stands.state.label)), words)
    return None


def _due_soon(action: Action, stands: Standing, today: dt.date) -> NewsPlace:
    assert stands.due is not None  # noqa: S101  (who asks looked)
    left = (stands.due - today).days
    text = ngettext("That is %(days)d day from now.", "That is %(days)d days from now.", left) % {
        "days": left
    }
    where = [action.plan.slug, action.number]
    links = [(_("Write news"), reverse("plans:news_new", args=where))]
    if not stands.heard.unchanged:
        links.append((_("Nothing changed"), reverse("plans:unchanged", args=where)))
        text += " " + _("Nothing to tell? Once you may say that nothing changed, and why.")
    title = _("News is expected by %(day)s") % {"day": date_format(stands.due, "j F")}
    return NewsPlace("warning", "clock", title, text, links=links)


def _said(one: News, why: str) -> str:
    who = one.team.name if one.team else ""
    day = date_format(one.on, "j F Y")
    return f"{who}, {day}: “{why}”" if who else f"{capfirst(day)}: “{why}”"
