"""Which area a table means: by its code, else its name, other name, or name without accents and the like; else a person says so.

What is only likely is offered, never taken. What a person says is kept as another name of the area, so that the next file of
the same source needs no help.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from functools import cached_property

from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from areas.codes import areas_by_code
from areas.figures.vocabulary import vocabulary
from areas.models import Area, AreaCode, AreaKind, AreaName

LEFT_OUT = "-"  # said by hand: this row is about no area of this kind
NOWHERE = "nowhere"  # said by hand: this is what cannot be located
MOST_GUESSES = 5
ASKED_AT_ONCE = 40  # so many unmatched names are looked up for guesses

GUESS = """
SELECT asked.number, area.id
FROM unnest(%(names)s::text[]) WITH ORDINALITY AS asked (name, number)
CROSS JOIN LATERAL (
    SELECT area.id, greatest(
        similarity(search_fold(asked.name), search_fold(area.name)),
        word_similarity(search_fold(area.name), search_fold(asked.name))
    ) AS likeness
    FROM areas_area area
    WHERE area.kind_id = %(kind)s AND area.retired_by_id IS NULL AND NOT area.is_residual
    ORDER BY likeness DESC, area.name
    LIMIT %(most)s
) AS area
WHERE area.likeness > 0.2
ORDER BY asked.number, area.likeness DESC
"""


class How(Enum):
    """By what an area was found."""

    CODE = gettext_lazy("code")
    ZEROS = gettext_lazy("code that lost its zeros")
    NAME = gettext_lazy("name")
    ALIAS = gettext_lazy("other name")
    LOOSE = gettext_lazy("name, written otherwise")
    NO_PLACE = gettext_lazy("cannot be located")
    BY_HAND = gettext_lazy("by hand")
    LEFT_OUT = gettext_lazy("left out")
    NOT = gettext_lazy("not found")


@dataclass(frozen=True)
class Match:
    """What a table calls an area, and the area that it means; `area` is None when it is left out, new or not known."""

    code: str
    name: str
    area: Area | None
    how: How
    note: str = ""
    guesses: tuple[Area, ...] = ()
    makes_residual: bool = False

    @property
    def key(self) -> str:
        """The words of the table, as one text."""
        return f"{self.code}|{self.name}"

    @property
    def is_open(self) -> bool:
        """Whether a person has still to say which area it is."""
        return self.how is How.NOT

    @property
    def words(self) -> str:
        """What the table calls it, for people."""
        return " ".join(filter(None, (self.code, self.name))) or _("(empty)")


@dataclass
class AreaIndex:
    """The areas of a kind by everything that a table may call them; five queries."""

    kind: AreaKind
    by_code: dict[str, Area]
    areas: list[Area]
    aliases: list[tuple[str, Area]]
    residual: Area | None = None
    _names: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    _aliases: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    _loose: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    _zeros: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))

    @classmethod
    def of(cls, kind: AreaKind) -> "AreaIndex":
        """Read them."""
        areas = list(Area.objects.filter(kind=kind).order_by("name", "pk"))
        names = AreaName.objects.filter(area__kind=kind).select_related("area")
        residual = next((area for area in areas if area.is_residual), None)
        aliases = [(name.name, name.area) for name in names]
        return cls(kind, areas_by_code(kind), areas, aliases, residual)

    @cached_property
    def elsewhere(self) -> Mapping[str, str]:
        """The codes of other kinds, with the word of the kind; looked up for the first code that is not of this one."""
        others = AreaCode.objects.filter(municipality=self.kind.municipality_id).exclude(area__kind=self.kind)
        return dict(others.values_list("code", "area__kind__name"))

    def __post_init__(self) -> None:
        self.by_pk = {area.pk: area for area in self.areas}
        for code, area in self.by_code.items():
            if bare := without_zeros(code):
                self._zeros[bare].add(area.pk)
        for area in self.areas:
            if not area.is_residual:
                self._names[area.name].add(area.pk)
                self._loose[self.loose(area.name)].add(area.pk)
        for name, area in self.aliases:
            self._aliases[name].add(area.pk)
            self._loose[self.loose(name)].add(area.pk)

    @property
    def active(self) -> list[Area]:
        """Those that a person may choose from."""
        return [area for area in self.areas if area.retired_by_id is None and not area.is_residual]

    def named(self, name: str) -> set[int]:
        """The keys of the areas that go by a name, however it is written."""
        return self._loose.get(self.loose(name), set())

    def loose(self, name: str) -> str:
        """A name without what publishers write in their own way: case, accents, dashes, "Wijk 08", "(Gemeente)"."""
        return loose_name(name, self.kind.municipality.name, self.kind.name)

    def match(self, code: str, name: str, chosen: str = "") -> Match:
        """The area that a table means by a code and a name; `chosen` is what a person said."""
        blank = Match(code, name, None, How.NOT)
        if chosen:
            return self._chosen(blank, chosen)
        if self._has_no_place(code, name):
            return self._nowhere(blank)
        # A table with one column may hold codes or names in it.
        by_code, how_code = self._by_code(code) if code else self._by_code(name)
        by_name, how_name = self._by_name(name) if name else self._by_name(code)
        if by_code and by_name and by_code != by_name and name and code:
            note = _("The code is that of %(one)s, the name that of %(other)s.") % {
                "one": by_code.name,
                "other": by_name.name,
            }
            return replace(blank, note=note, guesses=(by_code, by_name))
        if by_code:
            return replace(blank, area=by_code, how=how_code)
        if code and code in self.elsewhere:
            note = _("The code is that of another kind of area: %(kind)s.") % {
                "kind": self.elsewhere[code].lower()
            }
            return replace(blank, note=note, guesses=(by_name,) if by_name else ())
        if by_name:
            return replace(blank, area=by_name, how=how_name)
        return blank

    def _by_code(self, code: str) -> tuple[Area | None, How]:
        if code in self.by_code:
            return self.by_code[code], How.CODE
        return self._only(self._zeros.get(without_zeros(code), set())), How.ZEROS

    def _by_name(self, name: str) -> tuple[Area | None, How]:
        for found, how in (
            (self._names.get(name), How.NAME),
            (self._aliases.get(name), How.ALIAS),
            (self.named(name), How.LOOSE),
        ):
            if found:
                return self._only(found), how
        return None, How.NOT

    def _only(self, found: set[int]) -> Area | None:
        """The one that exists today, else the one that there was; None when there are more."""
        today = [self.by_pk[pk] for pk in found if self.by_pk[pk].retired_by_id is None]
        candidates = today or [self.by_pk[pk] for pk in found]
        return candidates[0] if len(candidates) == 1 else None

    def _chosen(self, blank: Match, chosen: str) -> Match:
        if chosen == LEFT_OUT:
            return replace(blank, how=How.LEFT_OUT)
        if chosen == NOWHERE:
            return replace(blank, area=self.residual, how=How.BY_HAND, makes_residual=self.residual is None)
        area = self.by_pk.get(int(chosen)) if chosen.isascii() and chosen.isdigit() else None
        return replace(blank, area=area, how=How.BY_HAND) if area else blank

    def _has_no_place(self, code: str, name: str) -> bool:
        if code in self.by_code:
            return False
        return code.lower().endswith(vocabulary().nowhere_codes) or any(
            folded(text) in vocabulary().nowhere_names for text in (code, name)
        )

    def _nowhere(self, blank: Match) -> Match:
        if self.residual:
            return replace(blank, area=self.residual, how=How.NO_PLACE)
        return replace(blank, note=_("This seems to be what has no place."))


def match_all(
    index: AreaIndex, pairs: Iterable[tuple[str, str]], chosen: Mapping[str, str]
) -> dict[tuple[str, str], Match]:
    """Every pair of code and name, with guesses for the first of those that nobody knows."""
    found = {
        (code, name): index.match(code, name, chosen.get(f"{code}|{name}", ""))
        for code, name in dict.fromkeys(pairs)
    }
    asked = [match for match in found.values() if match.is_open and not match.guesses][:ASKED_AT_ONCE]
    for match, guesses in zip(asked, guesses_for(index, asked), strict=True):
        found[match.code, match.name] = replace(match, guesses=guesses)
    return found


def guesses_for(index: AreaIndex, matches: Sequence[Match]) -> list[tuple[Area, ...]]:
    """The areas whose names are most like those of the table; one query."""
    guesses: list[list[Area]] = [[] for _match in matches]
    if matches:
        names = [index.loose(match.name or match.code) for match in matches]
        with connection.cursor() as cursor:
            cursor.execute(GUESS, {"names": names, "kind": index.kind.pk, "most": MOST_GUESSES})
            for number, pk in cursor.fetchall():
                guesses[number - 1].append(index.by_pk[pk])
    return [tuple(found) for found in guesses]


def folded(text: str) -> str:
    """Small letters without accents, one blank between words."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(sign for sign in parts if not unicodedata.combining(sign)).split())


def loose_name(name: str, municipality: str, kind: str) -> str:
    """A name without case, accents, dashes, the number of a wijk and the municipality behind it."""
    text = folded(name)
    text = re.sub(r"^(?:wijk|buurt) \d+ (?=\S)", "", text)
    suffixes = "|".join(re.escape(folded(word)) for word in (municipality, kind)) + r"|dg\.?|deelgem\.?"
    text = re.sub(rf"\s*\((?:{suffixes})\)$", "", text)
    return re.sub(r"[\W_]+", " ", text).strip()


def without_zeros(code: str) -> str:
    """A code of letters and digits without its leading zeros ("GM164" for "GM0164"); empty for other codes."""
    found = re.fullmatch(r"([A-Za-z]*)(\d+)", code, re.ASCII)
    return f"{found[1].upper()}{found[2].lstrip('0') or '0'}" if found else ""
