"""Boundaries come into force without losing what hangs on an area."""

import threading

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext
from pytest_django.fixtures import DjangoAssertNumQueries

from accounts.models import User
from areas.actions import (
    About,
    RetirementsUnconfirmed,
    change_area,
    choose_recodings,
    discard_edition,
    draft_edition,
    import_areas,
    read_edition,
    replace_draft,
)
from areas.importers.changes import State
from areas.importers.faults import ImportRefused
from areas.models import Area, AreaEdition, AreaKind, AreaName, AreaPart, AreaShape, AreaSuccession
from core.intake import ChangedSince, Gone
from core.models import Intake
from core.verbs import Actor, Conflict
from tests.areas.files import (
    DAY,
    activate,
    bring,
    check_draft,
    collection,
    feature,
    preset,
    shown,
    square,
    uploaded,
)
from tests.conftest import OPERATOR, Land

A = feature("A", "Aa", square(0, 0))
B = feature("B", "Bee", square(1, 0))


def draft(kind: AreaKind, data: bytes, user: Actor = OPERATOR) -> AreaEdition:
    return draft_edition(
        kind=kind, upload=uploaded(data), preset=preset(), by=user,
        about=About(reference_date=DAY, source="proef"),
    )  # fmt: skip


def keys() -> dict[str, tuple[int, str]]:
    return {area.name: (area.pk, area.slug) for area in Area.objects.all()}


def test_the_same_again_changes_nothing(wijk: AreaKind) -> None:
    first = bring(wijk, collection(A, B))
    before = keys()
    again = bring(wijk, collection(B, A))  # another file, the same contents
    assert again == first
    assert keys() == before
    assert AreaEdition.objects.count() == 1


def test_a_name_given_by_hand_survives_the_same_file(wijk: AreaKind) -> None:
    bring(wijk, collection(A, B))
    change_area(area=Area.objects.get(name="Aa"), by=OPERATOR, name="Ahof")
    bring(wijk, collection(A, B))
    assert set(keys()) == {"Ahof", "Bee"}


def test_rename_move_new_and_gone(wijk: AreaKind) -> None:
    bring(wijk, collection(A, B, feature("C", "Cee", square(2, 0))))
    before = keys()
    data = collection(
        feature("A", "Ahof", square(0, 0)),
        feature("B", "Bee", square(1, 0, 1.5)),
        feature("D", "Dee", square(0, 1)),
    )
    difference = read_edition(kind=wijk, data=data, preset=preset()).difference
    assert [change.code for change in difference.renamed] == ["A"]
    assert [(change.code, round(change.iou or 0, 2)) for change in difference.moved] == [("B", 0.67)]
    assert [change.code for change in difference.new] == ["D"]
    assert [change.code for change in difference.gone] == ["C"]
    bring(wijk, data)
    after = keys()
    assert after["Ahof"] == before["Aa"]  # the same key and the same address
    assert after["Bee"] == before["Bee"]
    assert AreaName.objects.get().name == "Aa"
    assert Area.objects.get(name="Cee").retired_by == AreaEdition.objects.in_force().get()
    assert not AreaShape.objects.in_force().filter(area__name="Cee").exists()


def test_a_gone_area_points_to_what_lies_there_now(wijk: AreaKind) -> None:
    bring(wijk, collection(A, B, feature("C", "Cee", square(2, 0, 2))))
    bring(wijk, collection(A, feature("B", "Bee", square(1, 0, 2)), feature("D", "Dee", square(3, 0))))
    found = AreaSuccession.objects.order_by("successor__name").values_list(
        "successor__name", "relation", "weight"
    )
    assert [(name, relation, round(weight, 2)) for name, relation, weight in found] == [
        ("Bee", "regrouped", 0.5),  # Bee and Cee became Bee and Dee
        ("Dee", "regrouped", 0.5),
    ]


def test_a_retired_area_comes_back_as_itself(wijk: AreaKind) -> None:
    bring(wijk, collection(A, B))
    before = keys()
    bring(wijk, collection(A))
    assert AreaSuccession.objects.get().relation == "gone"
    difference = read_edition(kind=wijk, data=collection(A, B), preset=preset()).difference
    assert [change.state for change in difference.changes] == [State.SAME, State.BACK]
    bring(wijk, collection(A, B))
    assert keys() == before
    assert not Area.objects.filter(retired_by__isnull=False).exists()


