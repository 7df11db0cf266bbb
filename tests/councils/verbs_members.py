"""How the verbs of councils and of who sits in them are called."""

import datetime as dt
from typing import Any

from core.tables import Row
from councils.actions import councils, imports, members, moving, people
from councils.models import Hindrance, Office, PublicOffice, RuleChoice
from tests.councils.made import make_council, make_member, make_person
from tests.verbs import Examples, World

FIRST, LAST = dt.date(2026, 1, 1), dt.date(2030, 12, 31)
DECISION = {"decided_on": dt.date(2025, 12, 15), "decision_number": "2025/99"}


def _council(world: World, **more: Any) -> dict[str, Any]:
    council = make_council(world.land.municipality, world.land["bergen"])
    return {"council": council, "by": world.cast["secretary"], **more}


def _managed(world: World, **more: Any) -> dict[str, Any]:
    return _council(world, **more) | {"by": world.cast["steward"]}


def _member(world: World, **more: Any) -> dict[str, Any]:
    asked = _council(world)
    member = make_member(asked["council"])
    return {"member": member, "by": asked["by"], **more}


def _person(world: World, **more: Any) -> dict[str, Any]:
    asked = _member(world)
    return {"person": asked["member"].person, "by": asked["by"], **more}


def _new(world: World) -> dict[str, Any]:
    values = {"name": "Seniorenraad", "kind": "advisory", "basis": "free", "rules": "be", "works": "light"}
    return {
        "municipality": world.land.municipality,
        "values": values,
        "areas": [],
        "by": world.cast["steward"],
    }


def _appointed(world: World) -> dict[str, Any]:
    asked = _council(world)
    council = asked["council"]
    values = {
        "person": make_person(council.municipality),
        "seat": council.seats.get(),
        "first_on": FIRST,
        **DECISION,
    }
    return {**asked, "values": values}


def _moved(world: World) -> dict[str, Any]:
    make_council(world.land.municipality, world.land["bergen"])
    return {"keys": [world.land["bergen"].pk], "to": world.land["dalen"].pk, "by": world.cast["steward"]}


def _let_go(world: World) -> dict[str, Any]:
    user, municipality = world.cast["worker_here"], world.land.municipality
    make_member(make_council(municipality), user=user, office="secretary")
    return {"user": user, "municipality": municipality, "to": None, "by": world.cast["administrator"]}


def _row(world: World, name: str, make: Any, **more: Any) -> dict[str, Any]:
    asked = _member(world)
    return {name: make(asked["member"]), "by": asked["by"], **more}


EXAMPLES: Examples = {
    councils.found_council: _new,
    councils.change_council: lambda world: _council(world, values={"name": "Anders"}),
    councils.change_basis: lambda world: _managed(world, values={"kind": "other"}, areas=[world.land["dalen"]]),
    councils.end_council: lambda world: _managed(world, ended_on=LAST),
    councils.add_term: lambda world: _council(world, first_on=FIRST, last_on=LAST),
    councils.change_term: lambda world: _row(
        world, "term", lambda member: member.council.terms.get(), first_on=dt.date(2024, 1, 1), last_on=None
    ),
    councils.set_places: lambda world: _council(
        world, mandate="observer", name="", least=0, most=2, first_on=FIRST
    ),
    councils.end_places: lambda world: {
        "seat": _council(world)["council"].seats.get(), "by": world.cast["secretary"], "last_on": LAST,
    },
    councils.choose_rule: lambda world: _council(world, rule="tie", value="chair", first_on=FIRST, source="art. 4"),
    councils.end_rule: lambda world: _row(
        world, "choice", lambda member: RuleChoice.objects.create(
            council=member.council, rule="tie", value="chair", first_on=FIRST, source="art. 4"
        ), last_on=LAST,
    ),
    members.appoint: _appointed,
    members.change_member: lambda world: _member(world, values={"rank": 3, **DECISION}),
    members.end_member: lambda world: _member(world, last_on=LAST, ended="resigned"),
    members.give_office: lambda world: _member(world, kind="chair", first_on=FIRST),
    members.end_office: lambda world: _row(
        world, "office", lambda member: Office.objects.create(
            council=member.council, membership=member, kind="chair", first_on=FIRST
        ), last_on=LAST,
    ),
    members.hinder: lambda world: _member(world, first_on=FIRST),
    members.change_hindrance: lambda world: _row(
        world, "hindrance", lambda member: Hindrance.objects.create(membership=member, first_on=FIRST), last_on=LAST
    ),
    moving.move_councils: _moved,
    moving.let_go_of_councils: _let_go,
    imports.import_members: lambda world: _council(
        world, rows=[Row(2, {"naam": "Lid uit een tabel", "vanaf": "2026-01-01"})]
    ),
    people.add_person: lambda world: _council(world, values={"name": "Lid 1"}),
    people.change_person: lambda world: _person(world, values={"phone": "03 123 45 67"}),
    people.note_mandate: lambda world: _person(world, kind="councillor", first_on=FIRST),
    people.end_mandate: lambda world: _row(
        world, "mandate", lambda member: PublicOffice.objects.create(
            person=member.person, kind="other", first_on=FIRST
        ), last_on=LAST,
    ),
}  # fmt: skip
