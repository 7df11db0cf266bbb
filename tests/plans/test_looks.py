"""The sign of an action as the database has it is the one that is reckoned with its rows."""

import datetime as dt
from itertools import product

from django.utils import timezone

from plans.looks import with_look
from plans.models import Action, News, Plan
from plans.standing import Heard, standing
from tests.conftest import Land
from tests.plans.conftest import make_plan

TODAY = timezone.localdate()


def days(number: int) -> dt.date:
    return TODAY + dt.timedelta(days=number)


def heard_of(action: Action) -> Heard:
    news = action.news.filter(kind="news").order_by("-on", "-pk").first()
    return Heard(news, action.news.filter(kind="unchanged", after=news).first())


def reckoned(action: Action) -> str:
    stands = standing(action, action.plan, heard=heard_of(action), today=TODAY)
    if stands.state == Action.State.STOPPED:
        return "stopped"
    if action.phase == Action.Phase.DONE:
        return "done"
    if stands.is_asleep:
        return "asleep"
    return "open" if action.phase == Action.Phase.NOT_STARTED else "begun"


def test_both_say_the_same(land: Land) -> None:
    plans = [
        make_plan(land, f"Plan {number}", stage=stage, first_on=days(first), last_on=days(last), news_every_months=months)
        for number, (stage, first, last, months) in enumerate(
            [("adopted", -700, 700, 3), ("adopted", -40, 700, 1), ("adopted", -700, -1, 3), ("proposed", -700, 700, 3),
             ("adopted", -700, 700, None), ("adopted", 10, 700, 3)]
        )
    ]  # fmt: skip
    whens = ["", days(-200).isoformat(), days(200).isoformat(), str(TODAY.year - 1)]
    states = [
        ("", None, ""),
        ("stopped", TODAY, "Geen geld."),
        ("reached", TODAY, "Af."),
        ("at_risk", TODAY, "Laat."),
    ]
    news: list[tuple[int, ...]] = [(), (-10,), (-100,), (-100, -10), (-100, -95), (-400, -100), (-200, -150)]
    number = 0
    for plan, when, phase, state, heard in product(plans, whens, Action.Phase.values, states, news):
        if plan is not plans[0] and (state[0] == "at_risk" or len(heard) > 1):
            continue
        number += 1
        action = Action(plan=plan, number=number, name="Banken", when=when, phase=phase)
        action.set_state, action.set_state_on, action.set_state_reason = state
        action.save()
        _told(action, heard)
    found = list(with_look(Action.objects.select_related("plan"), TODAY))
    assert len(found) == number
    assert {one.look for one in found} == {"begun", "open", "asleep", "done", "stopped"}  # type: ignore[attr-defined]
    assert [(one.pk, one.look) for one in found] == [(one.pk, reckoned(one)) for one in found]  # type: ignore[attr-defined]


def _told(action: Action, heard: tuple[int, ...]) -> None:
    """News on a day, then perhaps that nothing changed."""
    first = None
    for kind, number in zip(("news", "unchanged"), heard, strict=False):
        said = News(
            action=action,
            kind=kind,
            on=days(number),
            title="Nieuws" if kind == "news" else "",
            text="Daarom.",
        )
        said.after = first if kind == "unchanged" else None
        said.save()
        first = said


def test_unchanged_before_any_news_counts_too(land: Land) -> None:
    plan = make_plan(land, stage="adopted", first_on=days(-100), last_on=None, news_every_months=2)
    action = Action.objects.create(plan=plan, number=1, name="Banken", phase="doing")
    assert with_look(Action.objects.all(), TODAY).get().look == "asleep"  # type: ignore[attr-defined]
    News.objects.create(action=action, kind="unchanged", on=days(-30), text="De grond is nog niet van ons.")
    assert with_look(Action.objects.all(), TODAY).get().look == "begun"  # type: ignore[attr-defined]
    assert Plan.objects.count() == 1
