"""The words of the look in templates: icons, symbols, emblems, bars, and what core.wording writes."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Any, Protocol

from django import template
from django.contrib.staticfiles import finders
from django.forms import BaseForm
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from core.wording import distance, hectares, moment, number, percent, phone_url, share, surface

register = template.Library()

ICONS = (
    "search", "locate", "arrow", "check", "warning", "error", "info", "clock", "calendar", "menu", "close", "plus",
    "minus", "edit", "trash", "print", "download", "upload", "lock", "layers", "map", "list", "phone", "mail",
    "external", "globe", "user", "wheelchair", "stop", "asleep", "flag",
)  # fmt: skip
SYMBOLS = ("location", "council", "action", "round", "live")
NOTICES = {
    "success": ("notice--good", "check"),
    "warning": ("notice--warning", "warning"),
    "error": ("notice--error", "error"),
}


class Shape(Protocol):
    """What can be drawn as an emblem: a path inside a box ("x y width height")."""

    path: str
    box: str


@register.simple_tag
def icon(name: str) -> SafeString:
    """An icon of the sprite; the words beside it say what it means."""
    if name not in ICONS:
        raise template.TemplateSyntaxError(f"no icon {name!r}; there are {', '.join(ICONS)}")
    return format_html(
        '<svg class="icon" width="20" height="20" aria-hidden="true"><use href="#i-{}"/></svg>', name
    )


@register.simple_tag
def symbol(name: str, approximate: bool = False) -> SafeString:
    """The symbol of a map layer; approximate ones look approximate."""
    if name not in SYMBOLS:
        raise template.TemplateSyntaxError(f"no symbol {name!r}; there are {', '.join(SYMBOLS)}")
    return format_html(
        '<svg class="symbol symbol-{}{}" width="22" height="22" aria-hidden="true"><use href="#t-{}"/></svg>',
        name,
        " symbol-approximate" if approximate else "",
        name,
    )


@register.simple_tag
def emblem(shape: Shape | None, size: int = 40, chosen: bool = False) -> SafeString:
    """The outline of an area in a square of `size` pixels; nothing when the area has no outline."""
    return sized_emblem(shape, size, size, chosen)


@register.simple_tag
def sized_emblem(shape: Shape | None, width: int, height: int, chosen: bool = False) -> SafeString:
    """The outline of an area at a width and height of its own."""
    if not shape or not shape.path:
        return SafeString("")
    return format_html(
        '<svg class="emblem{}" width="{}" height="{}" viewBox="{}" aria-hidden="true"><path d="{}"/></svg>',
        " emblem--chosen" if chosen else "",
        int(width),
        int(height),
        shape.box,
        shape.path,
    )


@register.simple_tag
def portrait(shape: Shape | None) -> SafeString:
    """The outline of an area large, with the band of a printed boundary around it."""
    if not shape or not shape.path:
        return SafeString("")
    return format_html(
        '<svg class="portrait" viewBox="{0}" aria-hidden="true"><path class="portrait__band" d="{1}"/>'
        '<path class="portrait__face" d="{1}"/><path class="portrait__line" d="{1}"/></svg>',
        shape.box,
        shape.path,
    )


@register.simple_tag
def brand(shape: Shape | None) -> SafeString:
    """The mark in the head: the outline of the municipality, or of no place in particular."""
    if not shape or not shape.path:
        return SafeString(
            '<svg class="brand__mark" width="40" height="44" aria-hidden="true"><use href="#brand"/></svg>'
        )
    return format_html(
        '<svg class="brand__mark" width="40" height="44" viewBox="{}" aria-hidden="true"><path d="{}"/></svg>',
        shape.box,
        shape.path,
    )


@register.simple_tag
def bar(percentage: float, label: str = "", accent: bool = False) -> SafeString:
    """A bar that is filled for a part (0 to 100); `label` says the same in words."""
    part = min(max(float(percentage), 0.0), 100.0)
    words = label or percent(part)
    return format_html(
        '<svg class="bar" viewBox="0 0 400 14" preserveAspectRatio="none" role="img" aria-label="{}">'
        '<rect class="bar__ground" width="400" height="14"/><rect class="bar__fill{}" width="{}" height="14"/></svg>',
        words,
        " bar__fill--accent" if accent else "",
        round(part * 4),
    )


@register.simple_tag
def example(one: bool = False) -> SafeString:
    """Says of figures (or of one thing) that they are invented."""
    words = _("example") if one else _("example figures")
    return format_html('<span class="example">{}</span>', words)


@register.simple_tag
def theme_stylesheet(theme: str) -> str:
    """The address of a municipality's theme; empty when it has none or the file does not exist."""
    path = f"css/themes/{theme}.css"
    if not re.fullmatch(r"[a-z0-9-]+", theme or "") or not _is_static(path):
        return ""
    return static(path)


@register.filter
def breakable(address: str) -> SafeString:
    """An e-mail address that goes on in the next line at its @, where the line is too short for it."""
    name, at, host = address.rpartition("@")
    return format_html("{}<wbr>{}{}", name, at, host) if at else format_html("{}", host)


@register.filter
def notice_class(message: Any) -> str:
    """The class of a notice for a message of django.contrib.messages."""
    return NOTICES.get(message.level_tag, ("", ""))[0]


@register.filter
def notice_icon(message: Any) -> SafeString:
    """The icon of a notice for a message."""
    return icon(NOTICES.get(message.level_tag, ("", "info"))[1])


@dataclass(frozen=True)
class Mistake:
    """A line of the summary of errors; no anchor for what concerns the whole form."""

    text: str
    label: str = ""
    anchor: str = ""


@register.filter
def mistakes(form: BaseForm, fields_only: bool = False) -> list[Mistake]:
    """What is wrong with a form, in the order of its fields."""
    found = [] if fields_only else [Mistake(str(error)) for error in form.non_field_errors()]
    for field in form.visible_fields():
        anchor = str(field.id_for_label or field.auto_id)
        found += [Mistake(str(error), str(field.label), anchor) for error in field.errors]
    return found


# How numbers, surfaces and moments are written stands in core.wording; templates use the same words.
for written in (number, percent, share, hectares, surface, distance, moment, phone_url):
    register.filter(written.__name__, written)


@cache
def _is_static(path: str) -> bool:
    return finders.find(path) is not None
