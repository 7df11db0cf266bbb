"""Tables of plans: what goes out comes in unchanged, what others export is read, and what is wrong is said by row."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.gis.geos import GEOSGeometry
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from core.changes import changes_of
from core.intake import ChangedSince
from core.tables import TableError
from plans.actions import import_plan
from plans.exchange.cells import TOO_LARGE, shape_text
from plans.exchange.columns import Money, money_in
from plans.exchange.difference import Difference
from plans.exchange.planning import difference
from plans.frozen import content_of
from plans.models import Action, ActionParty, Amount, Dependency, Goal, Plan
from tests.conftest import OPERATOR, Land
from tests.plans.conftest import make_plan, make_team
from tests.plans.tables import EXPORT, gone_out, table_of, workbook_of, would

NEW: Mapping[str, Any] = {
    "name": "Meerjarenplan 2026-2031", "kind": "multi_year", "first_on": dt.date(2026, 1, 1), "last_on": dt.date(2031, 12, 31),
}  # fmt: skip
HEAD = "niveau;code;ligt onder;korteOmschrijving"


@pytest.fixture
def whole(land: Land) -> Plan:
    """A plan in which every field of a goal and of an action has something."""
    other = Action.objects.create(
        plan=make_plan(land, "Meerjarenplan", None, kind="multi_year"), number=7, code="AC7", name="Pleinen"
    )
    plan = make_plan(land)
    plan.areas.add(land["midden"])
    team = make_team(land)
    text = {
        "external_code": "VL-1", "text": "- een lijst\n- =1+1\n\nEn *meer*.", "comment": "Zo; en \"zo\".", "evaluation": "+ goed",
        "passed_by": ["municipality", "ocmw"], "is_priority": True, "weight": 3,
    }  # fmt: skip
    top = Goal.objects.create(plan=plan, level="sd", order=1, code="SD1", name="Wonen", **text)
    under = Goal.objects.create(
        plan=plan, parent=top, level="bd", order=1, code="BD1", name="=Dorpen", **text
    )
    bare = Goal.objects.create(plan=plan, order=0, name="Een doel zonder code")
    first = Action.objects.create(
        plan=plan, goal=under, number=1, code="AC1", name="Banken", kind="product", when="2027-21", phase="doing",
        done_percent=40, set_state="at_risk", set_state_reason="Geen aannemer.", set_state_on=dt.date(2026, 5, 4), team=team,
        geometry=GEOSGeometry("POLYGON ((4.7 51.4, 4.71 51.4, 4.71 51.41, 4.7 51.4))", srid=4326), place="Het plein",
        is_approximate=True, carries_out=other, **text,
    )  # fmt: skip
    first.areas.add(land["bergen"], land["midden"])
    ActionParty.objects.create(action=first, name="Dorpsraad", role="primary", does="Kiest | plant")
    ActionParty.objects.create(action=first, name="Watermaatschappij", role="collaborator")
    Amount.objects.create(action=first, year=2026, planned=Decimal("1234567.50"), spent=Decimal("-12.05"))
    Amount.objects.create(action=first, year=2026, kind="income", planned=0)
    Amount.objects.create(action=first, year=2027, planned=1000, spent=0)
    second = Action.objects.create(
        plan=plan, number=4, name="Linden", when="2026/..", leads_to=first, leads_how="merged"
    )
    Action.objects.create(plan=plan, goal=bare, number=5, code="A, 5", name="Lampen")
    Dependency.objects.create(action=first, needs=second)
    Dependency.objects.create(action=first, needs=other)
    return plan


def outcomes(found: Difference) -> list[str]:
    return [row.outcome for row in found.rows]


def reasons(found: Difference) -> str:
    return " ".join(reason for row in found.rows for reason in row.reasons)


def bring(plan: Plan, text: str) -> Difference:
    return import_plan(municipality=plan.municipality, plan=plan, table=table_of(text), by=OPERATOR)


# ---- out and in again


@pytest.mark.parametrize("extension", ["csv", "xlsx"])
def test_what_goes_out_comes_in_unchanged(whole: Plan, extension: str) -> None:
    before = content_of(whole)
    found = difference(whole, gone_out(whole, extension))
    assert [(row.label, row.reasons, row.changes) for row in found.rows if row.outcome != "same"] == []
    assert (len(found.rows), found.missing, found.unknown) == (6, [], ())
    version = whole.version
    import_plan(municipality=whole.municipality, plan=whole, table=gone_out(whole, extension), by=OPERATOR)
    assert content_of(Plan.objects.get(pk=whole.pk)) == before
    assert Plan.objects.get(pk=whole.pk).version == version
    assert all(len(changes_of(action)) == 1 for action in whole.actions.all())  # made, and not touched since


def bare_content(plan: Plan) -> dict[str, Any]:
    """What a plan says, without identifiers: what lies under what is said by name."""
    said = content_of(plan)
    names = {row["uuid"]: row["name"] for row in (*said["goals"], *said["actions"])}

    def bare(row: dict[str, Any]) -> dict[str, Any]:
        return {
            name: sorted(names.get(one, one) for one in value) if name == "needs" else names.get(str(value), value)
            for name, value in row.items()
            if name not in ("uuid", "order", "number", "leads_to")
        }  # fmt: skip

    return {
        "goals": sorted((bare(row) for row in said["goals"]), key=str),
        "actions": sorted((bare(row) for row in said["actions"]), key=str),
    }


@pytest.mark.parametrize("extension", ["csv", "xlsx"])
def test_what_goes_out_makes_the_same_plan(whole: Plan, extension: str) -> None:
    found = import_plan(
        municipality=whole.municipality,
        table=gone_out(whole, extension),
        values={**NEW, "kind": "village"},
        by=OPERATOR,
    )
    assert outcomes(found) == ["add"] * 6
    made = Plan.objects.get(pk=found.plan.pk)
    assert (made.stage, made.name) == ("draft", "Meerjarenplan 2026-2031")
    assert bare_content(made) == bare_content(whole)
    linden = made.actions.get(name="Linden")
    assert linden.leads_to == made.actions.get(name="Banken")
    assert [goal.name for goal in made.goals.filter(parent=None)] == ["Een doel zonder code", "Wonen"]
    assert list(made.actions.values_list("number", flat=True)) == [1, 2, 3]


def test_a_drawing_that_is_too_large_for_a_cell_stays(whole: Plan) -> None:
    line = "LINESTRING (" + ", ".join(f"4.{n:07} 51.{n:07}" for n in range(1_000)) + ")"
    Action.objects.filter(number=4).update(geometry=GEOSGeometry(line, srid=4326))
    assert shape_text(whole.actions.get(number=4).geometry) == TOO_LARGE
    found = difference(whole, gone_out(whole))
    assert outcomes(found) == ["same"] * 6
    assert [row.label for row in found.told] == ["Linden"]


def test_the_number_of_queries_is_fixed(whole: Plan) -> None:
    def queries() -> int:
        plan, table = Plan.objects.select_related("municipality").get(pk=whole.pk), gone_out(whole)
        with CaptureQueriesContext(connection) as asked:
            difference(plan, table)
        return len(asked)

    few = queries()
    goal = whole.goals.get(code="BD1")
    Action.objects.bulk_create(
        Action(plan=whole, goal=goal, number=100 + n, code=f"X{n}", name=f"Actie {n}") for n in range(100)
    )
    assert queries() == few <= 14


# ---- what others export


def test_a_table_of_planning_software(land: Land, cast: dict[str, User]) -> None:
    found = import_plan(
        municipality=land.municipality,
        table=table_of(EXPORT),
        values=NEW,
        by=cast["steward"],
        file_name="mjp.csv",
    )
    assert (outcomes(found), found.unknown) == (["add"] * 5, ("beleidsveld",))
    plan = found.plan
    levels = [
        (goal.level, goal.code, goal.parent and goal.parent.code)
        for goal in plan.goals.select_related("parent")
    ]
    assert levels == [
        ("sd", "SD000001", None),
        ("bd", "BD000011", "SD000001"),
        ("ap", "AP000021", "BD000011"),
    ]
    square, meeting = plan.actions.all()
    assert (square.goal and square.goal.code, square.code, square.number) == ("AP000021", "AC000301", 1)
    assert (square.name, square.text) == ("Het kerkplein van Bergen", "- banken\n- linden")
    assert (square.comment, square.external_code) == ("Samen met de dorpsraad", "VL-GROEN-1")
    assert (square.passed_by, square.is_priority) == (["municipality"], True)
    assert plan.goals.get(level="bd").passed_by == ["municipality", "ocmw"]
    amounts = {(one.kind, one.year): (one.planned, one.spent) for one in square.amounts.all()}
    assert amounts == {
        ("expenditure", 2026): (Decimal("1234567.50"), None), ("income", 2026): (Decimal(-12_000), None),
    }  # fmt: skip
    assert [(one.kind, one.planned) for one in meeting.amounts.all()] == [("expenditure", Decimal(15_000))]
    (change,) = changes_of(square)
    assert (change.why, change.who) == ("binnengebracht met een tabel", str(cast["steward"]))
    again = difference(plan, table_of(EXPORT))
    assert outcomes(again) == ["same"] * 5  # the same file twice changes nothing


def test_a_workbook_with_numbers_in_its_cells(land: Land) -> None:
    table = workbook_of(
        [
            ["Niveau", "Nummer", "Naam", "2026", "2027 gerealiseerd"],
            ["BD", "1", "Dorpen", None, None],
            ["AC", "1.1", "Banken", 1234.5, -3],
        ]
    )
    found = import_plan(municipality=land.municipality, table=table, values=NEW, by=OPERATOR)
    amounts = list(found.plan.actions.get().amounts.values_list("year", "planned", "spent"))
    assert amounts == [(2026, Decimal("1234.50"), None), (2027, Decimal(0), Decimal(-3))]


@pytest.mark.parametrize(
    ("name", "money"),
    [
        ("Raming uitgaven 2026", Money(2026, "expenditure")), ("2026", Money(2026, "expenditure")),
        ("ontvangsten 2027 gerealiseerd", Money(2027, "income", True)),
        ("Jaarrekening 2026 uitgaven", Money(2026, "expenditure", True)),
        ("Krediet 2028", Money(2028, "expenditure")), ("saldo 2026", None), ("uitgaven en ontvangsten 2026", None),
        ("uitgaven 2026-2031", None), ("uitgaven", None), ("versie 2026", None),
    ],
)  # fmt: skip
def test_names_of_columns_of_amounts(name: str, money: Money | None) -> None:
    assert money_in(name) == money


def test_what_lies_under_what(plan: Plan) -> None:
    bring(plan, f"{HEAD}\nAP;1.1;BD1;Actieplan\nBD;BD1;;Beleid\nAC;A1;1.1;Actie\n")
    assert plan.goals.get(code="1.1").parent == plan.goals.get(code="BD1")  # named before it is there
    dotted = "niveau;code;naam\nBD;1;Beleid\nAP;1.1;Plan\nAP;1.2;Plan 2\nAC;1.1.1;Actie\nAC;X;Andere\n"
    bring(other := make_plan_of(plan), dotted)
    assert other.actions.get(code="1.1.1").goal == other.goals.get(code="1.1")  # by its code
    assert other.actions.get(code="X").goal == other.goals.get(code="1.2")  # by its place
    bring(other, "niveau;code;naam\nAC;1.1.1;Anders\n")
    assert other.actions.get(code="1.1.1").goal == other.goals.get(code="1.1")  # stays where it is
    bring(other, f"{HEAD}\nAC;1.1.1;;Anders\n")
    assert other.actions.get(code="1.1.1").goal is None  # an empty cell empties


def make_plan_of(plan: Plan) -> Plan:
    return Plan.objects.create(
        municipality=plan.municipality, slug="ander", name="Ander", kind="theme", first_on=plan.first_on
    )


def test_a_code_means_something_else_in_the_next_plan(land: Land, multi_year: Plan) -> None:
    bring(multi_year, f"{HEAD}\nAC;MJP004084;;Fietspad\n")
    found = import_plan(
        municipality=land.municipality, table=table_of(f"{HEAD}\nAC;MJP004084;;Bibliotheek\n"), by=OPERATOR,
        values={**NEW, "name": "Meerjarenplan 2032-2037"},
    )  # fmt: skip
    assert outcomes(found) == ["add"]
    assert set(Action.objects.values_list("name", flat=True)) == {"Fietspad", "Bibliotheek"}


def test_a_row_for_each_body_is_one_action(plan: Plan) -> None:
    head = "niveau;code;naam;bestuur;uitgaven 2026"
    found = bring(plan, f"{head}\nAC;A1;Samen;gemeente;1.000\nAC;A1;Samen;OCMW;500\n")
    action = plan.actions.get()
    assert (action.passed_by, action.amounts.get().planned) == (["municipality", "ocmw"], Decimal(1500))
    assert len(found.told) == 1
    assert outcomes(would(plan, f"{head}\nAC;A1;Samen;gemeente;1.500\nAC;A1;Samen;gemeente;500\n")) == [
        "change",
        "refuse",
    ]


def test_a_team_of_elsewhere_does_not_keep_a_row_out(plan: Plan) -> None:
    found = bring(
        plan, "niveau;code;naam;dienst;gebieden\nAC;A1;Banken;Dienst Wonen;Bergen\nAC;A2;Linden;;Wijk 9\n"
    )
    assert outcomes(found) == ["add", "add"]
    assert ["Dienst Wonen" in found.told[0].notes[0], "Wijk 9" in found.told[1].notes[0]] == [True, True]
    assert [area.slug for area in plan.actions.get(code="A1").areas.all()] == ["bergen"]


# ---- what changes, and what does not


def test_the_difference_is_readable(whole: Plan) -> None:
    found = would(
        whole,
        "id;niveau;code;naam;uitgaven 2026 gepland;wanneer\n;AC;AC1;Zes banken;;zomer 2027\n;AC;AC9;Nieuw;1;\n",
    )
    assert outcomes(found) == ["change", "add"]
    assert found.changed[0].changes == [
        ("korteOmschrijving", "Banken", "Zes banken"), ("wanneer", "2027-21", "2027-22"),
        ("uitgaven 2026 gepland", "€\u00a01.234.567,50", ""),
    ]  # fmt: skip
    assert {thing.name for thing in found.missing} == {
        "Wonen",
        "=Dorpen",
        "Een doel zonder code",
        "Linden",
        "Lampen",
    }


def test_what_is_no_longer_in_the_table_stays(whole: Plan) -> None:
    bring(whole, "niveau;code;naam\nSD;SD1;Wonen en leven\n")
    assert (whole.goals.count(), whole.actions.count()) == (3, 3)
    assert whole.goals.get(code="SD1").name == "Wonen en leven"


def test_an_empty_cell_empties_and_a_missing_column_does_not(whole: Plan) -> None:
    bring(whole, "niveau;code;naam;team;gebieden;organisaties;uitgaven 2026 gepland\nAC;AC1;Banken;;;;\n")
    action = whole.actions.get(code="AC1")
    assert (action.team, list(action.areas.all()), list(action.parties.all())) == (None, [], [])
    amounts = {(one.kind, one.year): (one.planned, one.spent) for one in action.amounts.all()}
    assert amounts[("expenditure", 2026)] == (
        Decimal(0),
        Decimal("-12.05"),
    )  # what was spent is another column
    assert (action.phase, action.needs.count(), len(amounts)) == ("doing", 2, 3)


def test_a_state_by_hand(whole: Plan) -> None:
    head = "niveau;code;naam;stand;reden van de stand"
    assert "reden van de stand" in reasons(would(whole, f"{head}\nAC;AC1;Banken;stopgezet;\n"))
    bring(whole, f"{head}\nAC;AC1;Banken;;\n;;;;\n")
    action = whole.actions.get(code="AC1")
    assert (action.set_state, action.set_state_on) == ("", None)
    was = head.replace("stand", "toestand")  # as these columns were called before
    bring(whole, f"{was}\nAC;AC1;Banken;op koers;Het loopt.\n")
    assert whole.actions.get(code="AC1").set_state_on is not None


# ---- what is wrong


@pytest.mark.parametrize(
    ("row", "word"),
    [
        (";A1;;Banken;;;", "SD, BD, AP, AC"),
        ("XX;A1;;Banken;;;", "XX"),
        ("AC;A1;BD9;Banken;;;", "BD9"),
        ("AC;A1;;Banken;tien;;", "1.234,50"),
        ("AC;A1;;Banken;;2040;", "2040"),
        ("AC;A1;;Banken;;ooit;", "2027"),
        ("AC;A1;;;;;", "korteomschrijving"),
        ("AC;A1;;Banken;;;zuid-deelgemeente", "Zuid"),
        ("AC;" + "A" * 31 + ";;Banken;;;", "30"),
    ],
)
def test_what_is_wrong_is_said_with_what_would_do(plan: Plan, row: str, word: str) -> None:
    found = would(plan, f"{HEAD};uitgaven 2026;wanneer;gebieden\n{row}\nAC;A2;;Goed;;;\n")
    assert outcomes(found) == ["refuse", "add"]
    assert (found.rows[0].number, word in reasons(found)) == (2, True), reasons(found)


@pytest.mark.parametrize(
    ("column", "cell", "word"),
    [
        ("geometrie", "POINT (4.72 51.45 3)", "POINT (4.76"),
        ("geometrie", "POINT (nan 51.45)", "POINT (4.76"),
        ("gewicht", "0" * 9 + "9" * 5000, "1000"),
        ("organisaties", "x" * 121, "120"),
        ("organisaties", "Dorpsraad | werkt mee | " + "x" * 201, "200"),
        ("organisaties", "| verantwoordelijk", "organisaties"),
        ("uitgaven 2026", "1.000.000.000.000", "1.000.000"),
    ],
)
def test_what_no_column_holds_is_refused(plan: Plan, column: str, cell: str, word: str) -> None:
    found = bring(plan, f"niveau;code;naam;{column}\nAC;A1;Banken;{cell}\nAC;A2;Goed;\n")
    assert outcomes(found) == ["refuse", "add"]
    assert word in reasons(found)


def test_two_bodies_together_are_too_much(plan: Plan) -> None:
    head, most = "niveau;code;naam;bestuur;uitgaven 2026", "999999999999"
    found = bring(plan, f"{head}\nAC;A1;Banken;gemeente;{most}\nAC;A1;Banken;OCMW;{most}\n")
    assert outcomes(found) == ["refuse"]
    assert "1.999.999.999.998" in reasons(found)


def test_a_goal_under_too_many(plan: Plan) -> None:
    rows = "".join(f"doel;D{number};{f'D{number - 1}' if number else ''};Doel\n" for number in range(10))
    found = bring(plan, f"{HEAD}\n{rows}AC;A1;D9;Banken\n")
    assert outcomes(found) == ["add"] * 8 + ["refuse"] * 3


def test_a_team_that_is_dissolved(plan: Plan, land: Land) -> None:
    make_team(land, "Oude dienst", dissolved_on=dt.date(2025, 1, 1))
    assert "Oude dienst" in reasons(would(plan, "niveau;code;naam;team\nAC;A1;Banken;oude-dienst\n"))


def test_a_drawing_outside_the_plan(plan: Plan) -> None:
    head = "niveau;code;naam;geometrie"
    assert outcomes(would(plan, f"{head}\nAC;A1;Banken;POINT (4.72 51.45)\n")) == ["add"]
    assert outcomes(would(plan, f"{head}\nAC;A1;Banken;POINT (4.72 51.40)\n")) == ["refuse"]
    assert outcomes(would(plan, f"{head}\nAC;A1;Banken;POINT (400 51)\nAC;A2;x;daar\n")) == ["refuse"] * 2


def test_a_goal_under_itself(plan: Plan) -> None:
    bring(plan, f"{HEAD}\nBD;BD1;;Boven\nAP;AP1;BD1;Onder\n")
    found = would(plan, f"{HEAD}\nBD;BD1;AP1;Boven\n")
    assert outcomes(found) == ["refuse"]
    assert outcomes(would(plan, f"{HEAD}\nBD;B2;B3;Boven\nBD;B3;B2;Onder\nAC;A;B3;Actie\n")) == ["refuse"] * 3
    assert outcomes(would(plan, f"{HEAD}\nBD;BD1;BD1;Boven\n")) == ["refuse"]


def test_what_lies_under_a_row_that_is_left_out(plan: Plan) -> None:
    found = would(plan, f"{HEAD};prioritair\nBD;BD1;;Boven;misschien\nAC;A1;BD1;Onder;\nAC;A2;;Los;\n")
    assert outcomes(found) == ["refuse", "refuse", "add"]
    assert "2" in found.rows[1].reasons[0]


def test_the_same_code_twice(whole: Plan) -> None:
    assert outcomes(would(whole, f"{HEAD}\nAC;A1;;Banken\nAC;A1;;Linden\n")) == ["add", "refuse"]
    uuid = whole.actions.get(code="AC1").uuid
    found = would(whole, f"id;niveau;code;naam\n{uuid};AC;AC1;Banken\n{uuid};AC;AC2;Linden\n")
    assert outcomes(found) == ["same", "refuse"]
    other = whole.actions.get(number=4).uuid
    assert outcomes(would(whole, f"id;niveau;code;naam\n{other};AC;AC1;Linden\n")) == ["refuse"]


def test_a_name_that_a_row_waits_for(plan: Plan) -> None:
    head = "niveau;code;naam;wacht op;leidt naar;hoe het verder gaat"
    bring(plan, f"{head}\nAC;A1;Banken;A2;;\nAC;A2;Linden;;A1;opgegaan in\n")
    assert plan.actions.get(code="A1").needs.get().code == "A2"
    assert plan.actions.get(code="A2").leads_to == plan.actions.get(code="A1")
    found = would(plan, f"{head}\nAC;A1;Banken;A1;;\nAC;A2;Linden;niets/9;;\nAC;A3;x;;A1;\n")
    assert outcomes(found) == ["refuse"] * 3


def test_what_waits_for_itself_by_way_of_others(plan: Plan) -> None:
    head = "niveau;code;naam;wacht op"
    bring(plan, f"{head}\nAC;A1;Banken;A2\nAC;A2;Linden;A3\nAC;A3;Gras;\n")
    assert outcomes(would(plan, f"{head}\nAC;A3;Gras;A1\n")) == ["refuse"]
    assert outcomes(would(plan, f"{head}\nAC;A3;Gras;A1\nAC;A1;Banken;\n")) == ["change", "change"]
    leads = "niveau;code;naam;leidt naar;hoe het verder gaat"
    found = would(plan, f"{leads}\nAC;A1;x;A2;opgegaan in\nAC;A2;y;A1;opgegaan in\n")
    assert outcomes(found) == ["refuse", "refuse"]


def test_only_a_multi_year_plan_is_carried_out(whole: Plan, land: Land) -> None:
    Action.objects.create(plan=make_plan(land, "Thema", None), number=1, name="Zitten")
    head = "niveau;code;naam;voert uit"
    assert outcomes(would(whole, f"{head}\nAC;A9;x;thema/1\n")) == ["refuse"]
    assert outcomes(would(whole, f"{head}\nAC;A9;x;AC1\n")) == ["refuse"]
    assert outcomes(would(whole, f"{head}\nAC;A9;x;meerjarenplan/7\n")) == ["add"]


@pytest.mark.parametrize(
    "text",
    ["a;b\n1;2\n", "niveau;toelichting\nBD;x\n", "naam;bedrag\nx;1\n", "code;naam;naam\nBD1;x;y\n", "code;naam\n",
     "code;naam;uitgaven 2026;raming 2026\nBD1;x;1;2\n", "code;korte omschrijving;korteOmschrijving\nBD1;x;y\n"],
)  # fmt: skip
def test_what_is_no_table_of_a_plan(text: str) -> None:
    with pytest.raises(TableError):
        table_of(text)


# ---- who, and when something changed in between


def test_who_may_not_brings_nothing_in(land: Land, cast: dict[str, User], public_plan: Plan) -> None:
    table = table_of(f"{HEAD}\nAC;A1;;Banken\n")
    for part in ("resident", "worker_here", "alderman", "moderator"):
        with pytest.raises(PermissionDenied):
            import_plan(municipality=land.municipality, table=table, values=NEW, by=cast[part])
        with pytest.raises(PermissionDenied):
            import_plan(municipality=land.municipality, plan=public_plan, table=table, by=cast[part])
    assert Action.objects.count() == 0


def test_what_changed_since_it_was_shown(plan: Plan) -> None:
    text = f"{HEAD}\nAC;A1;;Banken\n"
    shown = would(plan, text)
    Action.objects.create(plan=plan, number=1, code="A1", name="Stoelen")
    with pytest.raises(ChangedSince):
        import_plan(
            municipality=plan.municipality, plan=plan, table=table_of(text), by=OPERATOR, digest=shown.digest
        )
    assert Action.objects.get().name == "Stoelen"


def test_a_plan_has_so_many_actions(whole: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Plan, "MOST_ACTIONS", whole.actions.count() + 1)
    head = "niveau;code;naam;wacht op"
    found = would(whole, f"{head}\nAC;AC1;Banken;\nAC;N1;Een;\nAC;N2;Twee;\nAC;N3;Drie;N2\n")
    assert outcomes(found) == ["change", "add", "refuse", "refuse"]
    assert "hoogstens 4 acties" in found.refused[0].reasons[0]


def test_who_waits_for_whom_may_be_turned_round(whole: Plan) -> None:
    head = "niveau;code;naam;wacht op"
    bring(whole, f"{head}\nAC;N1;Een;N2\nAC;N2;Twee;\n")
    bring(whole, f"{head}\nAC;N1;Een;\nAC;N2;Twee;N1\n")
    waits = {
        one.code: [other.code for other in one.needs.all()]
        for one in whole.actions.filter(code__startswith="N")
    }
    assert waits == {"N1": [], "N2": ["N1"]}
