"""What stands in a cell of a table of a plan: how it is read, and how the same is written."""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.gis.geos import GEOSException, GEOSGeometry, WKTWriter
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from areas.models import Area, Municipality
from core.dates import When
from plans.models import Action, ActionParty, Body, Goal, Plan
from workplaces.models import Team

Phase, State = Action.Phase, Action.State

ACTION = "action"  # of the levels, beside those of goals
LEVELS: Mapping[str, str] = {
    Goal.Level.STRATEGIC: "SD", Goal.Level.POLICY: "BD", Goal.Level.ACTION_PLAN: "AP", ACTION: "AC", Goal.Level.GOAL: "doel",
}  # fmt: skip
PHASES: Mapping[str, str] = {
    Phase.NOT_STARTED: "niet gestart", Phase.PREPARING: "in voorbereiding", Phase.DOING: "in uitvoering", Phase.DONE: "klaar",
}  # fmt: skip
STATES: Mapping[str, str] = {
    State.ON_COURSE: "op koers", State.AT_RISK: "risico", State.STOPPED: "stopgezet", State.REACHED: "bereikt",
}  # fmt: skip
KINDS: Mapping[str, str] = {Action.Kind.ACTION: "actie", Action.Kind.PRODUCT: "product"}
LEADS: Mapping[str, str] = {Plan.Leads.MERGED: "opgegaan in", Plan.Leads.SUPERSEDED: "vervangen door"}
ROLES: Mapping[str, str] = {
    ActionParty.Role.PRIMARY: "verantwoordelijk",
    ActionParty.Role.COLLABORATOR: "werkt mee",
}
BODIES: Mapping[str, str] = {Body.MUNICIPALITY: "gemeente", Body.OCMW: "OCMW"}
# How others say the same, folded: no capitals, no blanks.
SAID: Mapping[str, Mapping[str, str]] = {
    "level": {
        "strategischedoelstelling": Goal.Level.STRATEGIC, "beleidsdoelstelling": Goal.Level.POLICY,
        "doelstelling": Goal.Level.GOAL, "actieplan": Goal.Level.ACTION_PLAN, "act": ACTION, "actie": ACTION,
    },
    "phase": {
        "nognietgestart": Phase.NOT_STARTED, "gepland": Phase.NOT_STARTED, "voorbereiding": Phase.PREPARING,
        "voorbereiden": Phase.PREPARING, "lopend": Phase.DOING, "lopende": Phase.DOING, "bezig": Phase.DOING,
        "uitvoering": Phase.DOING, "gestart": Phase.DOING, "afgerond": Phase.DONE, "uitgevoerd": Phase.DONE,
        "voltooid": Phase.DONE, "gerealiseerd": Phase.DONE, "afgewerkt": Phase.DONE,
    },
}  # fmt: skip
YES, NO = (
    {"ja", "yes", "j", "y", "x", "true", "waar", "1"},
    {"", "nee", "no", "n", "false", "onwaar", "0", "-"},
)
TOO_LARGE = "(te groot voor een tabel)"
MOST_GEOMETRY = 15_000  # characters of a shape in a cell
SHAPE = re.compile(r"(?:MULTI)?(?:POINT|LINESTRING|POLYGON)\s*\(.*\)", re.IGNORECASE | re.DOTALL)
BY_CODE = re.compile(r"(SD|BD|AP|ACT|AC)[ ._-]*\d", re.IGNORECASE)
UNFIT = set(",;|\n")  # signs that stand between the parts of a cell


class LeftOut(Exception):
    """A cell whose value is not known here: the rest of the row comes in, and the person is told."""


@dataclass(frozen=True)
class Known:
    """The teams and areas of a municipality, by every word that a table may use for them."""

    teams: Mapping[str, Team]
    areas: Mapping[str, Area]

    @classmethod
    def of(cls, municipality: Municipality) -> "Known":
        """Read them, in two queries."""
        return cls(
            _by_word(Team.objects.filter(municipality=municipality)), _by_word(municipality.areas.all())
        )


def _by_word(things: Iterable[Any]) -> dict[str, Any]:
    words: dict[str, Any] = {}
    for thing in things:
        words.setdefault(thing.name.lower(), thing)
    for thing in list(words.values()):
        words[thing.slug] = thing
    return words


Parse = Callable[[str, Known], Any]


def folded(text: str) -> str:
    """A word as it is compared: no capitals, blanks, dots or dashes."""
    return re.sub(r"[\s._-]+", "", text).lower()


def plain(text: str, known: Known) -> str:
    """Text as it stands."""
    return text


def one_of(words: Mapping[str, str], default: str, more: str = "") -> Parse:
    """One of some words, or what others say for them; empty is the default."""
    by_word = {folded(word): value for value, word in words.items()} | dict(SAID.get(more, {}))

    def parse(text: str, known: Known) -> str:
        if not text:
            return default
        if folded(text) not in by_word:
            accepted = ", ".join(words.values())
            raise ValidationError(
                _("“%(text)s” is none of: %(words)s.") % {"text": text[:40], "words": accepted}
            )
        return str(by_word[folded(text)])

    return parse


def level_in_code(code: str) -> str:
    """The level that a code of planning software begins with; empty when it tells none."""
    found = BY_CODE.match(code)
    word = {"ACT": "AC"}.get(found[1].upper(), found[1].upper()) if found else ""
    return next((level for level, name in LEVELS.items() if name == word), "")


def yes(text: str, known: Known) -> bool:
    """Ja or nee."""
    word = text.lower()
    if word not in YES | NO:
        raise ValidationError(_("“%(text)s” is not “ja” or “nee”.") % {"text": text[:40]})
    return word in YES


