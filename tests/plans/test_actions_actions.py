"""The verbs for actions."""

from decimal import Decimal
from typing import Any

import pytest
from django.contrib.gis.geos import LineString, Point, Polygon
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import override

from accounts.models import User
from core.dates import When
from core.verbs import Conflict, Refused
from plans.actions import (
    Around,
    Money,
    Party,
    add_action,
    change_action,
    lead_on_action,
    remove_action,
)
from plans.models import Action, Dependency, Goal, News, Plan
from tests.conftest import OPERATOR, Land, make_municipality
from tests.plans.conftest import at_once, make_plan, make_team, refused_at, works_on_one_plan


def new(plan: Plan, by: User, around: Around | None = None, *, anyway: bool = False, **values: Any) -> Action:
    return add_action(plan=plan, by=by, values={"name": "Banken", **values}, around=around, anyway=anyway)


def test_an_action_with_all_around_it(land: Land, cast: dict[str, User], plan: Plan, goal: Goal) -> None:
    first = new(plan, cast["worker_here"])
    made = new(
        plan, cast["worker_here"], Around(
            areas=[land["bergen"]], parties=[Party("Dorpsraad", "primary", "Kiest de plek")],
            amounts=[Money(2026, Decimal("1234.50"), Decimal(12)), Money(2026, Decimal(5), kind="income")],
            needs=[first],
        ),
        goal=goal, when=When("2027-21"), team=make_team(land), geometry=Point(4.72, 51.45, srid=4326),
    )  # fmt: skip
    assert (first.number, made.number) == (1, 2)
    assert [(one.name, one.role, one.does) for one in made.parties.all()] == [
        ("Dorpsraad", "primary", "Kiest de plek")
    ]
    assert [(one.year, one.planned, one.spent, one.kind) for one in made.amounts.all()] == [
        (2026, Decimal("1234.50"), Decimal(12), "expenditure"),
        (2026, Decimal(5), None, "income"),
    ]
    assert list(made.needs.all()) == [first]


def test_a_number_is_given_once(cast: dict[str, User], plan: Plan) -> None:
    first, second = (new(plan, cast["worker_here"]) for _number in range(2))
    remove_action(action=second, by=cast["worker_here"], version=second.version)
    assert [first.number, new(plan, cast["worker_here"]).number] == [1, 3]


@pytest.mark.django_db(transaction=True)
def test_two_who_add_at_once(cast: dict[str, User], plan: Plan) -> None:
    made = at_once(*[lambda: new(plan, cast["worker_here"]).number] * 2)
    assert sorted(made, key=str) == [1, 2]


def test_who_changes_actions(cast: dict[str, User], action: Action) -> None:
    for part in ("resident", "worker_elsewhere", "alderman"):
        with pytest.raises(PermissionDenied):
            change_action(action=action, by=cast[part], version=None, values={"name": "Anders"})
    seen = action.version
    change_action(
        action=action, by=cast["worker_here"], version=seen, values={}, around=Around(amounts=[Money(2026)])
    )
    with pytest.raises(Conflict):
        change_action(action=action, by=cast["steward"], version=seen, values={"name": "Nog anders"})


def test_what_an_action_may_not_be(land: Land, cast: dict[str, User], plan: Plan, action: Action) -> None:
    elsewhere = make_plan(land, "Ander plan")
    gone = make_team(land, dissolved_on=timezone.localdate())
    municipality = make_municipality(slug="elders", code="11111")
    bow = Polygon(((4.71, 51.44), (4.73, 51.46), (4.73, 51.44), (4.71, 51.46), (4.71, 51.44)), srid=4326)
    wrong: tuple[tuple[str, dict[str, Any], str], ...] = (
        ("name", {"name": ""}, ""),
        ("code", {"code": "A1"}, "code"),
        ("weight", {"weight": 1001}, ""),
        ("goal", {"goal": Goal.objects.create(plan=elsewhere, name="Elders")}, "another plan"),
        ("team", {"team": gone}, "was dissolved on"),
        ("team", {"team": gone.__class__.objects.create(municipality=municipality, slug="x", name="X")}, ""),
        ("when", {"when": When("2025")}, "from 1 January 2026 to 31 December 2031"),
        ("when", {"when": When("2032")}, "Outside the period"),
        ("geometry", {"geometry": bow}, "cannot be a place"),
    )
    for field, values, words in wrong:
        with override("en"), refused_at(field, words):
            new(plan, cast["worker_here"], **values)
    Plan.objects.filter(pk=plan.pk).update(last_on=None)
    with override("en"), refused_at("when", "begins on 1 January 2026"):
        new(plan, cast["worker_here"], when=When("2025"))


