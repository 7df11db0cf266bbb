"""Nightly jobs: what `manage.py tick` runs once a day, each brought by the app it belongs to."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise

from core.registry import Registry


@dataclass(frozen=True, kw_only=True)
class NightlyJob:
    """A job that may run twice without harm; `run(dry_run)` returns how many rows it changed (or would change)."""

    name: str
    title: str | Promise
    run: Callable[[bool], int]
    order: int = 100


nightly_jobs: Registry[NightlyJob] = Registry(NightlyJob, "jobs")
