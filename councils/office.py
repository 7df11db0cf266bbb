"""Documents of Word about councils: the note that puts an answer before who decides, agenda, minutes, extract, advice, letters."""

from collections.abc import Mapping
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy

from areas.documents import document
from core.models import Release
from core.office import Line, OfficeKind, office_kinds
from councils.models import Answer
from councils.reading.paper import ADVICE, AGENDA, EXTRACT, LETTERS, MINUTES

NOTE = "councils.answer_note"
RECOMMENDATIONS = {
    "voorstellen": gettext_lazy("Recommendations, one by one"),
    "voorstellen.nummer": gettext_lazy("Number of the recommendation"),
    "voorstellen.tekst": gettext_lazy("What the council asks"),
    "voorstellen.oordeel": gettext_lazy("What becomes of it"),
    "voorstellen.reden": gettext_lazy("Why"),
    "voorstellen.actie": gettext_lazy("Action that carries it out; may be empty"),
}
ANSWERED = [
    {
        "nummer": number, "tekst": "Laat de bomen staan.", "oordeel": "gevolgd", "reden": "Ze geven schaduw.",
        "actie": "Banken en schaduw",
    }
    for number in (1, 2)
]  # fmt: skip


def note(*, release: Release, thing: Answer) -> bytes:
    """The note to who decides, in the template of the municipality or in ours."""
    return document(NOTE, words_of(release, thing), municipality=thing.municipality)


def words_of(release: Release, answer: Answer) -> Mapping[str, Any]:
    """What the note says."""
    advice = answer.advice
    lines = answer.lines.select_related("recommendation", "action")
    return {
        "orgaan": release.body,
        "nummer": advice.code,
        "raad": advice.council.name,
        "titel": advice.title,
        "gegeven": date_format(advice.adopted_on, "j F Y") if advice.adopted_on else "",
        "stemming": advice.vote_words,
        "antwoord_tegen": date_format(advice.due_on, "j F Y") if advice.due_on else "",
        "beleidsdomein": advice.policy_field.name if advice.policy_field else "",
        "verbetering": answer.correction,
        "inleiding": answer.text,
        "voorstellen": [
            {
                "nummer": line.recommendation.number,
                "tekst": line.recommendation.text,
                "oordeel": str(line.get_verdict_display()),
                "reden": line.reason,
                "actie": line.action.name if line.action else "",
            }
            for line in lines
        ],
    }


def example() -> Mapping[str, Any]:
    """A note with which a template is tried."""
    return {
        "orgaan": "college van burgemeester en schepenen", "nummer": "2026/17", "raad": "Dorpsraad",
        "titel": "Geef het plein terug",
        "gegeven": "10 september 2026", "stemming": "8 voor, 1 tegen", "antwoord_tegen": "10 november 2026",
        "beleidsdomein": "Publieke ruimte", "verbetering": "Er stond een verkeerd aantal.",
        "inleiding": "De dorpsraad deed twee voorstellen.",
        "voorstellen": ANSWERED,
    }  # fmt: skip


office_kinds.register(
    OfficeKind(
        name=NOTE,
        title=gettext_lazy("Note: answer to an advice"),
        example=example,
        words={
            "orgaan": gettext_lazy("Who decides"),
            "nummer": gettext_lazy("Number of the advice"),
            "raad": gettext_lazy("Name of the council"),
            "titel": gettext_lazy("Title of the advice"),
            "gegeven": gettext_lazy("Day on which the advice was given"),
            "stemming": gettext_lazy("How the council voted"),
            "antwoord_tegen": gettext_lazy("Day on which the answer is due"),
            "beleidsdomein": gettext_lazy("Policy field"),
            "verbetering": gettext_lazy(
                "Why an answer that was public is corrected; empty in a first answer"
            ),
            "inleiding": gettext_lazy("What the answer says in general"),
            **RECOMMENDATIONS,
        },
        lines=(
            Line("Title", gettext_lazy("Note for: {{ orgaan }}")),
            Line("Heading 1", gettext_lazy("Answer to advice {{ nummer }} of {{ raad }}: {{ titel }}")),
            Line(
                "Normal",
                gettext_lazy(
                    "Given on {{ gegeven }} ({{ stemming }}). The answer is due on {{ antwoord_tegen }}."
                ),
            ),
            Line("Normal", gettext_lazy("Policy field: {{ beleidsdomein }}")),
            Line("Normal", "{%p if verbetering %}"),
            Line("Normal", gettext_lazy("This corrects the answer that is public now: {{ verbetering }}")),
            Line("Normal", "{%p endif %}"),
            Line("Normal", "{{ inleiding }}"),
            Line("Heading 1", gettext_lazy("Proposal to decide")),
            Line("Normal", "{%p for voorstel in voorstellen %}"),
            Line("Heading 2", "{{ voorstel.nummer }}. {{ voorstel.tekst }}"),
            Line("Normal", "{{ voorstel.oordeel }}: {{ voorstel.reden }}"),
            Line("Normal", "{%p if voorstel.actie %}"),
            Line("Normal", gettext_lazy("Action: {{ voorstel.actie }}")),
            Line("Normal", "{%p endif %}"),
            Line("Normal", "{%p endfor %}"),
        ),
    )
)

