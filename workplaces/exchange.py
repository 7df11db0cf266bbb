"""Work locations as rows of a table, out and in: the same columns both ways, so that what went out comes in unchanged."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from areas.models import Municipality
from core.forms import whole_in
from core.tables import starts_formula
from workplaces.hours_text import stretches_in
from workplaces.models import Service, Team, WorkLocation
from workplaces.opening import Stretch, typed_stretches

DAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
Access = WorkLocation.Access
Precision = WorkLocation.Precision
ACCESS = {Access.UNKNOWN: "onbekend", Access.YES: "ja", Access.PARTLY: "gedeeltelijk", Access.NO: "nee"}
PRECISION = {
    Precision.ADDRESS: "adres",
    Precision.STREET: "straat",
    Precision.VILLAGE: "dorp",
    Precision.NONE: "geen",
}


@dataclass(frozen=True)
class Vocabulary:
    """The services and teams of a municipality, by every word that a table may use for them."""

    services: dict[str, Service]
    teams: dict[str, Team]

    @classmethod
    def of(cls, municipality: Municipality) -> "Vocabulary":
        """Read them, in two queries."""
        return cls(
            _by_word(Service.objects.filter(municipality=municipality)),
            _by_word(Team.objects.filter(municipality=municipality)),
        )


def _by_word(things: Iterable[Any]) -> dict[str, Any]:
    words: dict[str, Any] = {}
    for thing in things:
        words[thing.name.lower()] = thing
    for thing in words.copy().values():
        words[thing.slug] = thing
    return words


Parse = Callable[[str, Vocabulary], Any]


@dataclass(frozen=True)
class Column:
    """One column: what it is called, how to read it from a location, write it as a cell, and read a cell."""

    name: str
    key: str
    get: Callable[[WorkLocation], Any]
    parse: Parse
    show: Callable[[Any], str] = str

    def cell(self, location: WorkLocation) -> str:
        """What the column shows of a location."""
        return self.show(self.get(location))


def _plain(text: str, vocabulary: Vocabulary) -> str:
    if starts_formula(text):
        raise ValidationError(_("“%(text)s” could be a formula.") % {"text": text[:40]})
    return text


def _phone(text: str, vocabulary: Vocabulary) -> str:
    return text if text.startswith("+") else _plain(text, vocabulary)


def _whole(text: str, vocabulary: Vocabulary) -> int | None:
    number = whole_in(text, most=32_767)
    if text and number is None:
        raise ValidationError(_("“%(text)s” is not a whole number.") % {"text": text[:40]})
    return number


def _degrees(text: str, vocabulary: Vocabulary) -> Decimal | None:
    if not text:
        return None
    try:
        number = Decimal(text.replace(",", "."))
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or abs(number) > 180:
        raise ValidationError(_("“%(text)s” is not a number of degrees.") % {"text": text[:40]})
    return number


def _yes(text: str, vocabulary: Vocabulary) -> bool:
    word = text.lower()
    if word not in ("", "ja", "nee", "yes", "no"):
        raise ValidationError(_("“%(text)s” is not “ja” or “nee”.") % {"text": text[:40]})
    return word in ("ja", "yes")


def _date(text: str, vocabulary: Vocabulary) -> dt.date | None:
    if not text:
        return None
    try:
        return dt.date.fromisoformat(text[:10])
    except ValueError:
        raise ValidationError(
            _("“%(text)s” is not a date. Write it like 2026-12-31.") % {"text": text[:40]}
        ) from None


def _choice(words: dict[Any, str], default: Any, text: str, vocabulary: Vocabulary) -> Any:
    if not text:
        return default
    for value, word in words.items():
        if text.lower() == word:
            return value
    raise ValidationError(
        _("“%(text)s” is none of: %(words)s.") % {"text": text[:40], "words": ", ".join(words.values())}
    )


def _many(kind: str, text: str, vocabulary: Vocabulary) -> list[Any]:
    known: dict[str, Any] = getattr(vocabulary, kind)
    found = {}
    for word in filter(None, (part.strip().lower() for part in text.split(","))):
        if word not in known:
            raise ValidationError(_("“%(text)s” is not known here.") % {"text": word[:40]})
        found[known[word].pk] = known[word]
    return sorted(found.values(), key=lambda thing: str(thing.slug))


def _slugs(things: Iterable[Any]) -> str:
    return ", ".join(sorted(thing.slug for thing in things))


def _degrees_text(number: Decimal | float | None) -> str:
    return "" if number is None else f"{number:.7f}".rstrip("0").rstrip(".").replace(".", ",")


def _optional(value: Any) -> str:
    return "" if value is None else str(value)


def _field(name: str, field: str, parse: Parse = _plain, show: Callable[[Any], str] = str) -> Column:
    return Column(name, field, lambda location: getattr(location, field), parse, show)


def _day(number: int) -> Column:
    def get(location: WorkLocation) -> tuple[Stretch, ...]:
        return tuple(
            sorted(Stretch(one.opens, one.closes) for one in location.hours.all() if one.weekday == number)
        )

    return Column(
        DAYS[number], f"day{number}", get, lambda text, vocabulary: stretches_in(text), typed_stretches
    )


COLUMNS: tuple[Column, ...] = (
    _field("kenmerk", "slug"),
    _field("naam", "name"),
    _field("straat", "street"),
    _field("huisnummer", "house_number"),
    _field("postcode", "postcode"),
    _field("plaats", "locality"),
    _field("telefoon", "phone", _phone),
    _field("e-mail", "email"),
    _field("website", "website"),
    _field("rolstoel", "wheelchair", partial(_choice, ACCESS, Access.UNKNOWN), lambda v: ACCESS[v]),
    _field("toilet", "accessible_toilet", partial(_choice, ACCESS, Access.UNKNOWN), lambda v: ACCESS[v]),
    _field("toegang", "access_note"),
    Column(
        "diensten", "services", lambda location: [offer.service for offer in location.offers.all()],
        partial(_many, "services"), _slugs,
    ),
    Column("teams", "teams", lambda location: list(location.teams.all()), partial(_many, "teams"), _slugs),
    *(_day(number) for number in range(7)),
    Column("breedtegraad", "lat", lambda location: location.point and location.point.y, _degrees, _degrees_text),
    Column("lengtegraad", "lon", lambda location: location.point and location.point.x, _degrees, _degrees_text),
    _field("precisie", "precision", partial(_choice, PRECISION, Precision.NONE), lambda v: PRECISION[v]),
    _field("reden van de plaats", "placed_by"),
    _field("nummer in de bron", "number", _whole, _optional),
    _field("adres in de bron", "address_as_printed"),
    _field("bron", "source"),
    _field("voorbeeld", "details_are_examples", _yes, lambda value: "ja" if value else "nee"),
    _field("gesloten op", "closed_on", _date, _optional),
)  # fmt: skip
BY_NAME = {column.name: column for column in COLUMNS}
BY_KEY = {column.key: column for column in COLUMNS}
NAMES = [column.name for column in COLUMNS]


def row_of(location: WorkLocation) -> list[str]:
    """A location as the cells of a row; uses what `with_details()` fetched."""
    return [column.cell(location) for column in COLUMNS]
