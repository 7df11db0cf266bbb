"""What can be done with benches."""

import datetime as dt

from benches.models import Bench
from core.history import because
from core.verbs import Actor, locked, require, same_version, verb


@verb
def change_bench(*, bench: Bench, by: Actor, version: str | None, name: str, look_on: dt.date | None) -> Bench:  # fmt: skip
    """Give a bench another name or another day."""
    bench = locked(bench)
    require("benches.change_bench", bench, by=by)  # as it is now: it may stand elsewhere
    same_version(bench, version)
    bench.name, bench.look_on = name, look_on
    bench.full_clean()
    with because("benches.changed", by=by):
        bench.save()
    return bench
