"""Boundaries that are taken back leave everything as it was before they came into force."""

import threading
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connections
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import RoleAssignment, User
from areas.actions import change_area, take_back_edition, what_goes_back
from areas.models import (
    Area,
    AreaCode,
    AreaEdition,
    AreaFormerCode,
    AreaKind,
    AreaName,
    AreaPart,
    AreaShape,
    AreaSuccession,
    EditionUndo,
    Indicator,
    IndicatorValue,
)
from core.verbs import Refused
from tests.areas.files import activate, bring, collection, feature, shown, square
from tests.areas.test_actions import draft
from tests.conftest import OPERATOR, Land

A = feature("A", "Aa", square(0, 0))
B = feature("B", "Bee", square(1, 0))
C = feature("C", "Cee", square(2, 0))
WHOLE = collection(feature("1", "Links", square(0, 0, 1.5)), feature("2", "Rechts", square(1.5, 0, 2.5)))

CHANGES: dict[str, list[Any]] = {
    "split": [feature("A1", "Aa-Noord", square(0, 0, 1, 0.5)), feature("A2", "Aa-Zuid", square(0, 0.5, 1, 0.5)), B, C],
    "split off": [feature("A", "Aa", square(0, 0, 0.6)), feature("X", "Iks", square(0.6, 0, 0.4)), B, C],
    "merged": [feature("A", "Aa", square(0, 0, 2)), C],
    "recoded": [feature("Z", "Aa", square(0, 0)), B, C],
    "recoded and renamed": [feature("Z", "Zet", square(0, 0)), B, C],
    "renamed": [feature("A", "Ahof", square(0, 0)), B, C],
    "a known other name": [feature("A", "Oud", square(0, 0)), B, C],
    "moved": [feature("A", "Aa", square(0, 0, 1.3)), feature("B", "Bee", square(1.3, 0, 0.7)), C],
    "shifted": [feature(code, code, square(n + 0.0001, 0)) for n, code in enumerate("ABC")],
    "new": [A, B, C, feature("D", "Dee", square(3, 0))],
    "gone": [A, B],
    "back": [A, B, C, feature("R", "Er", square(0, 2))],
    "changed places": [feature("B", "Aa", square(0, 0)), feature("A", "Bee", square(1, 0)), C],
    "a code passed on": [
        feature("B", "Aa", square(0, 0)), feature("Z", "Bee", square(1, 0)), C, feature("A", "Nieuw", square(3, 0)),
    ],
    "all at once": [
        feature("Z", "Bee", square(1, 0)), feature("C", "Cee-Dorp", square(2, 0, 1.2)), feature("R", "Er", square(0, 2)),
        feature("N", "Nieuw", square(0, 1)),
    ],
}  # fmt: skip


def state(before: set[int] | None = None) -> dict[str, Any]:
    """Everything that counts, of the areas in `before` (all when not given)."""
    areas = Area.objects.all() if before is None else Area.objects.filter(pk__in=before)
    pks = [area.pk for area in areas]
    active = AreaShape.objects.in_force()
    return {
        "areas": sorted(areas.values_list("pk", "uuid", "name", "slug", "retired_by_id")),
        "active": sorted(Area.objects.active().values_list("pk", flat=True)),
        "codes": sorted(AreaCode.objects.filter(area__in=pks).values_list("pk", "area_id", "scheme", "code")),
        "former": sorted(AreaFormerCode.objects.values_list("area_id", "code")),
        "names": sorted(AreaName.objects.filter(area__in=pks).values_list("pk", "area_id", "name", "source")),
        "shapes": sorted(active.values_list("pk", "area_id", "content_hash", "code", "name", "path")),
        "parts": sorted(
            (child, parent, round(share, 6), main)
            for child, parent, share, main in AreaPart.objects.values_list(
                "child_id", "parent_id", "share", "is_main"
            )
        ),
        "successions": sorted(AreaSuccession.objects.values_list("pk", "predecessor_id", "relation")),
        "in force": sorted(
            AreaEdition.objects.in_force().values_list("pk", "outline_path", "area_m2", "activated_at")
        ),
    }


@pytest.fixture
def before(wijk: AreaKind, deelgemeente: AreaKind) -> dict[str, Any]:
    """Three areas and one that has retired, in two others."""
    bring(deelgemeente, WHOLE)
    bring(wijk, collection(A, B, C, feature("R", "Er", square(0, 2))))
    bring(wijk, collection(A, B, C))
    AreaName.objects.create(area=Area.objects.get(name="Aa"), name="Oud")
    return state()


@pytest.mark.parametrize("change", CHANGES)
def test_everything_is_as_it_was(wijk: AreaKind, before: dict[str, Any], change: str) -> None:
    known = {row[0] for row in before["areas"]}
    edition = bring(wijk, collection(*CHANGES[change]))
    assert state(known) != before, "the file changes something"
    base = take_back_edition(edition=edition, by=OPERATOR)
    assert base.status == "active"
    edition.refresh_from_db()
    assert edition.status == "taken_back"
    assert state(known) == before
    assert edition.shapes.exists(), "it can still be looked at"
    again = bring(wijk, collection(*CHANGES[change]))
    assert again.shapes.count() == len(CHANGES[change])
    take_back_edition(edition=again, by=OPERATOR)
    assert state(known) == before
    assert Area.objects.count() <= len(known) + 2, "what came the first time comes back as itself"


