"""The doors of evaluations."""

import datetime as dt

from django.utils import timezone

from councils.models import Council, Evaluation, EvaluationChange
from portal.demo.evaluations import OF_LAST_YEAR, OF_THIS_YEAR
from tests.councils.made import make_member
from tests.councils.verbs_evaluation import evaluation_of
from tests.doors import EVERYONE, STEWARDS, Door, World

KEEPERS = STEWARDS | {"secretary"}
MEMBER = frozenset({"council_member"})
ONE = "raden/evaluatie/<uuid:identifier>/"

DOORS: dict[str, list[Door]] = {
    "raden/evaluatie/": [Door("/raden/evaluatie/", EVERYONE), Door("/raden/evaluatie/?jaar=2025", EVERYONE)],
    r"raden/evaluatie/tabel\.(?P<extension>csv|xlsx)": [Door("/raden/evaluatie/tabel.csv", EVERYONE)],
    "raden/evaluatie/nieuw/": [Door("/raden/evaluatie/nieuw/", KEEPERS)],
    ONE: [
        Door("/raden/evaluatie/{evaluation}/", KEEPERS),
        Door("/raden/evaluatie/{evaluation_report}/", EVERYONE),
    ],
    f"{ONE}verslag.pdf": [Door("/raden/evaluatie/{evaluation}/verslag.pdf", KEEPERS)],
    f"{ONE}vragen/nieuw/": [Door("/raden/evaluatie/{evaluation}/vragen/nieuw/", KEEPERS)],
    f"{ONE}vragen/<uuid:question>/": [
        Door("/raden/evaluatie/{evaluation}/vragen/{evaluation_question}/", KEEPERS)
    ],
    f"{ONE}vragen/<uuid:question>/weg/": [
        Door("/raden/evaluatie/{evaluation}/vragen/{evaluation_question}/weg/", KEEPERS, "post")
    ],
    f"{ONE}openen/": [Door("/raden/evaluatie/{evaluation}/openen/", KEEPERS)],
    f"{ONE}sluiten/": [Door("/raden/evaluatie/{evaluation}/sluiten/", KEEPERS, "post")],
    f"{ONE}antwoorden/<slug:slug>/": [
        Door("/raden/evaluatie/{evaluation_open}/antwoorden/dorpsraad-bergen/", MEMBER, personal=True)
    ],
    f"{ONE}papier/<slug:slug>/": [
        Door("/raden/evaluatie/{evaluation_open}/papier/dorpsraad-bergen/", KEEPERS)
    ],
    f"{ONE}herinneren/": [Door("/raden/evaluatie/{evaluation_open}/herinneren/", KEEPERS, "post")],
    f"{ONE}geleerd/": [Door("/raden/evaluatie/{evaluation}/geleerd/", KEEPERS)],
    f"{ONE}veranderen/nieuw/": [Door("/raden/evaluatie/{evaluation}/veranderen/nieuw/", KEEPERS)],
    f"{ONE}veranderen/<uuid:change>/": [
        Door("/raden/evaluatie/{evaluation_report}/veranderen/{evaluation_change}/", KEEPERS)
    ],
    f"{ONE}veranderen/<uuid:change>/weg/": [
        Door("/raden/evaluatie/{evaluation_report}/veranderen/{evaluation_change}/weg/", KEEPERS, "post")
    ],
    f"{ONE}publiceren/": [Door("/raden/evaluatie/{evaluation}/publiceren/", KEEPERS, "post")],
}

PUBLIC_SCREENS: tuple[str, ...] = (f"/raden/evaluatie/{OF_LAST_YEAR}/",)
SCREENS: tuple[str, ...] = (
    "/raden/evaluatie/",
    "/raden/evaluatie/nieuw/",
    f"/raden/evaluatie/{OF_THIS_YEAR}/",
    f"/raden/evaluatie/{OF_THIS_YEAR}/vragen/nieuw/",
    f"/raden/evaluatie/{OF_THIS_YEAR}/papier/dorpsraad-meerle/",
    f"/raden/evaluatie/{OF_LAST_YEAR}/geleerd/",
    f"/raden/evaluatie/{OF_LAST_YEAR}/veranderen/nieuw/",
)


def world(made: World, council: Council) -> None:
    """An evaluation in the making, one that members answer, and one with a report."""
    sits = made.owners["council_member"]
    if not council.memberships.filter(person__user=sits).exists():
        make_member(council, user=sits)
    concept = evaluation_of(council, year=2026)
    opened = evaluation_of(council, "open", year=2025)
    closed = evaluation_of(council, "closed", year=2024)
    change = EvaluationChange.objects.create(
        evaluation=closed,
        what=made.named("Vroeger mailen"),
        due_on=timezone.localdate() + dt.timedelta(days=9),
    )
    Evaluation.objects.filter(pk=closed.pk).update(published_at=timezone.now())
    made.names |= {
        "evaluation": str(concept.uuid),
        "evaluation_open": str(opened.uuid),
        "evaluation_report": str(closed.uuid),
        "evaluation_change": str(change.uuid),
        "evaluation_question": str(concept.questions.all()[0].uuid),
    }
