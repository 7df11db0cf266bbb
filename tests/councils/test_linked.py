"""The page of a meeting as linked data: it keeps the shapes of Flemish local government, and says exactly what the page says.

The shapes and the checker are not of this project; without them the test is left out (docs/testing.md).
"""

import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from accounts.models import User
from core.verbs import Operator
from councils.actions import evening, minutes, voting
from councils.models import Meeting
from tests.conftest import Land
from tests.councils.made import EVENING, make_council, make_item, make_meeting, make_member
from tests.councils.test_evening import at

SHARED = Path(settings.BASE_DIR).resolve().parent / "shared"
CHECK = SHARED / "tools" / "lblod_check.py"
SHAPES = [SHARED / "data" / "lblod" / f"{name}.json" for name in ("blueprint", "blueprint-besluitenlijst")]
BY = Operator("test")

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not CHECK.exists(), reason="the shapes of LBLOD are not here"),
]


@pytest.fixture
def held(land: Land) -> Meeting:
    """Three items, one behind closed doors; two votes, one of them secret and one behind closed doors; a decision without one."""
    council = make_council(land.municipality, land["bergen"])
    people = [make_member(council, office=office) for office in ("chair", "secretary", "", "")]
    meeting = make_meeting(council, place="De Zaal")
    items = [make_item(meeting, is_closed=number == 2) for number in range(3)]
    evening.open_meeting(meeting=meeting, by=BY, at=EVENING)
    for one in people[:3]:
        evening.come_in(meeting=meeting, membership=one, by=BY, at=EVENING)
    for number, item in enumerate(items):
        if number:
            evening.go_to(item=item, by=BY, at=at(10 * number))
        secret = {"how": "secret", "options": ["Lid 1", "Lid 2"]} if number == 1 else {}
        vote = voting.prepare_vote(item=item, by=BY, values={"question": f"Vraag {number}?", **secret})
        voting.open_vote(vote=vote, by=BY, at=at(10 * number + 1))
        if not secret:
            voting.choose_rest(vote=vote, by=BY)
        voting.close_vote(vote=vote, by=BY, papers={1: 2, 2: 1} if secret else None, at=at(10 * number + 2))
    minutes.decide(
        meeting=meeting,
        by=BY,
        item=items[0],
        values={"title": "Een bank", "text": "Er komt een bank."},
        at=at(5),
    )
    evening.close_meeting(meeting=meeting, by=BY, at=at(60))
    return Meeting.objects.select_related("council__municipality").get(pk=meeting.pk)


def test_no_shape_is_broken_and_everything_is_read(
    held: Meeting, client: Client, tmp_path: Path, cast: dict[str, User]
) -> None:
    page = tmp_path / "page.html"
    page.write_bytes(client.get(held.get_absolute_url()).content)
    for shapes in SHAPES:
        done = subprocess.run(
            [sys.executable, CHECK, page, "--shapes", shapes], capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        assert "; 0 broken" in done.stdout
    kinds = {
        "Zitting": 1,
        "Agendapunt": 3,
        "BehandelingVanAgendapunt": 2,
        "Besluit": 3,
        "Stemming": 2,
        "Mandataris": 4,
    }
    for kind, number in kinds.items():
        assert f"'{kind}': {number}" in done.stdout, done.stdout


def test_an_agenda_of_what_comes_breaks_what_nobody_can_meet_and_no_more(
    land: Land, client: Client, tmp_path: Path
) -> None:
    council = make_council(land.municipality, land["bergen"])
    for office in ("chair", "secretary"):
        make_member(council, office=office)
    meeting = make_meeting(council, state="convened", place="De Zaal")
    for number in range(3):
        make_item(meeting, is_closed=number == 2)
    page = tmp_path / "page.html"
    page.write_bytes(client.get(meeting.get_absolute_url()).content)
    for shapes in SHAPES:
        done = subprocess.run(
            [sys.executable, CHECK, page, "--shapes", shapes], capture_output=True, text=True, check=False
        )
        head, *broken = done.stdout.splitlines()
        assert {one.rsplit("#", 1)[-1] for one in broken} == {"startedAtTime", "endedAtTime"}, done.stdout
        assert "'Agendapunt': 3" in head
        assert "'Zitting': 1" in head


def test_presences_and_votes_are_those_of_the_page(held: Meeting, client: Client, tmp_path: Path) -> None:
    rdflib = pytest.importorskip("rdflib")
    reading, options = pytest.importorskip("pyRdfa"), pytest.importorskip("pyRdfa.options")
    page = tmp_path / "page.html"
    page.write_bytes(client.get(held.get_absolute_url()).content)
    reader = reading.pyRdfa(
        options=options.Options(embedded_rdf=False), base="http://page.example/", media_type="text/html"
    )
    graph = reader.graph_from_source(str(page))
    besluit = rdflib.Namespace("http://data.vlaanderen.be/ns/besluit#")
    assert len(list(graph.subject_objects(besluit.heeftAanwezigeBijStart))) == 3
    assert sorted(int(one) for one in graph.objects(None, besluit.aantalVoorstanders)) == [3]
    assert len(list(graph.subject_objects(besluit.heeftVoorstander))) == 3
    assert {str(one) for one in graph.objects(None, besluit.onderwerp)} == {"Vraag 0?", "Vraag 1?"}
