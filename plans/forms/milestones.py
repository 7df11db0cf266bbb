"""What people fill in about a milestone."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from areas.models import Area, Municipality
from areas.models.area import AreaQuerySet
from core.access import permitted
from core.attachments import attach
from core.dates import WhenFormField
from core.forms import version_field
from core.text import StaffTextField
from core.uploads import UploadField
from core.verbs import Actor
from plans.actions.milestones import add_milestone, change_milestone
from plans.filekinds import PICTURE
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

    def __init__(self, *args: Any, municipality: Municipality, user: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.municipality, self.user = municipality, user
        self.may_everywhere = user.has_perm("plans.change_milestone", municipality)
        self.fields["about"].choices = self._choices()  # type: ignore[attr-defined]
        self.fields["areas"] = forms.ModelMultipleChoiceField(
            self._areas(), label=_("Where"), widget=forms.CheckboxSelectMultiple, required=not self.may_everywhere,
            help_text=_("None: the whole municipality.") if self.may_everywhere else "",
            error_messages={"required": _("Choose at least one of your areas.")},
        )  # fmt: skip

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

    def clean(self) -> dict[str, Any]:
        """A picture says in words what is in it."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("picture") and not cleaned.get("alternative") and "alternative" in cleaned:
            missing = _("Say what is in the picture, for who does not see it.")
            self.add_error("alternative", ValidationError(missing, code="required"))
        return cleaned

    @transaction.atomic
    def apply(self, by: Actor) -> Milestone:
        """Tell it, with its picture."""
        added = add_milestone(
            municipality=self.municipality, by=by, values=self.values(), areas=self.cleaned_data["areas"]
        )
        if upload := self.cleaned_data["picture"]:
            attach(
                kind=KIND, thing=added, upload=upload, title=added.title, alternative=self.cleaned_data["alternative"],
                is_public=True, by=by,
            )  # fmt: skip
        return added


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

    def apply(self, by: Actor) -> Milestone:
        """Write it; areas in which the person may not tell it stay."""
        offered = set(self.fields["areas"].queryset)  # type: ignore[attr-defined]
        others = [area for area in self.milestone.areas.all() if area not in offered]
        return change_milestone(
            milestone=self.milestone, by=by, version=self.cleaned_data["version"], values=self.values(),
            areas=[*self.cleaned_data["areas"], *others],
        )  # fmt: skip


def about_value(about: Plan | Action | None) -> str:
    """How a plan or an action is named in the choice."""
    if about is None:
        return ""
    return f"{ACTION if isinstance(about, Action) else PLAN}:{about.uuid}"
