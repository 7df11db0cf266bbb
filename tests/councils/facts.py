"""Facts of a council for tests that need no database."""

import datetime as dt
from itertools import count
from typing import Any

from councils.makeup import Makeup, MemberFact, SeatFact, TermFact

FIRST = dt.date(2025, 1, 1)
DECIDED: dict[str, Any] = {"decided_on": dt.date(2024, 12, 16), "decision": "2024/123"}
numbers = count(1)
MEMBER, SUBSTITUTE, OBSERVER = 1, 2, 3
SEATS = (
    SeatFact(key=MEMBER, mandate="member", least=0, most=50, first_on=FIRST),
    SeatFact(key=SUBSTITUTE, mandate="substitute", most=50, first_on=FIRST),
    SeatFact(key=OBSERVER, mandate="observer", most=50, first_on=FIRST),
)


def day(text: str) -> dt.date:
    """A day from its ISO form."""
    return dt.date.fromisoformat(text)


def member(gender: str = "", seat: int = MEMBER, **more: Any) -> MemberFact:
    """Somebody in a seat from 2025 on, appointed by a decision."""
    number = next(numbers)
    values: dict[str, Any] = (
        {"first_on": FIRST, "key": number, "person": number, "name": f"Lid {number}"} | DECIDED | more
    )
    return MemberFact(seat=seat, gender=gender, **values)


def of(genders: str, **more: Any) -> tuple[MemberFact, ...]:
    """Members by a letter for each: f, m, x, and ? where it is not known."""
    return tuple(member("" if one == "?" else one, **more) for one in genders)


def council(*members: MemberFact, **facts: Any) -> Makeup:
    """A council with these members, in a term without end."""
    values: dict[str, Any] = {"terms": (TermFact(first_on=FIRST),), "seats": SEATS} | facts
    return Makeup(members=members, **values)
