"""Agenda, minutes, extract and advice as words for paper: PDF of our own, DOCX in the template of the municipality."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.models import Release
from core.text import plain
from councils.composition import Verdict
from councils.frozen import agenda_of, place_of
from councils.models import Advice, Answer, AnswerLine, Decision, Meeting, Membership

AGENDA, MINUTES, EXTRACT = "councils.agenda", "councils.minutes", "councils.extract"
ADVICE = "councils.advice"
LETTERS = "councils.letters"


def head_of(meeting: Meeting) -> dict[str, Any]:
    """What stands above each of them."""
    starts = timezone.localtime(meeting.starts_at)
    return {
        "raad": meeting.council.name,
        "dag": date_format(starts, "l j F Y"),
        "uur": f"{starts:%H.%M}",
        "plaats": place_of(meeting),
    }


def agenda_words(meeting: Meeting, items: Sequence[Any], *, inside: bool) -> dict[str, Any]:
    """An agenda of items with their `papers`; of one behind closed doors others than members read that it is there."""
    return {
        **head_of(meeting),
        "punten": [
            {
                "nummer": one.order,
                "titel": one.title if inside or not one.is_closed else _("Behind closed doors"),
                "tekst": one.text if inside or not one.is_closed else "",
                "soort": str(one.get_kind_display()) if inside or not one.is_closed else "",
                "stukken": [paper.title for paper in one.papers.files] if one.papers else [],
            }
            for one in items
        ],
    }


def letters_words(meeting: Meeting, members: Sequence[Membership]) -> dict[str, Any]:
    """The invitation as a letter for each of these members, with the agenda that was sent, or as it is while none was."""
    council, sent = meeting.council, meeting.agendas.last()
    content = sent.content if sent else agenda_of(meeting)
    return {
        **head_of(meeting),
        "gemeente": council.municipality.name,
        "vandaag": date_format(timezone.localdate(), "j F Y"),
        "contact": ", ".join(filter(None, (council.phone, council.email))),
        "punten": [{"nummer": one["order"], "titel": one["title"]} for one in content["items"]],
        "brieven": [
            {"naam": one.person.name, "adres": address_lines(one.person.postal_address)} for one in members
        ],
    }


def address_lines(address: str) -> str:
    """An address as it stands on a letter: a line for the street, a line for the place."""
    return "\n".join(filter(None, (part.strip() for part in address.replace("\n", ",").split(","))))


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


def advice_words(
    advice: Advice, stands: str, answer: Answer | None, release: Release | None
) -> dict[str, Any]:
    """An advice that was given, with its answer (and the `release` of that) once it is public; `stands` says how it stands."""
    lines = {one.recommendation_id: one for one in answer.lines.select_related("action")} if answer else {}
    return {
        "raad": advice.council.name,
        "nummer": advice.code,
        "titel": advice.title,
        "vraag": advice.question,
        "toelichting": plain(advice.text),
        "aan": advice.body_name or str(advice.get_body_display()),
        "beleidsdomein": advice.policy_field.name if advice.policy_field else "",
        "gegeven": _day(advice.adopted_on),
        "stemming": advice.vote_words,
        "samenstelling": str(Verdict(advice.verdict).words),
        "stand": stands,
        "inleiding": answer.text if answer else "",
        "besluit": release.decision_number if release else "",
        "beslist_door": release.body if release else "",
        "beslist_op": _day(release.decided_on) if release else "",
        "voorstellen": [
            _asked(one.number, one.text, lines.get(one.pk)) for one in advice.recommendations.all()
        ],
    }


def _asked(number: int, text: str, line: AnswerLine | None) -> dict[str, Any]:
    return {
        "nummer": number,
        "tekst": text,
        "oordeel": str(line.get_verdict_display()) if line else "",
        "reden": line.reason if line else "",
        "actie": line.action.name if line and line.action else "",
    }


def _day(day: dt.date | None) -> str:
    return date_format(day, "j F Y") if day else ""
