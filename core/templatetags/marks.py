"""The marks of what is planned and done: how far (four blocks), is it all right (a badge), and the numbered sign of an action.

How far and is it all right are two questions and keep two shapes; asleep and stopped are shapes of their own.
"""

from functools import cache, lru_cache

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from core.templatetags.ui import icon

register = template.Library()

PHASES = ("not_started", "preparing", "doing", "done")
# How a state looks: the class of its badge, and its icon.
STATES = {
    "on_course": ("badge--good", "check"),
    "at_risk": ("badge--warning", "warning"),
    "stopped": ("", "stop"),
    "reached": ("badge--good", "flag"),
}
SIGNS = ("begun", "open", "asleep", "done", "stopped")
FULL = ("begun", "done")
SMALL_FROM = 3  # letters; a number of three digits is written smaller


@register.simple_tag
def phase(value: str, word: object, still: bool = False) -> SafeString:
    """How far something is, as four blocks and a word; `still`: it was that far when it stopped."""
    if value not in PHASES:
        raise template.TemplateSyntaxError(f"no phase {value!r}; there are {', '.join(PHASES)}")
    return _phase(value, str(word), bool(still), _("How far:"))


@lru_cache(maxsize=200)
def _phase(value: str, word: str, still: bool, label: str) -> SafeString:
    return format_html(
        '<span class="phase">{}<span><span class="visually-hidden">{} </span>{}</span></span>',
        _blocks(PHASES.index(value), still),
        label,
        word,
    )


@cache
def _blocks(step: int, still: bool) -> SafeString:
    ending = "-still" if still and step in (1, 2) else ""
    return format_html(
        '<svg class="phase__blocks" width="46" height="12" aria-hidden="true"><use href="#p-{}{}"/></svg>',
        step,
        ending,
    )


@register.simple_tag
def state(value: str, word: object) -> SafeString:
    """Whether something is all right, in a word with an icon."""
    if value not in STATES:
        raise template.TemplateSyntaxError(f"no state {value!r}; there are {', '.join(STATES)}")
    return _state(value, str(word), _("State:"))


@lru_cache(maxsize=200)
def _state(value: str, word: str, label: str) -> SafeString:
    look, mark = STATES[value]
    return format_html(
        '<span class="badge{}">{}<span><span class="visually-hidden">{} </span>{}</span></span>',
        f" {look}" if look else "",
        icon(mark),
        label,
        word,
    )


@register.simple_tag
def sign(look: str, number: object = "") -> SafeString:
    """The numbered triangle of an action: the same one in an overview, in the tree and on the map. Words stand beside it."""
    return _sign(look, str(number))


@register.simple_tag
def sign_inside(look: str, number: object = "") -> SafeString:
    """What stands inside a sign: its triangle and its number, for a drawing that gives it a place."""
    return _inside(look, str(number))


@lru_cache(maxsize=2_000)
def _sign(look: str, number: str) -> SafeString:
    return format_html(
        '<svg class="sign symbol-action" viewBox="0 0 24 24" aria-hidden="true">{}</svg>',
        _inside(look, number),
    )


@lru_cache(maxsize=2_000)
def _inside(look: str, number: str) -> SafeString:
    if look not in SIGNS:
        raise template.TemplateSyntaxError(f"no sign {look!r}; there are {', '.join(SIGNS)}")
    text = format_html(
        '<text class="{}{}" x="12" y="18.8">{}</text>',
        "sign__on-full" if look in FULL else "sign__on-open",
        " sign__small" if len(number) >= SMALL_FROM else "",
        number,
    )
    return format_html('<use href="#a-{}"/>{}', look, text if number else "")
