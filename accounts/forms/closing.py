"""To whom the work of a colleague passes on."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy

from accounts.forms import PersonChoice, WhyForm
from accounts.forms.absences import working_colleagues
from accounts.models import User
from areas.models import Municipality
from core.handover import OpenWork


class CloseForm(WhyForm):
    """For everything that a colleague holds who goes on, and why the account closes."""

    def __init__(
        self, *args: Any, person: User, municipality: Municipality, work: Sequence[OpenWork], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.named = {field_of(one.source.name): one.source.name for one in work}
        people = working_colleagues(municipality).exclude(pk=person.pk)
        for one in work:
            self.fields[field_of(one.source.name)] = PersonChoice(
                people,
                label=str(one.source.title),
                required=not one.source.may_end,
                empty_label=gettext_lazy("Nobody: this ends") if one.source.may_end else None,
                help_text="; ".join(" ".join(filter(None, (held.words, held.detail))) for held in one.held),
            )
        self.order_fields([*self.named, "why"])

    @property
    def to(self) -> dict[str, User | None]:
        """By source who goes on."""
        return {name: self.cleaned_data.get(field) for field, name in self.named.items()}


def field_of(source: str) -> str:
    """The field about a source."""
    return source.replace(".", "_")