pieces = st.lists(st.integers(1, 19), max_size=3, unique=True).map(sorted)


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(pieces, pieces, st.permutations("PQRSTUVW"))
def test_however_it_is_cut(wijk: AreaKind, cut: list[int], cut2: list[int], codes: list[str]) -> None:
    def strips(edges: list[int], codes: list[str]) -> bytes:
        bounds = [0, *edges, 20]
        return collection(
            *(
                feature(code, f"Deel {code}", square(a / 10, 5, (b - a) / 10))
                for code, a, b in zip(codes, bounds, bounds[1:], strict=False)
            )
        )

    bring(wijk, strips(cut, list("PQRSTUVW")))
    before = state()
    active = AreaEdition.objects.in_force().get(kind=wijk)
    edition = bring(wijk, strips(cut2, codes))
    if edition == active:
        return
    take_back_edition(edition=edition, by=OPERATOR)
    assert state({row[0] for row in before["areas"]}) == before


def test_two_steps_back(wijk: AreaKind, before: dict[str, Any]) -> None:
    known = {row[0] for row in before["areas"]}
    first = bring(wijk, collection(*CHANGES["recoded"]))
    between = state(known)
    second = bring(wijk, collection(feature("Y", "Aa", square(0, 0)), B, C))
    take_back_edition(edition=second, by=OPERATOR)
    assert state(known) == between
    take_back_edition(edition=first, by=OPERATOR)
    assert state(known) == before


def test_a_name_given_by_hand_in_the_meantime_stays(wijk: AreaKind, before: dict[str, Any]) -> None:
    edition = bring(wijk, collection(*CHANGES["renamed"]))
    change_area(area=Area.objects.get(name="Ahof"), by=OPERATOR, name="Aadorp")
    take_back_edition(edition=edition, by=OPERATOR)
    assert Area.objects.filter(name="Aadorp").exists()


def test_what_hangs_on_a_new_area_blocks(land: Land, cast: dict[str, User]) -> None:
    kind, steward = land.kinds["wijk"], cast["steward"]
    bring(kind, collection(feature("99999W01", "Bergen", square(0, 0)), feature("N", "Nieuw", square(1, 0))))
    edition = bring(
        kind,
        collection(
            feature("99999W01", "Bergen", square(0, 0)),
            feature("N", "Nieuw", square(1, 0)),
            feature("M", "Meer nieuw", square(2, 0)),
        ),
    )
    new = Area.objects.get(name="Meer nieuw")
    role = RoleAssignment.objects.create(
        user=cast["resident"], role="area_worker", municipality=land.municipality, area=new, valid_from="2026-01-01"
    )  # fmt: skip
    indicator = Indicator.objects.create(
        municipality=land.municipality, slug="inwoners", name="Inwoners", source="proef"
    )
    value = IndicatorValue.objects.create(
        indicator=indicator, area=new, period="2026", value=10, edition=edition
    )
    blocked = what_goes_back(edition).blocked
    assert [(area, [one.number for one in hanging]) for area, hanging in blocked] == [(new, [1, 1])]
    with pytest.raises(Refused):
        take_back_edition(edition=edition, by=steward)
    edition.refresh_from_db()
    assert edition.status == "active"
    role.delete()
    with pytest.raises(Refused):
        take_back_edition(edition=edition, by=steward)
    value.delete()
    take_back_edition(edition=edition, by=steward)
    new.refresh_from_db()
    assert new.retired_by == edition


def test_who_may_and_when(land: Land, cast: dict[str, User]) -> None:
    kind, base = land.kinds["wijk"], land.editions["wijk"]
    with pytest.raises(Refused):  # the first: nothing to go back to
        take_back_edition(edition=base, by=OPERATOR)
    edition = bring(kind, collection(feature("99999W01", "Bergen", square(0, 0))))
    for part in ("resident", "worker_here", "alderman"):
        with pytest.raises(PermissionDenied):
            take_back_edition(edition=edition, by=cast[part])
    record = EditionUndo.objects.get(edition=edition)
    record.delete()
    with pytest.raises(Refused):  # it was not kept what it changed
        take_back_edition(edition=edition, by=OPERATOR)
    record.save(force_insert=True)
    take_back_edition(edition=edition, by=cast["steward"])
    with pytest.raises(Refused):  # a second click
        take_back_edition(edition=edition, by=cast["steward"])
    assert set(Area.objects.of_kind("wijk").active()) == {land["bergen"], land["midden"], land["dalen"]}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("other", ["take back", "activate"])
def test_two_at_once(wijk: AreaKind, other: str) -> None:
    """One of two wins, and what is in force is of one of them whole."""
    bring(wijk, collection(A, B, C))
    edition = bring(wijk, collection(*CHANGES["all at once"]))
    waiting = draft(wijk, collection(feature("A", "Ander", square(0, 0)), feature("Q", "Ku", square(4, 0))))
    was = shown(waiting)
    outcomes: list[str] = []
    start = threading.Barrier(2)

    def run(verb: str) -> None:
        start.wait()
        try:
            if verb == "activate":
                activate(waiting, OPERATOR, digest=was, retirements=["C", "N", "R", "Z"])
            else:
                take_back_edition(edition=edition, by=OPERATOR)
            outcomes.append(verb)
        except Refused:
            outcomes.append("refused")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=[verb]) for verb in ("take back", other)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outcomes.count("refused") == 1
    active = AreaEdition.objects.in_force().get(kind=wijk)
    in_force = set(Area.objects.active().values_list("pk", flat=True))
    assert in_force == set(active.shapes.values_list("area_id", flat=True))
    codes = AreaCode.objects.filter(area__in=in_force).values_list("code", flat=True)
    assert set(codes) == set(active.shapes.values_list("code", flat=True))
