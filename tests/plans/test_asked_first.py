"""In a period that asks first: what changes in a plan that people read waits for a yes, and nothing typed is lost."""

import inspect
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone
from django.utils.datastructures import MultiValueDict

from accounts.actions.consents import decide_consent
from accounts.consent import AsksFirst
from accounts.models import Consent, User
from core.verbs import Conflict, Refused
from plans import actions
from plans.forms.base import EditForm
from plans.forms.plans import AdoptForm, DetailsForm, PeopleForm
from plans.forms.texts import DirectionQuestions, TextForm
from plans.models import Action, Goal, Plan, PlanText, Proposal
from tests.accounts.asking import period
from tests.conftest import OPERATOR, Land
from tests.verbs import World, every_example, every_verb

Cast = dict[str, User]
AsPart = Callable[[str], Client]
PARTS = (
    "plans.actions.plans",
    "plans.actions.goals",
    "plans.actions.actions",
    "plans.actions.texts",
    "plans.actions.direction",
)
# A new plan is in the making; what is taken away, ends or goes on says nothing new; principles and people stand in no plan.
QUIET = {
    "add_plan", "set_people", "end_plan", "withdraw_plan", "reopen_plan", "remove_goal", "remove_figure", "remove_action",
    "remove_text", "remove_impact", "remove_direction", "remove_principle", "add_principle", "change_principle",
}  # fmt: skip
ASKING = sorted(
    name for name in every_verb() if name.rpartition(".")[0] in PARTS and name.rpartition(".")[2] not in QUIET
)
ALWAYS = {"open_for_reading", "adopt_plan"}


def typed(**values: Any) -> MultiValueDict[str, Any]:
    """What a person sends."""
    return MultiValueDict(
        {name: [value] for name, value in {"why_first": "De raad vroeg het", **values}.items()}
    )


def asked_with(form: EditForm) -> Consent:
    """What is asked with a form."""
    assert form.is_valid(), form.errors
    asked = form.apply(site="https://proefdorp.example/")
    assert isinstance(asked, Consent)
    return asked


def yes(asked: Consent, cast: Cast) -> None:
    """The keeper agrees."""
    decide_consent(consent=asked, agrees=True, answer="Mag", by=cast["administrator"])


@pytest.fixture
def text(public_plan: Plan) -> PlanText:
    """A part of a text that people read."""
    return PlanText.objects.create(plan=public_plan, heading="Waarom", body="Darom.")


@pytest.mark.parametrize("name", ASKING)
def test_every_verb_that_changes_what_people_read_asks_first(land: Land, cast: Cast, name: str) -> None:
    verb = every_verb()[name]
    assert "consent" in inspect.signature(verb).parameters, "it asks first, or belongs among the quiet ones"
    asked = every_example()[verb](World(land, cast))
    period(land)
    if name.rpartition(".")[2] not in ALWAYS:
        Plan.objects.update(stage="proposed")
    asked = {**asked, "by": cast["steward"]} | ({"version": None} if "version" in asked else {})
    with pytest.raises(AsksFirst):
        verb(**asked)
    verb(**{**asked, "by": OPERATOR})


@pytest.mark.parametrize("name", [one for one in ASKING if one.rpartition(".")[2] not in ALWAYS])
def test_of_a_plan_in_the_making_nobody_is_asked(land: Land, cast: Cast, name: str) -> None:
    period(land)
    verb = every_verb()[name]
    verb(**every_example()[verb](World(land, cast)))


def test_a_corrected_text_waits_for_a_yes(land: Land, cast: Cast, public_plan: Plan, text: PlanText) -> None:
    period(land)
    sent = typed(heading="Waarom", body="Daarom.", version=text.version)
    asked = asked_with(TextForm(sent, plan=public_plan, by=cast["steward"], row=text))
    text.refresh_from_db()
    assert (text.body, asked.payload["words"]) == ("Darom.", [["Tekst", "Daarom."]])
    public_plan.save()  # something else of the plan changed: that is no matter
    yes(asked, cast)
    text.refresh_from_db()
    assert text.body == "Daarom."