HEAD = {
    "raad": gettext_lazy("Name of the council"),
    "dag": gettext_lazy("Day of the meeting"),
    "uur": gettext_lazy("Hour at which it begins"),
    "plaats": gettext_lazy("Place of the meeting; may be empty"),
}
ITEMS = {
    "punten": gettext_lazy("Items, one by one"),
    "punten.nummer": gettext_lazy("Number of the item"),
    "punten.titel": gettext_lazy("Title of the item"),
}
TRIED = {"raad": "Dorpsraad", "dag": "donderdag 14 januari 2027", "uur": "20.00", "plaats": "Parochiezaal"}
WHEN = Line("Normal", "{{ raad }}, {{ dag }}, {{ uur }}. {{ plaats }}")
ONE = Line("Heading 1", "{{ punt.nummer }}. {{ punt.titel }}")
EACH, END = Line("Normal", "{%p for punt in punten %}"), Line("Normal", "{%p endfor %}")


def agenda_example() -> Mapping[str, Any]:
    """An agenda with which a template is tried."""
    item = {
        "titel": "Het kerkplein",
        "tekst": "Wat vinden we ervan?",
        "soort": "om over te praten",
        "stukken": ["Nota"],
    }
    return {**TRIED, "punten": [{"nummer": number, **item} for number in (1, 2)]}


def letters_example() -> Mapping[str, Any]:
    """Letters with which a template is tried."""
    items = [{"nummer": number, "titel": "Het kerkplein"} for number in (1, 2)]
    people = [{"naam": f"Lid {number}", "adres": "Dorpsstraat 1\n2320 Hoogstraten"} for number in (1, 2)]
    told = {"gemeente": "Hoogstraten", "vandaag": "4 januari 2027", "contact": "03 000 00 00"}
    return {**TRIED, **told, "punten": items, "brieven": people}


def minutes_example() -> Mapping[str, Any]:
    """Minutes with which a template is tried."""
    lines = [{"uur": "20.02", "tekst": "De voorzitter opent de vergadering."}]
    items = [{"nummer": number, "titel": "Het kerkplein", "regels": lines} for number in (1, 2)]
    told = {"aanwezig": "Lid 1, Lid 2", "verontschuldigd": "Lid 3", "goedgekeurd": True}
    return {**TRIED, **told, "punten": items}


def extract_example() -> Mapping[str, Any]:
    """An extract with which a template is tried."""
    told = {
        "nummer": "2027/3",
        "titel": "Een bank erbij",
        "tekst": "Er komt een bank.",
        "stemming": "8 voor, 1 tegen",
    }
    return {**TRIED, **told, "goedgekeurd": True}


office_kinds.register(
    OfficeKind(
        name=AGENDA,
        title=gettext_lazy("Agenda of a council"),
        example=agenda_example,
        words={
            **HEAD, **ITEMS, "punten.tekst": gettext_lazy("Explanation of the item; may be empty"),
            "punten.soort": gettext_lazy("What the item is for"),
            "punten.stukken": gettext_lazy("Titles of its papers, one by one; may be empty"),
        },
        lines=(
            Line("Title", gettext_lazy("Agenda")), WHEN, EACH, ONE, Line("Normal", "{{ punt.tekst }}"),
            Line("Normal", "{%p for stuk in punt.stukken %}"), Line("Normal", gettext_lazy("Paper: {{ stuk }}")), END, END,
        ),
    )
)  # fmt: skip
office_kinds.register(
    OfficeKind(
        name=MINUTES,
        title=gettext_lazy("Minutes of a council"),
        example=minutes_example,
        words={
            **HEAD, "aanwezig": gettext_lazy("Names of who was there"),
            "verontschuldigd": gettext_lazy("Names of who sent word"), "goedgekeurd": gettext_lazy("Whether they are approved"),
            **ITEMS, "punten.regels": gettext_lazy("Lines of the item, one by one"),
            "punten.regels.uur": gettext_lazy("Hour of the line"), "punten.regels.tekst": gettext_lazy("Text of the line"),
        },
        lines=(
            Line("Title", gettext_lazy("Minutes")), WHEN, Line("Normal", gettext_lazy("Present: {{ aanwezig }}")),
            EACH, ONE, Line("Normal", "{%p for regel in punt.regels %}"), Line("Normal", "{{ regel.uur }} {{ regel.tekst }}"),
            END, END,
        ),
    )
)  # fmt: skip
office_kinds.register(
    OfficeKind(
        name=EXTRACT,
        title=gettext_lazy("Extract: a decision of a council"),
        example=extract_example,
        words={
            **HEAD, "nummer": gettext_lazy("Number of the decision"), "titel": gettext_lazy("Title of the decision"),
            "tekst": gettext_lazy("Text of the decision"), "stemming": gettext_lazy("How the council voted"),
            "goedgekeurd": gettext_lazy("Whether the minutes are approved"),
        },
        lines=(
            Line("Title", gettext_lazy("Decision {{ nummer }}")), WHEN, Line("Heading 1", "{{ titel }}"),
            Line("Normal", "{{ tekst }}"), Line("Normal", "{{ stemming }}"),
        ),
    )
)  # fmt: skip


