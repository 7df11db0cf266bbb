"""What looks wrong in the data of the work locations: one small class a rule, found by its name.

The source is kept as it was printed; a rule only says what is odd and lets a person look. `QualityWaiver` says of a finding that
it is right so.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter
from typing import Any, ClassVar, Literal, NamedTuple

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import Exists, OuterRef
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from areas.models import AreaShape, Municipality
from areas.models.edition import IN_FORCE
from workplaces.models import OpeningHours, QualityWaiver, ServiceOffer, WorkLocation

Severity = Literal["error", "warning", "info"]
SEVERITIES: dict[str, Promise] = {
    "error": gettext_lazy("Wrong"),
    "warning": gettext_lazy("Look at this"),
    "info": gettext_lazy("To complete"),
}


@dataclass(frozen=True)
class Finding:
    """Something odd about a location, in a sentence."""

    rule: "Rule"
    location: WorkLocation
    sentence: str

    @property
    def severity(self) -> Severity:
        """How bad it is."""
        return self.rule.severity


class Place(NamedTuple):
    """Of every location in use what the others are compared with."""

    pk: int
    name: str
    street: str
    house_number: str
    postcode: str


# The area of area-based work around each point; small kinds win, as in `lies_in`. The shapes lead: each is opened once.
VILLAGES = f"""
SELECT DISTINCT ON (location.id) location.id, area.name
FROM areas_areashape shape
JOIN areas_areaedition edition ON edition.id = shape.edition_id AND {IN_FORCE}
JOIN areas_area area ON area.id = shape.area_id AND area.retired_by_id IS NULL
JOIN areas_areakind kind ON kind.id = area.kind_id AND kind.is_working_level
JOIN workplaces_worklocation location
  ON location.municipality_id = area.municipality_id AND ST_Intersects(shape.geom, location.point)
