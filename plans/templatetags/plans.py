"""The lines of which a page of a plan has five hundred: those of its actions, and of what counts in the progress of its goals."""

from collections.abc import Sequence

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from core.templatetags.marks import phase, sign, state
from core.templatetags.ui import icon
from core.wording import NBSP
from plans.shown import ActionRow, Weight

register = template.Library()

NOTHING = SafeString("")


@register.simple_tag
def action_line(action: ActionRow) -> SafeString:
    """An action: its sign and name, who does it, how far it is, whether that is all right, when, and why it sleeps or stopped."""
    return format_html(
        '<li class="action-row" id="{}">{}<div class="action-row__text"><p class="action-row__title">'
        '<a class="title-link" href="{}"><span class="visually-hidden">{} {}: </span>{}</a></p>'
        '<p class="source">{}{}</p></div><div class="action-row__foot">{} {} {}</div>{}{}</li>',
        action.anchor,
        sign(action.look, action.number),
        action.url,
        _("Action"),
        action.number,
        action.title,
        action.team,
        format_html(' <span class="code">{}</span>', action.code) if action.code else NOTHING,
        phase(action.phase, action.phase_words, still=action.is_stopped),
        state(action.state, action.state_words),
        _when(action) if action.when else NOTHING,
        _asleep(action),
        format_html('<p class="action-row__reason">{}</p>', action.reason) if action.reason else NOTHING,
    )


@register.simple_tag
def weight_lines(weights: Sequence[Weight]) -> SafeString:
    """The rows of the table that says how the progress of a goal follows from what is below it; all in whole percents."""
    gone = _("no longer counts")
    return format_html_join(
        "", '<tr><th scope="row">{}</th>{}</tr>', ((one.name, _shares(one, gone)) for one in weights)
    )


def _shares(one: Weight, gone: str) -> SafeString:
    if one.done is None:
        return format_html('<td class="number" colspan="2">{}</td>', gone)
    return format_html(
        '<td class="number">{}{nbsp}%</td><td class="number">{}{nbsp}%</td>', one.weight, one.done, nbsp=NBSP
    )


def _when(action: ActionRow) -> SafeString:
    return format_html(
        '<span class="action-row__when">{}<span><span class="visually-hidden">{} </span>{}</span></span>',
        icon("calendar"),
        _("When:"),
        action.when,
    )


def _asleep(action: ActionRow) -> SafeString:
    if action.asleep is None:
        return NOTHING
    return format_html(
        '<p class="asleep"><strong>{}{}</strong>{}</p>',
        icon("asleep"),
        action.asleep.title,
        action.asleep.text,
    )
