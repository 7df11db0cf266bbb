"""Agenda, minutes, extract and advice on paper: PDF, and DOCX in the template of the municipality."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from areas.current import municipality_or_404
from areas.documents import document
from areas.models import Municipality
from core.access import open_to_all
from core.office import docx_response
from core.pdf import pdf, pdf_response
from core.release import release_of
from councils.models import ANSWERS, Advice, Answer, Meeting
from councils.reading.paper import (
    ADVICE,
    AGENDA,
    EXTRACT,
    LETTERS,
    MINUTES,
    advice_words,
    agenda_words,
    extract_words,
    letters_words,
    minutes_words,
)
from councils.reading.reach import reach_of
from councils.register import rows_of, with_outcome
from councils.views.meeting_shared import attends, day_of, kept_meeting_or_404, meeting_or_404
from councils.views.meetings import agenda_shown, decision_or_404, extract_of, record_shown

TEMPLATES = {
    ADVICE: "councils/pdf/advice.html",
    AGENDA: "councils/pdf/agenda.html",
    MINUTES: "councils/pdf/minutes.html",
    EXTRACT: "councils/pdf/extract.html",
    LETTERS: "councils/pdf/letters.html",
}


@open_to_all
@require_safe
def agenda(request: HttpRequest, slug: str, number: int, extension: str) -> HttpResponse:
    """The agenda of a meeting."""
    meeting = meeting_or_404(request, slug, number)
    inside = attends(request, meeting)
    words = agenda_words(meeting, agenda_shown(meeting, inside=inside), inside=inside)
    return _paper(request, AGENDA, words, meeting, extension, _("agenda of %(day)s"))


@require_safe
def letters(request: HttpRequest, slug: str, number: int, extension: str) -> HttpResponse:
    """The invitation as letters, a page for each member without e-mail of whom an address is known."""
    meeting = kept_meeting_or_404(request, slug, number)
    members = reach_of(meeting).by_letter
    if not members:
        raise Http404
    words = letters_words(meeting, members)
    return _paper(request, LETTERS, words, meeting, extension, _("letters of %(day)s"))


@open_to_all
@require_safe
def minutes(request: HttpRequest, slug: str, number: int, extension: str) -> HttpResponse:
    """The minutes of a meeting: for everybody once they are approved."""
    meeting = meeting_or_404(request, slug, number)
    inside = attends(request, meeting)
    if meeting.is_file or not meeting.is_over or not (inside or meeting.is_approved):
        raise Http404
    words = minutes_words(meeting, record_shown(meeting, inside=inside))
    return _paper(request, MINUTES, words, meeting, extension, _("minutes of %(day)s"))


@open_to_all
@require_safe
def extract(request: HttpRequest, slug: str, year: int, serial: int, extension: str) -> HttpResponse:
    """The extract of one decision."""
    found = decision_or_404(request, slug, year, serial)
    told = extract_of(found)
    words = extract_words(found, told["vote"], told["told"]["decision"]["how"])
    name = _("decision %(number)s") % {"number": f"{year}-{serial}"}
    return _paper(request, EXTRACT, words, found.meeting, extension, name)


@open_to_all
@require_safe
def advice(request: HttpRequest, year: int, number: int, extension: str) -> HttpResponse:
    """An advice that was given, with its answer from the release on: before that nobody has it on paper but as the note."""
    municipality = municipality_or_404(request)
    asked = with_outcome(Advice.objects.of(municipality).adopted())
    found = get_object_or_404(asked, year=year, number=number)
    answer = Answer.objects.counting().filter(advice=found).first()
    release = release_of(ANSWERS, answer) if answer is not None else None
    words = advice_words(found, rows_of([found])[0].stands, answer, release)
    name = _("advice %(number)s") % {"number": f"{year}-{number}"}
    return _on_paper(request, ADVICE, words, municipality, extension, name, to=found)


def _paper(
    request: HttpRequest, kind: str, words: Mapping[str, Any], meeting: Meeting, extension: str, name: str
) -> HttpResponse:
    council = meeting.council
    name = f"{council.name} {name % {'day': day_of(meeting)}}"
    return _on_paper(request, kind, words, council.municipality, extension, name, to=meeting)


def _on_paper(
    request: HttpRequest,
    kind: str,
    words: Mapping[str, Any],
    municipality: Municipality,
    extension: str,
    name: str,
    *,
    to: Any,
) -> HttpResponse:
    """The document; back to the page of the thing, with the reason, when the template of the municipality does not fit it."""
    try:
        if extension == "docx":
            return docx_response(document(kind, words, municipality=municipality), name=name)
        content = pdf(TEMPLATES[kind], {"words": words, "title": name}, municipality=municipality)
        return pdf_response(content, name=name)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect(to)
