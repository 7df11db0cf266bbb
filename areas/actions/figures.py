"""What one does with figures: describe an indicator, bring a table in, take figures away."""

from collections.abc import Sequence

from django.utils import timezone
from django.utils.translation import gettext as _

from areas.figures.matching import AreaIndex, How
from areas.figures.plan import Ask, Plan, make_plan
from areas.models import Area, AreaKind, AreaName, Indicator, IndicatorValue
from areas.slugs import SlugMaker
from core.history import because
from core.intake import agree
from core.tables import Row, TableError
from core.verbs import Actor, Refused, locked, require, verb

PERMISSION = "areas.import_figures"
RESIDUAL_NAME = "Niet te lokaliseren"
LONGEST = 120  # of another name, and of where it is used


class FiguresRefused(Refused):
    """The table cannot be brought in as it is; nothing was written. The plan says why."""

    def __init__(self, plan: Plan) -> None:
        super().__init__(_("The figures were not brought in: look at what is wrong."), "faults")
        self.plan = plan


@verb
def save_indicator(*, indicator: Indicator, by: Actor, version: str | None = None) -> Indicator:
    """Describe a new indicator, or describe one better; small groups go when it begins to hide them."""
    require(PERMISSION, indicator, by=by)
    is_known = indicator.pk is not None
    if is_known:
        locked(indicator, version=version)
    indicator.full_clean()
    with because("areas.indicator_described", by=by):
        if is_known and indicator.hides_small:
            small = IndicatorValue.objects.of(indicator).small()
            small.update(value=None, reason=IndicatorValue.Reason.SUPPRESSED)
        indicator.save()
    return indicator


@verb
def delete_figures(*, indicator: Indicator, by: Actor, period: str = "") -> int:
    """Take the figures of a period away, or the indicator with all of them; history keeps what they were."""
    require(PERMISSION, indicator, by=by)
    with because("areas.figures_deleted", by=by, indicator=indicator.slug, period=period):
        locked(indicator)
        figures = IndicatorValue.objects.of(indicator)
        if period:
            return figures.in_period(period).delete()[0]
        number = figures.count()
        indicator.delete()
        return number


@verb
def import_figures(
    *,
    kind: AreaKind,
    indicator: Indicator | None,
    rows: Sequence[Row],
    by: Actor,
    ask: Ask | None = None,
    file_name: str = "",
    digest: str | None = None,
    without_faulty: bool = False,
    dry_run: bool = False,
) -> Plan:
    """Bring a table in: all of it or nothing, or without its faulty rows; the same table again changes nothing.

    Without an `indicator`, each column is named after its own. `digest` is the plan that was confirmed.
    """
    require(PERMISSION, kind, by=by)
    # One table of a municipality at a time; nobody changes what small groups become meanwhile.
    known = Indicator.objects.of(locked(kind.municipality)).select_for_update()
    indicators = list(known.filter(pk=indicator.pk) if indicator else known)
    if not indicators:
        raise TableError(_("There is no indicator yet: describe it first."))
    plan = make_plan(kind, indicators[0] if indicator else None, indicators, rows, ask or Ask())
    if dry_run:
        return plan
    agree(plan, digest)
    if not plan.is_ready or (plan.faults and not without_faulty):
        raise FiguresRefused(plan)
    with because("areas.figures_imported", by=by, file=file_name):
        _write(kind, plan, file_name)
    return plan


def _write(kind: AreaKind, plan: Plan, file_name: str) -> None:
    residual = _residual(kind) if any(match.makes_residual for match in plan.matches) else None
    _keep_names(kind, plan, residual, file_name)
    written = [*plan.added, *plan.changed]
    IndicatorValue.objects.bulk_create(
        (
            IndicatorValue(
                indicator=one.indicator, area=one.area or residual, period=one.period, value=one.value,
                reason=one.reason, edition_id=one.edition_id,
            )
            for one in written
        ),
        batch_size=2_000,
        update_conflicts=True,
        unique_fields=["indicator", "area", "period"],
        update_fields=["value", "reason", "edition"],
    )  # fmt: skip
    touched = {one.indicator.pk for one in written}
    Indicator.objects.filter(pk__in=touched).update(updated_at=timezone.now())


def _residual(kind: AreaKind) -> Area:
    """The area of what has no place, made when the first figure of it comes in."""
    slug = SlugMaker(kind).slug_for(RESIDUAL_NAME, "")
    values = {"municipality_id": kind.municipality_id, "slug": slug, "name": RESIDUAL_NAME}
    return Area.objects.get_or_create(kind=kind, is_residual=True, defaults=values)[0]


def _keep_names(kind: AreaKind, plan: Plan, residual: Area | None, file_name: str) -> None:
    """What was matched by hand is another name of the area from now on, unless it is the name of another one."""
    sources = {value.indicator.source for value in plan.layout.values}
    source = (sources.pop() if len(sources) == 1 else file_name)[:LONGEST]
    index = AreaIndex.of(kind)
    names = []
    for match in plan.matches:
        name, area = match.name or match.code, match.area or residual
        if match.how is not How.BY_HAND or area is None or len(name) > LONGEST:
            continue
        if index.named(name) <= {area.pk}:
            names.append(AreaName(area=area, name=name, source=source))
    AreaName.objects.bulk_create(names, ignore_conflicts=True)
