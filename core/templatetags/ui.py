"""The words of the look in templates: icons, symbols, emblems, bars, and numbers as people write them."""

import datetime as dt
import re
from dataclasses import dataclass
from functools import cache
from typing import Any, Protocol

from django import template
from django.contrib.staticfiles import finders
from django.forms import BaseForm
from django.templatetags.static import static
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

register = template.Library()

ICONS = (
    "search", "locate", "arrow", "check", "warning", "error", "info", "clock", "calendar", "menu", "close", "plus",
    "minus", "edit", "trash", "print", "download", "upload", "lock", "layers", "map", "list", "phone", "mail",
    "external", "globe", "user", "wheelchair",
)  # fmt: skip
SYMBOLS = ("location", "council", "action", "round", "live")
NOTICES = {
    "success": ("notice--good", "check"),
    "warning": ("notice--warning", "warning"),
    "error": ("notice--error", "error"),
}
NBSP = "\u00a0"


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
        "approximate" if approximate else name,
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


@register.filter
def number(value: float | None, decimals: int = 0) -> str:
    """A number as people write it (2.330); empty when there is none."""
    # Django cuts digits off; people round.
    return "" if value is None else number_format(round(value, decimals), decimals, force_grouping=True)


@register.filter
def percent(value: float | None, decimals: int = 0) -> str:
    """A share out of a hundred ("22,3 %"); empty when there is none."""
    return "" if value is None else f"{number(value, decimals)}{NBSP}%"


@register.filter
def share(value: float) -> str:
    """A part out of a hundred as people say it ("62 %", "under 1 %"); never all or nothing when it is not."""
    if 0 < value < 1:
        return _("under %(share)s") % {"share": percent(1)}
    return percent(99 if 99 < value < 99.9 else value)


@register.filter
def hectares(square_metres: float | None) -> str:
    """A surface in square metres as hectares ("2.330 ha", under ten with one decimal)."""
    if square_metres is None:
        return ""
    value = float(square_metres) / 10_000
    return f"{number(value, 0 if value >= 10 else 1)}{NBSP}ha"


@register.filter
def moment(value: dt.datetime | None, day: str = "j F Y") -> str:
    """A day and the time on the clock, as people write them (21 november 2026, 20.14 uur); empty when there is none."""
    if value is None:
        return ""
    local = timezone.localtime(value)
    clock = _("%(hour)d:%(minute)02d") % {"hour": local.hour, "minute": local.minute}
    return f"{date_format(local, day)}, {clock}"


@register.filter
def distance(metres: float | None) -> str:
    """A distance in metres as people say it ("350 m", "1,2 km")."""
    if metres is None:
        return ""
    rounded = round(float(metres) / 10) * 10
    return f"{number(rounded)}{NBSP}m" if rounded < 1_000 else f"{number(rounded / 1_000, 1)}{NBSP}km"


@register.filter
def phone_url(value: str) -> str:
    """The tel: address of a phone number."""
    return "tel:" + re.sub(r"[^+\d]", "", value)


@cache
def _is_static(path: str) -> bool:
    return finders.find(path) is not None
