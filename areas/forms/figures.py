"""What a data steward says of an indicator, of a table of figures, and of what in that table is not clear."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from areas.figures.matching import LEFT_OUT, NOWHERE, Match
from areas.figures.numbers import NoNumber, Sign, Told, decimal_sign, read_number
from areas.figures.periods import NoPeriod, read_period
from areas.figures.plan import Plan
from areas.figures.tables import NO_COLUMN, ROLES, rows_in
from areas.filekinds import FIGURES
from areas.models import Area, AreaKind, Indicator, Municipality
from areas.models.figures import RESERVED_SLUGS
from core.forms import version_field
from core.models import Intake
from core.slugs import free_slug
from core.uploads import UploadField

MOST_CHOICES = 12_000  # options on one page: of so many, fewer unmatched areas are shown at a time
AT_A_TIME = 40
AREA = "area"  # how the fields of unmatched areas begin


class IndicatorForm(forms.ModelForm[Indicator]):
    """What an indicator is: everything that people read beside its figures, and how the map colours it."""

    breaks = forms.CharField(
        label=gettext_lazy("Limits between classes"),
        required=False,
        max_length=120,
        help_text=gettext_lazy("Only for fixed limits: one to four, from low to high, with a semicolon between them: 5; 10; 20."),
    )  # fmt: skip

    version = version_field()

    class Meta:
        model = Indicator
        fields = [
            "name", "theme", "description", "unit", "decimals", "is_additive", "hides_small", "direction", "source", "licence",
            "credit", "source_url", "place", "classes", "class_count", "breaks", "is_example",
        ]  # fmt: skip
        widgets = {"description": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, municipality: Municipality, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.municipality = municipality
        if self.instance.pk is None:
            self.instance.municipality = municipality
        if not self.instance.is_example:
            del self.fields["is_example"]  # the demo makes examples, people make them real
        self.initial["version"] = self.instance.version if self.instance.pk else ""
        limits = [f"{limit.normalize():f}".replace(".", ",") for limit in self.instance.breaks]
        self.initial["breaks"] = "; ".join(limits)

    def clean_breaks(self) -> list[Any]:
        """The limits as numbers, from low to high."""
        texts = [text for text in self.cleaned_data["breaks"].split(";") if text.strip()]
        sign = decimal_sign(texts)
        try:
            numbers = [read_number(text, sign if isinstance(sign, Sign) else Sign.COMMA)[0] for text in texts]
        except NoNumber as wrong:
            raise forms.ValidationError(str(wrong)) from wrong
        known = [number for number in numbers if number is not None]
        if len(known) < len(numbers) or known != sorted(set(known)):
            raise forms.ValidationError(_("Write the limits from low to high, each once."))
        return known

    def clean(self) -> dict[str, Any]:
        """A new indicator gets a free word for its address."""
        values: dict[str, Any] = super().clean() or {}
        if self.instance.pk is None and values.get("name"):
            taken = set(Indicator.objects.of(self.municipality).values_list("slug", flat=True))
            word = slugify(values["name"])[:75].strip("-") or "cijfer"
            self.instance.slug = free_slug(word, taken | set(RESERVED_SLUGS))
        return values


class FiguresForm(forms.Form):
    """A table of figures: of which indicator, for which kind of area, and what the table itself may not tell."""

    indicator = forms.ModelChoiceField(
        Indicator.objects.none(),
        label=gettext_lazy("Figure"),
        required=False,
        empty_label=gettext_lazy("Several: each column is named after its figure"),
    )
    kind = forms.ModelChoiceField(
        AreaKind.objects.none(), label=gettext_lazy("Kind of area"), empty_label=None
    )
    file = UploadField(kind=FIGURES, reads=rows_in)
    period = forms.CharField(
        label=gettext_lazy("Period"),
        required=False,
        max_length=40,
        help_text=gettext_lazy("Only when the table does not tell: 2024, 2024-Q3, 2024-03 or 2023-2024."),
    )

    def __init__(self, municipality: Municipality, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["indicator"].queryset = Indicator.objects.of(municipality)  # type: ignore[attr-defined]
        kinds = AreaKind.objects.filter(municipality=municipality).order_by("-is_working_level", "rank")
        self.fields["kind"].queryset = kinds  # type: ignore[attr-defined]

    def clean_period(self) -> str:
        """As it is kept."""
        return _period(self.cleaned_data["period"])

    @property
    def reading(self) -> dict[str, Any]:
        """What the table is about and how it is read, as far as was said."""
        values = self.cleaned_data
        return {
            "kind": values["kind"].pk,
            "indicator": values["indicator"].pk if values["indicator"] else None,
            "period": values["period"],
        }


class ReadingForm(forms.Form):
    """What in an uploaded table is not clear: its columns, its decimal sign, its period, and the areas that nobody knows."""

    is_filter = True  # what was found by itself stands in each field: none has to say that it may stay open
    TITLES: Mapping[str, Promise] = {
        "code": gettext_lazy("Column with the code"),
        "name": gettext_lazy("Column with the name"),
        "period": gettext_lazy("Column with the period"),
        "value": gettext_lazy("Column with the figures"),
    }

    def __init__(self, intake: Intake, plan: Plan, areas: Iterable[Area], data: Any = None) -> None:
        reading = intake.reading
        super().__init__(data)
        self.plan, self.before = plan, reading
        columns = [(column, column) for column in plan.columns]
        for role in ROLES:
            if role == "value" and not reading["indicator"]:
                continue
            found = self._found(role)
            self.fields[f"column_{role}"] = forms.ChoiceField(
                label=str(self.TITLES[role]),
                required=False,
                choices=[("", found), *columns] + ([] if role == "value" else [(NO_COLUMN, _("none"))]),
                initial=reading.get("columns", {}).get(role, ""),
            )
        if plan.needs_period or reading.get("period"):
            self.fields["fixed_period"] = forms.CharField(
                label=_("Period"), required=plan.needs_period, max_length=40, initial=reading.get("period", ""),
                help_text=_("For the whole table: 2024, 2024-Q3, 2024-03 or 2023-2024."),
            )  # fmt: skip
        self.fields["sign"] = forms.ChoiceField(
            label=_("Decimal sign"),
            required=plan.sign in (Told.UNCLEAR, Told.BOTH),
            choices=[("", self._sign_words()), (",", _("comma: 1.234,5")), (".", _("point: 1,234.5"))],
            initial=reading.get("sign", ""),
        )
        self._ask_areas(intake.answers, list(areas))

    def _found(self, role: str) -> str:
        layout = self.plan.layout
        values = ", ".join(value.column for value in layout.values)
        found = values if role == "value" else str(getattr(layout, role))
        return _("by itself: %(column)s") % {"column": found[:60] or _("none")}

    def _sign_words(self) -> str:
        if self.plan.sign in (Told.UNCLEAR, Told.BOTH):
            return _("choose")
        told = {Sign.COMMA: _("comma"), Sign.POINT: _("point"), Told.NOTHING: _("not needed")}
        return _("by itself: %(column)s") % {"column": told[self.plan.sign]}

    def _ask_areas(self, answers: Mapping[str, str], areas: list[Area]) -> None:
        asked = [match for match in self.plan.matches if match.is_open or match.key in answers]
        asked.sort(key=lambda match: not match.is_open)
        most = max(5, min(AT_A_TIME, MOST_CHOICES // max(1, len(areas))))
        self.keys = [match.key for match in asked[:most]]
        self.later = len(asked) - len(self.keys)
        for number, match in enumerate(asked[:most]):
            self.fields[f"{AREA}_{number}"] = forms.ChoiceField(
                label=match.words[:120],
                required=False,
                choices=_choices(match, areas),
                initial=answers.get(match.key, ""),
                help_text=self._rows(match),
            )
        if self.keys:
            self.fields["leave_rest"] = forms.BooleanField(
                label=_("Leave out every area for which I chose nothing"), required=False
            )

    def _rows(self, match: Match) -> str:
        number = self.plan.rows_of[match.key]
        words = _("%(number)d figures.") % {"number": number} if number != 1 else _("1 figure.")
        return f"{match.note} {words}".strip()

    def clean_fixed_period(self) -> str:
        """As it is kept."""
        return _period(self.cleaned_data["fixed_period"])

    @property
    def reading_fields(self) -> list[forms.BoundField]:
        """How the table is read."""
        return [self[name] for name in self.fields if name != "leave_rest" and not self._is_area(name)]

    @property
    def area_fields(self) -> list[forms.BoundField]:
        """The areas that nobody knows."""
        return [self[name] for name in self.fields if self._is_area(name)]

    def _is_area(self, name: str) -> bool:
        return name.startswith(f"{AREA}_")

    @property
    def reading(self) -> dict[str, Any]:
        """How the table is read, as it is kept with the file."""
        values = self.cleaned_data
        return {
            **self.before,
            "columns": {role: values[f"column_{role}"] for role in ROLES if values.get(f"column_{role}")},
            "sign": values["sign"],
            "period": values.get("fixed_period", ""),
        }

    def matches(self, before: Mapping[str, str]) -> dict[str, str]:
        """Which area is meant, by the words of the table."""
        values = self.cleaned_data
        shown = {key: values[f"{AREA}_{number}"] for number, key in enumerate(self.keys)}
        chosen = {**before, **shown}
        if values.get("leave_rest"):
            rest = {match.key: LEFT_OUT for match in self.plan.matches if match.is_open}
            chosen = {**rest, **{key: value for key, value in chosen.items() if value}}
        return {key: value for key, value in chosen.items() if value}


def _choices(match: Match, areas: list[Area]) -> list[Any]:
    """The areas to choose from: the likely ones first, none of them chosen."""
    likely = [(str(area.pk), area.name) for area in match.guesses]
    every = [(str(area.pk), area.name) for area in areas if area not in match.guesses]
    groups = [(_("Looks like"), likely), (_("All areas"), every)]
    return [
        ("", _("choose an area")),
        *(group for group in groups if group[1]),
        (_("Otherwise"), [(NOWHERE, _("cannot be located")), (LEFT_OUT, _("leave out"))]),
    ]


def _period(text: str) -> str:
    if not text.strip():
        return ""
    try:
        return read_period(text)
    except NoPeriod as wrong:
        raise forms.ValidationError(str(wrong)) from wrong
