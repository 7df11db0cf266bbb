"""The light form: a meeting that was held on one page, with one's own minutes as a file."""

from contextlib import ExitStack, suppress
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Case, When
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.files import CheckedUpload, as_upload, kept_file, remove_file, store_file
from core.forms import version_field
from core.models import PrivateFile
from core.uploads import UploadField
from core.verbs import Actor
from councils.actions import light
from councils.filekinds import OWN_MINUTES
from councils.forms.meetings import WhenForm, begins_as
from councils.makeup import makeup_once
from councils.models import Council, Decision, Meeting, Membership


class LightForm(WhenForm):
    """The light form: when, who was there, what was decided; `rows` are as many decisions as there is room for.

    `typed` is what stands in it while the day is still being chosen: nothing is judged yet, and nothing typed is lost. A file that
    came is kept for its `owner` until the form is right, since a browser gives a file once.
    """

    present = forms.ModelMultipleChoiceField(
        Membership.objects.none(), label=gettext_lazy("Who was there?"), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    own = UploadField(kind=OWN_MINUTES, label=gettext_lazy("Your file"), required=False)
    own_is_public = forms.BooleanField(label=gettext_lazy("Everybody may read this file"), required=False)
    kept = forms.UUIDField(required=False, widget=forms.HiddenInput)
    version = version_field()

    def __init__(
        self,
        data: Any = None,
        files: Any = None,
        *,
        owner: UUID | None = None,
        council: Council,
        meeting: Meeting | None = None,
        rows: int = 3,
        typed: QueryDict | None = None,
    ) -> None:
        self.council, self.meeting, self.owner = council, meeting, owner
        self.kept_upload: PrivateFile | None = None
        self.decisions = list(meeting.decisions.order_by("item__order", "pk")) if meeting else []
        self.rows = max(rows, len(self.decisions) + 1)
        super().__init__(data, files if data is not None else None, initial=begins_as(meeting))
        said = typed if typed is not None else data
        self._people(str((said or {}).get("day", "")))
        if meeting is not None:
            there = list(meeting.presences.values_list("membership", flat=True))
            self.initial.update(version=meeting.version, present=there)
        for number in range(self.rows):
            self._row(number)
        if typed is not None:
            self.initial["present"] = typed.getlist("present")
            told = {name: typed[name] for name in self.fields if name in typed}
            self.initial.update({name: text for name, text in told.items() if name not in ("present", "own")})
            found: dict[str, Any] = {}
            for name, raw in (("kept", typed.get("kept")), ("own", (files or {}).get("own"))):
                with suppress(ValidationError):
                    found[name] = self.fields[name].clean(raw)
            self._keep(found.get("own"), found.get("kept"))

    def clean(self) -> dict[str, Any]:
        """Keep the file that came, or find the one that was kept."""
        told: dict[str, Any] = super().clean() or {}
        self._keep(told.get("own"), told.get("kept"))
        if told.get("kept") and self.kept_upload is None and "own" not in self.errors:
            self.add_error(
                "own", ValidationError(_("The file is no longer there. Choose it again."), code="lost")
            )
        return told

    def _keep(self, upload: CheckedUpload | None, kept: UUID | None) -> None:
        """The file of this form: the one that came now, in the stead of the one that was kept, or that one."""
        before = kept_file(kept, kind=OWN_MINUTES, owner=self.owner)
        self.kept_upload = before
        if upload is not None and self.owner is not None:
            self.kept_upload = store_file(
                upload, kind=OWN_MINUTES, owner=self.owner, subject=self.council.uuid
            )
            if before is not None:
                remove_file(before)

    def _people(self, typed: str) -> None:
        """Who had a seat on the day of the meeting: the one that was typed, as far as it is a day."""
        makeup = makeup_once(self.council)
        self.people_on = self.meeting.day if self.meeting else timezone.localdate()
        with suppress(ValidationError):
            self.people_on = self.fields["day"].clean(typed)
        people = makeup.seated(self.people_on)
        rows = Membership.objects.filter(pk__in=[one.key for one in people]).select_related("person")
        field: Any = self.fields["present"]
        places = (When(pk=one.key, then=place) for place, one in enumerate(people))
        field.queryset = rows.order_by(Case(*places, default=0), "pk")
        field.label_from_instance = lambda one: one.person.name
        if self.meeting is None:
            self.initial["present"] = []

    def _row(self, number: int) -> None:
        self.fields |= {
            f"uuid{number}": forms.UUIDField(required=False, widget=forms.HiddenInput),
            f"kind{number}": forms.ChoiceField(label=_("Kind"), choices=Decision.Kind.choices, initial="advice", required=False),
            f"text{number}": forms.CharField(
                label=_("What did the council decide?"), max_length=6000, required=False,
                widget=forms.Textarea(attrs={"rows": 3}),
            ),
            f"how{number}": forms.ChoiceField(label=_("How"), choices=Decision.How.choices, initial="agreement", required=False),
            **{
                f"{name}{number}": forms.IntegerField(label=label, min_value=0, max_value=200, required=False)
                for name, label in (("in_favour", _("For")), ("against", _("Against")), ("abstained", _("Abstained")))
            },
        }  # fmt: skip
        if number < len(self.decisions):
            was = self.decisions[number]
            names = ("uuid", *light.DECISION)
            self.initial.update({f"{name}{number}": getattr(was, name) for name in names})

    def decision_rows(self) -> list[list[Any]]:
        """The fields of each decision, for the page."""
        names = ("uuid", *light.DECISION)
        return [[self[f"{name}{number}"] for name in names] for number in range(self.rows)]

    def told(self) -> list[dict[str, Any]]:
        """The decisions that say something."""
        names = ("uuid", *light.DECISION)
        rows = (
            {name: self.cleaned_data.get(f"{name}{number}") for name in names} for number in range(self.rows)
        )
        return [
            {
                **row,
                "kind": row["kind"] or Decision.Kind.DECISION,
                "how": row["how"] or Decision.How.AGREEMENT,
            }
            for row in rows
            if row["text"]
        ]

    def apply(self, *, by: Actor) -> Meeting:
        """Write it, with the file; that is no longer kept apart then."""
        with ExitStack() as stack:
            own = stack.enter_context(as_upload(self.kept_upload)) if self.kept_upload else None
            meeting = light.write_light(
                council=self.council, by=by, meeting=self.meeting, values=self.moments(),
                present=self.cleaned_data["present"], decisions=self.told(), own=own,
                own_is_public=self.cleaned_data["own_is_public"], version=self.cleaned_data["version"] or None,
            )  # fmt: skip
        if self.kept_upload:
            remove_file(self.kept_upload)
        return meeting
