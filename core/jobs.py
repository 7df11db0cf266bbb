"""Nightly jobs: what `manage.py tick` runs once a day, each brought by the app it belongs to."""

from dataclasses import dataclass
from typing import Protocol

from django.utils.functional import Promise

from core.registry import Registry


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
