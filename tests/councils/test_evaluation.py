"""Evaluations of councils: who is asked, what is kept, what is shown, and years beside each other."""

import datetime as dt
import io
import random
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.utils import timezone
from pypdf import PdfReader

from accounts.models import User
from core.access import permitted
from core.secrecy import secret_models, tells_of, unrecorded
from core.verbs import Refused
from councils.actions import answering, evaluating
from councils.jobs import close_evaluations
from councils.models import (
    Council,
    Evaluation,
    EvaluationAnswer,
    EvaluationChange,
    EvaluationQuestion,
    EvaluationTurnout,
    Membership,
)
from councils.reading.results import results_of
from councils.reading.spread import spread_of
from councils.reading.yearly import years_of
from councils.waiting.evaluations import evaluations_to_answer
from tests.conftest import OPERATOR, Land
from tests.councils.made import make_council, make_meeting, make_member
from tests.councils.verbs_evaluation import evaluation_of

AsPart = Callable[[str], Client]


@pytest.fixture
def council(land: Land, cast: dict[str, User]) -> Council:
    """A village council in which the council member sits."""
    made = make_council(land.municipality, land["bergen"], slug="dorpsraad", name="Dorpsraad Bergen")
    make_member(made, user=cast["council_member"])
    return made


def answered(evaluation: Evaluation, council: Council, marks: list[int]) -> None:
    """As many answers to the first question, as members who are not in the tests would give them."""
    question = evaluation.questions.all()[0]
    with unrecorded():
        EvaluationAnswer.objects.bulk_create(
            EvaluationAnswer(
                question=question,
                council=council,
                participant=f"{council.pk}-{number}",
                value={"number": mark},
            )
            for number, mark in enumerate(marks)
        )


def test_the_questions_of_last_year_come_back(council: Council) -> None:
    first = evaluation_of(council, "closed", year=2024)
    again = evaluation_of(council, year=2025)
    old, new = list(first.questions.all()), list(again.questions.all())
    assert [one.text for one in old] == [one.text for one in new]
    assert [one.origin for one in old] == [one.origin for one in new]
    assert not {one.uuid for one in old} & {one.uuid for one in new}
    conditions = [one.condition["question"] for one in new if one.condition]
    assert conditions == [str(new[5].uuid)]  # of this year, not of the last
    of_all = evaluating.begin_evaluation(municipality=council.municipality, year=2025, by=OPERATOR)
    assert of_all.questions.count() == len(new)
    with pytest.raises(ValidationError, match="al een evaluatie"):
        evaluation_of(council, year=2025)


def test_a_member_answers_once_and_nobody_knows_what(
    council: Council, cast: dict[str, User], as_part: AsPart
) -> None:
    evaluation = evaluation_of(council, "open")
    client, url = as_part("council_member"), f"/raden/evaluatie/{evaluation.uuid}/antwoorden/dorpsraad/"
    waits = list(
        evaluations_to_answer(
            user=cast["council_member"], municipality=council.municipality, today=timezone.localdate()
        )
    )
    assert [one.url for one in waits] == [url]
    page = client.get(url).content.decode()
    assert "Alleen als je bij vraag 6" in page
    first, *_rest, last = evaluation.questions.all()
    wrong = client.post(url, {f"q{first.uuid.hex}": "9", f"q{last.uuid.hex}": "Meer koffie"})
    assert wrong.status_code == 422
    assert "Meer koffie" in wrong.content.decode()
    assert not EvaluationTurnout.objects.exists()
    client.post(url, {f"q{first.uuid.hex}": "4", f"q{last.uuid.hex}": "Meer koffie"})
    assert [one.value for one in EvaluationAnswer.objects.order_by("question__place")] == [
        {"number": 4}, {"text": "Meer koffie"},
    ]  # fmt: skip
    assert "Je hebt geantwoord" in client.get(url).content.decode()
    assert client.post(url, {f"q{first.uuid.hex}": "1"}).status_code == 200
    assert EvaluationAnswer.objects.count() == 2
    with pytest.raises(Refused, match="al geantwoord"):
        answering.answer_evaluation(
            evaluation=evaluation, council=council, answers={}, by=cast["council_member"]
        )
    assert not list(
        evaluations_to_answer(
            user=cast["council_member"], municipality=council.municipality, today=timezone.localdate()
        )
    )
    evaluating.close_evaluation(evaluation=evaluation, by=OPERATOR)
    assert not EvaluationTurnout.objects.exists()
    assert EvaluationAnswer.objects.count() == 2
    assert EvaluationAnswer in secret_models()
    assert tells_of(EvaluationAnswer) == []


