"""What `areas` itself shows on the page of an area."""

import uuid

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models.functions import JSONObject
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from areas.around import Around, around
from areas.figures.chosen import FOUR
from areas.figures.series import stories_of, two_of
from areas.models import Address, Area, AreaShape
from areas.names import names_of
from areas.past import past_of
from core.agenda import agenda
from core.calendar import upcoming
from core.facts import facts_of
from core.panels import Importance, Panel, PanelContent, panels
from core.wording import hectares, percent

TARGET = "areas.area"
SOON = 4  # entries of the calendar
MOST_WITHIN = 60  # areas within that the page names


def address(*, request: HttpRequest, obj: Area) -> PanelContent | None:
    """The address that led here: the area of each kind that it lies in; one query."""
    try:
        identifier = uuid.UUID(request.GET.get("adres", ""))
    except ValueError:
        return None
    here = AreaShape.objects.in_force().around()
    rows = here.order_by("area__kind__rank", "area__kind__slug", "area__name", "area__slug").values(
        json=JSONObject(name="area__name", slug="area__slug", kind="area__kind__name")
    )
    addresses = Address.objects.of(obj.municipality).select_related("brought_by")
    found = addresses.filter(uuid=identifier).annotate(lies_in=ArraySubquery(rows)).first()
    areas: dict[str, dict[str, str]] = {}
    for row in found.lies_in if found else []:  # type: ignore[attr-defined]
        areas.setdefault(row["kind"], row)  # on a border: the name that comes first, as everywhere
    if obj.slug not in {row["slug"] for row in areas.values()}:
        return None
    return PanelContent(context={"address": found, "area": obj, "areas": areas.values()})


def soon(*, request: HttpRequest, obj: Area) -> PanelContent | None:
    """What is coming here in two months; one query a source of the calendar."""
    if obj.retired_by_id:
        return None
    today = timezone.localdate()
    entries = upcoming(obj.municipality, request.user, first=today, area=obj, limit=SOON)
    return PanelContent(
        context={"area": obj, "agenda": agenda(entries, today)},
        is_example=bool(entries) and all(entry.is_example for entry in entries),
    )


def figures(*, request: HttpRequest, obj: Area) -> PanelContent | None:
    """Four figures beside the municipality, two of them over the years; all of them are on a page of their own. Two queries."""
    stories = stories_of(obj, most=FOUR)
    if not stories:
        return None
    return PanelContent(
        context={"area": obj, "stories": stories, "lines": two_of(stories)},
        url=reverse("areas:figures_of", args=[obj.slug]),
        more=_("All figures of %(name)s") % {"name": obj.name},
        is_example=all(story.indicator.is_example for story in stories),
    )


def facts(*, request: HttpRequest, obj: Area) -> PanelContent | None:
    """Surface, codes, where the boundaries come from, and what other apps count here; one query a source of facts."""
    surroundings = around(obj)
    shape, share, names = surroundings.shape, _share(surroundings), names_of(obj)
    words = [hectares(shape.area_m2) if shape else "", *(one.code for one in names.codes[:1])]
    if shape:
        day = date_format(shape.edition.reference_date)
        words.append(_("boundaries of %(date)s") % {"date": day})
    return PanelContent(
        context={
            "area": obj,
            "shape": shape,
            "share": share,
            "facts": facts_of(obj, request.user),
            "names": names,
        },
        short=", ".join(filter(None, words)) or obj.kind.name,
    )


def _share(surroundings: Around) -> float | None:
    """The surface as a percentage of all areas of the kind; None for an area that is the whole."""
    if surroundings.shape is None or not surroundings.area.kind.is_partition:
        return None
    whole = surroundings.shape.edition.area_m2
    share = 100 * surroundings.shape.area_m2 / whole if whole else 100
    return share if share < 99.9 else None


def places(*, request: HttpRequest, obj: Area) -> PanelContent | None:
    """The areas above, within and beside this one; no query of its own."""
    found = around(obj)
    if not (found.above or found.within or found.beside):
        return None
    words = []
    if found.above:
        names = (
            part.parent.name + (f" ({percent(part.percentage)})" if part.share < 0.99 else "")
            for part in found.above
        )
        words.append(_("lies in %(names)s") % {"names": ", ".join(dict.fromkeys(names))})
    if found.within:
        number = len(found.within)
        words.append(
            ngettext("%(number)d area within", "%(number)d areas within", number) % {"number": number}
        )
    if found.beside:
        number = len(found.beside)
        words.append(
            ngettext("%(number)d area beside", "%(number)d areas beside", number) % {"number": number}
        )
    return PanelContent(
        context={
            "area": obj,
            "around": found,
            "within": found.within[:MOST_WITHIN],
            "more_within": max(0, len(found.within) - MOST_WITHIN),
        },
        short=", ".join(words),
    )


def past(*, request: HttpRequest, obj: Area) -> PanelContent | None:
    """From what the area came, what it gave, and the codes it had; one query."""
    events = [] if obj.retired_by_id else past_of(obj)
    former = names_of(obj).former
    if not events and not former:
        return None
    words = []
    if events:
        day = date_format(events[0].edition.reference_date)
        words.append(_("changed with the boundaries of %(date)s") % {"date": day})
    words += [
        _("had another code until %(date)s") % {"date": date_format(code.until)}
        for code in former[:1]
        if code.until
    ]
    return PanelContent(context={"area": obj, "events": events, "former": former}, short=", ".join(words))


for panel in (
    Panel(
        name="areas.address", target=TARGET, title=gettext_lazy("The address you chose"),
        template="areas/panels/address.html", content=address, importance=Importance.WHOLE, order=1,
    ),
    Panel(
        name="areas.soon", target=TARGET, title=gettext_lazy("What is coming"),
        template="areas/panels/soon.html", content=soon, importance=Importance.WHOLE, order=30,
    ),
    Panel(
        name="areas.indicators", target=TARGET, title=gettext_lazy("In figures"),
        template="areas/panels/indicators.html", content=figures, importance=Importance.WHOLE, order=40,
    ),
    Panel(
        name="areas.figures", target=TARGET, title=gettext_lazy("Facts"),
        template="areas/panels/facts.html", content=facts, order=200,
    ),
    Panel(
        name="areas.places", target=TARGET, title=gettext_lazy("Above, within, beside"),
        template="areas/panels/places.html", content=places, order=210,
    ),
    Panel(
        name="areas.past", target=TARGET, title=gettext_lazy("Earlier"),
        template="areas/panels/past.html", content=past, order=220,
    ),
):  # fmt: skip
    panels.register(panel)
