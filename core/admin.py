"""The plumbing in the administration: to read, and to decide on mails that nobody is sure of."""

from typing import Any

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy

from core.models import JobProgress, OutgoingMail, PrivateFile, TickRun, WorkerHeartbeat

UNSETTLED = [OutgoingMail.State.UNCERTAIN, OutgoingMail.State.FAILED]


class ReadOnly(admin.ModelAdmin[Model]):
    """Nothing to add, change or remove by hand."""

    def has_add_permission(self, request: HttpRequest, *args: Any) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(OutgoingMail)
class OutgoingMailAdmin(ReadOnly):
    """The mail queue without the texts: they may hold links that are meant for one person."""

    list_display = ("created_at", "recipient", "subject", "state", "attempts", "sent_at", "error")
    list_filter = ("state",)
    exclude = ("text", "html", "headers")
    actions = ("send_again", "consider_sent")

    @admin.action(description=gettext_lazy("Send again (the person may get it twice)"), permissions=["view"])
    def send_again(self, request: HttpRequest, queryset: "QuerySet[OutgoingMail]") -> None:
        """Put uncertain and failed mails back into the queue."""
        queryset.filter(state__in=UNSETTLED).update(
            state=OutgoingMail.State.WAITING, attempts=0, next_attempt_at=timezone.now(), sending_since=None
        )

    @admin.action(description=gettext_lazy("It arrived: nothing to send"), permissions=["view"])
    def consider_sent(self, request: HttpRequest, queryset: "QuerySet[OutgoingMail]") -> None:
        """Settle mails of which somebody found out that they arrived."""
        queryset.filter(state__in=UNSETTLED).update(
            state=OutgoingMail.State.SENT, sent_at=timezone.now(), text="", html="", headers={}
        )


@admin.register(JobProgress)
class JobProgressAdmin(ReadOnly):
    """Jobs and how far they are."""

    list_display = ("created_at", "title", "state", "done", "total", "reference")
    list_filter = ("state",)


@admin.register(PrivateFile)
class PrivateFileAdmin(ReadOnly):
    """Private files, without their content."""

    list_display = ("created_at", "name", "kind", "size", "expires_at")
    list_filter = ("kind",)


@admin.register(TickRun)
class TickRunAdmin(ReadOnly):
    """What ran at night."""

    list_display = ("day", "job", "state", "rows", "reference", "finished_at")
    list_filter = ("state", "job")


@admin.register(WorkerHeartbeat)
class WorkerHeartbeatAdmin(ReadOnly):
    """Which workers are alive."""

    list_display = ("worker_id", "started_at", "beat_at")
