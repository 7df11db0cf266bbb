"""Text of staff in templates: with its marks, or its beginning in plain words."""

from django import template
from django.utils.safestring import SafeString

from core.text import TOP, as_html, in_short

register = template.Library()


@register.filter
def staff_text(text: str | None, level: int = TOP) -> SafeString:
    """The text with its marks, inside an element with the class `prose`; its headings begin at `level`."""
    return as_html(text or "", level)


@register.filter
def shortened(text: str | None, most: int = 200) -> str:
    """The beginning of the text on one line, without marks."""
    return in_short(text or "", most)
