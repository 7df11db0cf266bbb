"""What people fill in about a milestone."""

from collections.abc import Mapping
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.actions.consents import ask_consent
from accounts.consent import period_for
from accounts.forms.consents import WHY_FIRST, ask_why
from accounts.models import Consent
from areas.models import Area, CalendarPeriod, Municipality
from areas.models.area import AreaQuerySet
from core.access import permitted
from core.attachments import attach
from core.dates import WhenFormField
from core.files import CheckedUpload, file_content, remove_file, store_file
from core.forms import value_in_words, version_field
from core.models import PrivateFile
from core.text import StaffTextField
from core.uploads import UploadField
from core.verbs import Actor, Refused, same_version
from plans.actions.milestones import KIND as MILESTONES
from plans.actions.milestones import add_milestone, change_milestone, told_in
from plans.filekinds import PICTURE, WAITING_PICTURE
from plans.models import Action, Milestone, Plan

KIND = "plans.milestone"
PLAN, ACTION = "plan", "actie"  # how a choice begins, and what an address that adds a milestone says


class MilestoneFields(forms.Form):
    """What succeeded, when, where and in which plan or action."""

    title = forms.CharField(
        label=gettext_lazy("What succeeded?"), max_length=160,
        help_text=gettext_lazy("One sentence: “The first four benches are there”."),
    )  # fmt: skip
    when = WhenFormField(label=gettext_lazy("When"))
    text = StaffTextField(label=gettext_lazy("More about it"), required=False, level=2, rows=5)
    about = forms.ChoiceField(label=gettext_lazy("Belongs to"), required=False)

    NOT_TYPED: ClassVar = {"picture", WHY_FIRST}  # what a consent does not keep as it was sent

    def __init__(
        self, *args: Any, municipality: Municipality, user: Any, may_ask: bool = True, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.municipality, self.user = municipality, user
        self.may_everywhere = user.has_perm("plans.change_milestone", municipality)
        self.fields["about"].choices = self._choices()  # type: ignore[attr-defined]
        self.fields["areas"] = forms.ModelMultipleChoiceField(
            self._areas(), label=_("Where"), widget=forms.CheckboxSelectMultiple, required=not self.may_everywhere,
            help_text=_("None: the whole municipality.") if self.may_everywhere else "",
            error_messages={"required": _("Choose at least one of your areas.")},
        )  # fmt: skip
        self.period: CalendarPeriod | None = period_for(municipality, by=user) if may_ask else None
        if self.period is not None:
            ask_why(self, self.period)

    def _areas(self) -> AreaQuerySet:
        """Those of area-based work in which the person may tell it."""
        found = Area.objects.of(self.municipality).active().filter(kind__is_working_level=True)
        return permitted(found, self.user, "plans.change_milestone").select_related(None).order_by("name")

    def _choices(self) -> list[tuple[str, Any]]:
        """The plans that the person may read, each with its actions; two queries."""
        plans = Plan.objects.of(self.municipality).visible_to(self.user).exclude(stage=Plan.Stage.WITHDRAWN)
        actions: dict[int, list[tuple[str, str]]] = {}
        for key, plan, name in (
            Action.objects.present()
            .filter(plan__in=plans)
            .order_by("number")
            .values_list("uuid", "plan_id", "name")
        ):
            actions.setdefault(plan, []).append((f"{ACTION}:{key}", name))
        whole = _("The plan as a whole")
        return [
            ("", _("No plan")),
            *(
                (plan.name, [(f"{PLAN}:{plan.uuid}", whole), *actions.get(plan.pk, ())])
                for plan in plans.order_by("name")
            ),
        ]

    def clean_about(self) -> Plan | Action | None:
        """The plan or the action itself."""
        kind, _colon, key = self.cleaned_data["about"].partition(":")
        if not key:
            return None
        return (
            Plan.objects.get(uuid=key)
            if kind == PLAN
            else Action.objects.select_related("plan").get(uuid=key)
        )

    @property
    def asks(self) -> bool:
        """Whether somebody is asked first: not about what succeeded in a plan in the making."""
        values = self.values()
        return self.period is not None and (values["plan"] is None or values["plan"].is_public)

    @property
    def subject(self) -> UUID:
        """What a consent is about."""
        return told_in(self.municipality, list(self.cleaned_data["areas"]))

    def do(self, *, by: Actor, consent: Consent | None = None) -> Milestone:
        """The verb, with what was filled in."""
        raise NotImplementedError

    def apply(self, by: Actor, *, site: str = "") -> Any:
        """Tell it, or ask first whether it may be told."""
        return self.ask(by=by, site=site) if self.asks else self.do(by=by)

    def ask(self, *, by: Actor, site: str, **more: str) -> Consent:
        """Ask first, with what was typed and `more` that belongs to it."""
        data: Any = self.data
        fields = [field for field in self.visible_fields() if field.name not in self.NOT_TYPED]
        words = [(str(one.label), value_in_words(one.field, self.cleaned_data[one.name])) for one in fields]
        return ask_consent(
            kind=MILESTONES, subject=self.subject, municipality=self.municipality, by=by, site=site,
            payload={
                "typed": {name: data.getlist(name) for name in self.fields if name not in self.NOT_TYPED},
                "words": [one for one in words if one[1]], **more,
            },
            why=self.cleaned_data[WHY_FIRST],
        )  # fmt: skip

    def values(self) -> dict[str, Any]:
        """What the verbs write."""
        about = self.cleaned_data["about"]
        action = about if isinstance(about, Action) else None
        return {
            **{name: self.cleaned_data[name] for name in ("title", "when", "text")},
            "plan": action.plan if action else about,
            "action": action,
        }


class NewMilestoneForm(MilestoneFields):
    """A milestone that is added, with its first picture."""

    picture = UploadField(kind=PICTURE, label=gettext_lazy("Picture"), required=False)
    alternative = forms.CharField(
        label=gettext_lazy("What is in the picture?"), max_length=500, required=False,
        help_text=gettext_lazy("Only for a picture: one sentence, for who does not see it."),
    )  # fmt: skip
    shows_mandate_holder = forms.BooleanField(
        label=gettext_lazy("A mandate holder is in the picture"), required=False,
        help_text=gettext_lazy("Then only staff see it in the period before elections."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """A picture says in words what is in it."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("picture") and not cleaned.get("alternative") and "alternative" in cleaned:
            missing = _("Say what is in the picture, for who does not see it.")
            self.add_error("alternative", ValidationError(missing, code="required"))
        return cleaned

    @transaction.atomic
    def do(
        self, *, by: Actor, consent: Consent | None = None, picture: CheckedUpload | None = None
    ) -> Milestone:
        """Tell it, with its picture: the one that was sent, or that waited (`picture`)."""
        added = add_milestone(
            municipality=self.municipality, by=by, values=self.values(), areas=self.cleaned_data["areas"], consent=consent
        )  # fmt: skip
        if upload := picture or self.cleaned_data["picture"]:
            attach(
                kind=KIND, thing=added, upload=upload, title=added.title, alternative=self.cleaned_data["alternative"],
                shows_mandate_holder=self.cleaned_data["shows_mandate_holder"], is_public=True, by=by, consent=consent,
            )  # fmt: skip
        return added

    @transaction.atomic
    def ask(self, *, by: Actor, site: str, **more: str) -> Consent:
        """Ask first; the picture waits too."""
        if upload := self.cleaned_data["picture"]:
            kept = store_file(upload, kind=WAITING_PICTURE, owner=self.user.uuid)
            more["picture"] = str(kept.uuid)
        return super().ask(by=by, site=site, **more)


class MilestoneForm(MilestoneFields):
    """A milestone that is told otherwise; its pictures are changed on its page."""

    version = version_field()

    def __init__(self, *args: Any, milestone: Milestone, user: Any, **options: Any) -> None:
        self.milestone = milestone
        super().__init__(*args, municipality=milestone.municipality, user=user, **options)
        self.initial = {
            **{name: getattr(milestone, name) for name in ("title", "when", "text", "version")},
            "about": about_value(milestone.action or milestone.plan),
            "areas": list(milestone.areas.all()),
        }

    @property
    def subject(self) -> UUID:
        """The milestone itself."""
        return self.milestone.uuid

    def ask(self, *, by: Actor, site: str, **more: str) -> Consent:
        """Ask first, when nobody else changed it."""
        same_version(self.milestone, self.cleaned_data["version"] or None)
        return super().ask(by=by, site=site, **more)

    def do(self, *, by: Actor, consent: Consent | None = None) -> Milestone:
        """Write it; areas in which the person may not tell it stay."""
        offered = set(self.fields["areas"].queryset)  # type: ignore[attr-defined]
        others = [area for area in self.milestone.areas.all() if area not in offered]
        return change_milestone(
            milestone=self.milestone, by=by, version=self.cleaned_data["version"], values=self.values(),
            areas=[*self.cleaned_data["areas"], *others], consent=consent,
        )  # fmt: skip


def asked_milestone(
    payload: Mapping[str, Any], *, about: Any, municipality: Municipality, by: Any
) -> MilestoneFields:
    """The form with what a consent kept: of the milestone itself, or of a new one."""
    typed: Any = MultiValueDict(payload["typed"])
    if isinstance(about, Milestone):
        return MilestoneForm(typed, milestone=about, user=by, may_ask=False)
    return NewMilestoneForm(typed, municipality=municipality, user=by, may_ask=False)


def tell(form: MilestoneFields, payload: Mapping[str, Any], *, by: Actor, consent: Consent) -> Milestone:
    """Tell what was asked, with the picture that waited; Refused when that is gone."""
    if "picture" not in payload:
        return form.do(by=by, consent=consent)
    kept = PrivateFile.objects.current().filter(uuid=payload["picture"], kind=WAITING_PICTURE).first()
    if kept is None or not isinstance(form, NewMilestoneForm):
        raise Refused(_("The picture waited too long: it is no longer there."), "gone")
    with file_content(kept) as content:
        picture = CheckedUpload(content, kept.name, kept.content_type, kept.size)
        told = form.do(by=by, consent=consent, picture=picture)
    remove_file(kept)
    return told


def about_value(about: Plan | Action | None) -> str:
    """How a plan or an action is named in the choice."""
    if about is None:
        return ""
    return f"{ACTION if isinstance(about, Action) else PLAN}:{about.uuid}"
