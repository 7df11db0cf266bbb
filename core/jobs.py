"""Nightly jobs: what `manage.py tick` runs once a day, each brought by the app it belongs to."""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Protocol

from django.utils.functional import Promise

from core.codes import new_reference
from core.registry import Registry

logger = logging.getLogger(__name__)


class RunJob(Protocol):
    """Does the work, or with `dry_run` only looks; returns how many rows it changed (or would change)."""

    def __call__(self, *, dry_run: bool) -> int: ...


@dataclass(frozen=True, kw_only=True)
class NightlyJob:
    """A job that may run twice without harm."""

    name: str
    title: str | Promise
    run: RunJob
    order: int = 100


nightly_jobs: Registry[NightlyJob] = Registry(NightlyJob, "jobs")


def each(rows: Iterable[Any], do: Callable[[Any], Any]) -> int:
    """Do something with each row by itself; for how many it gave something.

    One that fails is logged with a reference and keeps no other back; raises RuntimeError after the last when one did.
    """
    done = 0
    failed: Exception | None = None
    for row in rows:
        try:
            done += do(row) is not None
        except Exception as error:
            logger.exception("%s %s failed, reference %s", type(row).__name__, row.pk, new_reference())
            failed = error
    if failed is not None:
        raise RuntimeError("not everything was done; it is tried again") from failed
    return done
