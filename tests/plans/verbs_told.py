"""How the verbs about following an action and about progress are called."""

from typing import Any

from core.dates import When
from plans.actions import following, progress
from plans.models import Action, News, Plan, ProgressEntry, Step
from tests.plans.conftest import FIRST, make_plan
from tests.verbs import Examples, World


def _told(world: World, **more: Any) -> dict[str, Any]:
    """What each verb about an action gets."""
    action = Action.objects.create(plan=make_plan(world.land), number=1, name="Banken")
    return {"action": action, "by": world.cast["worker_here"], **more}


def _row(world: World, name: str, row: Any, **more: Any) -> dict[str, Any]:
    return {name: row, "by": world.cast["worker_here"], **more}


def _news(world: World, **more: Any) -> dict[str, Any]:
    news = News.objects.create(action=_told(world)["action"], title="De banken staan er")
    return _row(world, "news", news, **more)


def _step(world: World, **more: Any) -> dict[str, Any]:
    step = Step.objects.create(action=_told(world)["action"], title="Lastenboek", when="2027-21")
    return _row(world, "step", step, **more)


def _entry(world: World, **more: Any) -> dict[str, Any]:
    plan: Plan = make_plan(world.land)
    entry = ProgressEntry.objects.create(plan=plan, first_on=FIRST, last_on=FIRST, aimed="Zes banken")
    return _row(world, "entry", entry, **more)


EXAMPLES: Examples = {
    following.tell_news: lambda world: _told(world, title="De banken staan er"),
    following.say_unchanged: lambda world: _told(world, reason="We wachten op de winter"),
    following.correct_news: lambda world: _news(world, version=None, values={"title": "Er staan zes banken"}),
    following.remove_news: _news,
    following.add_step: lambda world: _told(world, values={"title": "Lastenboek", "when": When("2027-21")}),
    following.change_step: lambda world: _step(world, version=None, values={"title": "Bestek"}),
    following.finish_step: lambda world: _step(world, on=FIRST),
    following.remove_step: _step,
    following.report_standing: lambda world: _told(
        world, version=None, phase="doing", state="at_risk", reason="Te duur"
    ),
    progress.write_progress: lambda world: {
        "plan": make_plan(world.land), "by": world.cast["worker_here"],
        "values": {"first_on": FIRST, "last_on": FIRST, "aimed": "Zes banken"},
    },
    progress.change_progress: lambda world: _entry(world, version=None, values={"done": "Vier banken"}),
    progress.remove_progress: _entry,
}  # fmt: skip