def test_only_who_sits_in_it_answers_and_only_in_time(
    council: Council, cast: dict[str, User], land: Land
) -> None:
    evaluation = evaluation_of(council, "open")
    other = make_council(land.municipality, land["dalen"])
    ask: Any = {"evaluation": evaluation, "answers": {}}
    for person, where in (("resident", council), ("secretary", council), ("council_member", other)):
        with pytest.raises(PermissionDenied):
            answering.answer_evaluation(**ask, council=where, by=cast[person])
    Evaluation.objects.filter(pk=evaluation.pk).update(closes_on=timezone.localdate() - dt.timedelta(days=1))
    with pytest.raises(Refused, match="gesloten"):
        answering.answer_evaluation(**ask, council=council, by=cast["council_member"])


def test_an_evaluation_of_all_waits_for_each_council_of_its_year(
    council: Council, cast: dict[str, User], land: Land, django_assert_num_queries: Any
) -> None:
    """A council that was over before that year is not asked, also when somebody still has a seat in it."""
    person, today = cast["council_member"], timezone.localdate()
    over = make_council(land.municipality, name="Oude raad", ended_on=dt.date(2026, 1, 1))
    make_member(over, user=person)
    make_council(land.municipality, name="Raad van anderen")
    last, this = (
        evaluating.begin_evaluation(municipality=land.municipality, year=year, by=OPERATOR)
        for year in (2025, 2026)
    )
    for one in (last, this):
        evaluating.open_evaluation(evaluation=one, closes_on=today, by=OPERATOR)

    def asked(part: str) -> set[tuple[str, str]]:
        with django_assert_num_queries(1):
            found = evaluations_to_answer(user=cast[part], municipality=land.municipality, today=today)
            return {tuple(one.url.split("/")[3:6:2]) for one in found}  # type: ignore[misc]

    assert asked("council_member") == {
        (str(last.uuid), council.slug), (str(last.uuid), over.slug), (str(this.uuid), council.slug)
    }  # fmt: skip
    assert not asked("resident")
    Membership.objects.filter(council=council).delete()
    assert asked("council_member") == {(str(last.uuid), over.slug)}
    assert person.has_perm("councils.answer_evaluation", last)
    assert not person.has_perm("councils.answer_evaluation", this)
    assert list(permitted(Evaluation.objects.all(), person, "councils.answer_evaluation")) == [last]


def test_questions_stay_as_they_are_once_members_answer(council: Council) -> None:
    evaluation = evaluation_of(council)
    single = evaluation.questions.get(kind="single")
    after = evaluation.questions.get(condition__question=str(single.uuid))
    with pytest.raises(ValidationError, match="voor deze staat"):
        evaluating.save_question(question=after, place=1, by=OPERATOR)
    evaluating.remove_question(question=single, by=OPERATOR)
    after.refresh_from_db()
    assert after.condition == {}
    late = timezone.localdate() - dt.timedelta(days=1)
    with pytest.raises(ValidationError, match="nog moet komen"):
        evaluating.open_evaluation(evaluation=evaluation, closes_on=late, by=OPERATOR)
    evaluating.open_evaluation(evaluation=evaluation, closes_on=timezone.localdate(), by=OPERATOR)
    new = EvaluationQuestion(evaluation=evaluation, kind="open", text="Nog iets?")
    for refused in (
        lambda: evaluating.save_question(question=new, by=OPERATOR),
        lambda: evaluating.remove_question(question=after, by=OPERATOR),
    ):
        with pytest.raises(Refused, match="blijven"):
            refused()


