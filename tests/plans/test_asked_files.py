"""In a period that asks first: a milestone with its picture, and a file that everybody would read, wait for a yes."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.actions.consents import decide_consent
from accounts.consent import AsksFirst
from accounts.models import Consent, User
from core.attachments import attach, change_attachment, may_read
from core.models import Attachment, PrivateFile
from core.verbs import Refused
from plans.actions import add_milestone, change_milestone
from plans.consents import find_milestone
from plans.models import Milestone, Plan
from tests.accounts.asking import period
from tests.attached import PDF, paper
from tests.conftest import OPERATOR, Land
from tests.plans.test_milestones import NEW, SAID, milestone_of, picture

Cast = dict[str, User]
AsPart = Callable[[str], Client]


@pytest.fixture(autouse=True)
def _folder(settings: LazySettings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def yes(cast: Cast) -> None:
    """The keeper agrees with what waits."""
    decide_consent(
        consent=Consent.objects.waiting().get(), agrees=True, answer="Mag", by=cast["administrator"]
    )


def test_a_milestone_waits_with_its_picture(land: Land, cast: Cast, as_part: AsPart) -> None:
    period(land)
    worker = as_part("worker_here")
    sent = {**SAID, "areas": [land["bergen"].pk], "picture": picture(), "alternative": "Vier houten banken"}
    assert worker.post(NEW, sent).status_code == 422, "it asks why"
    answer = worker.post(NEW, {**sent, "picture": picture(), "why_first": "Ze staan er net"})
    asked = Consent.objects.get()
    assert answer.headers["Location"] == asked.get_absolute_url()
    assert not Milestone.objects.exists()
    kept = PrivateFile.objects.get()
    keeper = as_part("administrator")
    page = keeper.get(asked.get_absolute_url()).content.decode()
    for words in ("De eerste vier banken", "Vier houten banken", "Bergen", kept.get_absolute_url()):
        assert words in page
    assert keeper.get(kept.get_absolute_url()).status_code == 200
    assert as_part("steward").get(kept.get_absolute_url()).status_code == 404
    yes(cast)
    told = Milestone.objects.get()
    shown = Attachment.objects.get()
    assert (told.title, [*told.areas.all()]) == (SAID["title"], [land["bergen"]])
    assert (shown.subject, shown.is_public, shown.alternative) == (told.uuid, True, "Vier houten banken")
    assert not PrivateFile.objects.filter(pk=kept.pk).exists()


def test_a_picture_that_waited_too_long_is_said(land: Land, cast: Cast, as_part: AsPart) -> None:
    period(land)
    sent = {
        **SAID,
        "areas": [land["bergen"].pk],
        "picture": picture(),
        "alternative": "Banken",
        "why_first": "Nu",
    }
    as_part("worker_here").post(NEW, sent)
    PrivateFile.objects.all().delete()
    with pytest.raises(Refused) as refused:
        yes(cast)
    assert refused.value.code == "gone"
    assert not Milestone.objects.exists()


def test_telling_it_otherwise_waits_and_undoes_nothing(land: Land, cast: Cast, as_part: AsPart) -> None:
    milestone = milestone_of(land, "bergen")
    period(land)
    url = f"{milestone.get_absolute_url()}wijzigen/"
    sent = {
        "title": "Zeven banken",
        "when": "2026",
        "areas": [land["bergen"].pk],
        "version": milestone.version,
    }
    assert as_part("worker_here").post(url, {**sent, "why_first": "Geteld"}).status_code == 302
    yes(cast)
    milestone.refresh_from_db()
    assert milestone.title == "Zeven banken"
    sent = {**sent, "title": "Acht banken", "version": milestone.version, "why_first": "Nog eens geteld"}
    assert as_part("worker_here").post(url, sent).status_code == 302
    change_milestone(
        milestone=milestone,
        by=OPERATOR,
        version=None,
        values={"title": "Negen banken"},
        areas=[land["bergen"]],
    )
    with pytest.raises(Refused):
        yes(cast)
    milestone.refresh_from_db()
    assert milestone.title == "Negen banken"


def test_what_succeeded_in_the_whole_municipality_asks_too_and_in_a_draft_does_not(
    land: Land, cast: Cast, plan: Plan, as_part: AsPart
) -> None:
    period(land)
    here: dict[str, Any] = {"municipality": land.municipality, "by": cast["steward"]}
    with pytest.raises(AsksFirst):
        add_milestone(**here, values={"title": "Af", "when": "2026"})
    made = add_milestone(**here, values={"title": "Af", "when": "2026", "plan": plan})
    change_milestone(milestone=made, by=cast["steward"], version=None, values={"title": "Klaar"}, areas=[])
    steward = as_part("steward")
    assert steward.post(NEW, {**SAID, "why_first": "Nu"}).status_code == 302
    asked = Consent.objects.get()
    assert find_milestone(subject=asked.subject) == land.municipality
    about = {**SAID, "about": f"plan:{plan.uuid}", "why_first": "Nu"}
    assert steward.post(NEW, about).status_code == 302
    assert Milestone.objects.count() == 2
    yes(cast)
    assert Milestone.objects.count() == 3


def test_a_file_is_for_staff_until_the_yes(
    land: Land, cast: Cast, public_plan: Plan, as_part: AsPart, client: Client
) -> None:
    period(land)
    url = f"/bijlagen/bij/plans.plan/{public_plan.uuid}/"
    sent = {"title": "Besluit", "is_public": "on", "file": SimpleUploadedFile("besluit.pdf", PDF)}
    steward = as_part("steward")
    assert steward.post(url, sent).status_code == 422, "it asks why"
    sent["file"] = SimpleUploadedFile("besluit.pdf", PDF)
    assert steward.post(url, {**sent, "why_first": "De raad besliste"}).status_code == 302
    file = Attachment.objects.get()
    assert (file.is_public, client.get(file.get_absolute_url()).status_code) == (False, 404)
    asked = Consent.objects.get()
    assert file.get_absolute_url() in as_part("administrator").get(asked.get_absolute_url()).content.decode()
    assert may_read(cast["administrator"], file)
    yes(cast)
    assert client.get(file.get_absolute_url()).status_code == 200


def test_what_is_said_of_a_public_file_waits_and_the_file_is_not_replaced(
    cast: Cast, land: Land, public_plan: Plan, as_part: AsPart
) -> None:
    file = attach(
        kind="plans.plan", thing=public_plan, upload=paper(), title="Nota", is_public=True, by=OPERATOR
    )
    period(land)
    url, steward = file.change_url, as_part("steward")
    sent = {
        "title": "Besluit",
        "is_public": "on",
        "place": "1",
        "version": file.version,
        "why_first": "Beter",
    }
    other = SimpleUploadedFile("ander.pdf", PDF)
    refused = steward.post(url, {**sent, "file": other})
    assert refused.status_code == 422
    assert "Besluit" in refused.content.decode(), "what was typed stays"
    assert steward.post(url, sent).status_code == 302
    file.refresh_from_db()
    assert file.title == "Nota"
    yes(cast)
    file.refresh_from_db()
    assert file.title == "Besluit"
    private = {**sent, "is_public": "", "version": file.version}
    assert steward.post(url, private).status_code == 302, "taking it from everybody asks nobody"
    file.refresh_from_db()
    assert not file.is_public


def test_the_verbs_of_files_ask_and_those_of_a_draft_do_not(
    cast: Cast, land: Land, plan: Plan, public_plan: Plan
) -> None:
    period(land)
    by = cast["steward"]
    said: dict[str, Any] = {"kind": "plans.plan", "upload": paper(), "title": "Nota", "by": by}
    with pytest.raises(AsksFirst):
        attach(**said, thing=public_plan, is_public=True)
    attach(**{**said, "upload": paper()}, thing=plan, is_public=True)
    mine = attach(**{**said, "upload": paper()}, thing=public_plan)
    with pytest.raises(AsksFirst):
        change_attachment(attachment=mine, title="Nota", is_public=True, by=by)
    change_attachment(attachment=mine, title="Notitie", by=by)


def test_a_yes_counts_for_the_file_that_was_asked_about(
    cast: Cast, land: Land, public_plan: Plan, as_part: AsPart
) -> None:
    period(land)
    file = attach(kind="plans.plan", thing=public_plan, upload=paper(), title="Nota", by=OPERATOR)
    sent = {"title": "Nota", "is_public": "on", "place": "1", "version": file.version, "why_first": "Nu"}
    assert as_part("steward").post(file.change_url, sent).status_code == 302
    change_attachment(attachment=file, upload=paper(b"%PDF-1.7 iets anders"), title="Nota", by=OPERATOR)
    with pytest.raises(Refused) as changed:
        yes(cast)
    assert changed.value.code == "changed"
    Attachment.objects.all().delete()
    with pytest.raises(Refused) as gone:
        yes(cast)
    assert gone.value.code == "gone"
