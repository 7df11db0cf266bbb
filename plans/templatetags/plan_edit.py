"""Words of the pages on which plans are changed."""

from decimal import Decimal
from typing import Any

from django import template
from django.utils.formats import localize

from plans.forms.base import proposable
from plans.forms.fields import label_of
from plans.models import Action, Proposal

register = template.Library()


@register.filter
def seen(row: Any) -> list[tuple[str, str]]:
    """The version of a row that a person sees, as the hidden field of a button."""
    return [("version", row.version)]


@register.filter
def action_line(action: Action) -> str:
    """An action as one line, which can be typed to find it again."""
    return label_of(action)


@register.filter
def plain_number(value: Decimal) -> str:
    """A number without zeros that say nothing."""
    return str(localize(value.normalize() + 0))


@register.filter
def about_what(proposal: Proposal) -> str:
    """What a proposal is about, in a few words."""
    form = proposable.get(str(proposal.changes.get("form")))
    about = proposal.action or proposal.goal
    title = str(form.title) if form else ""
    return f"{title}: {about}" if about else title
