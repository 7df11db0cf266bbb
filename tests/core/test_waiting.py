"""What waits is in the order of its dates, says how late it is, and what comes when nothing waits."""

import datetime as dt
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from core.registry import RegistrationError
from core.waiting import WaitingEntry, WaitingSource, in_groups, waiting_sources

TODAY = dt.date(2026, 11, 23)


def entry(title: str, due: dt.date | None) -> WaitingEntry:
    return WaitingEntry(title=title, url=f"/{title}/", kind="Proef", due=due)


def day(number: int) -> dt.date:
    return TODAY + dt.timedelta(days=number)


def test_late_today_after_that_and_without_a_date() -> None:
    entries = [
        entry("morgen", day(1)), entry("ooit", None), entry("laat", day(-3)), entry("later", day(31)),
        entry("nu", TODAY), entry("erg-laat", day(-19)), entry("net-nog", day(30)),
    ]  # fmt: skip
    with translation.override("nl"):
        found = in_groups(entries, TODAY)
        groups = [(str(group.title), [row.entry.title for row in group.rows]) for group in found.groups]
    assert groups == [
        ("Te laat", ["erg-laat", "laat"]),
        ("Vandaag", ["nu"]),
        ("Daarna", ["morgen", "net-nog"]),
        ("Zonder datum", ["ooit"]),
    ]
    assert (found.number, found.late) == (6, 2)
    assert found.next is not None
    assert found.next.title == "later"


@pytest.mark.parametrize(
    ("due", "told"),
    [
        (day(-19), ("4", "nov", "19 dagen te laat")),
        (day(-1), ("22", "nov", "1 dag te laat")),
        (TODAY, ("23", "nov", "")),
        (dt.date(2026, 12, 2), ("2", "dec", "")),
        (None, ("", "", "")),
    ],
)
def test_a_day_is_told_as_people_say_it(due: dt.date | None, told: tuple[str, str, str]) -> None:
    with translation.override("nl"):
        ((row,),) = [group.rows for group in in_groups([entry("x", due)], TODAY).groups]
    assert (row.day, row.beside, row.late) == told


def test_nothing_waits_says_what_comes() -> None:
    with translation.override("nl"):
        html = render_to_string(
            "partials/waiting.html", {"waiting": in_groups([entry("nieuws", day(40))], TODAY)}
        )
        empty = render_to_string("partials/waiting.html", {"waiting": in_groups([], TODAY)})
    assert "Het volgende komt op 2 januari: nieuws" in html
    assert "Er wacht niets op jou" in empty


def test_many_rows_have_one_link_each() -> None:
    html = render_to_string(
        "partials/waiting.html", {"waiting": in_groups([entry(f"n-{n}", day(n)) for n in range(20)], TODAY)}
    )
    assert html.count("<a ") == html.count("waiting__row") == 20


def test_a_source_is_asked_by_name() -> None:
    def wrong(user: Any, municipality: Any) -> list[WaitingEntry]:
        return []

    with pytest.raises(RegistrationError, match="waiting takes 'user' by its place"):
        waiting_sources.register(WaitingSource(name="a.b", title="T", waiting=wrong))  # type: ignore[arg-type]
