"""Addresses on their way in: copied beside the table, checked and compared there by the database, and brought in at once.

Everything here runs in one transaction; the tables beside are temporary and go with it.
"""

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from areas.addresses.rows import REASONS, AddressFileRefused, AddressRow, Fault
from areas.addresses.words import number_key, street_key, street_words
from areas.models import AddressImport, Municipality
from areas.models.edition import IN_FORCE

Progress = Callable[[int, int, str], None]
MOST_ROWS = 500_000
SHOWN = 200  # faults that are kept to be shown; all are counted
EVERY = 2_000  # rows between two words on how far it is
LARGE_LOSS = 0.4

COPIED = """
CREATE TEMPORARY TABLE copied_address (
    line integer, register_id text, street text, house_number text, box text, postcode text, locality text,
    street_key text, number_key text, words text, x float8, y float8, srid integer
) ON COMMIT DROP
"""
REFUSED = "CREATE TEMPORARY TABLE refused_address (line integer, reason text, register_id text, what text) ON COMMIT DROP"
COPY_ROWS = (
    "COPY copied_address (line, register_id, street, house_number, box, postcode, locality, street_key, number_key, words, "
    "x, y, srid) FROM STDIN"
)
PLACED = """
CREATE TEMPORARY TABLE staged_address ON COMMIT DROP AS
SELECT line, register_id, street, house_number, box, postcode, locality, street_key, number_key, words,
    ST_SnapToGrid(ST_Transform(ST_SetSRID(ST_MakePoint(x, y), srid), 4326), 0.0000001) AS point,
    row_number() OVER (
        PARTITION BY register_id,
            CASE WHEN register_id = '' THEN concat_ws('|', street, house_number, box, postcode, locality) END
        ORDER BY line
    ) AS turn
FROM copied_address
"""
# A municipality without boundaries in force cannot say what lies outside it.
OUTSIDE = f"""
INSERT INTO refused_address
SELECT line, 'outside', register_id, concat_ws(' ', street, house_number) FROM staged_address staged
WHERE EXISTS (SELECT 1 FROM areas_areaedition edition JOIN areas_areakind kind ON kind.id = edition.kind_id
        WHERE kind.municipality_id = %(municipality)s AND {IN_FORCE})
    AND NOT EXISTS (
        SELECT 1 FROM areas_areashape shape
        JOIN areas_areaedition edition ON edition.id = shape.edition_id AND {IN_FORCE}
        JOIN areas_areakind kind ON kind.id = edition.kind_id AND kind.municipality_id = %(municipality)s
        WHERE ST_Intersects(shape.geom, staged.point)
    )
"""  # noqa: S608 (our own words)
TWICE = """
INSERT INTO refused_address
SELECT line, 'twice', '', concat_ws(' ', street, house_number) FROM staged_address WHERE turn > 1
"""
LEAVE_OUT = "DELETE FROM staged_address staged USING refused_address refused WHERE refused.line = staged.line"
# An address is the same one by its number in the register, without one by its parts.
MATCHED = """
CREATE TEMPORARY TABLE matched_address ON COMMIT DROP AS
SELECT pair.line, pair.id,
    (address.street, address.house_number, address.box, address.postcode, address.locality, address.words)
        IS DISTINCT FROM
    (staged.street, staged.house_number, staged.box, staged.postcode, staged.locality, staged.words)
    OR NOT ST_Equals(address.point, staged.point) AS is_changed
FROM (
    SELECT staged.line, address.id
    FROM staged_address staged
    JOIN areas_address address ON address.register_id = staged.register_id
    WHERE address.municipality_id = %(municipality)s AND staged.register_id <> '' AND address.register_id <> ''
    UNION ALL
    SELECT staged.line, address.id
    FROM staged_address staged
    JOIN areas_address address ON address.street = staged.street AND address.house_number = staged.house_number
        AND address.box = staged.box AND address.postcode = staged.postcode AND address.locality = staged.locality
    WHERE address.municipality_id = %(municipality)s AND staged.register_id = '' AND address.register_id = ''
) pair
JOIN staged_address staged ON staged.line = pair.line
JOIN areas_address address ON address.id = pair.id
"""
# What is in the file but refused has not disappeared.
GONE = """
FROM areas_address address
WHERE address.municipality_id = %(municipality)s
    AND NOT EXISTS (SELECT 1 FROM matched_address matched WHERE matched.id = address.id)
    AND NOT EXISTS (
        SELECT 1 FROM refused_address refused
        WHERE refused.register_id <> '' AND refused.register_id = address.register_id
    )
"""
COUNTS = f"""
SELECT (SELECT count(*) FROM areas_address WHERE municipality_id = %(municipality)s),
    (SELECT count(*) FROM staged_address) - (SELECT count(*) FROM matched_address),
    (SELECT count(*) FROM matched_address WHERE is_changed),
    (SELECT count(*) FROM matched_address WHERE NOT is_changed),
    (SELECT count(*) {GONE})
"""  # noqa: S608 (our own words)
DELETE = f"DELETE FROM areas_address WHERE id IN (SELECT address.id {GONE})"  # noqa: S608 (our own words)
UPDATE = """
UPDATE areas_address address
SET street = staged.street, house_number = staged.house_number, box = staged.box, postcode = staged.postcode,
    locality = staged.locality, point = staged.point, brought_by_id = %(brought_by)s,
    street_key = staged.street_key, number_key = staged.number_key, words = staged.words
FROM staged_address staged JOIN matched_address matched ON matched.line = staged.line
WHERE address.id = matched.id AND matched.is_changed
"""
INSERT = """
INSERT INTO areas_address (municipality_id, brought_by_id, register_id, street, house_number, box, postcode, locality,
    point, street_key, number_key, words)
SELECT %(municipality)s, %(brought_by)s, register_id, street, house_number, box, postcode, locality,
    point, street_key, number_key, words
FROM staged_address staged
WHERE NOT EXISTS (SELECT 1 FROM matched_address matched WHERE matched.line = staged.line)
"""


