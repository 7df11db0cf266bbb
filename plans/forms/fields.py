"""Fields of the forms of plans: an amount, a team, an action that is looked for by code or name, areas by kind."""

from collections.abc import Iterable
from decimal import Decimal
from itertools import groupby
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from areas.models import Area, Municipality
from plans.models import Action
from plans.money import euro_in, grouped
from workplaces.models import Team

SEVERAL = 4  # actions named when a text fits more than one


class EuroField(forms.CharField):
    """An amount in euro as people in Flanders write it, cleaned to a Decimal or None."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.widget.attrs |= {"inputmode": "decimal", "maxlength": 30}

    def to_python(self, value: Any) -> Any:
        """The amount; raises ValidationError that says how one is written."""
        if isinstance(value, Decimal):
            return value
        text = super().to_python(value)
        return euro_in(text) if text else None

    def prepare_value(self, value: Any) -> Any:
        """As it is written here; what was typed stays as it was."""
        return grouped(value) if isinstance(value, Decimal) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether it is another amount, however it was written."""
        try:
            return bool(initial != self.to_python(data))
        except ValidationError:
            return True


class TeamField(forms.ModelChoiceField[Team]):
    """A team of the municipality. Those that were dissolved are not offered; who asks for one hears so from the verb."""

    def __init__(self, municipality: Municipality, *, now: Team | None, **options: Any) -> None:
        super().__init__(Team.objects.of(municipality), required=False, **options)
        offered = [team for team in Team.objects.of(municipality) if team.works_on() or team == now]
        self.widget.choices = [("", self.empty_label), *((team.pk, team.name) for team in offered)]


def areas_field(areas: Iterable[Area], **options: Any) -> "forms.ModelMultipleChoiceField[Area]":
    """Areas to tick, by kind from large to small."""
    rows = list(areas)
    field = forms.ModelMultipleChoiceField(
        Area.objects.filter(pk__in=[area.pk for area in rows]),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        **options,
    )
    field.widget.choices = [
        (plural, [(area.pk, area.name) for area in found])
        for plural, found in groupby(rows, key=lambda area: area.kind.plural)
    ]
    return field


def label_of(action: Action) -> str:
    """An action as one line: its code or number, its name, its plan."""
    return f"{action.code or action.number} {action.name} ({action.plan.name})"


class ActionField(forms.CharField):
    """An action found by its code, its number or a part of its name, among `actions` (with their plan), which are read once."""

    default_error_messages: ClassVar = {
        "none": gettext_lazy("No action is called “%(text)s”. Type its code, or a part of its name."),
        "several": gettext_lazy("Several actions fit: %(names)s. Type the code, or more of the name."),
    }

    def __init__(self, actions: Iterable[Action], *, list_id: str = "", **options: Any) -> None:
        self.actions = actions
        super().__init__(**options)
        self.widget.attrs |= {"autocomplete": "off", "maxlength": 400}
        if list_id:
            self.widget.attrs["list"] = list_id

    def to_python(self, value: Any) -> Any:
        """The action, or None for an empty text; raises ValidationError when none fits, or several."""
        if isinstance(value, Action):
            return value
        text = super().to_python(value)
        if not text:
            return None
        found = self._found(text)
        if len(found) == 1:
            return found[0]
        if not found:
            raise ValidationError(self.error_messages["none"], code="none", params={"text": text[:60]})
        names = "; ".join(label_of(action) for action in found[:SEVERAL])
        raise ValidationError(self.error_messages["several"], code="several", params={"names": names})

    def _found(self, text: str) -> list[Action]:
        """Whoever chose from the list typed the whole line; else a code or number counts before a part of a name."""
        wanted = text.casefold()
        whole = [action for action in self.actions if label_of(action) == text]
        by_code = [one for one in self.actions if wanted in {one.code.casefold(), str(one.number)}]
        return whole[:1] or by_code or [one for one in self.actions if wanted in one.name.casefold()]

    def prepare_value(self, value: Any) -> Any:
        """As one line; what was typed stays as it was."""
        return label_of(value) if isinstance(value, Action) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether it is another action, however it was found."""
        try:
            return bool((initial or None) != self.to_python(data))
        except ValidationError:
            return True


def yes_or_no(**options: Any) -> forms.TypedChoiceField:
    """A question that is answered with yes or no, never with nothing."""
    return forms.TypedChoiceField(
        choices=[("ja", _("yes")), ("nee", _("no"))],
        coerce=lambda answer: answer == "ja",
        widget=forms.RadioSelect,
        **options,
    )
