"""The municipality's own templates for documents of Word."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy

from areas.models.municipality import Municipality
from areas.models.where import Where
from core.history import tracked
from core.models import PrivateFile
from core.personal import Personal


@tracked()
class OfficeTemplate(models.Model):
    """The template in which a municipality makes one kind of documents (`core.office`); without one it is ours."""

    municipality = models.ForeignKey(
        Municipality,
        models.CASCADE,
        related_name="office_templates",
        verbose_name=gettext_lazy("municipality"),
    )
    kind = models.CharField(gettext_lazy("kind of document"), max_length=60)
    file = models.OneToOneField(
        PrivateFile, models.CASCADE, related_name="office_template", verbose_name=gettext_lazy("file")
    )
    updated_at = models.DateTimeField(gettext_lazy("changed at"), auto_now=True)

    where: ClassVar[Where] = Where()
    personal: ClassVar[Personal] = Personal(impersonal=("kind",))

    class Meta:
        verbose_name = gettext_lazy("template for documents")
        verbose_name_plural = gettext_lazy("templates for documents")
        ordering = ["kind"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "kind"], name="office_template_one_a_kind")
        ]

    def __str__(self) -> str:
        return self.file.name
