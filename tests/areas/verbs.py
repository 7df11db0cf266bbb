"""How the verbs of areas, boundaries, addresses and figures are called."""

import datetime as dt
import io
from typing import Any

from areas import actions
from areas.actions import editions, moving, office, periods
from areas.figures.tables import read_rows
from areas.importers.activation import no_progress
from areas.importers.reading import read_file
from areas.models import Area, AreaKind, CalendarPeriod, Municipality
from core.files import CheckedUpload
from core.sniff import DOCX
from tests.areas.addresses.files import flemish, flemish_rows
from tests.areas.figures.conftest import make_indicator
from tests.areas.files import DAY, collection, feature, preset, square, uploaded
from tests.conftest import OPERATOR
from tests.office import KIND, letter
from tests.verbs import Examples, World

ABOUT = actions.About(reference_date=DAY, source="proef")
A, B, C = (feature(code, f"Buurt {code}", square(column, 0)) for column, code in enumerate("ABC"))


def _kind(world: World) -> AreaKind:
    return AreaKind.objects.create(
        municipality=world.land.municipality,
        slug="buurt",
        name="Buurt",
        plural="Buurten",
        rank=60,
        scheme="b",
    )


def _period(world: World) -> CalendarPeriod:
    return CalendarPeriod(
        municipality=world.land.municipality, kind=CalendarPeriod.Kind.BUDGET_FREEZE, name="Budgetstop",
        first=dt.date(2026, 11, 15), last=dt.date(2026, 12, 31),
    )  # fmt: skip


def _template(world: World) -> dict[str, Any]:
    upload = CheckedUpload(io.BytesIO(letter("{{ raad }}")), "brief.docx", DOCX, 1)
    return {
        "municipality": world.land.municipality,
        "kind": KIND,
        "upload": upload,
        "by": world.cast["steward"],
    }


def _file(world: World, *features: Any) -> dict[str, Any]:
    return {
        "kind": _kind(world), "upload": uploaded(collection(*features or (A, B))), "preset": preset(),
        "by": world.cast["steward"], "about": ABOUT,
    }  # fmt: skip


def _gone(world: World) -> dict[str, Any]:
    """Dalen is no more, and nothing hangs there that only an administrator may move."""
    Area.objects.filter(slug="dalen").update(retired_by=world.land.editions["wijk"])
    return {
        "by": world.cast["steward"], "area": world.land["dalen"], "to": world.land["midden"], "sources": ["workplaces.teams"],
    }  # fmt: skip


def _draft(world: World, **more: Any) -> dict[str, Any]:
    asked = _file(world)
    return {"edition": actions.draft_edition(**asked), "by": asked["by"], **more}


def _dated(world: World) -> dict[str, Any]:
    """A draft whose file tells its date."""
    asked = _file(world) | {"about": actions.About(reference_date=None, source="proef")}
    edition = actions.draft_edition(**asked)
    data = collection(A, B, name="buurten_20240101")
    return {"edition": edition, "file": read_file(data, preset(), edition.municipality), "by": asked["by"]}


def _activated(world: World) -> dict[str, Any]:
    asked = _draft(world)
    return {**asked, "kept": actions.file_of(asked["edition"]), "data": collection(A, B)}


def _imported(world: World, **more: Any) -> dict[str, Any]:
    return {
        "municipality": world.land.municipality, "kind": _kind(world), "data": collection(A, B), "preset": preset(),
        "reference_date": DAY, "source": "proef", "by": OPERATOR, **more,
    }  # fmt: skip


def _taken_back(world: World) -> dict[str, Any]:
    asked = _imported(world)
    actions.import_areas(**asked)
    edition = actions.import_areas(**asked | {"data": collection(A, C), "retire_many": True})
    return {"edition": edition, "by": world.cast["steward"]}


def _about_addresses() -> actions.AboutAddresses:
    return actions.AboutAddresses(reference_date=DAY, source="proefregister")


def _figures(world: World) -> dict[str, Any]:
    return {
        "kind": world.land.kinds["wijk"], "indicator": make_indicator(world.land), "by": world.cast["steward"],
        "rows": read_rows(b"naam;2024\nBergen;5\n"),
    }  # fmt: skip


def _described(world: World) -> dict[str, Any]:
    asked = _figures(world)
    actions.import_figures(**asked)
    indicator = asked["indicator"]
    indicator.hides_small = True
    return {"indicator": indicator, "by": world.cast["steward"]}


EXAMPLES: Examples = {
    office.use_template: _template,
    office.use_our_template: lambda world: {
        "template": office.use_template(**_template(world) | {"by": OPERATOR}), "by": world.cast["steward"],
    },
    periods.save_period: lambda world: {"period": _period(world), "by": world.cast["steward"]},
    periods.remove_period: lambda world: {
        "period": periods.save_period(period=_period(world), by=OPERATOR), "by": world.cast["steward"],
    },
    moving.move_hanging: lambda world: _gone(world),
    actions.create_municipality: lambda world: {
        "municipality": Municipality(
            slug="elders", name="Elders", full_name="Gemeente Elders", country="BE", code="11001", srid=31370,
            contact_name="Onthaal", contact_email="onthaal@elders.example",
        ),
        "by": OPERATOR,
    },
    actions.change_area: lambda world: {
        "area": world.land["bergen"], "by": world.cast["steward"], "name": "Berg", "aliases": ["Bergje"],
    },
    actions.draft_edition: _file,
    editions.date_draft: _dated,
    actions.replace_draft: lambda world: _draft(world, upload=uploaded(collection(A, C))),
    actions.choose_recodings: lambda world: _draft(world, recodings=[("A", "B")]),
    actions.answer_draft: lambda world: _draft(world, srid=4326),
    actions.discard_edition: _draft,
    actions.activate_edition: _activated,
    actions.import_areas: _imported,
    actions.take_back_edition: _taken_back,
    actions.import_addresses: lambda world: {
        "municipality": world.land.municipality, "file": io.BytesIO(flemish(*flemish_rows())), "file_name": "a.csv",
        "about": _about_addresses(), "by": OPERATOR, "progress": no_progress,
    },
    actions.import_figures: _figures,
    actions.save_indicator: _described,
    actions.delete_figures: _described,
}  # fmt: skip
