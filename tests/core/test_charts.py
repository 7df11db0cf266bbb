import re

from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from core.charts import BOTTOM, LEFT, LINE, RIGHT, TOP, LineChart, Series, line_chart, nice_levels


def drawn(*series: Series, count: int = 3, decimals: int = 0) -> LineChart:
    moments = [(2020.0 + n, str(2020 + n)) for n in range(count)]
    return line_chart(
        moments, series, words="Wat je ziet", written=lambda number: f"{number:g}", decimals=decimals
    )


def test_the_scale_has_round_numbers_around_the_figures() -> None:
    assert list(nice_levels(98.4, 109.1)) == [95, 100, 105, 110]
    assert list(nice_levels(0.2, 0.9, 1)) == [0.2, 0.4, 0.6, 0.8, 1.0]
    assert list(nice_levels(5, 5)) == [4, 5, 6]
    assert list(nice_levels(-3, 12)) == [-5, 0, 5, 10, 15]


@given(st.floats(-1e9, 1e9), st.floats(0, 1e9), st.integers(0, 4))
def test_the_scale_always_holds_the_figures(lowest: float, span: float, decimals: int) -> None:
    levels = list(nice_levels(lowest, lowest + span, decimals))
    room = 1e-6 * max(1.0, abs(lowest), abs(lowest + span))
    assert levels[0] <= lowest + room
    assert levels[-1] >= lowest + span - room
    assert 2 <= len(levels) <= 7
    assert levels == sorted(set(levels))


def test_the_ground_is_zero_or_else_the_lowest_line() -> None:
    grounds = [
        [level.words for level in drawn(Series("x", numbers)).levels if level.is_ground]
        for numbers in ([-3, 4, 12], [98, 101, 109])
    ]
    assert grounds == [["0"], ["95"]]


def test_a_line_goes_from_the_first_moment_to_the_last() -> None:
    (line,) = drawn(Series("Bergen", [0, 5, 10], is_main=True)).lines
    assert line.stretches == (f"{LEFT},{BOTTOM} {(LEFT + RIGHT) / 2:g},{(TOP + BOTTOM) / 2:g} {RIGHT},{TOP}",)
    assert line.points == ((str(RIGHT), str(TOP)),)
    assert line.last == "10"


def test_a_gap_breaks_the_line_and_a_number_alone_is_a_point() -> None:
    chart = drawn(Series("Dorp", [1, 2, None, 4, None, 6, 7]), count=7)
    assert [len(stretch.split()) for stretch in chart.lines[0].stretches] == [2, 2]
    assert len(chart.lines[0].points) == 1


def test_moments_stand_where_they_are_in_time() -> None:
    chart = line_chart(
        [(2000.0, "2000"), (2001.0, "2001"), (2010.0, "2010")],
        [Series("x", [1, 2, 3])],
        words="",
        written=str,
    )
    places = [float(moment.at) for moment in chart.moments]
    assert places[1] - places[0] < (places[2] - places[1]) / 8


def test_not_every_moment_is_named() -> None:
    assert [moment.words for moment in drawn(Series("x", [1.0] * 10), count=10).moments] == [
        "2020",
        "2023",
        "2026",
        "2029",
    ]
    assert [moment.words for moment in drawn(Series("x", [1.0] * 8), count=8).moments] == ["2020", "2027"]


def test_names_at_the_end_do_not_lie_over_each_other() -> None:
    chart = drawn(Series("Bergen", [1, 2, 3], is_main=True), Series("Proefdorp", [1, 2, 3.01]), decimals=2)
    first, second = (float(line.last_at) for line in chart.lines)
    assert abs(first - second) >= LINE - 0.2


def test_the_drawing_passes_the_content_policy_and_escapes_names() -> None:
    chart = drawn(Series('<b>"x"', [1, 2.5, 3], is_main=True))
    html = render_to_string("partials/line_chart.html", {"chart": chart})
    assert not re.search(r"<style|<script|\sstyle=|\son\w+=", html)
    assert "&lt;b&gt;&quot;x&quot;" in html
    assert not re.search(r'(?:x|y|cx|cy|points|d)="[^"]*\d,\d+,', html), "a decimal comma of the language"
    assert 'role="img" aria-label="Wat je ziet"' in html
