"""`manage.py worker`: the process beside the web server."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from core.worker import Worker


class Command(BaseCommand):
    """Carries out tasks, delivers mail and runs the nightly tick, until SIGTERM."""

    help = "Carry out tasks, deliver mail, run the nightly tick. Stops after the task at hand on SIGTERM."

    def add_arguments(self, parser: CommandParser) -> None:
        """`--once`."""
        parser.add_argument(
            "--once", action="store_true", help="Carry out what is in the queues now, and stop."
        )

    def handle(self, *args: Any, once: bool, **options: Any) -> None:
        """Work."""
        worker = Worker(once=once)
        if once:
            worker.run_once()
        else:
            worker.run()
