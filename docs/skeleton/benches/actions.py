"""What can be done with benches."""

import datetime as dt

from benches.models import Bench
from core.history import because
from core.verbs import Actor, locked, require, verb


@verb
def change_bench(*, bench: Bench, by: Actor, version: str | None, name: str, look_on: dt.date | None) -> Bench:  # fmt: skip
    """Give a bench another name or another day."""
    bench = locked(bench, version=version)
    require("benches.change_bench", bench, by=by)
    bench.name, bench.look_on = name, look_on
    bench.full_clean()
    with because("benches.changed", by=by):
        bench.save()
    return bench
