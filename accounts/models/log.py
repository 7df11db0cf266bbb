"""Who looked at, exported or erased personal data."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models.user import User
from core.history import append_only
from core.personal import Personal


class AccessLog(models.Model):
    """One time that somebody handled the personal data of somebody; rows are only added."""

    class Act(models.TextChoices):
        EXPORT = "export", _("exported")
        ERASE = "erase", _("erased")

    moment = models.DateTimeField(_("moment"), auto_now_add=True)
    actor = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("who"))
    subject_uuid = models.UUIDField(_("about whom"))
    act = models.CharField(_("what"), max_length=10, choices=Act.choices)

    personal: ClassVar[Personal] = Personal(
        subject="subject_uuid",
        subject_by="uuid",
        impersonal=("act",),
        retention_days=1095,
        retention_from="moment",
    )

    class Meta:
        verbose_name = _("access to personal data")
        verbose_name_plural = _("accesses to personal data")
        ordering = ["-moment"]
        triggers = [append_only()]

    def __str__(self) -> str:
        return f"{self.act} {self.subject_uuid}"
