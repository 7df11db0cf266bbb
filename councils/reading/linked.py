"""What a meeting is as linked data (OSLO Besluit and Mandaat): the names that the page's RDFa uses beside what it shows.

An agenda of a meeting that is still to come breaks two rules of the shapes (a beginning and an end that were), which nobody can
meet before it is held; so does a council without a chair or a secretary on the day. Everything else is met (docs/councils.md).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from councils.makeup import makeup_once
from councils.models import Meeting

LANGUAGE = "http://publications.europa.eu/resource/authority/language/NLD"
# The kinds of bodies and of administrations of the Flemish code lists.
COUNCIL_KIND = "http://data.vlaanderen.be/id/concept/BestuursorgaanClassificatieCode/adviesraad"
MUNICIPALITY_KIND = (
    "http://data.vlaanderen.be/id/concept/BestuurseenheidClassificatieCode/5ab0e9b8a3b2ca7c5e000001"
)


@dataclass(frozen=True)
class Linked:
    """Addresses of a meeting and of what belongs to it; `at_start` are the members who were there when it opened."""

    meeting: str
    council: str
    municipality: str
    language: str
    council_kind: str
    municipality_kind: str
    chair: str
    secretary: str
    at_start: frozenset[str]


def linked_of(meeting: Meeting, content: Mapping[str, Any]) -> Linked:
    """The names for a meeting with these minutes."""
    site = meeting.council.municipality.site
    return Linked(
        meeting=site + meeting.get_absolute_url(),
        council=f"{site}{meeting.council.get_absolute_url()}#raad",
        municipality=f"{site}/#gemeente",
        language=LANGUAGE,
        council_kind=COUNCIL_KIND,
        municipality_kind=MUNICIPALITY_KIND,
        chair=_office(content, "chair"),
        secretary=_office(content, "secretary"),
        at_start=frozenset(one["member"] for one in content["attendance"] if one["at_start"]),
    )


def linked_ahead(meeting: Meeting) -> Linked:
    """The names for a meeting that is still to come or goes on; chair and secretary are those of its day."""
    makeup = makeup_once(meeting.council)
    seated = [
        {"member": one.uuid, "offices": makeup.offices_of(one, meeting.day), "at_start": False}
        for one in makeup.seated(meeting.day)
    ]
    return linked_of(meeting, {"attendance": seated})


def _office(content: Mapping[str, Any], kind: str) -> str:
    return next((one["member"] for one in content["attendance"] if kind in one["offices"]), "")