def test_without_the_faulty_ones_nothing_retires(wijk: AreaKind) -> None:
    bring(wijk, collection(A, B, feature("C", "Cee", square(2, 0))))
    broken = collection(feature("A", "Ahof", square(0, 0)), feature("B", "Bee", [1, 2], "Point"))
    with pytest.raises(ImportRefused):
        bring(wijk, broken)
    edition = bring(wijk, broken, without_faulty=True)
    assert not edition.is_complete
    assert len(edition.notes) == 1
    assert {shape.area.name for shape in edition.shapes.select_related("area")} == {"Ahof", "Bee", "Cee"}
    assert not Area.objects.filter(retired_by__isnull=False).exists()


def test_a_fault_of_the_file_cannot_be_left_out(wijk: AreaKind) -> None:
    with pytest.raises(ImportRefused):
        bring(wijk, b"{}", without_faulty=True)
    with pytest.raises(ImportRefused):
        bring(wijk, collection(feature("", "Aa", square(0, 0))), without_faulty=True)


def test_slugs(wijk: AreaKind, deelgemeente: AreaKind) -> None:
    bring(
        wijk,
        collection(
            A,
            feature("B", "Aa", square(1, 0)),
            feature("C", "Grenzen", square(2, 0)),
            feature("D", "名", square(3, 0)),
        ),
    )
    bring(deelgemeente, collection(feature("1", "Aa", square(0, 0, 4))))
    assert sorted(Area.objects.values_list("slug", flat=True)) == [
        "aa", "aa-2", "aa-deelgemeente", "d-wijk", "grenzen-wijk",
    ]  # fmt: skip


def test_parts_follow_the_boundaries_of_both_kinds(wijk: AreaKind, deelgemeente: AreaKind) -> None:
    bring(deelgemeente, collection(feature("1", "Links", square(0, 0)), feature("2", "Rechts", square(1, 0))))
    bring(
        wijk, collection(feature("A", "Aa", square(0, 0, 1.25)), feature("B", "Bee", square(1.25, 0, 0.75)))
    )

    def shares() -> dict[tuple[str, str], tuple[float, bool]]:
        parts = AreaPart.objects.select_related("child", "parent")
        return {(part.child.name, part.parent.name): (round(part.share, 2), part.is_main) for part in parts}

    assert shares() == {
        ("Aa", "Links"): (0.8, True),
        ("Aa", "Rechts"): (0.2, False),
        ("Bee", "Rechts"): (1, True),
    }
    bring(deelgemeente, collection(feature("1", "Links", square(0, 0, 2))))
    assert shares() == {("Aa", "Links"): (1, True), ("Bee", "Links"): (1, True)}


def test_drawing_of_an_edition(wijk: AreaKind) -> None:
    edition = bring(wijk, collection(A, B))
    shape = edition.shapes.get(area__name="Aa")
    x, y, width, height = map(int, shape.box.split())
    assert y < 0 < x  # metres of the national grid, y downwards
    assert width * height == pytest.approx(shape.area_m2, rel=0.1)
    assert shape.path.startswith("M")
    assert shape.path.endswith("z")
    assert shape.geom.contains(shape.label_point)
    assert edition.area_m2 == pytest.approx(sum(s.area_m2 for s in edition.shapes.all()))
    assert {line["axis"] for line in edition.graticule} == {"x", "y"}


def test_who_may(land: Land, cast: dict[str, User]) -> None:
    kind = land.kinds["wijk"]
    for part in ("resident", "worker_here", "alderman"):
        with pytest.raises(PermissionDenied):
            draft(kind, collection(A), cast[part])
        with pytest.raises(PermissionDenied):
            import_areas(
                municipality=land.municipality, kind=kind, data=collection(A), preset=preset(), by=cast[part],
                reference_date=DAY, source="proef",
            )  # fmt: skip
        with pytest.raises(PermissionDenied):
            change_area(area=land["bergen"], by=cast[part], name="Dal")
    change_area(area=land["bergen"], by=cast["steward"], name="Berg", aliases=["Bergje"])
    assert set(land["bergen"].aliases.values_list("name", flat=True)) == {"Bergen", "Bergje"}


def test_a_draft_comes_into_force_or_goes(land: Land, cast: dict[str, User]) -> None:
    kind, steward = land.kinds["wijk"], cast["steward"]
    data = collection(feature("99999W01", "Bergen", square(0, 0)))
    unwanted = draft(kind, data, steward)
    discard_edition(edition=unwanted, by=steward)
    wanted = draft(kind, data, steward)
    with pytest.raises(ChangedSince):
        activate(wanted, steward, digest="x")
    retiring = {"99999W02", "99999W03"}
    for named in ((), {"99999W02"}, {*retiring, "99999W01"}):
        with pytest.raises(RetirementsUnconfirmed):
            activate(wanted, steward, retirements=sorted(named))
    active = activate(wanted, steward, retirements=sorted(retiring))
    assert active.status == "active"
    assert not Intake.objects.exists()
    assert set(Area.objects.of_kind("wijk").active()) == {land["bergen"]}
    with pytest.raises(Gone):  # a second click
        activate(wanted, steward)


