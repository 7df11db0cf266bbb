"""What a data steward says of a difference: which codes are one area, what retires, which editions to compare."""

import json
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from areas.importers.difference import Difference
from areas.models import AreaEdition, Municipality


class ActivateForm(forms.Form):
    """The confirmation: whether faulty areas are left out, and how many retire when that is much."""

    without_faulty = forms.BooleanField(required=False, widget=forms.HiddenInput)
    retiring = forms.IntegerField(
        label=gettext_lazy("How many areas retire?"),
        help_text=gettext_lazy("Type the number, to confirm that you have seen which they are."),
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )

    def __init__(self, difference: Difference | None, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.difference = difference
        self.fields["retiring"].required = difference is not None and difference.retires_many

    def clean(self) -> dict[str, Any]:
        """When many retire, they must have been counted."""
        values: dict[str, Any] = super().clean() or {}
        if self.difference is None or not self.difference.retires_many:
            return values
        if "retiring" in values and values["retiring"] != len(self.difference.retirements):
            self.add_error("retiring", _("That is not how many areas retire. Count the list above."))
        return values


class RecodingForm(forms.Form):
    """Which pairs of codes are one area."""

    recodings = forms.MultipleChoiceField(
        label=gettext_lazy("The same area"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, difference: Difference, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["recodings"].choices = [  # type: ignore[attr-defined]
            (
                json.dumps(found.pair),
                _("%(old_code)s %(old_name)s is now %(code)s %(name)s")
                % {
                    "old_code": found.old_code,
                    "old_name": found.old_name,
                    "code": found.code,
                    "name": found.name,
                },
            )
            for found in difference.recodings
        ]
        self.initial["recodings"] = [json.dumps(found.pair) for found in difference.recodings if found.taken]

    @property
    def pairs(self) -> set[tuple[str, str]]:
        """The codes before and after of each area that stays itself."""
        return {(old, new) for old, new in map(json.loads, self.cleaned_data["recodings"])}


class DifferenceForm(forms.Form):
    """Two editions of one kind."""

    oud = forms.ChoiceField(label=gettext_lazy("Before"))
    nieuw = forms.ChoiceField(label=gettext_lazy("After"))

    def __init__(self, municipality: Municipality, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        editions = AreaEdition.objects.of(municipality).kept().select_related("kind__municipality")
        self.editions = {str(edition.uuid): edition for edition in editions.defer("graticule", "notes")}
        choices = [(identifier, _named(edition)) for identifier, edition in self.editions.items()]
        for name in self.fields:
            self.fields[name].choices = choices  # type: ignore[attr-defined]
        self.initial = dict(zip(("nieuw", "oud"), self._newest_two(), strict=False))

    @property
    def has_pair(self) -> bool:
        """Whether there are two editions of one kind."""
        return bool(self._newest_two())

    def _newest_two(self) -> list[str]:
        """The newest edition of a kind that has more than one, and the one before."""
        by_kind: dict[int, list[AreaEdition]] = {}
        for edition in sorted(self.editions.values(), key=lambda one: one.created_at, reverse=True):
            by_kind.setdefault(edition.kind_id, []).append(edition)
        pairs = [found[:2] for found in by_kind.values() if len(found) > 1]
        return [str(edition.uuid) for edition in pairs[0]] if pairs else []

    def clean(self) -> dict[str, Any]:
        """Of one kind, and not one with itself; the values are the editions."""
        values: dict[str, Any] = super().clean() or {}
        found = {name: self.editions[identifier] for name, identifier in values.items()}
        old, new = found.get("oud"), found.get("nieuw")
        if old and new and old.kind_id != new.kind_id:
            self.add_error("nieuw", _("Choose two editions of the same kind of area."))
        elif old and old == new:
            self.add_error("nieuw", _("Choose another edition than the one before."))
        return found


def _named(edition: AreaEdition) -> str:
    return _("%(kind)s, %(date)s (%(status)s)") % {
        "kind": edition.kind.plural,
        "date": f"{edition.reference_date:%d-%m-%Y}",
        "status": edition.get_status_display(),
    }
