"""Something that asks first, for tests: an area gets another name."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from accounts.consent import ask_first
from accounts.models import Consent, User
from areas.actions import change_area
from areas.models import Area, CalendarPeriod
from core.consents import ConsentKind, consent_kinds
from tests.conftest import Land

KIND = "tests.area"


def _find(*, subject: UUID) -> Area | None:
    return Area.objects.select_related("municipality").filter(uuid=subject).first()


def _shown(*, payload: Mapping[str, Any]) -> Sequence[tuple[str, str]]:
    return [("naam", payload["name"])]


def rename(*, thing: Area, payload: Mapping[str, Any], by: Any, consent: Consent | None = None) -> None:
    """The verb: asks first, then gives the name."""
    ask_first(KIND, thing.uuid, thing.municipality, by=by, consent=consent)
    change_area(area=thing, by=by, name=payload["name"], aliases=[])


consent_kinds.register(
    ConsentKind(
        name=KIND,
        title="Naam van een gebied",
        permission="areas.change_area",
        find=_find,
        shown=_shown,
        go_on=rename,
    )
)


def period(land: Land, kind: str = CalendarPeriod.Kind.BUDGET_FREEZE, **more: Any) -> CalendarPeriod:
    """A period that is on and asks first."""
    values = {"name": "Budgetstop", "first": dt.date(2020, 1, 1), "last": dt.date(2199, 12, 31), **more}
    return CalendarPeriod.objects.create(municipality=land.municipality, kind=kind, **values)


def asking(land: Land, cast: dict[str, User], **more: Any) -> dict[str, Any]:
    """How a steward asks whether Bergen may get another name."""
    return {
        "kind": KIND, "subject": land["bergen"].uuid, "municipality": land.municipality, "payload": {"name": "Berg"},
        "why": "Het bord staat er al", "by": cast["steward"], "site": "https://proefdorp.example/", **more,
    }  # fmt: skip
