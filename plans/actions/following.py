"""The verbs for following an action: its news, the steps ahead, how far it is and whether that is all right.

What a team says of its own work is public at once; in a period of the calendar that asks first, it takes a consent.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.consent import ask_first
from accounts.models import Consent, User
from core.history import because
from core.verbs import Actor, Refused, locked, require, same_version, verb
from plans.actions.shared import assign, checked, save
from plans.models import Action, News, Step

KIND = "plans.following"  # of the consents
STEP = ("title", "text", "when")


@verb
def tell_news(
    *,
    action: Action,
    by: Actor,
    title: str,
    text: str = "",
    on: dt.date | None = None,
    consent: Consent | None = None,
) -> News:
    """Tell what is new of an action, on a day (today) that is not ahead."""
    action = _locked(action, by)
    _refuse_when_gone(action)
    _may_go_out(action, by, consent)
    news = News(
        action=action, on=on or timezone.localdate(), title=title.strip(), text=text, team=action.team, author=_person(by)
    )  # fmt: skip
    _check_day(news)
    checked(news)
    with because("plans.news", by=by):
        news.save()
    return news


@verb
def say_unchanged(*, action: Action, by: Actor, reason: str, consent: Consent | None = None) -> News:
    """Say that nothing changed, and why; once after each news."""
    action = _locked(action, by)
    _refuse_when_gone(action)
    _may_go_out(action, by, consent)
    latest = action.news.filter(kind=News.Kind.NEWS).order_by("-on", "-pk").first()
    said = News.objects.filter(action=action, kind=News.Kind.UNCHANGED, after=latest)
    if said.exists():
        raise Refused(
            _(
                "You said already that nothing changed. Now tell what is new, or stop the action with a reason."
            ),
            "unchanged",
        )
    news = News(
        action=action, kind=News.Kind.UNCHANGED, on=timezone.localdate(), text=reason.strip(), team=action.team,
        author=_person(by), after=latest,
    )  # fmt: skip
    checked(news)
    with because("plans.unchanged", by=by):
        news.save()
    return news


@verb
def correct_news(
    *, news: News, by: Actor, version: str | None, values: Mapping[str, Any], consent: Consent | None = None
) -> News:
    """Correct what was told (`title`, `text`, `on`); history keeps what it was."""
    action = _locked(news.action, by)
    _may_go_out(action, by, consent)
    news = locked(news, version=version)
    assign(news, values, ("title", "text", "on") if news.kind == News.Kind.NEWS else ("text",))
    _check_day(news)
    checked(news)
    with because("plans.news_corrected", by=by):
        news.save()
    return news


@verb
def remove_news(*, news: News, by: Actor, note: str = "") -> None:
    """Take back what was told by mistake, and the “nothing changed” that followed it."""
    _locked(news.action, by)
    news = locked(news)
    with because("plans.news_removed", by=by, note=note):
        news.delete()


@verb
def add_step(*, action: Action, by: Actor, values: Mapping[str, Any], consent: Consent | None = None) -> Step:
    """Say what comes next in an action, and by when."""
    action = _locked(action, by)
    _refuse_when_gone(action)
    _may_go_out(action, by, consent)
    step = Step(action=action)
    assign(step, values, STEP)
    checked(step)
    with because("plans.step", by=by):
        step.save()
    return step


@verb
def change_step(
    *, step: Step, by: Actor, version: str | None, values: Mapping[str, Any], consent: Consent | None = None
) -> Step:
    """Change what comes next, or by when."""
    action = _locked(step.action, by)
    _may_go_out(action, by, consent)
    step = locked(step, version=version)
    assign(step, values, STEP)
    checked(step)
    with because("plans.step", by=by):
        step.save()
    return step


@verb
def finish_step(*, step: Step, by: Actor, on: dt.date | None) -> Step:
    """Say on which day a step was done; None: it is not done after all."""
    _locked(step.action, by)
    step = locked(step)
    if on is not None and on > timezone.localdate():
        raise ValidationError({"done_on": _("This day is still to come. Give today, or an earlier day.")})
    step.done_on = on
    with because("plans.step_done" if on else "plans.step", by=by):
        step.save(update_fields=["done_on", "updated_at"])
    return step


@verb
def remove_step(*, step: Step, by: Actor, note: str = "") -> None:
    """Take a step away that does not come."""
    _locked(step.action, by)
    step = locked(step)
    with because("plans.step_removed", by=by, note=note):
        step.delete()


@verb
def report_standing(
    *,
    action: Action,
    by: Actor,
    version: str | None,
    phase: str,
    done_percent: int | None = None,
    state: str = "",
    reason: str = "",
    consent: Consent | None = None,
) -> Action:
    """Say how far an action is, and set its state by hand with a reason that everybody reads.

    Without a `state` it follows from the dates, the steps and the news.
    """
    action = _locked(action, by, version)
    _refuse_when_gone(action)
    _may_go_out(action, by, consent)
    if not state and reason.strip():
        raise ValidationError(
            {"state": _("Choose the state to which this reason belongs, or leave the reason empty.")}
        )
    values: dict[str, Any] = {
        "phase": phase,
        "done_percent": done_percent,
        "set_state": state,
        "set_state_reason": reason.strip(),
    }
    changed = assign(action, values, values)
    if "set_state" in changed:
        changed.append("set_state_on")
        action.set_state_on = timezone.localdate() if state else None
    checked(action)
    with because("plans.state" if "set_state" in changed else "plans.phase", by=by):
        save(action, changed)
    return action


def _locked(action: Action, by: Actor, version: str | None = None) -> Action:
    """The action under a lock, when the actor may report about it as it is now."""
    found = locked(action, queryset=Action.objects.select_related("plan__municipality", "team"))
    require("plans.report", found, by=by)
    same_version(found, version)
    return found


def _refuse_when_gone(action: Action) -> None:
    if action.leads_to_id is not None:
        raise Refused(_("This action went into another one: tell it there."), "led_on")


def _may_go_out(action: Action, by: Actor, consent: Consent | None) -> None:
    """What stands in a plan that nobody reads yet goes out to nobody."""
    if action.plan.is_public:
        ask_first(KIND, action.uuid, action.plan.municipality, by=by, consent=consent)


def _check_day(news: News) -> None:
    if news.on > timezone.localdate():
        raise ValidationError({"on": _("News is of today or of an earlier day.")})


def _person(by: Actor) -> User | None:
    return by if isinstance(by, User) else None