def test_few_answers_are_not_shown_and_cannot_be_reckoned(land: Land) -> None:
    """Of all councils together those of the few are left out: else they follow from the others."""
    many, few = (make_council(land.municipality, name=name) for name in ("Veel", "Weinig"))
    evaluation = evaluating.begin_evaluation(municipality=land.municipality, year=2025, by=OPERATOR)
    evaluating.open_evaluation(evaluation=evaluation, closes_on=timezone.localdate(), by=OPERATOR)
    answered(evaluation, many, [5, 5, 5, 4, 4])
    answered(evaluation, few, [1, 1, 1, 1])
    assert results_of(Evaluation.objects.get()) == []  # not as long as members answer
    closed = evaluating.close_evaluation(evaluation=evaluation, by=OPERATOR)
    together, of_many, of_few = (results_of(closed, one)[0] for one in (None, many, few))
    assert (together.mean, of_many.mean, of_few.is_hidden) == ("4,6", "4,6", True)
    assert (together.said, of_few.said, of_few.rows) == ("5 antwoorden", "0 antwoorden", [])


def test_a_report_is_public_once_it_says_what_will_change(
    council: Council, as_part: AsPart, client: Client
) -> None:
    before = evaluation_of(council, "open", year=2024)
    answered(before, council, [2, 2, 2, 2, 2])
    evaluating.close_evaluation(evaluation=before, by=OPERATOR)
    evaluation = evaluation_of(council, "open", year=2025)
    answered(evaluation, council, [5, 4, 4, 4, 4])
    evaluation = evaluating.close_evaluation(evaluation=evaluation, by=OPERATOR)
    url = f"/raden/evaluatie/{evaluation.uuid}/"
    secretary = as_part("secretary")
    assert "Publiceer het verslag" in secretary.get(url).content.decode()
    assert (
        secretary.post(f"{url}publiceren/", follow=True).content.decode().count("Zeg eerst wat er verandert")
        == 1
    )
    secretary.post(f"{url}geleerd/", {"learned": "We beginnen **te laat**.", "version": evaluation.version})
    secretary.post(
        f"{url}veranderen/nieuw/",
        {"what": "De agenda komt een week vroeger.", "who": "de secretaris", "due_on": "1-3-2027"},
    )
    for path in (url, f"{url}verslag.pdf"):
        assert client.get(path).status_code in (302, 404)
    secretary.post(f"{url}publiceren/")
    page = client.get(url).content.decode()
    for words in (
        "<strong>te laat</strong>",
        "De agenda komt een week vroeger.",
        "Gemiddeld 4,2",
        "2,0 in 2024",
        "Het jaar in cijfers",
    ):
        assert words in page
    assert "Wat nu te doen is" not in page
    response = client.get(f"{url}verslag.pdf")
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(response.content)).pages)
    for words in (
        "Evaluatie 2025: Dorpsraad Bergen",
        "De agenda komt een week vroeger.",
        "de secretaris",
        "Gemiddeld 4,2",
    ):
        assert words in " ".join(text.split())
    assert "De agenda komt een week vroeger." in client.get(council.get_absolute_url()).content.decode()


def test_years_and_councils_stand_beside_each_other(council: Council, client: Client) -> None:
    spring, summer = (dt.datetime(2025, month, 10, 19, tzinfo=dt.UTC) for month in (3, 6))
    people = [make_member(council) for _number in range(3)]
    for moment, there in ((spring, people), (summer, people[:1])):
        meeting = make_meeting(council, starts_at=moment, state="closed")
        for one in there:
            meeting.presences.create(membership=one, from_at=moment)
    make_meeting(council, starts_at=summer + dt.timedelta(days=9))  # only planned
    found = years_of([council], [2024, 2025])
    now, before = found[council.pk, 2025], found[council.pk, 2024]
    assert (now.meetings, now.present, now.expected) == (2, 4, 8)
    assert (now.attendance, now.free, now.places, now.longest) == (50, 8, 12, 29)
    assert (before.meetings, before.attendance, before.longest) == (0, None, None)
    page = client.get("/raden/evaluatie/?jaar=2025").content.decode()
    for words in ("50\xa0%", "8 van 12", "29 weken"):
        assert words in page
    table = b"".join(client.get("/raden/evaluatie/tabel.csv?jaar=2025"))
    assert b"Dorpsraad Bergen" in table
    assert client.get("/raden/evaluatie/?jaar=1700").status_code == 200


