"""What a table of work locations would add, change or refuse; read only."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import IO, Any, Literal

from django.contrib.gis.geos import MultiPolygon, Point
from django.contrib.gis.geos.prepared import PreparedGeometry
from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext as _

from areas.models import AreaShape, Municipality
from core.slugs import free_slug
from core.tables import MAX_BYTES, Row, TableError, read_table
from workplaces.exchange import BY_KEY, BY_NAME, Vocabulary
from workplaces.models import WorkLocation
from workplaces.slugs import RESERVED, word_for

FIELDS = (
    "name", "street", "house_number", "postcode", "locality", "phone", "email", "website", "wheelchair",
    "accessible_toilet", "access_note", "precision", "placed_by", "number", "address_as_printed", "source",
    "details_are_examples", "closed_on", "point",
)  # fmt: skip


@dataclass
class PlannedRow:
    """What becomes of one row, and why."""

    number: int
    outcome: Literal["add", "change", "same", "refuse"]
    name: str
    slug: str = ""
    reasons: list[str] = field(default_factory=list)
    changes: list[tuple[str, str, str]] = field(default_factory=list)
    values: dict[str, Any] = field(default_factory=dict)
    location: WorkLocation | None = None


@dataclass
class Plan:
    """What becomes of every row."""

    rows: list[PlannedRow]

    def of(self, outcome: str) -> list[PlannedRow]:
        """The rows with one outcome."""
        return [row for row in self.rows if row.outcome == outcome]

    @property
    def added(self) -> list[PlannedRow]:
        """The rows that become a new location."""
        return self.of("add")

    @property
    def changed(self) -> list[PlannedRow]:
        """The rows that change a location."""
        return self.of("change")

    @property
    def refused(self) -> list[PlannedRow]:
        """The rows that are left out."""
        return self.of("refuse")

    @property
    def same(self) -> list[PlannedRow]:
        """The rows that change nothing."""
        return self.of("same")

    @property
    def digest(self) -> str:
        """Changes when anything in the plan does: whoever confirms, confirms this plan."""
        told = [
            (row.number, row.outcome, row.slug, [change[1:] for change in row.changes], row.values)
            for row in self.rows
            if row.outcome != "refuse"
        ]
        return hashlib.sha256(json.dumps(told, default=str).encode()).hexdigest()


def read_rows(content: IO[bytes]) -> list[Row]:
    """The rows of a table of locations; raises TableError when it is none, or has columns that nobody knows."""
    rows = read_table(content.read(MAX_BYTES + 1))
    if not rows:
        raise TableError(_("The table has no rows."))
    check_columns(rows[0].cells)
    return rows


def make_plan(municipality: Municipality, rows: Sequence[Row], *, lock: bool = False) -> Plan:
    """Hold the rows against what there is; a fixed number of queries for any number of rows."""
    if rows:
        check_columns(rows[0].cells)
    locations = WorkLocation.objects.of(municipality).with_details()
    if lock:
        locations = locations.select_for_update(of=("self",))
    planner = Planner(municipality, list(locations))
    return Plan([planner.row(row) for row in rows])


def check_columns(names: Iterable[str]) -> None:
    """Refuse a table whose columns nobody knows."""
    names = set(names)
    unknown = names - BY_NAME.keys()
    if unknown:
        raise TableError(_("These columns are not known: %(names)s.") % {"names": ", ".join(sorted(unknown))})
    if "naam" not in names:
        raise TableError(_("The column “naam” is missing."))


class Planner:
    """Remembers what the rows before said."""

    def __init__(self, municipality: Municipality, locations: list[WorkLocation]) -> None:
        self.municipality = municipality
        self.vocabulary = Vocabulary.of(municipality)
        self.by_slug = {location.slug: location for location in locations}
        self.by_address = {_place(vars(location)): location for location in locations}
        self.rows_of: dict[str, int] = {}
        self.taken = set(self.by_slug) | RESERVED
        self.inside = _inside(municipality)

    def row(self, row: Row) -> PlannedRow:
        """What becomes of a row."""
        planned = PlannedRow(row.number, "refuse", row.cells.get("naam", "")[:120])
        for name, cell in row.cells.items():
            column = BY_NAME[name]
            try:
                planned.values[column.key] = column.parse(cell, self.vocabulary)
            except ValidationError as error:
                planned.reasons += [f"{name}: {message}" for message in error.messages]
        self._find(planned)
        if not planned.reasons:
            self._check(planned)
        if not planned.reasons:
            self._compare(planned)
        return planned

    def _find(self, planned: PlannedRow) -> None:
        slug = planned.values.pop("slug", "")
        if slug and slug != slugify(slug):
            planned.reasons.append(
                _("kenmerk: only small letters, digits and dashes, not “%(text)s”.") % {"text": slug[:40]}
            )
        if slug and slug in self.rows_of:
            planned.reasons.append(
                _("kenmerk: row %(row)d is about the same location.") % {"row": self.rows_of[slug]}
            )
        planned.location = self.by_slug.get(slug) if slug else None
        if planned.location is None:
            if twin := self.by_address.get(_place(planned.values)):
                planned.reasons.append(
                    _("This location is there already, with the word “%(slug)s”.") % {"slug": twin.slug}
                )
            slug = slug or free_slug(word_for(planned.name), self.taken)
            if slug in RESERVED:
                planned.reasons.append(
                    _("kenmerk: “%(slug)s” is another address of this site.") % {"slug": slug}
                )
        planned.slug = slug
        self.taken.add(slug)
        self.rows_of[slug] = planned.number

    def _check(self, planned: PlannedRow) -> None:
        """Would the location be valid? Works on a copy, so that nothing that was read changes."""
        values, old = planned.values, planned.location
        lat = values.pop("lat", old.point.y if old and old.point else None)
        lon = values.pop("lon", old.point.x if old and old.point else None)
        moved = (
            old is None
            or BY_KEY["lat"].cell(old) != BY_KEY["lat"].show(lat)
            or (BY_KEY["lon"].cell(old) != BY_KEY["lon"].show(lon))
        )
        if (lat is None) != (lon is None):
            planned.reasons.append(_("Give both degrees, or neither."))
            return
        if moved:
            values["point"] = None if lat is None else Point(float(lon), float(lat), srid=4326)
            if values["point"] and self.inside and not self.inside.intersects(values["point"]):
                planned.reasons.append(
                    _("This place lies outside %(municipality)s.") % {"municipality": self.municipality}
                )
        copy = WorkLocation(municipality=self.municipality, slug=planned.slug)
        for name in FIELDS:
            setattr(copy, name, values.get(name, getattr(old or copy, name)))
        try:
            copy.clean_fields(exclude=["municipality"])
        except ValidationError as error:
            for name, messages in error.message_dict.items():
                label = BY_KEY[name].name if name in BY_KEY else name
                planned.reasons += [f"{label}: {message}" for message in messages]
        if (copy.point is None) != (copy.precision == WorkLocation.Precision.NONE):
            planned.reasons.append(
                _("precisie: a place on the map has a precision, and no place has “geen”.")
            )

    def _compare(self, planned: PlannedRow) -> None:
        if planned.location is None:
            planned.outcome = "add"
            self.by_address[_place(planned.values)] = WorkLocation(slug=planned.slug)
            return
        for key, value in planned.values.items():
            if key == "point":
                planned.changes.append((_("place"), _place_text(planned.location.point), _place_text(value)))
                continue
            column = BY_KEY[key]
            before, after = column.cell(planned.location), column.show(value)
            if before != after:
                planned.changes.append((column.name, before, after))
        planned.outcome = "change" if planned.changes else "same"


def _place(values: dict[str, Any]) -> tuple[str, ...]:
    return tuple(
        " ".join(str(values.get(name) or "").lower().split())
        for name in ("name", "street", "house_number", "postcode")
    )


def _place_text(point: Point | None) -> str:
    if point is None:
        return "–"
    return f"{BY_KEY['lat'].show(point.y)} / {BY_KEY['lon'].show(point.x)}"


def _inside(municipality: Municipality) -> PreparedGeometry | None:
    """The municipality as far as its boundaries are known."""
    shapes = AreaShape.objects.in_force().filter(area__municipality=municipality)
    polygons = [polygon for geom in shapes.values_list("geom", flat=True) for polygon in geom]
    return MultiPolygon(polygons, srid=4326).unary_union.prepared if polygons else None
