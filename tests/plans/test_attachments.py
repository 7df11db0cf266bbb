"""Files of plans: who reads and who changes them, while a plan is in the making and when it is public."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.exceptions import PermissionDenied
from django.test import Client

from accounts.models import User
from core.attachments import attach, attached, may_read
from core.files import private_storage
from core.models import Attachment, PrivateFile
from plans.models import Plan
from tests.attached import paper
from tests.conftest import OPERATOR

SignIn = Callable[[str], Client]


@pytest.fixture(autouse=True)
def _folder(settings: LazySettings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def test_files_of_a_plan_in_the_making(plan: Plan, cast: dict[str, User]) -> None:
    by = cast["worker_here"]
    file = attach(kind="plans.plan", thing=plan, upload=paper(), title="Ontwerp", is_public=True, by=by)
    readers = {part for part, person in cast.items() if may_read(person, file)}
    assert {
        "worker_here",
        "alderman",
        "steward",
    } <= readers  # who sees the plan, though the file is for everybody
    assert not {"resident", "neighbour", "council_member"} & readers
    assert not attached("plans.plan", plan, cast["worker_elsewhere"]).may_change


def test_files_of_a_public_plan_are_for_who_publishes(public_plan: Plan, cast: dict[str, User]) -> None:
    with pytest.raises(PermissionDenied):
        attach(kind="plans.plan", thing=public_plan, upload=paper(), title="x", by=cast["worker_here"])
    attach(kind="plans.plan", thing=public_plan, upload=paper(), title="Nota", by=OPERATOR)
    file = attach(
        kind="plans.plan", thing=public_plan, upload=paper(), title="Plan", is_public=True, by=cast["steward"]
    )
    assert may_read(cast["resident"], file)
    titles = {
        part: [one.title for one in attached("plans.plan", public_plan, cast[part]).files]
        for part in ("resident", "alderman")
    }
    assert titles == {"resident": ["Plan"], "alderman": ["Nota", "Plan"]}


def test_they_stand_on_its_page(public_plan: Plan, as_part: SignIn, client: Client) -> None:
    attach(kind="plans.plan", thing=public_plan, upload=paper(), title="Besluit", is_public=True, by=OPERATOR)
    html = client.get(public_plan.get_absolute_url()).content.decode()
    assert "Besluit" in html
    for extension in ("tabel.csv", "tabel.xlsx", "plan.jsonld"):
        assert f"/plannen/{public_plan.slug}/{extension}" in html
    assert "/bijlagen/bij/" not in html
    assert "/plannen/inlezen/" not in html
    html = as_part("steward").get(public_plan.get_absolute_url()).content.decode()
    assert f"/bijlagen/bij/plans.plan/{public_plan.uuid}/" in html
    assert f"/plannen/inlezen/?plan={public_plan.slug}" in html


@pytest.mark.django_db(transaction=True)
def test_the_files_of_a_plan_go_with_it(plan: Plan, public_plan: Plan) -> None:
    for one in (plan, public_plan):
        attach(kind="plans.plan", thing=one, upload=paper(), title="Ontwerp", by=OPERATOR)
    gone = Attachment.objects.get(subject=plan.uuid).file
    kept = Attachment.objects.get(subject=public_plan.uuid).file
    plan.delete()
    assert [one.file for one in Attachment.objects.select_related("file")] == [kept]
    assert list(PrivateFile.objects.all()) == [kept]
    there = {str(one.uuid): private_storage().exists(str(one.uuid)) for one in (gone, kept)}
    assert there == {str(gone.uuid): False, str(kept.uuid): True}
