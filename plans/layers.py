"""Actions on the map: a point, a line or a polygon each, with its numbered sign; what is for a whole area is in the lists."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import CharField, DateTimeField, F, Max, OuterRef, Q, Subquery
from django.db.models.functions import Cast, Coalesce, Greatest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from areas.map.things import Reading, mixed_layer
from areas.models import Area
from core.layers import LayerOrigin, LayerRow, LayerSource, MapLayer, layer_sources
from plans.looks import with_look
from plans.models import Action, News, Plan

LAYER = "acties"
WORDS = {"asleep": gettext_lazy("asleep"), "stopped": gettext_lazy("stopped")}


def on_the_map(municipality: Any) -> Any:
    """The actions of plans that run: those that are drawn, and those that are for areas as a whole."""
    somewhere = Q(geometry__isnull=False) | Q(areas__isnull=False) | Q(plan__areas__isnull=False)
    running = Plan.objects.of(municipality).running()
    found = Action.objects.present().filter(somewhere, plan__in=running)
    heard = (
        News.objects.filter(action=OuterRef("pk"))
        .order_by()
        .values("action")
        .annotate(last=Max("updated_at"))
    )
    known = Action.objects.filter(pk__in=found.values("pk")).annotate(
        slug=Cast("uuid", CharField()),
        changed_at=Greatest(
            "updated_at", "plan__updated_at", Coalesce(Subquery(heard.values("last")), F("updated_at")),
            output_field=DateTimeField(),
        ),
        own_areas=ArraySubquery(Area.objects.filter(actions=OuterRef("pk")).order_by().values("slug")),
        plan_areas=ArraySubquery(Area.objects.filter(plans=OuterRef("plan")).order_by().values("slug")),
    )  # fmt: skip
    return with_look(known, timezone.localdate()).select_related("plan", "team")


def row(action: Any) -> LayerRow:
    """An action in a list: of which plan, how far, where or by whom."""
    words = WORDS.get(action.look, action.get_phase_display())
    where = action.place or (action.team.name if action.team else "")
    return LayerRow(
        slug=str(action.uuid),
        title=action.name,
        detail=_("Action %(number)d of %(plan)s") % {"number": action.number, "plan": action.plan.name},
        note=", ".join(filter(None, (str(words), where))),
        url=action.get_absolute_url(),
        is_approximate=action.is_approximate,
        mark=action.look,
        number=str(action.number),
        areas=() if action.geometry else tuple(action.own_areas or action.plan_areas),
    )


def in_area(actions: Any, area: Any) -> Any:
    """Those drawn in an area, and those that are for it as a whole."""
    return actions.filter(pk__in=Action.objects.in_area(area).values("pk"))


def panel(action: Any) -> dict[str, Any]:
    """What the panel of the map shows of an action."""
    return {"action": action, "words": WORDS.get(action.look, "")}


READING = Reading(
    changed="changed_at",
    municipality="plan__municipality",
    order=("plan__name", "number"),
    properties={
        "look": F("look"), "number": F("number"), "plan": F("plan__name"), "approximate": F("is_approximate"),
    },
    row=row,
    template="plans/partials/map_panel.html",
    context=panel,
    in_area=in_area,
)  # fmt: skip


def layers(*, municipality: Any) -> Iterable[MapLayer]:
    """The actions of a municipality."""
    layer = mixed_layer(
        on_the_map(municipality), reading=READING, slug=LAYER, title=gettext_lazy("Actions of plans"), symbol="action",
        origin=LayerOrigin(source=municipality.full_name), named_by=("name", "plan"),
        heading=gettext_lazy("What happens here"), nothing=gettext_lazy("No action of a plan here now."),
        page=reverse("plans:list"),
        page_words=gettext_lazy("each plan with its goals, actions and amounts as CSV, Excel and JSON-LD."),
    )  # fmt: skip
    kept = layer.version
    # What is asleep follows from the day too.
    yield replace(layer, version=lambda: f"{timezone.localdate():%Y%m%d}-{kept()}")


layer_sources.register(
    LayerSource(name="plans.actions", layers=layers, geometry="mixed", slugs=(LAYER,), order=60)
)
