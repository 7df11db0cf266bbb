"""Facts of a plan as sentences: how its actions stand, since when one is asleep, what a day is called."""

import datetime as dt
from collections.abc import Sequence

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.text import in_short
from plans.models import Action
from plans.shown import Asleep
from plans.standing import Heard, Standing

SHORT = 300  # characters of a reason in a row
NUMBERS: tuple[str | Promise, ...] = (
    gettext_lazy("none"), gettext_lazy("one"), gettext_lazy("two"), gettext_lazy("three"), gettext_lazy("four"),
    gettext_lazy("five"), gettext_lazy("six"), gettext_lazy("seven"), gettext_lazy("eight"), gettext_lazy("nine"),
    gettext_lazy("ten"), gettext_lazy("eleven"), gettext_lazy("twelve"),
)  # fmt: skip


def in_words(number: int) -> str:
    """A number as a sentence has it: up to twelve in letters."""
    return str(NUMBERS[number]) if number < len(NUMBERS) else str(number)


def capital(sentence: str) -> str:
    """The sentence with a capital; a Dutch one that begins with “één” has it without an accent."""
    first = capfirst(sentence)
    return f"E{first[1:]}" if first.startswith("\N{LATIN CAPITAL LETTER E WITH ACUTE}é") else first


def day_words(day: dt.date, today: dt.date) -> str:
    """A day, with its year when that is not this one."""
    return date_format(day, "j F" if day.year == today.year else "j F Y")


def joined(parts: Sequence[str]) -> str:
    """Parts of a sentence: one, two and three."""
    if len(parts) < 2:
        return "".join(parts)
    return _("%(first)s and %(last)s") % {"first": ", ".join(parts[:-1]), "last": parts[-1]}


def sentence(actions: Sequence[Action], standings: dict[int, Standing]) -> str:
    """One true sentence about all the actions of a plan: how many are done, begun, to begin, stopped; and which is asleep."""
    if not actions:
        return _("There are no actions in this plan yet.")
    stopped = [one for one in actions if standings[one.pk].state == Action.State.STOPPED]
    going = [one for one in actions if one not in stopped] if stopped else list(actions)
    done = sum(one.phase == Action.Phase.DONE for one in going)
    waiting = sum(one.phase == Action.Phase.NOT_STARTED for one in going)
    begun = len(going) - done - waiting
    parts = [
        words % {"number": in_words(count)}
        for count, words in (
            (done, ngettext("%(number)s action is done", "%(number)s actions are done", done)),
            (begun, ngettext("%(number)s has begun", "%(number)s have begun", begun)),
            (waiting, ngettext("%(number)s has yet to begin", "%(number)s have yet to begin", waiting)),
            (len(stopped), ngettext("%(number)s was stopped", "%(number)s were stopped", len(stopped))),
        )
        if count
    ]
    if not done:
        # The first part names what is counted.
        parts[0] = _counted(begun, waiting, len(stopped))
    told = f"{capital(joined(parts))}."
    asleep = [one for one in actions if standings[one.pk].is_asleep]
    return f"{told} {_asleep_sentence(asleep)}" if asleep else told


def _counted(begun: int, waiting: int, stopped: int) -> str:
    number = begun or waiting or stopped
    if begun:
        words = ngettext("%(number)s action has begun", "%(number)s actions have begun", number)
    elif waiting:
        words = ngettext("%(number)s action has yet to begin", "%(number)s actions have yet to begin", number)
    else:
        words = ngettext("%(number)s action was stopped", "%(number)s actions were stopped", number)
    return words % {"number": in_words(number)}


def _asleep_sentence(asleep: Sequence[Action]) -> str:
    if len(asleep) == 1:
        return _("One is asleep: %(name)s.") % {"name": asleep[0].name}
    return _("%(number)s are asleep: nothing was heard of them for too long.") % {
        "number": capital(in_words(len(asleep)))
    }


def asleep_note(stands: Standing, today: dt.date) -> Asleep | None:
    """Since when an action is asleep, and what was said last; None when it is not."""
    if not stands.is_asleep or stands.due is None:
        return None
    title = _("Asleep since %(day)s") % {"day": day_words(stands.due, today)}
    return Asleep(title, " ".join(last_heard(stands.heard, today)))


def last_heard(heard: Heard, today: dt.date) -> list[str]:
    """What was heard last, in sentences: the news, and that nothing changed with the reason."""
    said = []
    if heard.latest:
        said.append(_("Latest news: %(day)s.") % {"day": date_format(heard.latest.on, "j F Y")})
    else:
        said.append(_("There was no news yet."))
    if heard.unchanged:
        said.append(
            _("On %(day)s the team said that nothing changed: “%(why)s”")
            % {
                "day": day_words(heard.unchanged.on, today),
                "why": in_short(heard.unchanged.text, SHORT).rstrip("."),
            }
        )
    return said


def phase_words(action: Action, stands: Standing) -> str:
    """How far it is; of what stopped, how far it was."""
    words = str(Action.Phase(action.phase).label)
    if stands.state == Action.State.STOPPED and action.phase in (
        Action.Phase.PREPARING,
        Action.Phase.DOING,
    ):
        return _("was %(phase)s") % {"phase": words}
    return words


def reason_words(action: Action, stands: Standing) -> str:
    """Why the state was set by hand, or empty."""
    if not action.set_state or not action.set_state_reason:
        return ""
    why = {"why": in_short(action.set_state_reason, SHORT)}
    if stands.state == Action.State.STOPPED:
        return _("Why it stopped: %(why)s") % why
    return _("Why: %(why)s") % why


def look_of(action: Action, stands: Standing) -> str:
    """Which sign it has."""
    if stands.state == Action.State.STOPPED:
        return "stopped"
    if action.phase == Action.Phase.DONE:
        return "done"
    if stands.is_asleep:
        return "asleep"
    return "open" if action.phase == Action.Phase.NOT_STARTED else "begun"
