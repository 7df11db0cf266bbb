"""The councils of the demo and who sits in them: what stands in the file, with dates that count from today."""

import datetime as dt
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.utils.text import slugify

from accounts.models import User
from areas.models import Area, Municipality
from councils.models import Council, Hindrance, Membership, Office, Person, RuleChoice, Seat, Term
from portal.demo.moments import day, years_of_office
from portal.demo.people import DOMAIN
from portal.demo.rows import restore

SOURCE = Path(__file__).with_name("councils.toml")
OWN_RULES = "Algemeen reglement van de adviesraden, art. 3 (voorbeeld)"

Entry = Mapping[str, Any]
AreasByCode = dict[str, Area]


def read() -> dict[str, Any]:
    """What the file says."""
    return tomllib.loads(SOURCE.read_text(encoding="utf-8"))


def restore_councils(municipality: Municipality, areas: AreasByCode) -> dict[str, Council]:
    """Make the councils of the demo by their word; one that is there already is left as people made it."""
    found = {}
    for entry in read()["councils"]:
        there = Council.objects.filter(municipality=municipality, slug=entry["slug"]).first()
        found[entry["slug"]] = there or _Made(municipality, areas, entry).council
    return found


class _Made:
    """One council with its term, places and people."""

    def __init__(self, municipality: Municipality, areas: AreasByCode, entry: Entry) -> None:
        self.municipality, self.entry = municipality, entry
        first, last = years_of_office()  # of the plan; the councils of the town began a year earlier
        self.first, self.last = dt.date(first - 1, 1, 1), dt.date(last - 1, 12, 31)
        self.decided = self.first + dt.timedelta(days=82)
        self.council = self._council(areas)
        restore(Term, {"council": self.council, "first_on": self.first}, last_on=self.last)
        least, most = entry["places"]
        self.seats = {"member": self._seat("member", least, most)}
        self.members = [self._member(number, gender) for number, gender in enumerate(entry["members"], 1)]
        self._others()
        self._offices()
        self._own_rules()

    def _council(self, areas: AreasByCode) -> Council:
        entry = self.entry
        council = restore(
            Council, {"municipality": self.municipality, "slug": entry["slug"]}, kind=entry["kind"], name=entry["name"],
            purpose=entry["purpose"], basis=Council.Basis.FOUNDED, founded_on=self.decided,
            founding_number=f"{self.decided.year}/GR/0117", works=entry["works"], contact=entry["contact"],
            vacancy=entry.get("vacancy", ""), email=f"{entry['slug'].replace('-', '.')}@{DOMAIN}", is_example=True,
        )  # fmt: skip
        council.areas.set(areas[code] for code in entry.get("areas", ()))
        return council

    def _seat(self, mandate: str, least: int, most: int) -> Seat:
        identity = {"council": self.council, "mandate": mandate, "name": ""}
        return restore(Seat, identity, least=least, most=most, first_on=self.first)

    def _person(self, name: str, gender: str, mailbox: str = "", letters: str = "") -> Person:
        user = User.objects.get(email=f"{mailbox}@{DOMAIN}") if mailbox else None
        mails = "mails" in self.entry and not (mailbox or letters)
        word = slugify(name.removesuffix(" (voorbeeld)"))
        return Person.objects.create(
            municipality=self.municipality, name=name, user=user, gender=gender.strip("?"), is_example=True,
            email=f"{word}.{self.council.slug}@{DOMAIN}" if mails else "", postal_address=letters,
        )  # fmt: skip

    def _sit(self, person: Person, seat: Seat, rank: int, first: dt.date, **fields: Any) -> Membership:
        decided = max(self.decided, first - dt.timedelta(days=1))
        return Membership.objects.create(
            council=self.council, person=person, seat=seat, first_on=first, rank=rank, decided_on=decided,
            decision_number=f"{decided.year}/GR/{100 + rank:04}", **fields,
        )  # fmt: skip

    def _member(self, number: int, gender: str) -> Membership:
        key = str(number)
        mailbox = self.entry.get("accounts", {}).get(key, "")
        letters = self.entry.get("letters", {}).get(key, "")
        person = self._person(f"Lid {number} (voorbeeld)", gender, mailbox, letters)
        since, until = (self.entry.get(word, {}).get(key) for word in ("since", "until"))
        ended = {"last_on": day(until), "ended": Membership.Ended.RESIGNED} if until else {}
        first = day(since) if since else self.first
        return self._sit(person, self.seats["member"], number, first, **ended)

    def _others(self) -> None:
        """Substitutes, observers and experts; and the substitute who sits for somebody."""
        substitutes = []
        if given := self.entry.get("substitutes"):
            seat = self._seat("substitute", 0, 4)
            for number, gender in enumerate(given, 1):
                person = self._person(f"Plaatsvervanger {number} (voorbeeld)", gender)
                substitutes.append(self._sit(person, seat, 50 + number, self.first))
        for mandate, word in (("observer", "Waarnemer"), ("expert", "Deskundige")):
            for number, speaks_for in enumerate(self.entry.get(f"{mandate}s", ()), 1):
                person = self._person(f"{word} {number} (voorbeeld)", "")
                seat = self._seat(mandate, 0, 3)
                self._sit(person, seat, 70 + number, self.first, delegation=speaks_for)
        if hindered := self.entry.get("hindered"):
            first = day(hindered["from"])
            Hindrance.objects.create(
                membership=self.members[hindered["member"] - 1], first_on=first, replaced_from=first,
                replacement=substitutes[hindered["by"] - 1],
            )  # fmt: skip

    def _offices(self) -> None:
        for kind in (Office.Kind.CHAIR, Office.Kind.SECRETARY):
            member = self.members[self.entry[kind.value] - 1]
            Office.objects.create(
                council=self.council, membership=member, kind=kind, first_on=member.first_on
            )

    def _own_rules(self) -> None:
        if barred := self.entry.get("barred"):
            RuleChoice.objects.create(
                council=self.council,
                rule="politicians_barred",
                value=barred,
                first_on=self.first,
                source=OWN_RULES,
            )