def test_what_was_answered_after_it_was_shown_is_a_conflict(wijk: AreaKind) -> None:
    """Another window says that another code is another area: what retires is no longer what this one showed."""
    bring(wijk, collection(A, B))
    moved = draft(wijk, collection(feature("Z", "Aa", square(0, 0)), B))
    was = shown(moved)
    choose_recodings(edition=moved, recodings=[], by=OPERATOR)
    with pytest.raises(ChangedSince):
        activate(moved, OPERATOR, digest=was)
    assert set(Area.objects.active().values_list("codes__code", flat=True)) == {"A", "B"}
    activate(moved, OPERATOR, retirements=["A"])
    assert set(Area.objects.active().values_list("codes__code", flat=True)) == {"Z", "B"}


def test_boundaries_that_came_into_force_after_it_was_shown_are_a_conflict(wijk: AreaKind) -> None:
    waiting = draft(wijk, collection(A, B))
    was = shown(waiting)
    bring(wijk, collection(A))
    with pytest.raises(ChangedSince):
        activate(waiting, OPERATOR, digest=was)


def test_another_file_is_another_draft(wijk: AreaKind) -> None:
    waiting = draft(wijk, b'{"type": "FeatureCollection", "features": []}')
    assert check_draft(waiting).refused
    choose_recodings(edition=waiting, recodings=[("X", "A")], by=OPERATOR)
    kept = replace_draft(edition=waiting, upload=uploaded(collection(A, B)), by=OPERATOR)
    assert kept.answers == {"recodings": [["X", "A"]]}
    waiting.refresh_from_db()
    assert waiting.sha256 == kept.file.sha256
    assert activate(waiting, OPERATOR).shapes.count() == 2


def test_a_source_is_needed(wijk: AreaKind) -> None:
    with pytest.raises(ValidationError):
        bring(wijk, collection(A), source="")
    assert not AreaEdition.objects.exists()


def test_history_says_why(wijk: AreaKind) -> None:
    bring(wijk, collection(A))
    with connection.cursor() as cursor:
        cursor.execute("SELECT metadata->>'why' FROM pghistory_context")
        assert cursor.fetchall() == [("areas.boundaries_imported",)]


def test_a_thousand_areas_take_few_queries(
    wijk: AreaKind, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    many = [
        feature(f"C{n}", f"Buurt {n}", square(n % 32 / 8, n // 32 / 8, 1 / 8, 1 / 8)) for n in range(1000)
    ]
    with django_assert_max_num_queries(70):
        edition = bring(wijk, collection(*many))
    assert edition.shapes.count() == 1000


@pytest.mark.django_db(transaction=True)
def test_two_at_once(wijk: AreaKind) -> None:
    """One of two activations of the same draft wins; the other sees that something changed."""
    edition = draft(wijk, collection(A, B))
    was = shown(edition)
    outcomes: list[str] = []
    start = threading.Barrier(2)

    def yes() -> None:
        start.wait()
        try:
            activate(edition, OPERATOR, digest=was)
            outcomes.append("in force")
        except Conflict:
            outcomes.append("conflict")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=yes) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["conflict", "in force"]
    assert AreaEdition.objects.in_force().count() == 1
    assert Area.objects.count() == 2


def test_throwing_away_waits_for_bringing_into_force(land: Land, cast: dict[str, User]) -> None:
    unwanted = draft(land.kinds["wijk"], collection(A), cast["steward"])
    with CaptureQueriesContext(connection) as captured:
        discard_edition(edition=unwanted, by=OPERATOR)
    locks = [query["sql"] for query in captured if "FOR UPDATE" in query["sql"]]
    deletions = [query["sql"] for query in captured if "DELETE" in query["sql"]]
    assert ["core_intake" in locks[0], "areas_areakind" in locks[1]] == [True, True], (
        "in the order of bringing into force"
    )
    statements = [query["sql"] for query in captured]
    gone = next(sql for sql in deletions if "areas_areaedition" in sql)
    assert statements.index(locks[1]) < statements.index(gone)