def yes_word(value: Any) -> str:
    """Ja or nee."""
    return "ja" if value else "nee"


def bodies(text: str, known: Known) -> list[str]:
    """Gemeente, OCMW or both."""
    word = text.lower()
    found = {
        Body.MUNICIPALITY: "gemeente" in word or "stad" in word,
        Body.OCMW: "ocmw" in word or "openbaar centrum" in word,
    }
    if word in ("beide", "allebei", "gemeenschappelijk"):
        found = dict.fromkeys(Body, True)
    if word and not any(found.values()):
        raise ValidationError(
            _("“%(text)s” is none of: %(words)s.") % {"text": text[:40], "words": ", ".join(BODIES.values())}
        )
    return [str(body) for body, there in found.items() if there]


def body_words(value: Iterable[str]) -> str:
    """Gemeente, OCMW or both."""
    return ", ".join(word for body, word in BODIES.items() if body in value)


def whole(most: int, default: int | None) -> Parse:
    """A whole number up to some number."""

    def parse(text: str, known: Known) -> int | None:
        bare = text.removesuffix("%").strip()
        if not bare:
            return default
        if not (bare.isascii() and bare.isdigit() and len(bare) < 10 and int(bare) <= most):
            raise ValidationError(
                _("“%(text)s” is not a whole number up to %(most)d.") % {"text": text[:40], "most": most}
            )
        return int(bare)

    return parse


def optional(value: Any) -> str:
    """A value, or nothing."""
    return "" if value is None else str(value)


def when(text: str, known: Known) -> When | None:
    """A date as people know it."""
    return When.read(text) if text else None


def when_text(value: When | None) -> str:
    """The date in EDTF, which every language reads."""
    return value.text if value else ""


def day(text: str, known: Known) -> dt.date | None:
    """A day."""
    try:
        return dt.date.fromisoformat(text[:10]) if text else None
    except ValueError:
        raise ValidationError(
            _("“%(text)s” is not a date. Write it like 2026-12-31.") % {"text": text[:40]}
        ) from None


def team(text: str, known: Known) -> Team | None:
    """A team by its name or word; one that is not known here is left out, since others have other teams."""
    if text and text.lower() not in known.teams:
        raise LeftOut(_("“%(text)s” is no team here.") % {"text": text[:60]})
    return known.teams[text.lower()] if text else None


def areas(text: str, known: Known) -> list[Area]:
    """Areas by their names or words."""
    found = {}
    for word in filter(None, (part.strip() for part in re.split("[,;]", text))):
        if word.lower() not in known.areas:
            raise LeftOut(_("“%(text)s” is no area here.") % {"text": word[:60]})
        area = known.areas[word.lower()]
        found[area.pk] = area
    return list(found.values())


def slugs(value: Iterable[Any]) -> str:
    """The words of some things."""
    return ", ".join(sorted(thing.slug for thing in value))


def slug(value: Any) -> str:
    """The word of a thing."""
    return value.slug if value else ""


def shape(text: str, known: Known) -> GEOSGeometry | None:
    """A point, line or polygon in degrees, as well-known text."""
    if text == TOO_LARGE:
        raise LeftOut(_("The drawing is too large for a table: it stays as it is."))
    if not text:
        return None
    try:
        found = GEOSGeometry(text, srid=4326) if SHAPE.fullmatch(text) else None
    except (GEOSException, ValueError):
        found = None
    if found is None or found.empty or found.hasz or not found.valid or not _on_earth(found):
        message = _("“%(text)s” is no shape in degrees, such as POINT (4.76 51.44).")
        raise ValidationError(message % {"text": text[:40]})
    return found


def _on_earth(found: GEOSGeometry) -> bool:
    west, south, east, north = found.extent
    return -180 <= west <= east <= 180 and -90 <= south <= north <= 90


def shape_text(value: GEOSGeometry | None) -> str:
    """The shape as well-known text, to a centimetre; a very large one says that it is."""
    if value is None:
        return ""
    text = WKTWriter(trim=True, precision=7).write(value).decode()
    return text if len(text) <= MOST_GEOMETRY else TOO_LARGE


Party = tuple[str, str, str]  # name, role, what it does


def parties(text: str, known: Known) -> list[Party]:
    """Organisations, one on a line: name | role | what it does."""
    found: dict[str, Party] = {}
    role = one_of(ROLES, ActionParty.Role.COLLABORATOR)
    for line in filter(None, (line.strip() for line in text.splitlines())):
        name, how, does = (*(part.strip() for part in line.split("|", 2)), "", "")[:3]
        found[name] = party = (name, role(how, known), does)
        ActionParty(**dict(zip(("name", "role", "does"), party, strict=True))).clean_fields(
            exclude=["action"]
        )
    return sorted(found.values())


def party_lines(value: Iterable[Party]) -> str:
    """Organisations, one on a line."""
    lines = [f"{name} | {ROLES[role]} | {does}" for name, role, does in sorted(value)]
    return "\n".join(line.removesuffix(" | ") for line in lines)


def refs(text: str, known: Known) -> list[str]:
    """Other rows, by code, identifier, or plan and number."""
    return list(dict.fromkeys(filter(None, (part.strip() for part in re.split("[,;\n]", text)))))


def ref(thing: Goal | Action | None, plan: Plan | None = None) -> str:
    """How a cell names a goal or an action: by its code, else by its identifier; in another plan by its number there."""
    if thing is None:
        return ""
    if isinstance(thing, Action) and plan is not None and thing.plan_id != plan.pk:
        return f"{thing.plan.slug}/{thing.number}"
    return thing.code if thing.code and not UNFIT & set(thing.code) else str(thing.uuid)