def test_what_somebody_else_changed_since_is_not_undone(
    land: Land, cast: Cast, public_plan: Plan, text: PlanText
) -> None:
    period(land)
    by = cast["steward"]
    sent = typed(heading="Waarom", body="Daarom.", version=text.version)
    asked = asked_with(TextForm(sent, plan=public_plan, by=by, row=text))
    actions.change_text(text=text, by=OPERATOR, version=None, values={"body": "Daarom dus."})
    with pytest.raises(Refused) as refused:
        yes(asked, cast)
    assert refused.value.code == "changed"
    text.refresh_from_db()
    asked.refresh_from_db()
    assert (text.body, asked.state) == ("Daarom dus.", "waiting")
    late = TextForm(sent, plan=public_plan, by=by, row=text)
    assert late.is_valid()
    with pytest.raises(Conflict):
        late.apply()
    text.delete()
    with pytest.raises(Refused) as gone:
        yes(asked, cast)
    assert gone.value.code == "gone"


def test_what_became_wrong_says_at_which_field(land: Land, cast: Cast, public_plan: Plan) -> None:
    period(land)
    details = {"kind": "village", "name": "Anders", "first_on": "1-1-2026", "last_on": "31-12-2031"}
    sent = typed(**details, policy_field="", areas=str(land["bergen"].pk), version=public_plan.version)
    asked = asked_with(DetailsForm(sent, plan=public_plan, by=cast["steward"], row=public_plan))
    Consent.objects.filter(pk=asked.pk).update(
        payload={**asked.payload, "typed": {**asked.payload["typed"], "name": [""]}}
    )
    asked.refresh_from_db()
    with pytest.raises(ValidationError, match="Naam: "):
        yes(asked, cast)


def test_a_new_part_and_a_direction_wait_too(land: Land, cast: Cast, public_plan: Plan) -> None:
    period(land)
    by = cast["steward"]
    new = asked_with(TextForm(typed(heading="Hoe", body="Zo."), plan=public_plan, by=by))
    sent = typed(
        owns_framework="ja", has_power="nee", reason="Samen", from_on="1-2-2026", version=public_plan.version
    )
    chosen = asked_with(DirectionQuestions(sent, plan=public_plan, by=by, row=public_plan))
    for asked in (new, chosen):
        yes(asked, cast)
    assert public_plan.texts.get().heading == "Hoe"
    assert str(public_plan.directions.get().from_on) == "2026-02-01"


def test_who_works_on_a_plan_is_nobody_elses_business(land: Land, cast: Cast, public_plan: Plan) -> None:
    period(land)
    form = PeopleForm(plan=public_plan, by=cast["steward"], row=public_plan)
    assert form.period is None


def test_a_version_is_adopted_after_a_yes(land: Land, cast: Cast, plan: Plan) -> None:
    period(land)
    day = timezone.localdate().strftime("%d-%m-%Y")
    sent = typed(body="council", decided_on=day, decision_number="2026_GR_00123", version=plan.version)
    asked = asked_with(AdoptForm(sent, plan=plan, by=cast["steward"], row=plan))
    assert not plan.versions.exists()
    yes(asked, cast)
    plan.refresh_from_db()
    assert (plan.stage, plan.versions.get().decision_number) == ("adopted", "2026_GR_00123")


def test_what_is_adopted_is_what_was_asked(land: Land, cast: Cast, plan: Plan) -> None:
    period(land)
    day = timezone.localdate().strftime("%d-%m-%Y")
    sent = typed(body="council", decided_on=day, decision_number="2026_GR_00123", version=plan.version)
    asked = asked_with(AdoptForm(sent, plan=plan, by=cast["steward"], row=plan))
    actions.add_text(plan=plan, by=OPERATOR, values={"heading": "Nog iets", "body": "Toch."})
    with pytest.raises(Refused) as refused:
        yes(asked, cast)
    assert refused.value.code == "changed"
    assert not plan.versions.exists()


