"""Whether this web process can serve, and whether a worker is alive."""

import asyncio
import datetime as dt
import time
import uuid
from typing import Any

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from core.models import OutgoingMail, WorkerHeartbeat

ROUND_TRIP = 2.0  # seconds
WORKER_LATE = dt.timedelta(seconds=30)
MAIL_LATE = dt.timedelta(minutes=15)
MIGRATIONS_REMEMBERED = 30.0  # seconds
_migrated_until = 0.0


def readiness() -> tuple[bool, dict[str, Any]]:
    """Whether requests may be sent here, and each part in a word.

    A missing worker is told, but makes no web process unready: pages can be read without one.
    """
    parts: dict[str, Any] = {"database": database(), "migrations": "unknown"}
    if parts["database"] == "ok":
        parts["migrations"] = migrations()
    parts["channel_layer"] = channel_layer()
    ready = all(state == "ok" for state in parts.values())
    if parts["database"] == "ok" and parts["migrations"] == "ok":
        parts.update(worker=worker(), mail=mail())
    else:
        parts.update(worker="unknown", mail="unknown")
    whole = all(state in ("ok", "off") for state in parts.values())
    return ready, {"status": ("ok" if whole else "degraded") if ready else "unready", **parts}


def database() -> str:
    """Whether the database answers."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Exception:  # noqa: BLE001 (the pool has errors of its own; which one is nobody's business here)
        return "unreachable"
    return "ok"


def migrations() -> str:
    """Whether the tables are as this version of the code wants them; a yes is remembered for a moment."""
    global _migrated_until
    if time.monotonic() < _migrated_until:
        return "ok"
    try:
        executor = MigrationExecutor(connection)
        missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return "unknown"
    if missing:
        return "missing"
    _migrated_until = time.monotonic() + MIGRATIONS_REMEMBERED
    return "ok"


def channel_layer() -> str:
    """Whether a message sent through the channel layer comes back."""
    try:
        return "ok" if async_to_sync(round_trip)() else "silent"
    except Exception:  # noqa: BLE001 (whatever the layer raises, it does not work)
        return "unreachable"


async def round_trip() -> bool:
    """Send a message to ourselves."""
    layer = get_channel_layer()
    channel = await layer.new_channel("ready")
    word = uuid.uuid4().hex
    async with asyncio.timeout(ROUND_TRIP):
        await layer.send(channel, {"type": "ready", "word": word})
        answer = await layer.receive(channel)
    return bool(answer.get("word") == word)


def worker() -> str:
    """Whether some worker gave a sign of life lately."""
    newest = WorkerHeartbeat.objects.order_by("-beat_at").values_list("beat_at", flat=True).first()
    if newest is None:
        return "missing"
    return "ok" if timezone.now() - newest < WORKER_LATE else "silent"


def mail() -> str:
    """Whether mail leaves: off without a server to hand it to, late when it has been due for long."""
    if not settings.MAIL_DELIVERY_BACKEND:
        return "off"
    due = OutgoingMail.objects.filter(
        state=OutgoingMail.State.WAITING, next_attempt_at__lt=timezone.now() - MAIL_LATE
    )
    return "late" if due.exists() else "ok"
