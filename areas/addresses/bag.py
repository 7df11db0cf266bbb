"""Extracts of the Dutch BAG: a zip of zips of XML, a file of each kind of object, streamed.

An address is a nummeraanduiding (number and postcode) of an openbare ruimte (street) in a woonplaats (town); where it lies is
said by the verblijfsobject, ligplaats or standplaats that has it.
"""

import datetime as dt
import math
import re
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO, Any
from xml.etree.ElementTree import Element, ParseError

import shapely
from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse
from django.utils import timezone
from django.utils.translation import gettext as _

from areas.addresses.rows import RD_NEW, AddressFileRefused, AddressRow, Fault, address_row
from core.zips import Allowance, ZipRules, chunks, opened

OUTER = ZipRules(endings=(".zip", ".xml"), members=500, bytes=2_000_000_000, ratio=200)
INNER = ZipRules(endings=(".xml",), members=2_000, bytes=2_000_000_000, ratio=200)
KIND = re.compile(r"\d{4}(WPL|OPR|NUM|VBO|LIG|STA)\d{8}")
IN_ORDER = ("WPL", "OPR", "NUM", "VBO", "LIG", "STA")
DEEPEST, MOST_ELEMENTS, MOST_XML = 40, 20_000, 200_000_000
MOST_OBJECTS = (
    3_000_000  # the whole of Amsterdam has not two; each number is remembered until its place comes
)
GONE = ("ingetrokken", "niet gerealiseerd", "ten onrechte")
PLACES = {"Verblijfsobject", "Ligplaats", "Standplaats"}
OBJECTS = PLACES | {"Woonplaats", "OpenbareRuimte", "Nummeraanduiding"}


@dataclass
class Known:
    """What was read so far, by identification; `line` counts the objects."""

    towns: dict[str, str] = field(default_factory=dict)
    streets: dict[str, tuple[str, str]] = field(default_factory=dict)
    numbers: dict[str, tuple[str, str, str, str, str]] = field(default_factory=dict)
    over: set[str] = field(default_factory=set)
    line: int = 0


def is_bag(names: list[str]) -> bool:
    """Whether the members of a zip are an extract of the BAG."""
    return any(KIND.search(name) for name in names)


def read_bag(file: IO[bytes]) -> Iterator[AddressRow | Fault]:
    """The addresses of an extract."""
    known = Known()
    today = timezone.localdate()
    try:
        with opened(file, OUTER) as (archive, allowance):
            members = {name: KIND.search(name) for name in archive.namelist()}
            ours = [(IN_ORDER.index(kind[1]), name) for name, kind in members.items() if kind]
            for _order, name in sorted(ours):
                for element in _objects(archive, name, allowance):
                    known.line += 1
                    if known.line > MOST_OBJECTS:
                        raise AddressFileRefused(_("A file in this extract is too large."))
                    yield from _read(element, known, today)
    except (ParseError, DefusedXmlException) as error:
        raise AddressFileRefused(_("The XML of this extract cannot be read.")) from error


def _objects(archive: zipfile.ZipFile, name: str, allowance: Allowance) -> Iterator[Element]:
    with tempfile.TemporaryFile() as member:
        for chunk in chunks(archive, archive.getinfo(name), allowance):
            member.write(chunk)
        member.seek(0)
        if name.lower().endswith(".xml"):
            yield from _elements(member)
            return
        with opened(member, INNER) as (inner, left):
            for one in inner.infolist():
                with tempfile.TemporaryFile() as xml:
                    for chunk in chunks(inner, one, left):
                        xml.write(chunk)
                        if xml.tell() > MOST_XML:
                            raise AddressFileRefused(_("A file in this extract is too large."))
                    xml.seek(0)
                    yield from _elements(xml)


def _elements(xml: IO[bytes]) -> Iterator[Element]:
    """The objects one by one; what was read is forgotten, so that no more than one is in memory."""
    above: list[Element] = []
    inside = 0  # elements of the object that is being read
    for event, element in iterparse(xml, events=("start", "end"), forbid_dtd=True):
        if event == "start":
            above.append(element)
            inside += bool(inside or local(element) in OBJECTS)
            if len(above) > DEEPEST or inside > MOST_ELEMENTS:
                raise AddressFileRefused(_("The XML of this extract cannot be read."))
            continue
        above.pop()
        if local(element) in OBJECTS:
            yield element
            inside = 0
        if not inside:
            for parent in above:
                parent.clear()


def _read(element: Element, known: Known, today: dt.date) -> Iterator[AddressRow | Fault]:
    values = _values(element)
    identifier = values.get("identificatie", "")
    ends = values.get("eindGeldigheid", "")[:10]
    status = values.get("status", "").lower()
    if (ends and ends <= today.isoformat()) or any(word in status for word in GONE):
        known.over.add(identifier)
        return
    kind = local(element)
    if kind == "Woonplaats":
        known.towns[identifier] = values.get("naam", "")
    elif kind == "OpenbareRuimte":
        known.streets[identifier] = values.get("naam", ""), values.get("WoonplaatsRef", "")
    elif kind == "Nummeraanduiding":
        number = values.get("huisnummer", "") + values.get("huisletter", "")
        known.numbers[identifier] = (
            values.get("OpenbareRuimteRef", ""), number, values.get("huisnummertoevoeging", ""),
            values.get("postcode", ""), values.get("WoonplaatsRef", ""),
        )  # fmt: skip
    else:
        yield from _addresses(element, known)


def _addresses(element: Element, known: Known) -> Iterator[AddressRow | Fault]:
    """The main address of an object, and those beside it, all at its place."""
    at = _place(element)
    references = [one.text or "" for one in element.iter() if local(one) == "NummeraanduidingRef"]
    for reference in (text.strip() for text in references):
        found = known.numbers.get(reference)
        if reference in known.over or (found and found[0] in known.over):
            continue
        street, town = known.streets.get(found[0], ("", "")) if found else ("", "")
        if not found or not street:
            yield Fault(known.line, "incomplete", reference[:60])
            continue
        _street, number, addition, postcode, own_town = found
        yield address_row(
            known.line, register_id=reference, street=street, house_number=number, box=addition,
            postcode=postcode, locality=known.towns.get(own_town or town, ""), at=at, srid=RD_NEW,
        )  # fmt: skip


def _place(element: Element) -> tuple[float, float]:
    """A point, or a point within a surface."""
    for one in element.iter():
        if local(one) in ("pos", "posList"):
            numbers = _numbers(one)
            if local(one) == "pos" and len(numbers) >= 2:
                return numbers[0], numbers[1]
            step = 3 if one.get("srsDimension") == "3" else 2
            corners = list(zip(numbers[::step], numbers[1::step], strict=False))
            if len(corners) >= 4:
                inside = shapely.Polygon(corners).representative_point()
                return float(inside.x), float(inside.y)
    return float("nan"), float("nan")


def _numbers(element: Element) -> list[float]:
    try:
        found = [float(text) for text in (element.text or "").split()[:20_000]]
    except ValueError:
        return []
    return found if all(map(math.isfinite, found)) else []


def _values(element: Element) -> dict[str, str]:
    """The first text of every element within."""
    found: dict[str, Any] = {}
    for one in element.iter():
        text = (one.text or "").strip()
        if text and len(one) == 0:
            found.setdefault(local(one), text[:200])
    return found


def local(element: Element) -> str:
    """The name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]
