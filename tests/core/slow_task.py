"""A task for a real worker process; imports nothing of pytest, which would switch the settings of tests on."""

import time

from django_tasks import task

from core.progress import reporting


@task()
def take_your_time(job: str, seconds: float) -> str:
    """Busy for a while."""
    with reporting(job) as report:
        report(1, 2, "halfweg")
        time.sleep(seconds)
        report(2, 2)
    return "klaar"