def test_an_accepted_proposal_waits_for_a_yes(
    land: Land, cast: Cast, public_plan: Plan, text: PlanText, as_part: AsPart
) -> None:
    url = f"/plannen/{public_plan.slug}/bewerken/teksten/{text.pk}/"
    sent = {"heading": "Waarom", "body": "Daarom.", "version": text.version, "why_propose": "Tikfout"}
    period(land)
    assert as_part("worker_here").post(url, sent).status_code == 302, "who proposes asks nobody"
    proposal = Proposal.objects.get()
    page = f"/plannen/voorstellen/{proposal.uuid}/"
    steward = as_part("steward")
    accepted = {"heading": "Waarom", "body": "Daarom!", "version": text.version, "answer": "Dank je"}
    assert steward.post(page, accepted).status_code == 422, "it asks why"
    assert steward.post(page, {**accepted, "why_first": "Een tikfout"}).status_code == 302
    proposal.refresh_from_db()
    assert proposal.state == "waiting"
    asked = Consent.objects.get()
    administrator = as_part("administrator")
    told = administrator.get(asked.get_absolute_url()).content.decode()
    assert "Daarom!</dd>" in told
    done = administrator.post(asked.get_absolute_url(), {"agrees": "ja", "answer": "Mag"})
    assert done.status_code == 302
    proposal.refresh_from_db()
    text.refresh_from_db()
    assert (proposal.state, proposal.answer, text.body) == ("accepted", "Dank je", "Daarom!")


def test_the_page_asks_why_and_leads_to_what_waits(
    land: Land, cast: Cast, public_plan: Plan, text: PlanText, as_part: AsPart
) -> None:
    period(land)
    url, steward = f"/plannen/{public_plan.slug}/bewerken/teksten/{text.pk}/", as_part("steward")
    assert 'name="why_first"' in steward.get(url).content.decode()
    sent = {"heading": "Waarom", "body": "Daarom.", "version": text.version}
    answer = steward.post(url, sent)
    assert answer.status_code == 422
    assert "Daarom." in answer.content.decode(), "what was typed stays"
    answer = steward.post(url, {**sent, "why_first": "Tikfout"})
    assert answer.headers["Location"] == Consent.objects.get().get_absolute_url()
    assert "Daarom.</dd>" in steward.get(answer.headers["Location"]).content.decode()


def test_a_goal_moves_and_an_action_is_changed_after_a_yes(
    land: Land, cast: Cast, public_plan: Plan, as_part: AsPart
) -> None:
    goals = [
        Goal.objects.create(plan=public_plan, name=name, order=order) for order, name in enumerate("ABC")
    ]
    action = Action.objects.create(plan=public_plan, number=1, name="Banken")
    period(land)
    steward, why = as_part("steward"), {"why_first": "Nu"}
    move = f"/plannen/{public_plan.slug}/doelen/{goals[2].uuid}/verplaatsen/"
    assert steward.post(move, {**why, "before": goals[0].pk, "version": goals[2].version}).status_code == 302
    money = f"/plannen/{public_plan.slug}/acties/1/bewerken/budget/"
    sent = {**why, "year0": "2026", "planned0": "1.234,50", "version": action.version}
    assert steward.post(money, sent).status_code == 302
    assert not action.amounts.exists()
    for asked in Consent.objects.all():
        yes(asked, cast)
    assert [goal.name for goal in public_plan.goals.all()] == ["C", "A", "B"]
    assert str(action.amounts.get().planned) == "1234.50"


def test_who_may_no_longer_publish_does_not_go_on(
    land: Land, cast: Cast, public_plan: Plan, text: PlanText
) -> None:
    period(land)
    sent = typed(heading="Waarom", body="Daarom.", version=text.version)
    asked = asked_with(TextForm(sent, plan=public_plan, by=cast["steward"], row=text))
    cast["steward"].roles.all().delete()
    with pytest.raises(Refused) as refused:
        yes(asked, cast)
    assert refused.value.code == "may_not"
