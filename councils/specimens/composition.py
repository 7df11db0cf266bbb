"""The verdict on a composition, in each of its forms, and the table with its places."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.specimens import Specimen, specimens
from councils.composition import judged, periods_of
from councils.makeup import Makeup, MemberFact, OfficeFact, SeatFact, TermFact
from councils.reading.seated import Bench
from councils.reading.told import told

FIRST, CHANGE, TODAY = dt.date(2026, 1, 1), dt.date(2026, 5, 20), dt.date(2026, 11, 24)
DECISION: dict[str, Any] = {"decided_on": FIRST, "decision": "2025/88"}


def council() -> Makeup:
    """Eight members, one of whom came later; of two nobody knows the gender."""
    members = tuple(
        MemberFact(
            key=number, seat=1, person=number, name=_("Member %(number)d") % {"number": number}, gender=gender,
            first_on=CHANGE if number == 8 else FIRST, **DECISION,
        )
        for number, gender in enumerate(["f", "f", "m", "f", "f", "m", "", ""], start=1)
    )  # fmt: skip
    return Makeup(
        terms=(TermFact(first_on=FIRST),),
        seats=(SeatFact(key=1, mandate="member", least=8, most=10, first_on=FIRST),),
        members=members,
        offices=(OfficeFact(member=1, kind="chair", first_on=FIRST),),
    )


def shown(*, villages: Sequence[Any]) -> Mapping[str, Any]:
    """The forms alone, a verdict with its rules, and who sits there."""
    makeup = council()
    return {
        "forms": [
            ("full", _("meets the rules")),
            ("half", _("in part")),
            ("struck", _("does not meet the rules")),
            ("asked", _("cannot be said")),
        ],
        "told": told(judged(makeup, TODAY), periods_of(makeup, FIRST, TODAY), today=TODAY),
        "bench": Bench(makeup, TODAY),
    }


specimens.register(
    Specimen(
        name="councils.composition",
        title=gettext_lazy("Councils: verdict and places"),
        template="councils/style/composition.html",
        content=shown,
        order=600,
    )
)
