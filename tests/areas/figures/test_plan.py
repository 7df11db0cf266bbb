"""What a table would change."""

from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from areas.figures.plan import Ask, Plan, make_plan
from areas.figures.tables import read_rows
from areas.models import Area, Indicator
from tests.areas.figures.conftest import Figures, make_indicator
from tests.conftest import Land


def plan(land: Land, indicator: Indicator | None, text: str, kind: str = "wijk", **ask: Any) -> Any:
    indicators = [indicator] if indicator else list(Indicator.objects.all())
    return make_plan(land.kinds[kind], indicator, indicators, read_rows(text.encode()), Ask(**ask))


def faults(found: Plan) -> list[tuple[int, str]]:
    return [(fault.row, fault.text) for fault in found.faults]


def test_new_changed_and_the_same(land: Land, inhabitants: Indicator, figures: Figures) -> None:
    figures(inhabitants, bergen=100, dalen=200)
    found = plan(land, inhabitants, "naam;2024;2025\nBergen;100;110\nDalen;201;x\n")
    assert [(v.area and v.area.name, v.period, v.value) for v in found.same] == [("Bergen", "2024", 100)]
    assert [(v.area and v.area.name, v.before and v.before.value, v.value) for v in found.changed] == [
        ("Dalen", 200, 201)
    ]
    assert [(v.area and v.area.name, v.value, v.reason) for v in found.added] == [
        ("Bergen", 110, ""),
        ("Dalen", None, "suppressed"),
    ]
    assert [value.raw for value in found.missing] == ["x"]
    assert found.is_ready
    assert not found.changes_nothing


def test_a_number_that_becomes_secret_is_a_change(
    land: Land, inhabitants: Indicator, figures: Figures
) -> None:
    figures(inhabitants, bergen=100, dalen="unknown")
    found = plan(land, inhabitants, "naam;2024\nBergen;x\nDalen;.\n")
    assert [value.outcome for value in found.values] == ["change", "same"]


def test_rows_about_the_same_area_and_period_are_faults(land: Land, inhabitants: Indicator) -> None:
    found = plan(land, inhabitants, "code;naam;2024\n99999W01;;5\n;Bergen;5\n;Dalen;7\n")
    assert [row for row, _text in faults(found)] == [2, 3]
    assert "2, 3" in faults(found)[0][1]
    assert [value.area and value.area.name for value in found.values] == ["Dalen"]


def test_what_is_no_number_or_no_period_is_a_fault(land: Land, inhabitants: Indicator) -> None:
    found = plan(land, inhabitants, "naam;jaar;aantal\nBergen;2024;veel\nDalen;ooit;5\nMidden;2024;5\n")
    assert [row for row, _text in faults(found)] == [2, 3]
    assert "veel" in faults(found)[0][1]
    assert "ooit" in faults(found)[1][1]


def test_an_unclear_decimal_sign_is_asked(land: Land, inhabitants: Indicator) -> None:
    table = "naam;2024\nBergen;1.234\nDalen;12\n"
    assert plan(land, inhabitants, table).problems
    assert [value.value for value in plan(land, inhabitants, table, sign=",").values] == [1234, 12]
    assert str(plan(land, inhabitants, table, sign=".").values[0].value) == "1.234000"
    assert plan(land, inhabitants, "naam;2024\nBergen;1,5\nDalen;1.5\n").problems


def test_a_table_without_periods_needs_one(land: Land, inhabitants: Indicator) -> None:
    table = "naam;aantal\nBergen;5\n"
    found = plan(land, inhabitants, table)
    assert found.problems
    assert found.needs_period
    assert plan(land, inhabitants, table, period="2024-Q1").values[0].period == "2024-Q1"


def test_several_indicators_at_once(land: Land, inhabitants: Indicator) -> None:
    homes = make_indicator(land, slug="woningen", name="Woningen")
    found = plan(land, None, "naam;jaar;inwoners;woningen\nBergen;2024;5;2\n")
    assert [(value.indicator, value.value) for value in found.values] == [(inhabitants, 5), (homes, 2)]


def test_what_nobody_knows_is_open_until_somebody_says_so(land: Land, inhabitants: Indicator) -> None:
    table = "naam;2024\nBergen;5\nDe bergen;6\nDe bergen;7\n"
    found = plan(land, inhabitants, table)
    assert [(match.words, found.rows_of[match.key]) for match in found.open_matches] == [("De bergen", 2)]
    assert not found.is_ready
    assert len(found.values) == 1
    assert plan(land, inhabitants, table, matches={"|De bergen": "-"}).is_ready


def test_small_groups_are_not_kept(land: Land) -> None:
    people = make_indicator(land, hides_small=True)
    found = plan(land, people, "naam;2024\nBergen;4\nDalen;5\nMidden;0\n")
    assert [(value.value, value.reason) for value in found.values] == [(None, "suppressed"), (5, ""), (0, "")]
    assert any("1 tot en met 4" in note for note in found.notes)


def test_shares_where_percentages_are_meant_are_noted(land: Land) -> None:
    share = make_indicator(land, unit="%", decimals=1, is_additive=False)
    assert plan(land, share, "naam;2024\nBergen;0,125\nDalen;0,5\n").notes
    assert not plan(land, share, "naam;2024\nBergen;12,5\nDalen;0,5\n").notes


def test_figures_come_in_on_the_boundaries_in_force(land: Land, inhabitants: Indicator) -> None:
    area = land["bergen"]
    area.retired_by = land.editions["wijk"]
    area.save()
    found = plan(land, inhabitants, "code;2024\n99999W01;5\n99999W03;6\n")
    assert {value.edition_id for value in found.values} == {land.editions["wijk"].pk}
    assert any("Bergen" in note for note in found.notes)


def test_the_digest_follows_what_is_there(land: Land, inhabitants: Indicator, figures: Figures) -> None:
    table = "naam;2024\nBergen;5\n"
    before = plan(land, inhabitants, table).digest
    assert plan(land, inhabitants, table).digest == before
    figures(inhabitants, bergen=4)
    assert plan(land, inhabitants, table).digest != before


def test_as_many_queries_for_any_number_of_rows(land: Land, inhabitants: Indicator) -> None:
    def asked(number: int) -> int:
        Area.objects.bulk_create(
            Area(
                municipality=land.municipality,
                kind=land.kinds["wijk"],
                slug=f"w-{number}-{n}",
                name=f"W {number} {n}",
            )
            for n in range(number)
        )
        head = "naam;" + ";".join(str(2000 + year) for year in range(10))
        lines = [f"W {number} {n};" + ";".join("1234567890") for n in range(number)]
        table = "\n".join([head, *lines, "Onbekende;" + ";".join("1234567890")])
        with CaptureQueriesContext(connection) as queries:
            found = plan(land, inhabitants, table)
        assert len(found.values) == 10 * number
        return len(queries)

    assert asked(3) == asked(300) <= 7
