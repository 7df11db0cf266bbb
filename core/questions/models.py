"""The rows that an app makes its questions and answers of; abstract, since each app owns its tables."""

import uuid
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy, pgettext_lazy

from core.personal import Personal

LONGEST_KEY = 64


class QuestionBase(models.Model):
    """A question: its kind, its words, and what that kind asks besides.

    `options` are the choices, each with a key that never changes and a label. `settings` are those of its kind (see there), and for
    every kind `blank`: whether one may say that one has no opinion. `condition` names an earlier question and answers of it
    (`{"question": identifier, "any_of": [keys]}`): only who gave one of these is asked.
    """

    class Kind(models.TextChoices):
        SINGLE = "single", gettext_lazy("choose one")
        MULTIPLE = "multiple", gettext_lazy("choose several")
        SCALE = "scale", gettext_lazy("a scale")
        RANKING = "ranking", gettext_lazy("put in order")
        NUMBER = "number", pgettext_lazy("question", "a number")
        OPEN = "open", pgettext_lazy("question", "in one's own words")

    uuid = models.UUIDField(gettext_lazy("identifier"), default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(gettext_lazy("kind"), max_length=10, choices=Kind.choices)
    text = models.CharField(gettext_lazy("question"), max_length=300)
    help = models.CharField(gettext_lazy("explanation"), max_length=400, blank=True)
    is_required = models.BooleanField(gettext_lazy("must be answered"), default=False)
    options = models.JSONField(gettext_lazy("choices"), default=list, blank=True)
    settings = models.JSONField(gettext_lazy("settings"), default=dict, blank=True)
    condition = models.JSONField(gettext_lazy("only asked after"), default=dict, blank=True)
    place = models.PositiveSmallIntegerField(gettext_lazy("place"), default=1)

    personal: ClassVar[Personal] = Personal(
        impersonal=("text", "help", "options", "settings", "condition"),
    )

    class Meta:
        abstract = True
        ordering = ["place", "pk"]

    def __str__(self) -> str:
        return self.text

    @property
    def labels(self) -> dict[str, str]:
        """The choices: the words by their key, in their order."""
        return {one["key"]: one["label"] for one in self.options}

    def offers(self, key: Any) -> bool:
        """Whether something is the key of a choice."""
        return isinstance(key, str) and key in self.labels

    def setting(self, name: str, default: Any = None) -> Any:
        """A setting of its kind."""
        return self.settings.get(name, default)


class AnswerBase(models.Model):
    """What one participant answered to one question, as its kind writes it; a subclass adds `question`.

    The participant is a key that says nothing of a person. There is no moment and no history: either could tell whose it is.
    """

    participant = models.CharField(gettext_lazy("participant"), max_length=LONGEST_KEY, db_index=True)
    value = models.JSONField(gettext_lazy("answer"))

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.pk)


def one_answer(name: str) -> models.UniqueConstraint:
    """The constraint of every table of answers: a participant answers a question once."""
    return models.UniqueConstraint(fields=["question", "participant"], name=name)
