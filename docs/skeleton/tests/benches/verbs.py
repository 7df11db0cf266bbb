"""How the verbs of benches are called."""

from benches.actions import change_bench
from tests.benches.doors import bench
from tests.verbs import Examples, World


def _changed(world: World) -> dict[str, object]:
    made = bench(world.land, "aan-de-kerk", "Aan de kerk")
    made.save()
    asked = {"bench": made, "by": world.cast["worker_here"], "version": made.version}
    return {**asked, "name": "Bij de kerk", "look_on": None}


EXAMPLES: Examples = {change_bench: _changed}
