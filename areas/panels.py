"""What `areas` itself shows on the page of an area."""

import uuid
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from areas.around import Around, around
from areas.figures.series import stories_of
from areas.locate import areas_at
from areas.models import Address, Area
from areas.past import past_of
from core.facts import facts_of
from core.panels import Panel, PanelContext, panels

TARGET = "areas.area"
MOST_LINES = 8  # that the page draws; the others are a figure and a link


def figures(*, request: HttpRequest, obj: Area) -> PanelContext | None:
    """Surface, codes, where the boundaries come from, and what other apps count here."""
    surroundings = around(obj)
    shape = surroundings.shape
    facts = facts_of(obj, request.user)
    return {
        "area": obj,
        "shape": shape,
        "share": _share(surroundings),
        "facts": facts,
        "codes": list(obj.codes.all()),
        "aliases": list(obj.aliases.all()),
    }


def _share(surroundings: Around) -> float | None:
    """The surface as a percentage of all areas of the kind; None for an area that is the whole."""
    if surroundings.shape is None or not surroundings.area.kind.is_partition:
        return None
    whole = surroundings.shape.edition.area_m2
    share = 100 * surroundings.shape.area_m2 / whole if whole else 100
    return share if share < 99.9 else None


def indicators(*, request: HttpRequest, obj: Area) -> PanelContext | None:
    """What is known of the area in numbers, beside the municipality and over the years."""
    stories = stories_of(obj)
    if not stories:
        return None
    return {
        "area": obj,
        "stories": stories,
        "lines": [story for story in stories if story.chart][:MOST_LINES],
        "is_example": all(story.indicator.is_example for story in stories),
    }


def places(*, request: HttpRequest, obj: Area) -> PanelContext | None:
    """The areas above, within and beside this one."""
    surroundings = around(obj)
    if not (surroundings.above or surroundings.within or surroundings.beside):
        return None
    context: dict[str, Any] = {"area": obj, "around": surroundings}
    return context


def address(*, request: HttpRequest, obj: Area) -> PanelContext | None:
    """The address that led here: where it lies besides this area."""
    try:
        identifier = uuid.UUID(request.GET.get("adres", ""))
    except ValueError:
        return None
    found = Address.objects.of(obj.municipality).filter(uuid=identifier).select_related("brought_by").first()
    areas = list(areas_at(found.point, obj.municipality).values()) if found else []
    return {"address": found, "area": obj, "areas": areas} if obj in areas else None


panels.register(
    Panel(
        name="areas.address",
        target=TARGET,
        title=gettext_lazy("The address you chose"),
        template="areas/panels/address.html",
        context=address,
        order=1,
    )
)
panels.register(
    Panel(
        name="areas.indicators",
        target=TARGET,
        title=gettext_lazy("In figures"),
        template="areas/panels/indicators.html",
        context=indicators,
        order=20,
    )
)


def past(*, request: HttpRequest, obj: Area) -> PanelContext | None:
    """From what the area came, what it gave, and the codes it had."""
    events = [] if obj.retired_by_id else past_of(obj)
    former = list(
        obj.former_codes.select_related("edition").defer("edition__outline_path", "edition__graticule")
    )
    return {"area": obj, "events": events, "former": former} if events or former else None


panels.register(
    Panel(
        name="areas.past",
        target=TARGET,
        title=gettext_lazy("Earlier"),
        template="areas/panels/past.html",
        context=past,
        order=90,
    )
)
panels.register(
    Panel(
        name="areas.figures",
        target=TARGET,
        title=gettext_lazy("Facts"),
        template="areas/panels/figures.html",
        context=figures,
        order=60,
    )
)
panels.register(
    Panel(
        name="areas.places",
        target=TARGET,
        title=gettext_lazy("Above, within, beside"),
        template="areas/panels/places.html",
        context=places,
        order=80,
    )
)
