"""Agenda, minutes and extract as words for paper: PDF of our own, DOCX in the template of the municipality."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from councils.frozen import place_of
from councils.models import AgendaItem, Decision, Meeting

AGENDA, MINUTES, EXTRACT = "councils.agenda", "councils.minutes", "councils.extract"


def head_of(meeting: Meeting) -> dict[str, Any]:
    """What stands above each of them."""
    starts = timezone.localtime(meeting.starts_at)
    return {
        "raad": meeting.council.name,
        "dag": date_format(starts, "l j F Y"),
        "uur": f"{starts:%H.%M}",
        "plaats": place_of(meeting),
    }


def agenda_words(meeting: Meeting, items: Sequence[AgendaItem], *, inside: bool) -> dict[str, Any]:
    """An agenda; of an item behind closed doors others than members read that it is there."""
    return {
        **head_of(meeting),
        "punten": [
            {
                "nummer": one.order,
                "titel": one.title if inside or not one.is_closed else _("Behind closed doors"),
                "tekst": one.text if inside or not one.is_closed else "",
                "soort": str(one.get_kind_display()),
            }
            for one in items
        ],
    }


def minutes_words(meeting: Meeting, record: Mapping[str, Any]) -> dict[str, Any]:
    """The minutes, as they are shown to who asks."""
    there = [one["name"] for one in record["attendance"] if one["spans"]]
    excused = [one["name"] for one in record["attendance"] if one["is_excused"]]
    return {
        **head_of(meeting),
        "aanwezig": ", ".join(there),
        "verontschuldigd": ", ".join(excused),
        "goedgekeurd": meeting.is_approved,
        "punten": [
            {
                "nummer": section["order"],
                "titel": section["title"] or (_("Behind closed doors") if section["is_closed"] else _("Before the first item")),
                "regels": [{"uur": line["hour"], "tekst": line["text"]} for line in section["lines"]],
            }
            for section in record["sections"]
        ],
    }  # fmt: skip


def extract_words(decision: Decision, vote: Mapping[str, Any] | None, how: str) -> dict[str, Any]:
    """One decision with its vote."""
    return {
        **head_of(decision.meeting),
        "nummer": decision.full_number,
        "titel": decision.title,
        "tekst": decision.text,
        "stemming": vote["text"] if vote else how,
        "goedgekeurd": decision.meeting.is_approved,
    }
