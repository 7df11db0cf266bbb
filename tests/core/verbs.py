"""How the verbs of files that come in, and of files of things, are called."""

from datetime import timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from core import attachments, intake, release
from core.files import check_upload
from core.models import Release
from tests.areas.figures.conftest import make_indicator
from tests.attached import AREAS, bring, paper
from tests.conftest import OPERATOR
from tests.intakes import kept_file
from tests.released import BODY, begun
from tests.released import KIND as RELEASED
from tests.verbs import Examples, World

TODAY = timezone.localdate
LATER = timedelta(hours=1)
TABLE = b"naam;2024\nBergen;5\n"
KIND = "areas.figures"


def _upload() -> Any:
    return check_upload(ContentFile(TABLE, name="proef.csv"), kind=intake.intake_kinds[KIND].files)


def _reading(world: World) -> dict[str, Any]:
    return {"kind": world.land.kinds["wijk"].pk, "indicator": make_indicator(world.land).pk}


def _kept(world: World, **more: Any) -> dict[str, Any]:
    steward = world.cast["steward"]
    kept = kept_file(KIND, world.land.municipality, TABLE, steward, reading=_reading(world))
    return {"intake": kept, "by": steward, **more}


def _confirmed(world: World) -> dict[str, Any]:
    asked = _kept(world)
    return asked | {"digest": intake.plan_of(asked["intake"]).digest}


def _attached(world: World, **more: Any) -> dict[str, Any]:
    return {"attachment": bring(world.land["bergen"]), "by": world.cast["steward"], **more}


def _concept(world: World, **more: Any) -> dict[str, Any]:
    steward = world.cast["steward"]
    return {"release": begun(world.land["bergen"], steward), "by": steward, **more}


def _put(world: World, **more: Any) -> dict[str, Any]:
    return {**(asked := _concept(world)), **more, "release": release.put_before(**asked, body=BODY)}


def _decided(world: World, **more: Any) -> dict[str, Any]:
    asked = _put(world)
    return {**asked, **more, "release": release.decide(**asked, decided_on=TODAY(), number="2026/1")}


def _due(world: World) -> dict[str, Any]:
    found = release.plan_release(**_decided(world), at=timezone.now() + LATER)
    Release.objects.filter(pk=found.pk).update(release_at=timezone.now())
    return {"release": found, "by": OPERATOR}


EXAMPLES: Examples = {
    attachments.attach: lambda world: {
        "kind": AREAS, "thing": world.land["bergen"], "upload": paper(), "title": "Proef", "by": world.cast["steward"],
    },
    attachments.change_attachment: lambda world: _attached(world, title="Anders", upload=paper(), place=1),
    attachments.remove_attachment: _attached,
    release.open_concept: lambda world: {
        "kind": RELEASED, "thing": world.land["bergen"], "by": world.cast["steward"],
        "readers": [(world.cast["alderman"], "schepen")],
    },
    release.name_reader: lambda world: _concept(world, person=world.cast["alderman"]),
    release.remove_reader: lambda world: {
        "reader": _concept(world)["release"].readers.get(), "by": world.cast["steward"],
    },
    release.put_before: lambda world: _concept(world, body=BODY),
    release.send_back: lambda world: _put(world, why="Nog een punt."),
    release.decide: lambda world: _put(world, decided_on=TODAY(), number="2026/1"),
    release.plan_release: lambda world: _decided(world, at=timezone.now() + LATER),
    release.release_now: _decided,
    release.release_on_time: _due,
    release.withdraw: lambda world: _concept(world, why="Anders beslist."),
    release.look: _concept,
    intake.keep: lambda world: {
        "kind": KIND, "upload": _upload(), "place": world.land.municipality.pk, "reading": _reading(world),
        "owner": world.cast["steward"].uuid, "by": world.cast["steward"],
    },
    intake.check: _kept,
    intake.replace_file: lambda world: _kept(world, upload=_upload()),
    intake.answer: lambda world: _kept(world, answers={"Bergen": "99999W01"}),
    intake.confirm: _confirmed,
    intake.discard: _kept,
}  # fmt: skip