def test_who_may_begin(council: Council, cast: dict[str, User], as_part: AsPart) -> None:
    for person in ("resident", "council_member", "worker_here"):
        with pytest.raises(PermissionDenied):
            evaluating.begin_evaluation(
                municipality=council.municipality, council=council, year=2026, by=cast[person]
            )
    with pytest.raises(PermissionDenied):
        evaluating.begin_evaluation(municipality=council.municipality, year=2026, by=cast["secretary"])
    response = as_part("secretary").post(
        "/raden/evaluatie/nieuw/", {"year": "2026", "council": str(council.pk)}
    )
    made = Evaluation.objects.get()
    assert response["Location"] == made.get_absolute_url()
    page = as_part("secretary").post(
        f"{made.get_absolute_url()}vragen/nieuw/",
        {"text": "Wat mis je?", "kind": "multiple", "options": "Tijd\nKoffie\n", "place": "1", "most": "9"},
    )
    assert page.status_code == 422
    assert "Minstens is niet meer dan hoogstens" in page.content.decode()
    as_part("secretary").post(
        f"{made.get_absolute_url()}vragen/nieuw/",
        {"text": "Wat mis je?", "kind": "multiple", "options": "Tijd\nKoffie\n", "place": "1"},
    )
    question = made.questions.all()[0]
    assert (question.text, question.labels, question.settings) == (
        "Wat mis je?",
        {"a": "Tijd", "b": "Koffie"},
        {},
    )
    assert EvaluationChange.objects.count() == 0


def test_what_is_over_is_closed_at_night(council: Council) -> None:
    evaluation = evaluation_of(council, "open")
    assert close_evaluations(dry_run=False) == 0
    Evaluation.objects.update(closes_on=timezone.localdate() - dt.timedelta(days=1))
    assert close_evaluations(dry_run=True) == 1
    assert close_evaluations(dry_run=False) == 1
    evaluation.refresh_from_db()
    assert evaluation.is_counted


def test_no_order_of_rows_joins_who_answered_and_what(
    council: Council, cast: dict[str, User], monkeypatch: pytest.MonkeyPatch
) -> None:
    """With each answer all rows are written anew, shuffled: neither keys nor the transaction that wrote them tell them apart."""
    members = [cast["council_member"], cast["resident"], cast["worker_here"]]
    for user in members[1:]:
        make_member(council, user=user)
    evaluation = evaluation_of(council, "open")
    first = evaluation.questions.all()[0]
    shuffled: list[int] = []
    monkeypatch.setattr(random.SystemRandom, "shuffle", lambda _self, rows: shuffled.append(len(rows)))
    for number, user in enumerate(members, start=1):
        old = [
            set(model._default_manager.values_list("pk", flat=True))
            for model in (EvaluationAnswer, EvaluationTurnout)
        ]
        answering.answer_evaluation(
            evaluation=evaluation, council=council, answers={first.uuid: {"number": number}}, by=user
        )
        for model, before in zip((EvaluationAnswer, EvaluationTurnout), old, strict=True):
            now = set(model._default_manager.values_list("pk", flat=True))
            assert len(now) == number
            assert not now & before
    assert shuffled == [1, 1, 2, 2, 3, 3]
    monkeypatch.undo()
    assert len(set(EvaluationAnswer.objects.values_list("participant", flat=True))) == 3