@dataclass(frozen=True)
class Changes:
    """What a file would change: how many addresses of each sort, and what is wrong with the rows that it refuses."""

    before: int
    new: int
    changed: int
    same: int
    gone: int
    refused: dict[str, int] = field(default_factory=dict)
    faults: list[dict[str, Any]] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Whether the same addresses are there already."""
        return not (self.new or self.changed or self.gone)

    @property
    def is_large_loss(self) -> bool:
        """Whether so many disappear that the file may be another one than meant."""
        return self.gone > LARGE_LOSS * self.before

    @property
    def after(self) -> int:
        """How many there will be."""
        return self.before + self.new - self.gone

    @property
    def reasons(self) -> list[tuple[str, int]]:
        """Why rows are refused, with how many, the most frequent first."""
        ordered = sorted(self.refused.items(), key=lambda item: -item[1])
        return [(str(REASONS[reason]), count) for reason, count in ordered]

    @property
    def shown_faults(self) -> list[tuple[int, str, str]]:
        """The first refused rows: line, which one, why."""
        return [
            (one["line"], one["what"] or one["register_id"], str(REASONS[one["reason"]]))
            for one in self.faults
        ]

    def digest_with(self, *facts: str) -> str:
        """Changes with what becomes of any address; `facts` are the file, and what it was compared with."""
        return hashlib.sha256(json.dumps([self.as_json(), *facts]).encode()).hexdigest()

    def as_json(self) -> dict[str, Any]:
        """As it is kept with the file."""
        return asdict(self)


def stage(
    rows: Iterable[AddressRow | Fault], municipality: Municipality, *, is_complete: bool, progress: Progress
) -> Changes:
    """Copy and check the rows, and compare them with what is there; raises AddressFileRefused when there are none."""
    asked = {"municipality": municipality.pk}
    with connection.cursor() as cursor:
        # A transaction may try twice, as a trial does.
        cursor.execute(
            "DROP TABLE IF EXISTS copied_address, refused_address, staged_address, matched_address"
        )
        cursor.execute(COPIED)
        cursor.execute(REFUSED)
        faults = _copy(rows, cursor, progress)
        with cursor.copy("COPY refused_address FROM STDIN") as copy:
            for fault in faults:
                copy.write_row((fault.line, fault.reason, fault.register_id, fault.what))
        progress(2, 4, _("Checking the places"))
        cursor.execute(PLACED)
        cursor.execute(OUTSIDE, asked)
        cursor.execute(TWICE)
        cursor.execute(LEAVE_OUT)
        cursor.execute("CREATE INDEX ON staged_address (register_id)")
        cursor.execute("ANALYZE staged_address")
        progress(3, 4, _("Comparing with the addresses that are there"))
        cursor.execute(MATCHED, asked)
        cursor.execute("CREATE INDEX ON matched_address (id)")
        cursor.execute("CREATE INDEX ON matched_address (line)")
        cursor.execute("ANALYZE matched_address")
        cursor.execute("ANALYZE refused_address")
        cursor.execute(COUNTS, asked)
        before, new, changed, same, gone = cursor.fetchone()
        cursor.execute("SELECT reason, count(*) FROM refused_address GROUP BY reason")
        refused = dict(cursor.fetchall())
        cursor.execute(
            "SELECT line, reason, register_id, what FROM refused_address ORDER BY line LIMIT %s", [SHOWN]
        )
        shown = [asdict(Fault(*row)) for row in cursor.fetchall()]
    return Changes(before, new, changed, same, gone if is_complete else 0, refused, shown)


def apply(brought_by: AddressImport) -> None:
    """Bring in what was staged in this transaction."""
    asked = {"municipality": brought_by.municipality_id, "brought_by": brought_by.pk}
    with connection.cursor() as cursor:
        if brought_by.is_complete:
            cursor.execute(DELETE, asked)
        cursor.execute(UPDATE, asked)
        cursor.execute(INSERT, asked)


def _copy(rows: Iterable[AddressRow | Fault], cursor: Any, progress: Progress) -> list[Fault]:
    """Copy the addresses; returns the rows that are none."""
    faults: list[Fault] = []
    folded: dict[tuple[str, str], tuple[str, str]] = {}  # a street comes back in every house
    count = 0
    with cursor.copy(COPY_ROWS) as copy:
        for row in rows:
            count += 1
            if count > MOST_ROWS:
                raise AddressFileRefused(
                    _("The file holds more than %(most)d addresses.") % {"most": MOST_ROWS}
                )
            if count % EVERY == 0:
                progress(1, 4, _("Row %(count)d read") % {"count": count})
            if isinstance(row, Fault):
                faults.append(row)
                continue
            name = row.street, row.locality
            if name not in folded:
                folded[name] = street_key(row.street), street_words(" ".join(name))
            copy.write_row((
                row.line, row.register_id, row.street, row.house_number, row.box, row.postcode, row.locality,
                folded[name][0], number_key(row.house_number), folded[name][1], row.x, row.y, row.srid,
            ))  # fmt: skip
    if not count:
        raise AddressFileRefused(_("The file holds no addresses of this municipality."))
    return faults
