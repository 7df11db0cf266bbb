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
    activate_edition,
    change_area,
    discard_edition,
    draft_edition,
    import_areas,
    read_edition,
)
from areas.importers.changes import State
from areas.importers.faults import ImportRefused
from areas.models import (
    Area,
    AreaEdition,
    AreaKind,
    AreaName,
    AreaPart,
    AreaShape,
    AreaSuccession,
    EditionFile,
)
from core.verbs import Actor, Conflict
from tests.areas.files import DAY, bring, collection, feature, preset, square
from tests.conftest import OPERATOR, Land

A = feature("A", "Aa", square(0, 0))
B = feature("B", "Bee", square(1, 0))


def draft(kind: AreaKind, data: bytes, user: Actor = OPERATOR) -> AreaEdition:
    return draft_edition(
        kind=kind, data=data, file_name="x.geojson", preset=preset(), by=user,
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
    base = land.editions["wijk"]
    data = collection(feature("99999W01", "Bergen", square(0, 0)))
    unwanted = draft(kind, data, steward)
    discard_edition(edition=unwanted, by=steward)
    wanted = draft(kind, data, steward)
    with pytest.raises(Conflict):
        activate_edition(edition=wanted, by=steward, compared_with=None)
    retiring = {"99999W02", "99999W03"}
    for named in ((), {"99999W02"}, {*retiring, "99999W01"}):
        with pytest.raises(RetirementsUnconfirmed):
            activate_edition(edition=wanted, by=steward, compared_with=base, confirmed_retirements=named)
    active = activate_edition(edition=wanted, by=steward, compared_with=base, confirmed_retirements=retiring)
    assert active.status == "active"
    assert not EditionFile.objects.exists()
    assert set(Area.objects.of_kind("wijk").active()) == {land["bergen"]}
    with pytest.raises(Conflict):  # a second click
        activate_edition(edition=wanted, by=steward, compared_with=base)


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
    outcomes: list[str] = []
    start = threading.Barrier(2)

    def activate() -> None:
        start.wait()
        try:
            activate_edition(edition=edition, by=OPERATOR, compared_with=None)
            outcomes.append("in force")
        except Conflict:
            outcomes.append("conflict")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=activate) for _ in range(2)]
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
    assert "areas_areakind" in locks[0]
    statements = [query["sql"] for query in captured]
    assert statements.index(locks[0]) < statements.index(deletions[0])