def test_who_has_no_account_answers_on_paper_once(
    council: Council, cast: dict[str, User], as_part: AsPart
) -> None:
    old = make_member(council).person
    evaluation = evaluation_of(council, "open")
    secretary, url = as_part("secretary"), f"/raden/evaluatie/{evaluation.uuid}/papier/dorpsraad/"
    first, *_rest, last = evaluation.questions.all()
    page = secretary.get(url).content.decode()
    assert old.name in page
    assert council.memberships.get(person__user=cast["council_member"]).person.name not in page
    sent = {f"q{first.uuid.hex}": "4", f"q{last.uuid.hex}": "Meer koffie"}
    lost = secretary.post(url, sent)
    assert lost.status_code == 422
    assert "Meer koffie" in lost.content.decode()
    after = secretary.post(url, {**sent, "person": old.pk}, follow=True).content.decode()
    assert "Meer koffie" not in after
    assert old.name not in after
    assert EvaluationTurnout.objects.get().is_paper
    ask: Any = {"evaluation": evaluation, "council": council, "answers": {}}
    with pytest.raises(Refused, match="al geantwoord"):
        answering.answer_on_paper(**ask, person=old, by=cast["secretary"])
    mine = council.memberships.get(person__user=cast["council_member"]).person
    with pytest.raises(ValidationError, match="zonder account"):
        answering.answer_on_paper(**ask, person=mine, by=cast["secretary"])
    with pytest.raises(PermissionDenied):
        answering.answer_on_paper(**ask, person=make_member(council).person, by=cast["council_member"])
    done = evaluating.close_evaluation(evaluation=evaluation, by=OPERATOR)
    assert done.on_paper == 1
    assert "1 lid antwoordde op papier" in secretary.get(done.get_absolute_url()).content.decode()


def test_members_are_asked_by_mail_and_all_reminded_once(
    council: Council, cast: dict[str, User], mailoutbox: list[Any]
) -> None:
    person = make_member(council).person
    person.email = "lid@voorbeeld.example"
    person.save()
    make_member(council)  # nobody knows an address
    evaluation = evaluation_of(council)
    later = timezone.localdate() + dt.timedelta(days=9)
    evaluating.open_evaluation(evaluation=evaluation, closes_on=later, by=cast["secretary"])
    asked = list(mailoutbox)
    assert {one.to[0] for one in asked} == {"lid@voorbeeld.example", cast["council_member"].email}
    assert any("op papier aan de secretaris" in one.body for one in asked)
    assert any(f"/raden/evaluatie/{evaluation.uuid}/antwoorden/dorpsraad/" in one.body for one in asked)
    answering.answer_evaluation(evaluation=evaluation, council=council, answers={}, by=cast["council_member"])
    evaluating.remind_of_evaluation(evaluation=evaluation, by=cast["secretary"])
    assert len(mailoutbox) == 4
    with pytest.raises(Refused, match="Eén keer"):
        evaluating.remind_of_evaluation(evaluation=evaluation, by=cast["secretary"])


def test_members_are_told_by_area_and_organisation(land: Land, as_part: AsPart) -> None:
    one = make_council(land.municipality, land["bergen"], name="Dorpsraad")
    wide = make_council(land.municipality, name="Sportraad")
    for council, delegation in ((one, "De harmonie"), (one, ""), (wide, "De harmonie"), (wide, "Gezinsbond")):
        make_member(council, delegation=delegation)
    make_member(wide, mandate="observer", delegation="De dienst")
    year = timezone.localdate().year
    found = years_of([one, wide], [year, year + 1])
    assert found[wide.pk, year].spoken == (("De harmonie", 1), ("Gezinsbond", 1))
    assert found[one.pk, year].spoken_words == "1 van 2"
    assert found[one.pk, year + 1].spoken_words == ""
    spread = spread_of([found[one.pk, year], found[wide.pk, year]])
    assert (spread.members, spread.wide, spread.alone) == (4, 2, 1)
    assert spread.areas == ((land["bergen"].name, 2),)
    assert spread.organisations == (("De harmonie", 2), ("Gezinsbond", 1))
    page = as_part("resident").get("/raden/evaluatie/").content.decode()
    assert "Zo zijn de leden verdeeld" in page


def test_a_question_that_waits_for_an_answer_says_so_to_the_script(council: Council, as_part: AsPart) -> None:
    evaluation = evaluation_of(council, "open")
    page = (
        as_part("council_member")
        .get(f"/raden/evaluatie/{evaluation.uuid}/antwoorden/dorpsraad/")
        .content.decode()
    )
    single = evaluation.questions.get(kind="single")
    assert f'data-asked-after="q{single.uuid.hex}"' in page
    assert 'data-asked-of="[&quot;b&quot;, &quot;c&quot;]"' in page
    assert "js/asked" in page