WHERE area.municipality_id = %s
ORDER BY location.id, kind.rank DESC, area.name DESC
"""  # noqa: S608 (our own words)


class Checkup:
    """What the rules look at: some locations whole, and of all that are in use only what those are compared with.

    A fixed number of queries, and for one location among thousands no more than a list of texts.
    """

    def __init__(self, municipality: Municipality, only: Iterable[WorkLocation] | None = None) -> None:
        self.municipality = municipality
        in_use = WorkLocation.objects.of(municipality).in_use().order_by("name", "pk")
        asked = in_use if only is None else in_use.filter(pk__in=[location.pk for location in only])
        here = {"location": OuterRef("pk")}
        self.locations: list[Any] = list(
            asked.with_areas().annotate(
                has_services=Exists(ServiceOffer.objects.filter(**here)),
                has_hours=Exists(OpeningHours.objects.filter(**here)),
                waived=ArraySubquery(QualityWaiver.objects.filter(**here).order_by().values("rule")),
            )
        )
        rows = (
            map(attrgetter(*Place._fields), self.locations)
            if only is None
            else in_use.values_list(*Place._fields)
        )
        self.all = [Place(*row) for row in rows]

    @cached_property
    def has_boundaries(self) -> bool:
        """Whether there is anything to lie outside of."""
        return AreaShape.objects.in_force().filter(area__municipality=self.municipality).exists()

    @cached_property
    def villages(self) -> dict[int, str]:
        """The area of area-based work in which each location lies; a location outside all of them is not in it."""
        with connection.cursor() as cursor:
            cursor.execute(VILLAGES, [self.municipality.pk])
            return dict(cursor.fetchall())

    @cached_property
    def postcodes(self) -> dict[str, Counter[str]]:
        """In which villages each postcode is used, and how often."""
        found: dict[str, Counter[str]] = {}
        for place in self.all:
            if place.postcode:
                villages = found.setdefault(place.postcode, Counter())
                if place.pk in self.villages:
                    villages[self.villages[place.pk]] += 1
        return found

    @cached_property
    def streets(self) -> Counter[str]:
        """How many locations each street has."""
        return Counter(place.street for place in self.all if place.street)

    @cached_property
    def addresses(self) -> dict[tuple[str, ...], list[Place]]:
        """The locations by address."""
        found: dict[tuple[str, ...], list[Place]] = defaultdict(list)
        for place in self.all:
            if place.street and place.house_number:
                found[address_of(place)].append(place)
        return found


def address_of(place: Any) -> tuple[str, ...]:
    """An address as it is compared: without capitals and double spaces."""
    return tuple(
        " ".join(part.lower().split()) for part in (place.street, place.house_number, place.postcode)
    )


RULES: dict[str, "Rule"] = {}


class Rule:
    """A thing that can be odd about a location; `look` returns a sentence, or nothing when all is well."""

    name: ClassVar[str]
    title: ClassVar[Promise]
    severity: ClassVar[Severity] = "warning"
    # Which section of the edit page mends it.
    mend: ClassVar[str] = "gegevens"

    def __init_subclass__(cls) -> None:
        RULES[cls.name] = cls()

    def look(self, location: Any, checkup: Checkup) -> str | None:
        """What is odd about one location."""
        raise NotImplementedError


class PostcodeOfAnotherVillage(Rule):
    """The village has a postcode of its own, and this one is used elsewhere."""

    name = "postcode-of-another-village"
    title = gettext_lazy("Postcode of another village")
    severity = "error"

    def look(self, location: Any, checkup: Checkup) -> str | None:
        """Compares with where the other locations with these postcodes lie; no list of postcodes is needed."""
        here = checkup.villages.get(location.pk)
        if not here or not location.postcode:
            return None
        own = checkup.postcodes[location.postcode] - Counter([here])
        elsewhere = own.total() - own[here]
        if own[here] * 2 >= own.total() > 0:
            return None
        for usual, villages in checkup.postcodes.items():
            at_home = villages[here] * 2 > villages.total()
            if usual == location.postcode or not at_home or (not elsewhere and villages[here] < 2):
                continue
            if not elsewhere:
                return _("Postcode %(postcode)s is used nowhere else; in %(here)s it is %(usual)s.") % {
                    "postcode": location.postcode, "here": here, "usual": usual,
                }  # fmt: skip
            del own[here]
            return _(
                "Postcode %(postcode)s belongs to %(there)s, but this place lies in %(here)s, where it is %(usual)s."
            ) % {
                "postcode": location.postcode, "there": _most(own), "here": here, "usual": usual,
            }  # fmt: skip
        return None


def _most(villages: Counter[str]) -> str:
    """The village with the most, or those that share the first place."""
    most = max(villages.values())
    return ", ".join(sorted(name for name, number in villages.items() if number == most))


class NoHouseNumber(Rule):
    """A street without a number."""

    name = "no-house-number"
    title = gettext_lazy("House number missing")

    def look(self, location: Any, checkup: Checkup) -> str | None:
        """A place that cannot be found by post."""
        if not location.street:
            return _("There is no street.")
        if re.search(r"\d", location.house_number):
            return None
        return _("The house number is missing after “%(street)s”.") % {"street": location.street}


class StreetWithoutCapital(Rule):
    """A street that starts with a small letter."""

    name = "street-without-capital"
    title = gettext_lazy("Street without a capital")
    severity = "info"

    def look(self, location: Any, checkup: Checkup) -> str | None:
        """As "schoolstraat"."""
        if not location.street[:1].islower():
            return None
        return _("“%(street)s” starts with a small letter.") % {"street": location.street}


class StrayPunctuation(Rule):
    """A sign that does not belong in an address."""

    name = "stray-punctuation"
    title = gettext_lazy("Odd signs in the address")
    severity = "info"
    ODD = re.compile(r"[;:!?*_|]|,\s*,|\s,|\s{2,}|[,.]\s*$")

    def look(self, location: Any, checkup: Checkup) -> str | None:
        """In the address as printed, or in the street."""
        for text in (location.street, location.address_as_printed):
            if self.ODD.search(text):
                return _("An odd sign in “%(text)s”.") % {"text": text}
        return None


class ProbableMisprint(Rule):
    """A street that is almost another one, or ends as no street does."""

    name = "probable-misprint"
    title = gettext_lazy("Probable misprint")
    ENDINGS: ClassVar[dict[str, str]] = {
        "iaan": "laan", "lnan": "laan", "straal": "straat", "slraat": "straat", "siraat": "straat",
        "stiaat": "straat", "p1ein": "plein", "piein": "plein", "pleln": "plein", "dreel": "dreef",
    }  # fmt: skip

    def look(self, location: Any, checkup: Checkup) -> str | None:
        """Endings that scanning makes, and one letter's difference with a street that occurs more often."""
        street = location.street
        for wrong, right in self.ENDINGS.items():
            if street.lower().endswith(wrong) and len(street) > len(wrong) + 1:
                return self._sentence(street, street[: -len(wrong)] + right)
        for known, times in checkup.streets.items():
            if times > checkup.streets[street] and one_letter_off(street.lower(), known.lower()):
                return self._sentence(street, known)
        return None

    def _sentence(self, street: str, known: str) -> str:
        return _("“%(street)s” looks like a misprint of “%(known)s”.") % {"street": street, "known": known}


