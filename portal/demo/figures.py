"""The example figures of the demo, as they stand in the files: brought in by the ordinary importer."""

import tomllib
from decimal import Decimal
from pathlib import Path

from areas.actions import import_figures
from areas.figures.tables import read_rows
from areas.models import AreaKind, Indicator, IndicatorValue, Municipality
from core.verbs import Operator
from portal.demo.rows import restore

SOURCE = Path(__file__).with_name("figures.toml")


def restore_figures(municipality: Municipality, *, by: Operator) -> int:
    """Make or restore the indicators and their figures, of the kinds that the demo has; returns how many figures there are."""
    data = tomllib.loads(SOURCE.read_text(encoding="utf-8"))
    for entry in data["indicators"]:
        fields = {**entry, "breaks": [Decimal(limit) for limit in entry.get("breaks", ())]}
        identity = {"municipality": municipality, "slug": fields.pop("slug")}
        restore(Indicator, identity, source=data["source"], is_example=True, **fields)
    for kind in AreaKind.objects.filter(municipality=municipality).select_related("municipality"):
        file = SOURCE.with_name(f"figures_{kind.slug}.csv")
        if file.exists():
            rows = read_rows(file.read_bytes())
            import_figures(kind=kind, indicator=None, rows=rows, by=by, file_name=file.name)
    return IndicatorValue.objects.filter(indicator__municipality=municipality).count()