def test_what_did_not_change_is_left_alone(land: Land, cast: dict[str, User], action: Action) -> None:
    Action.objects.update(when=When("2020"), team=make_team(land, dissolved_on=timezone.localdate()))
    action.refresh_from_db()
    values: dict[str, Any] = {"name": "Zes banken", "when": action.when, "team": action.team}
    assert change_action(action=action, by=cast["steward"], version=None, values=values).name == "Zes banken"


def test_only_areas_within_those_of_the_plan(land: Land, cast: dict[str, User]) -> None:
    plan = make_plan(land, "Noordplan", "zuid-deelgemeente")
    by = cast["steward"]
    for slug in ("zuid-deelgemeente", "dalen", "midden"):
        new(plan, by, Around(areas=[land[slug]]))
    with (
        override("en"),
        refused_at("areas", "Outside the areas of the plan: Bergen. Choose from, or within: Zuid."),
    ):
        new(plan, by, Around(areas=[land["bergen"]]))
    whole = make_plan(land, "Voor overal", None)
    assert list(new(whole, by, Around(areas=[land["bergen"]])).areas.all()) == [land["bergen"]]


@pytest.mark.parametrize(
    ("shape", "is_outside"),
    [
        (Point(4.72, 51.45, srid=4326), False),
        (Point(4.6999, 51.45, srid=4326), False),  # 7 m over the border
        (Point(4.69, 51.45, srid=4326), True),
        (LineString((4.72, 51.45), (4.78, 51.45), srid=4326), True),
        (Polygon.from_bbox((4.71, 51.44, 4.72, 51.45)), False),
    ],
)
def test_a_drawing_outside_is_asked_about(
    cast: dict[str, User], plan: Plan, shape: Any, is_outside: bool
) -> None:
    shape.srid = 4326
    if is_outside:
        with override("en"), refused_at("geometry", "Draw it within Bergen"):
            new(plan, cast["worker_here"], geometry=shape)
    made = new(plan, cast["worker_here"], geometry=shape, anyway=is_outside)
    moved = change_action(
        action=made, by=cast["worker_here"], version=None, values={"name": "X", "geometry": shape}
    )
    assert moved.name == "X", "asked once"


def test_a_plan_of_the_whole_reaches_everywhere(land: Land, cast: dict[str, User], multi_year: Plan) -> None:
    new(multi_year, cast["steward"], geometry=Point(4.72, 51.41, srid=4326))
    with refused_at("geometry", "Proefdorp"):
        new(multi_year, cast["steward"], geometry=Point(4.9, 51.41, srid=4326))


def test_what_carries_out_what(land: Land, cast: dict[str, User], plan: Plan, multi_year: Plan) -> None:
    by = cast["worker_here"]
    big = Action.objects.create(plan=multi_year, number=1, code="AC1", name="Dorpskernen")
    assert new(plan, by, carries_out=big).carries_out == big
    draft = make_plan(land, "Volgend meerjarenplan", None, kind="multi_year")
    hidden = make_municipality(slug="elders", code="11111")
    theirs = Plan.objects.create(
        municipality=hidden, slug="x", name="X", kind="multi_year", first_on=plan.first_on, stage="adopted"
    )
    with override("en"):
        with refused_at("carries_out", "Choose an action of a multi-year plan; this one is of “Ander plan”"):
            other = make_plan(land, "Ander plan", stage="adopted")
            new(plan, by, carries_out=Action.objects.create(plan=other, number=1, name="Klein"))
        with refused_at("carries_out", "carries out no other one"):
            new(draft, cast["steward"], carries_out=big)
        with refused_at("carries_out", "not there"):
            new(plan, by, carries_out=Action.objects.create(plan=theirs, number=1, name="Elders"))


def test_amounts_and_organisations_in_whole(cast: dict[str, User], action: Action) -> None:
    by = cast["worker_here"]

    def around(**more: Any) -> Action:
        return change_action(action=action, by=by, version=None, values={}, around=Around(**more))

    around(
        amounts=[Money(2026, Decimal(5)), Money(2027, Decimal(6))],
        parties=[Party("Dorpsraad"), Party("De Kei")],
    )
    kept = action.amounts.get(year=2027).pk
    seen = around(amounts=[Money(2027, Decimal(6))], parties=[Party("De Kei", "primary")]).version
    assert [one.pk for one in action.amounts.all()] == [kept]
    assert [(one.name, one.role) for one in action.parties.all()] == [("De Kei", "primary")]
    assert around(amounts=[Money(2027, Decimal(6))]).version == seen, "nothing changed"
    for field, rows in (
        ("amounts", [Money(1815)]),
        ("amounts", [Money(2026), Money(2026)]),
        ("amounts", [Money(2026, Decimal("1e13"))]),
        ("parties", [Party("")]),
        ("parties", [Party("A"), Party("A")]),
        ("parties", [Party("A", "king")]),
    ):
        with refused_at(field):
            around(**{field: rows})
    assert action.amounts.count() == 1