class NotPlaced(Rule):
    """A location that is not on the map."""

    name = "not-placed"
    title = gettext_lazy("Not on the map")
    severity = "error"
    mend = "plaats"

    def look(self, location: Any, checkup: Checkup) -> str | None:
        """Without a point it lies in no area either."""
        return None if location.point else _("This location is not on the map, and counts for no area.")


class OnlyInTheVillage(Rule):
    """A location of which only the village is known."""

    name = "only-in-the-village"
    title = gettext_lazy("Place only roughly known")
    severity = "info"
    mend = "plaats"

    def look(self, location: Any, checkup: Checkup) -> str | None:
        """It may be the right village and still be far off."""
        if location.precision != WorkLocation.Precision.VILLAGE:
            return None
        return _("Of the place on the map only the village is certain.")


class OutsideTheMunicipality(Rule):
    """A point outside all boundaries in force."""

    name = "outside-the-municipality"
    title = gettext_lazy("Outside the municipality")
    severity = "error"
    mend = "plaats"

    def look(self, location: Any, checkup: Checkup) -> str | None:
        """May happen after boundaries moved."""
        if not location.point or location.lies_in or not checkup.has_boundaries:
            return None
        return _("The place on the map lies outside %(municipality)s.") % {
            "municipality": checkup.municipality
        }


class NoServices(Rule):
    """Nobody knows what happens there."""

    name = "no-services"
    title = gettext_lazy("No services")
    severity = "info"
    mend = "diensten"

    def look(self, location: Any, checkup: Checkup) -> str | None:
        """Such a location is found by name only."""
        return None if location.has_services else _("No service is named for this location.")


class NoHours(Rule):
    """Nobody knows when it is open."""

    name = "no-hours"
    title = gettext_lazy("No opening hours")
    severity = "info"
    mend = "uren"

    def look(self, location: Any, checkup: Checkup) -> str | None:
        """Residents see "hours not known"."""
        return None if location.has_hours else _("There are no opening hours.")


class SameAddress(Rule):
    """Two locations at one address."""

    name = "same-address"
    title = gettext_lazy("Same address twice")

    def look(self, location: Any, checkup: Checkup) -> str | None:
        """One building may hold two locations; then it is right so."""
        here = checkup.addresses.get(address_of(location), [])
        others = [other.name for other in here if other.pk != location.pk]
        return _("%(others)s has the same address.") % {"others": ", ".join(others)} if others else None


def one_letter_off(one: str, other: str) -> bool:
    """Whether two words of some length differ in one letter: another, one more or one less, or two changed places."""
    if one == other or min(len(one), len(other)) < 6 or abs(len(one) - len(other)) > 1:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    a, b = one[start:], other[start:]
    swapped = len(a) == len(b) and len(a) > 1 and a[0] == b[1] and a[1] == b[0] and a[2:] == b[2:]
    return swapped or a[1:] == b[1:] or a[1:] == b or a == b[1:]


def findings(municipality: Municipality, *, only: Iterable[WorkLocation] | None = None) -> Iterator[Finding]:
    """Everything odd that nobody called right, the worst first."""
    checkup = Checkup(municipality, only)
    order = list(SEVERITIES)
    for rule in sorted(RULES.values(), key=lambda rule: order.index(rule.severity)):
        for location in checkup.locations:
            if rule.name not in location.waived and (sentence := rule.look(location, checkup)):
                yield Finding(rule, location, sentence)
