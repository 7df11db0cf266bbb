"""What the page of an area shows of plans: what happens here and who keeps it, what succeeded, and how area work is organised."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, Exists, IntegerField, OuterRef, Q, When
from django.db.models.functions import JSONObject
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.dates import When as Moment
from core.panels import Importance, Panel, PanelContent, panels
from core.wording import number
from plans.looks import with_look
from plans.models import Action, AreaOrganisation, Milestone, Plan, PlanArea

TARGET = "areas.area"
ACTIONS = 6  # of a plan
PLANS = 12
CELEBRATED = 3
# Actions that go on before those that are over.
OVER_LAST = Case(When(look__in=("done", "stopped"), then=1), default=0, output_field=IntegerField())


@dataclass(frozen=True)
class ActionHere:
    """An action of a plan as the page of an area shows it."""

    number: int
    name: str
    look: str
    phase: str
    phase_words: str
    when: str
    team: str

    @classmethod
    def read(cls, row: dict[str, Any]) -> "ActionHere":
        """From what the database gave."""
        when = Moment(row["when"]).words() if row["when"] else ""
        words = str(Action.Phase(row["phase"]).label)
        return cls(row["number"], row["name"], row["look"], row["phase"], words, when, row["team"] or "")


@dataclass(frozen=True)
class PlanHere:
    """A plan that runs in an area, with the first of its actions there."""

    plan: Plan
    actions: list[ActionHere]
    has_more: bool


def happens_here(*, request: HttpRequest, obj: Any) -> PanelContent | None:
    """The plans that run here, their actions here and who keeps them; those of the whole municipality by name. One query."""
    if obj.is_residual or obj.retired_by_id:
        return None
    plans = list(_plans_in(obj)[: PLANS + 1])
    here = [
        PlanHere(plan, [ActionHere.read(row) for row in plan.here[:ACTIONS]], len(plan.here) > ACTIONS)
        for plan in plans[:PLANS]
        if plan.is_own or plan.here
    ]
    shown = {one.plan.pk for one in here}
    return PanelContent(
        context={
            "area": obj,
            "here": here,
            "is_own": any(one.plan.is_own for one in here),  # type: ignore[attr-defined]
            "whole": [plan for plan in plans if plan.pk not in shown and plan.is_whole],
        },
        is_example=bool(plans) and all(plan.is_example for plan in plans),
    )


def _plans_in(area: Any) -> Any:
    """The plans that run here: of the area first, then those with an action in it, then those of the whole municipality."""
    actions = with_look(Action.objects.present().in_area(area), timezone.localdate()).filter(
        plan=OuterRef("pk")
    )
    rows = actions.order_by(OVER_LAST, "number").values(
        json=JSONObject(
            number="number", name="name", look="look", phase="phase", when="when", team="team__name",
        )
    )  # fmt: skip
    named = PlanArea.objects.filter(plan=OuterRef("pk"))
    multi_year = Q(kind=Plan.Kind.MULTI_YEAR)
    return (
        Plan.objects.of(area.municipality_id).running().filter(leads_to__isnull=True)
        .annotate(
            is_own=Exists(named.filter(area=area)), is_whole=~Exists(named),
            here=ArraySubquery(rows[: ACTIONS + 1]),
            rank=Case(
                When(Exists(named.filter(area=area)), then=0), When(~Exists(named) & multi_year, then=2),
                When(~Exists(named), then=3), default=1, output_field=IntegerField(),
            ),
        )
        .filter(Q(is_own=True) | Q(is_whole=True) | Q(here__len__gt=0))
        .select_related("owner_team")
        .order_by("rank", "name", "pk")
    )  # fmt: skip


def celebrated(*, request: HttpRequest, obj: Any) -> PanelContent | None:
    """What succeeded here last and everybody may read, with its pictures; nothing when nothing did. One query."""
    found = Milestone.objects.of(obj.municipality_id).visible_to(AnonymousUser()).in_area(obj)
    milestones = list(found.newest_first().with_picture()[: CELEBRATED + 1])
    if not milestones:
        return None
    is_more = len(milestones) > CELEBRATED
    shown = milestones[:CELEBRATED]
    return PanelContent(
        context={"milestones": shown},
        url=f"{reverse('plans:milestones')}?gebied={obj.slug}" if is_more else "",
        more=_("All milestones of %(name)s") % {"name": obj.name} if is_more else "",
        is_example=all(one.is_example for one in shown),
    )


def organised(*, request: HttpRequest, obj: Any) -> PanelContent | None:
    """How area work is organised here now; nothing when nothing is agreed. One query."""
    today = timezone.localdate()
    now = AreaOrganisation.objects.filter(area=obj, from_on__lte=today).first()
    if now is None:
        return None
    words = [str(now.get_model_display())]
    if now.budget is not None:
        words.append(_("%(amount)s euro a year") % {"amount": number(now.budget)})
    return PanelContent(
        context={"organisation": now, "today": today},
        short=", ".join(words),
        url=reverse("plans:organisation", args=[obj.slug]),
        more=_("What was agreed, and what before"),
    )


for panel in (
    Panel(
        name="plans.here", target=TARGET, title=gettext_lazy("What happens here"),
        template="plans/panels/here.html", content=happens_here, importance=Importance.WHOLE, order=20,
    ),
    Panel(
        name="plans.milestones", target=TARGET, title=gettext_lazy("We celebrate what succeeds"),
        template="plans/panels/milestones.html", content=celebrated, importance=Importance.WHOLE, order=22,
    ),
    Panel(
        name="plans.organisation", target=TARGET, title=gettext_lazy("How area work is organised"),
        template="plans/panels/organisation.html", content=organised, order=120,
    ),
):  # fmt: skip
    panels.register(panel)
