"""How the history of plans, goals and actions is told to colleagues."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from django.apps import apps
from django.utils.formats import date_format, localize
from django.utils.translation import gettext as _

from core.changes import Beside, Telling, tellings


def _names(model: str, key: str, words: str) -> Callable[[Sequence[Any]], Iterable[str]]:
    """The names of what rows between two things point at; one query. `words` says it when the thing is gone."""

    def told(events: Sequence[Any]) -> Iterator[str]:
        keys = {getattr(event, key) for event in events}
        names = {row.pk: str(row) for row in apps.get_model(model)._default_manager.filter(pk__in=keys)}
        return (names.get(getattr(event, key), str(_(words))) for event in events)

    return told


def _text(events: Sequence[Any]) -> Iterator[str]:
    return (event.heading for event in events)


def _impact(events: Sequence[Any]) -> Iterator[str]:
    return (event.target_group for event in events)


def _direction(events: Sequence[Any]) -> Iterator[str]:
    forms = apps.get_model("plans.Direction")
    for event in events:
        row = forms(owns_framework=event.owns_framework, has_power=event.has_power)
        yield f"{row.form.label} ({date_format(event.from_on, 'SHORT_DATE_FORMAT')})"


def _amount(events: Sequence[Any]) -> Iterator[str]:
    for event in events:
        spent = "–" if event.spent is None else localize(event.spent)
        yield _("%(year)d: planned %(planned)s, spent %(spent)s") % {
            "year": event.year, "planned": localize(event.planned), "spent": spent,
        }  # fmt: skip


def _party(events: Sequence[Any]) -> Iterator[str]:
    return (event.name for event in events)


def _figure(events: Sequence[Any]) -> Iterator[str]:
    names = _names("areas.Indicator", "indicator_id", "a figure")(events)
    return (
        f"{name}: {localize(event.target.normalize())}" for event, name in zip(events, names, strict=True)
    )


tellings.register(
    Telling(
        name="plans.plan",
        target="plans.plan",
        untold=frozenset({"municipality", "slug", "is_example"}),
        beside=(
            Beside(model="plans.PlanArea", link="plan", words=_names("areas.Area", "area_id", "an area")),
            Beside(model="plans.PlanText", link="plan", words=_text),
            Beside(model="plans.Impact", link="plan", words=_impact),
            Beside(model="plans.Direction", link="plan", words=_direction),
            Beside(
                model="plans.Touchstone",
                link="plan",
                words=_names("plans.Principle", "principle_id", "a principle"),
            ),
            Beside(
                model="plans.PlanPerson", link="plan", words=_names("accounts.User", "user_id", "somebody")
            ),
        ),
    )
)
tellings.register(
    Telling(
        name="plans.goal",
        target="plans.goal",
        untold=frozenset({"plan", "order"}),
        beside=(Beside(model="plans.GoalIndicator", link="goal", words=_figure),),
    )
)
tellings.register(
    Telling(
        name="plans.action",
        target="plans.action",
        untold=frozenset({"plan", "number"}),
        beside=(
            Beside(model="plans.ActionArea", link="action", words=_names("areas.Area", "area_id", "an area")),
            Beside(model="plans.Amount", link="action", words=_amount),
            Beside(model="plans.ActionParty", link="action", words=_party),
            Beside(
                model="plans.Dependency", link="action", words=_names("plans.Action", "needs_id", "an action")
            ),
        ),
    )
)