def test_nothing_waits_for_itself(land: Land, cast: dict[str, User], plan: Plan) -> None:
    by = cast["steward"]
    one, two, three = (new(plan, by) for _number in range(3))

    def wait(action: Action, *others: Action) -> Action:
        return change_action(action=action, by=by, version=None, values={}, around=Around(needs=others))

    wait(two, one)
    wait(three, two)
    for first, other in ((one, three), (one, two), (one, one)):
        with override("en"), refused_at("needs", "in a circle"):
            wait(first, other)
    elsewhere = make_municipality(slug="elders", code="11111")
    theirs = Plan.objects.create(
        municipality=elsewhere, slug="x", name="X", kind="theme", first_on=plan.first_on
    )
    with refused_at("needs"):
        wait(one, Action.objects.create(plan=theirs, number=1, name="Elders"))
    wait(three)
    assert wait(one, three).needs.get() == three


def test_what_a_person_may_not_read_is_neither_named_nor_dropped(
    land: Land, cast: dict[str, User], plan: Plan
) -> None:
    by = works_on_one_plan(plan, cast["resident"])
    secret = make_plan(land, "Verborgen").actions.create(number=1, name="Stil")
    action, other = new(plan, by), new(plan, by)
    assert secret not in Action.objects.visible_to(by)
    with refused_at("needs"):
        change_action(action=action, by=by, version=None, values={}, around=Around(needs=[secret]))
    Dependency.objects.create(action=action, needs=secret)
    change_action(action=action, by=by, version=None, values={}, around=Around(needs=[other]))
    assert set(action.needs.all()) == {secret, other}
    change_action(action=action, by=OPERATOR, version=None, values={}, around=Around(needs=[]))
    assert not action.needs.exists()


def test_a_plan_has_so_many_actions(
    cast: dict[str, User], plan: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Plan, "MOST_ACTIONS", 2)
    for _number in range(2):
        new(plan, cast["worker_here"])
    with override("nl"), pytest.raises(Refused, match="hoogstens 2 acties") as refused:
        new(plan, cast["worker_here"])
    assert refused.value.code == "full"
    assert plan.actions.count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_who_close_a_circle_at_once(land: Land, cast: dict[str, User], plan: Plan) -> None:
    by = cast["steward"]
    one, two = new(plan, by), new(make_plan(land, "Ander plan"), by)
    made = at_once(
        lambda: change_action(action=one, by=by, version=None, values={}, around=Around(needs=[two])),
        lambda: change_action(action=two, by=by, version=None, values={}, around=Around(needs=[one])),
    )
    assert sum(isinstance(found, Exception) for found in made) == 1
    assert Dependency.objects.count() == 1


def test_what_is_removed_and_what_is_not(cast: dict[str, User], plan: Plan, action: Action) -> None:
    by = cast["steward"]
    other = new(plan, by, Around(needs=[action], amounts=[Money(2026)]))
    with pytest.raises(Refused):
        remove_action(action=action, by=by, version=None)
    remove_action(action=other, by=by, version=other.version)
    News.objects.create(action=action, kind="news", title="Begonnen", text="Vandaag.")
    with pytest.raises(Refused):
        remove_action(action=action, by=by, version=None)
    News.objects.all().delete()
    Plan.objects.update(stage="proposed")
    with override("en"), pytest.raises(Refused, match="Stop it with a reason"):
        remove_action(action=action, by=by, version=None)
    Plan.objects.update(stage="withdrawn")
    remove_action(action=action, by=by, version=None)
    assert not Action.objects.exists()


def test_leading_on(land: Land, cast: dict[str, User], action: Action) -> None:
    by = cast["steward"]
    other = new(make_plan(land, "Volgend plan"), by)
    led = lead_on_action(action=action, to=other, how="superseded", by=by, version=action.version)
    assert led.leads_to == other
    assert action not in Action.objects.present()
    for start, to in ((other, action), (other, other)):
        with refused_at("leads_to"):
            lead_on_action(action=start, to=to, how="merged", by=by, version=None)
    assert lead_on_action(action=action, to=None, by=by, version=None).leads_how == ""
