"""Rows along an axis: a block is as wide as its date is precise, and what has no end has none."""

import datetime as dt
from dataclasses import replace

import pytest

from core.timeline import Dated, Piece, timeline

TODAY = dt.date(2027, 7, 2)  # the middle of the four years of these tests, to a day
FIRST, LAST = dt.date(2026, 1, 1), dt.date(2029, 12, 31)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def drawn(first: str, last: str | None, **how: bool) -> list[tuple[str, str, str, str]]:
    """The pieces of a single row: what, from where, until where, how it stands."""
    row = replace(Dated("Banken", day(first), day(last) if last else None, ""), **how)  # type: ignore[arg-type]
    shown = timeline([row], today=TODAY, first=FIRST, last=LAST)
    assert shown
    return [
        (piece.kind, piece.at, piece.until if piece.width else "", piece.look)
        for piece in shown.rows[0].pieces
    ]


@pytest.mark.parametrize(
    ("first", "last", "how", "pieces"),
    [
        # A day is a stroke, a month and a year are as wide as they are.
        ("2028-01-01", "2028-01-01", {}, [("tick", "49.97%", "", "coming")]),
        ("2026-01-01", "2026-01-01", {"is_over": True}, [("tick", "0%", "", "over")]),
        ("2026-06-01", "2026-06-30", {"is_over": True}, [("block", "10.34%", "12.39%", "over")]),
        ("2029-01-01", "2029-12-31", {}, [("block", "75.02%", "100%", "coming")]),
        ("2028-01-01", "2028-12-31", {"is_asleep": True}, [("block", "49.97%", "75.02%", "asleep")]),
        # "In 2027" says nothing of when in 2027 it began, also when it is going on.
        ("2027-01-01", "2027-12-31", {"is_running": True}, [("block", "24.98%", "49.96%", "coming")]),
        # A span is drawn as far as it is.
        (
            "2026-01-01",
            "2029-12-31",
            {"is_span": True, "is_running": True},
            [("line", "0%", "37.44%", ""), ("block", "37.44%", "100%", "coming")],
        ),
        ("2028-01-01", "2029-12-31", {"is_span": True}, [("block", "49.97%", "100%", "coming")]),
        # Without an end it goes on in dots; what is over does not.
        (
            "2026-01-01",
            None,
            {"is_span": True, "is_running": True},
            [("line", "0%", "37.44%", ""), ("dots", "37.44%", "100%", "")],
        ),
        ("2028-01-01", None, {}, [("tick", "49.97%", "", "coming"), ("dots", "49.97%", "100%", "")]),
        ("2026-01-01", None, {"is_over": True}, [("line", "0%", "37.44%", "")]),
    ],
)
def test_date_is_as_wide_as_it_is_precise(
    first: str, last: str | None, how: dict[str, bool], pieces: list[tuple[str, str, str, str]]
) -> None:
    assert drawn(first, last, **how) == pieces


def test_narrow_block_can_be_seen_and_stays_on_the_axis() -> None:
    assert drawn("2029-12-30", "2029-12-31") == [("block", "99.2%", "100%", "coming")]


def test_rows_stand_in_order_and_the_axis_holds_them_all() -> None:
    rows = [
        Dated("later", day("2031-05-01"), day("2031-05-31"), "mei 2031"),
        Dated("without an end", day("2026-03-01"), None, "vanaf maart 2026"),
        Dated("first", day("2026-03-01"), day("2026-03-31"), "maart 2026"),
    ]
    shown = timeline(rows, today=TODAY)
    assert shown
    assert [row.title for row in shown.rows] == ["first", "without an end", "later"]
    assert [mark.words for mark in shown.marks] == ["2026", "2027", "2028", "2029", "2030", "2031"]


def test_today_is_shown_when_the_axis_holds_it() -> None:
    row = Dated("Banken", day("2030-05-01"), day("2030-05-31"), "mei 2030")
    alone, around = timeline([row], today=TODAY), timeline([row], today=TODAY, first=FIRST)
    assert alone
    assert around
    assert (alone.now, around.now) == ("", "29.96%")


@pytest.mark.parametrize(
    ("last", "names"),
    [
        ("2026-12-31", ["2026", "apr", "jul", "okt"]),
        ("2027-12-31", ["2026", "", "jul", "", "2027", "", "jul", ""]),
        ("2037-12-31", ["2026", "", "2028", "", "2030", "", "2032", "", "2034", "", "2036", ""]),
    ],
)
def test_names_of_the_axis_do_not_touch(last: str, names: list[str]) -> None:
    shown = timeline(
        [Dated("Banken", FIRST, FIRST, "1 januari 2026")], today=TODAY, first=FIRST, last=day(last)
    )
    assert shown
    assert [mark.words for mark in shown.marks] == names


@pytest.mark.parametrize(
    ("how", "last", "state"),
    [
        ({"is_over": True}, "2026-02-01", "voorbij"),
        ({"is_asleep": True}, "2026-02-01", "slaapt"),
        ({}, "2027-07-01", "later dan gepland"),
        ({"is_running": True}, "2027-07-02", "loopt"),
        ({}, "2027-07-02", "komt nog"),
    ],
)
def test_row_says_in_words_how_it_stands(how: dict[str, bool], last: str, state: str) -> None:
    shown = timeline([replace(Dated("Banken", FIRST, day(last), ""), **how)], today=TODAY)  # type: ignore[arg-type]
    assert shown
    assert shown.rows[0].state == state


def test_nothing_dated_is_no_timeline() -> None:
    assert timeline([], today=TODAY) is None


def test_piece_without_width_ends_where_it_begins() -> None:
    assert Piece("tick", "12.5%").until == "12.5%"
