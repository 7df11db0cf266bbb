"""Who looked at, exported or erased personal data."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy

from accounts.models.user import User
from core.history import append_only
from core.personal import Personal


class AccessLog(models.Model):
    """One time that somebody handled the personal data of somebody; rows are only added."""

    class Act(models.TextChoices):
        EXPORT = "export", gettext_lazy("exported")
        ERASE = "erase", gettext_lazy("erased")
        BLOCK = "block", gettext_lazy("blocked the account")
        UNBLOCK = "unblock", gettext_lazy("opened the account again")
        CLOSE = "close", gettext_lazy("closed the account")

    moment = models.DateTimeField(gettext_lazy("moment"), auto_now_add=True)
    actor = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name=gettext_lazy("who")
    )
    subject_uuid = models.UUIDField(gettext_lazy("about whom"))
    act = models.CharField(gettext_lazy("what"), max_length=10, choices=Act.choices)

    personal: ClassVar[Personal] = Personal(
        purpose=gettext_lazy("To be able to check who looked at personal data."),
        subject="subject_uuid",
        subject_by="uuid",
        impersonal=("act",),
        retention_days=1095,
        retention_from="moment",
    )

    class Meta:
        verbose_name = gettext_lazy("access to personal data")
        verbose_name_plural = gettext_lazy("accesses to personal data")
        ordering = ["-moment"]
        triggers = [append_only()]

    def __str__(self) -> str:
        return f"{self.act} {self.subject_uuid}"
