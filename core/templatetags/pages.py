"""What lists show: a head of a column that sorts."""

from typing import Any

from django import template

from core.pages import ORDER

register = template.Library()


@register.inclusion_tag("partials/sort_head.html", takes_context=True)
def sort_head(
    context: template.Context, key: str, label: str, start: bool = False, number: bool = False
) -> dict[str, Any]:
    """The head of a column by which the list can be sorted, and sorted the other way when it is; `start`: it is so at first."""
    asked = context["request"].GET.get(ORDER, "")
    way = {key: "ascending", f"-{key}": "descending"}.get(asked or (key if start else ""), "")
    return {
        "request": context["request"],
        "label": label,
        "way": way,
        "number": number,
        "order": f"-{key}" if way == "ascending" else key,
    }
