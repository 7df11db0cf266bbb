"""How the verbs of files that come in, and of files of things, are called."""

from typing import Any

from django.core.files.base import ContentFile

from core import attachments, intake
from core.files import check_upload
from tests.areas.figures.conftest import make_indicator
from tests.attached import AREAS, bring, paper
from tests.intakes import kept_file
from tests.verbs import Examples, World

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


EXAMPLES: Examples = {
    attachments.attach: lambda world: {
        "kind": AREAS, "thing": world.land["bergen"], "upload": paper(), "title": "Proef", "by": world.cast["steward"],
    },
    attachments.change_attachment: lambda world: _attached(world, title="Anders", upload=paper(), place=1),
    attachments.remove_attachment: _attached,
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
