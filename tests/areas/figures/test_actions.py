"""Bringing figures in, describing indicators, taking figures away."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import translation

from accounts.models import User
from areas.actions import (
    FiguresRefused,
    delete_figures,
    import_figures,
    save_indicator,
)
from areas.figures.plan import Ask, Plan
from areas.figures.tables import read_rows
from areas.models import Area, AreaName, Indicator, IndicatorValue
from core.intake import ChangedSince, confirm, plan_of
from core.models import Intake
from core.tables import TableError
from core.verbs import Refused
from tests.areas.figures.conftest import Figures, make_indicator
from tests.conftest import OPERATOR, Land
from tests.intakes import kept_file
from tests.realdata import real


def bring(land: Land, indicator: Indicator | None, text: str, kind: str = "wijk", **more: Any) -> Plan:
    return import_figures(
        kind=land.kinds[kind], indicator=indicator, rows=read_rows(text.encode()), by=OPERATOR, **more
    )


def known() -> list[tuple[str, str, float | None, str]]:
    rows = IndicatorValue.objects.order_by("area__slug", "period")
    return [
        (value.area.slug, value.period, None if value.value is None else float(value.value), value.reason)
        for value in rows.select_related("area")
    ]


def events() -> int:
    return int(IndicatorValue.pgh_event_model.objects.count())  # type: ignore[attr-defined]


TABLE = "code;naam;2023;2024\n99999W01;Bergen;1.234;1.240,5\n99999W02;Midden;x;-99997\n99999W03;Dalen;;0\n"


def test_a_table_comes_in_and_the_same_table_changes_nothing(land: Land, inhabitants: Indicator) -> None:
    bring(land, inhabitants, TABLE)
    expected = [
        ("bergen", "2023", 1234.0, ""), ("bergen", "2024", 1240.5, ""), ("dalen", "2023", None, "unknown"),
        ("dalen", "2024", 0.0, ""), ("midden", "2023", None, "suppressed"), ("midden", "2024", None, "suppressed"),
    ]  # fmt: skip
    assert known() == expected
    assert set(IndicatorValue.objects.values_list("edition", flat=True)) == {land.editions["wijk"].pk}
    remembered, changed = events(), Indicator.objects.get().updated_at
    assert bring(land, inhabitants, TABLE).changes_nothing
    assert (known(), events(), Indicator.objects.get().updated_at) == (expected, remembered, changed)


def test_a_change_is_one_row_and_remembered_with_its_reason(land: Land, inhabitants: Indicator) -> None:
    bring(land, inhabitants, TABLE)
    key = IndicatorValue.objects.get(area=land["dalen"], period="2024").pk
    bring(land, inhabitants, "naam;2024\nDalen;7\n", file_name="nieuw.csv")
    assert IndicatorValue.objects.get(area=land["dalen"], period="2024").pk == key
    last = IndicatorValue.pgh_event_model.objects.order_by("pgh_id").last()  # type: ignore[attr-defined]
    assert (last.pgh_label, last.value) == ("update", 7)
    assert last.pgh_context.metadata == {
        "why": "areas.figures_imported",
        "operator": "tests",
        "file": "nieuw.csv",
    }


def test_all_or_nothing_unless_faulty_rows_are_left_out(land: Land, inhabitants: Indicator) -> None:
    table = "naam;2024\nBergen;5\nDalen;veel\n"
    with pytest.raises(FiguresRefused) as refused:
        bring(land, inhabitants, table)
    assert [fault.row for fault in refused.value.plan.faults] == [3]
    assert known() == []
    bring(land, inhabitants, table, without_faulty=True)
    assert known() == [("bergen", "2024", 5.0, "")]


def test_what_nobody_knows_keeps_everything_out(land: Land, inhabitants: Indicator) -> None:
    with pytest.raises(FiguresRefused):
        bring(land, inhabitants, "naam;2024\nBergen;5\nGinds;6\n", without_faulty=True)
    assert known() == []


def test_a_match_by_hand_is_kept_for_the_next_file(land: Land, inhabitants: Indicator) -> None:
    table = "code;naam;2024\nQ7;Ginds;6\n"
    bring(land, inhabitants, table, ask=Ask(matches={"Q7|Ginds": str(land["dalen"].pk)}))
    name = AreaName.objects.get()
    assert (name.area, name.name, name.source) == (land["dalen"], "Ginds", "Bevolkingsregister")
    assert bring(land, inhabitants, table).changes_nothing
    bring(land, inhabitants, "naam;2024\nGINDS;8\n")
    assert known() == [("dalen", "2024", 8.0, "")]


def test_the_name_of_another_area_is_not_kept(land: Land, inhabitants: Indicator) -> None:
    bring(
        land,
        inhabitants,
        "code;naam;2024\n99999W01;Dalen;6\n",
        ask=Ask(matches={"99999W01|Dalen": str(land["bergen"].pk)}),
    )
    assert known() == [("bergen", "2024", 6.0, "")]
    assert not AreaName.objects.exists()


def test_what_has_no_place_gets_an_area_without_one(land: Land, inhabitants: Indicator) -> None:
    table = "naam;2024\nOnbekend;6\nAdres zoek;1\n"
    matches = {"|Onbekend": "nowhere"}
    with pytest.raises(FiguresRefused):
        bring(land, inhabitants, table, ask=Ask(matches={**matches, "|Adres zoek": "nowhere"}))
    bring(land, inhabitants, "naam;2024\nAdres zoek;6\n", ask=Ask(matches={"|Adres zoek": "nowhere"}))
    residual = Area.objects.get(is_residual=True)
    assert (residual.kind, residual.name) == (land.kinds["wijk"], "Niet te lokaliseren")
    assert known() == [(residual.slug, "2024", 6.0, "")]
    bring(land, inhabitants, "naam;2024\nAdres zoek;7\n")
    bring(land, inhabitants, "naam;2025\nOnbekend;8\n")
    assert known() == [(residual.slug, "2024", 7.0, ""), (residual.slug, "2025", 8.0, "")]


def test_small_groups_never_reach_the_table(land: Land) -> None:
    people = make_indicator(land, hides_small=True)
    bring(land, people, "naam;2024\nBergen;3\nDalen;5\n")
    assert known() == [("bergen", "2024", None, "suppressed"), ("dalen", "2024", 5.0, "")]
    assert bring(land, people, "naam;2024\nBergen;2\nDalen;5\n").changes_nothing


def test_only_who_may_bring_figures_does(land: Land, inhabitants: Indicator, cast: dict[str, User]) -> None:
    for part, person in cast.items():
        if part in ("steward", "administrator"):
            continue
        with pytest.raises(PermissionDenied):
            import_figures(kind=land.kinds["wijk"], indicator=inhabitants, rows=[], by=person)
        with pytest.raises(PermissionDenied):
            save_indicator(indicator=inhabitants, by=person)
        with pytest.raises(PermissionDenied):
            delete_figures(indicator=inhabitants, by=person)


def kept(land: Land, indicator: Indicator | None, text: str, owner: User) -> Intake:
    reading = {"kind": land.kinds["wijk"].pk, "indicator": indicator and indicator.pk}
    return kept_file("areas.figures", land.municipality, text, owner, reading=reading)


def test_a_table_waits_for_a_yes(land: Land, inhabitants: Indicator, cast: dict[str, User]) -> None:
    steward = cast["steward"]
    kept(land, inhabitants, "naam;2024\nBergen;4\n", steward)
    table = kept(land, inhabitants, "naam;2024\nBergen;5\n", steward)
    assert Intake.objects.get() == table, "the one before is gone"
    shown = plan_of(table)
    assert known() == []
    confirm(intake=table, digest=shown.digest, by=steward)
    assert known() == [("bergen", "2024", 5.0, "")]
    assert not Intake.objects.exists()


def test_what_changed_since_it_was_shown_is_shown_again(
    land: Land, inhabitants: Indicator, figures: Figures, cast: dict[str, User]
) -> None:
    table = kept(land, inhabitants, "naam;2024\nBergen;5\n", cast["steward"])
    shown = plan_of(table)
    figures(inhabitants, bergen=4)
    with pytest.raises(ChangedSince) as changed:
        confirm(intake=table, digest=shown.digest, by=cast["steward"])
    assert len(changed.value.current.changed) == 1
    assert known() == [("bergen", "2024", 4.0, "")]
    assert Intake.objects.exists(), "nothing is lost"


def test_the_figure_of_a_table_may_be_gone(land: Land, inhabitants: Indicator, cast: dict[str, User]) -> None:
    table = kept(land, inhabitants, "naam;2024\nBergen;5\n", cast["steward"])
    inhabitants.delete()
    with pytest.raises(Refused, match="is er niet meer"), translation.override("nl"):
        plan_of(table)


def test_an_indicator_begins_to_hide_small_groups(
    land: Land, inhabitants: Indicator, figures: Figures
) -> None:
    figures(inhabitants, bergen=4, dalen=5, midden=0)
    inhabitants.hides_small = True
    save_indicator(indicator=inhabitants, by=OPERATOR)
    assert known() == [
        ("bergen", "2024", None, "suppressed"), ("dalen", "2024", 5.0, ""), ("midden", "2024", 0.0, ""),
    ]  # fmt: skip


def test_a_bad_description_is_refused(land: Land, inhabitants: Indicator) -> None:
    with pytest.raises(ValidationError):
        save_indicator(
            indicator=Indicator(municipality=land.municipality, slug="inwoners", name="Nog eens", source="x"),
            by=OPERATOR,
        )


def test_figures_are_taken_away_by_period_or_all(
    land: Land, inhabitants: Indicator, figures: Figures
) -> None:
    figures(inhabitants, "2023", bergen=1, dalen=2)
    figures(inhabitants, "2024", bergen=3)
    assert delete_figures(indicator=inhabitants, by=OPERATOR, period="2023") == 2
    assert [row[1] for row in known()] == ["2024"]
    assert delete_figures(indicator=inhabitants, by=OPERATOR) == 1
    assert not Indicator.objects.exists()
    assert events() == 6, "history keeps all"


def test_a_table_for_no_indicator_at_all(land: Land) -> None:
    with pytest.raises(TableError):
        bring(land, None, "naam;2024\nBergen;5\n")


def test_a_real_file_keyed_by_name(land: Land) -> None:
    """Gent publishes this figure as JSON, by the name of the wijk: each is the name of one area here."""
    import json

    data = real("gent_indicator_fietsenstallingen_per_wijk.json")
    features = json.loads(real("gent_ggw7.geojson"))["features"]
    Area.objects.filter(kind=land.kinds["wijk"]).delete()
    land.municipality.name = "Gent"
    land.municipality.save()
    Area.objects.bulk_create(
        Area(
            municipality=land.municipality, kind=land.kinds["wijk"], slug=feature["properties"]["geoitem"].lower(),
            name=feature["properties"]["naam"].removesuffix(" (Gent)"),
        )
        for feature in features
    )  # fmt: skip
    stands = make_indicator(land, slug="fietsenstallingen", name="Fietsenstallingen")
    land.kinds["wijk"].municipality = land.municipality
    plan = import_figures(
        kind=land.kinds["wijk"],
        indicator=stands,
        rows=read_rows(data),
        by=OPERATOR,
        ask=Ask(period="2022"),
        dry_run=True,
    )
    assert not plan.faults
    assert not plan.problems
    assert not plan.open_matches
    assert len(plan.values) == len(json.loads(data)) == 25