def advice_example() -> Mapping[str, Any]:
    """An advice with which a template is tried."""
    return {
        "raad": "Dorpsraad", "nummer": "2026/17", "titel": "Geef het plein terug", "vraag": "Wat vindt de raad van het plan?",
        "toelichting": "Het plein staat vol auto's.", "aan": "college van burgemeester en schepenen",
        "beleidsdomein": "Publieke ruimte", "gegeven": "10 september 2026", "stemming": "8 voor, 1 tegen",
        "samenstelling": "voldoet",
        "stand": "Beantwoord op 29 oktober 2026.", "inleiding": "De dorpsraad deed twee voorstellen.", "besluit": "2026/CBS/0412",
        "beslist_door": "college van burgemeester en schepenen", "beslist_op": "26 oktober 2026",
        "voorstellen": ANSWERED,
    }  # fmt: skip


office_kinds.register(
    OfficeKind(
        name=ADVICE,
        title=gettext_lazy("Advice of a council, with its answer"),
        example=advice_example,
        words={
            "raad": gettext_lazy("Name of the council"),
            "nummer": gettext_lazy("Number of the advice"),
            "titel": gettext_lazy("Title of the advice"),
            "vraag": gettext_lazy("What the council was asked; may be empty"),
            "toelichting": gettext_lazy("Why the council asks this; may be empty"),
            "aan": gettext_lazy("To whom the advice is addressed"),
            "beleidsdomein": gettext_lazy("Policy field"),
            "gegeven": gettext_lazy("Day on which the advice was given"),
            "stemming": gettext_lazy("How the council voted"),
            "samenstelling": gettext_lazy("Whether the council was composed as it must be"),
            "stand": gettext_lazy("How the advice stands, in a sentence"),
            "inleiding": gettext_lazy("What the answer says in general"),
            "besluit": gettext_lazy("Number of the decision on the answer; empty before the answer is public"),
            "beslist_door": gettext_lazy("Who decides"),
            "beslist_op": gettext_lazy("Day of the decision"),
            **RECOMMENDATIONS,
        },
        lines=(
            Line("Title", gettext_lazy("Advice {{ nummer }} of {{ raad }}")),
            Line("Heading 1", "{{ titel }}"),
            Line("Normal", gettext_lazy("To {{ aan }}. Given on {{ gegeven }}: {{ stemming }}.")),
            Line("Normal", gettext_lazy("Composition of the council then: {{ samenstelling }}.")),
            Line("Normal", "{{ stand }}"), Line("Normal", "{{ inleiding }}"),
            Line("Normal", "{%p for voorstel in voorstellen %}"), Line("Heading 2", "{{ voorstel.nummer }}. {{ voorstel.tekst }}"),
            Line("Normal", "{%p if voorstel.oordeel %}"), Line("Normal", "{{ voorstel.oordeel }}: {{ voorstel.reden }}"),
            Line("Normal", "{%p endif %}"), Line("Normal", "{%p if voorstel.actie %}"),
            Line("Normal", gettext_lazy("Action: {{ voorstel.actie }}")), Line("Normal", "{%p endif %}"),
            Line("Normal", "{%p endfor %}"), Line("Normal", "{%p if besluit %}"),
            Line("Normal", gettext_lazy("Decided by {{ beslist_door }} on {{ beslist_op }}, number {{ besluit }}.")),
            Line("Normal", "{%p endif %}"), Line("Normal", "{{ vraag }}"), Line("Normal", "{{ toelichting }}"),
        ),
    )
)  # fmt: skip
office_kinds.register(
    OfficeKind(
        name=LETTERS,
        title=gettext_lazy("Letters: invitation to a meeting of a council"),
        example=letters_example,
        words={
            **HEAD, "gemeente": gettext_lazy("Name of the municipality"), "vandaag": gettext_lazy("Day of the letter"),
            "contact": gettext_lazy("Phone and e-mail of the council; may be empty"), **ITEMS,
            "brieven": gettext_lazy("Letters, one by one"), "brieven.naam": gettext_lazy("Name of the member"),
            "brieven.adres": gettext_lazy("Address of the member, in lines"),
        },
        lines=(
            Line("Normal", "{%p for brief in brieven %}"), Line("Normal", "{{ brief.naam }}", new_page=True),
            Line("Normal", "{{ brief.adres }}"), Line("Normal", ""), Line("Normal", "{{ gemeente }}, {{ vandaag }}"),
            Line("Title", gettext_lazy("Invitation: {{ raad }}")), Line("Normal", gettext_lazy("Dear {{ brief.naam }},")),
            Line("Normal", gettext_lazy("{{ raad }} meets on {{ dag }} at {{ uur }}. {{ plaats }}")),
            Line("Heading 1", gettext_lazy("Agenda")), EACH, Line("Normal", "{{ punt.nummer }}. {{ punt.titel }}"), END,
            Line("Normal", gettext_lazy("You cannot come? Let the secretary know.")), Line("Normal", "{{ contact }}"), END,
        ),
    )
)  # fmt: skip
