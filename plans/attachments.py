"""Which things of plans have files, and how somebody is asked first before everybody reads one."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.actions.consents import ask_consent
from accounts.consent import ask_first, period_for
from accounts.forms.consents import ask_why
from accounts.models import Consent
from areas.periods import holds_back_mandates
from core.access import permitted
from core.attachments import AttachmentKind, attachment_kinds, change_attachment
from core.models import Attachment
from core.verbs import Actor, Refused
from plans.actions.milestones import KIND as MILESTONES
from plans.models import Milestone, Plan

MILESTONE = "plans.milestone"
PLAN_FILES, MILESTONE_FILES = "plans.files", "plans.milestone_files"  # of the consents


def is_read(thing: Plan | Milestone) -> bool:
    """Whether everybody reads the thing: nobody is asked about the files of what is in the making."""
    plan = thing if isinstance(thing, Plan) else thing.plan
    return plan is None or plan.is_public


def holds_back(*, thing: Plan | Milestone) -> bool:
    """Whether it is before elections where the thing is."""
    return holds_back_mandates(thing.municipality, timezone.localdate()) is not None


@dataclass(frozen=True)
class FilesAsk:
    """How files of plans or milestones ask first: `name` is that of the consents, `covered_by` of those for the thing itself."""

    name: str
    covered_by: str = ""

    def check(self, *, thing: Any, by: Actor, consent: Consent | None) -> None:
        """Raise AsksFirst in a period that asks; the first picture was asked together with its milestone."""
        covered = (
            consent is not None and consent.kind == self.covered_by and consent.state == Consent.State.GIVEN
        )
        if is_read(thing) and not covered:
            ask_first(self.name, thing.uuid, thing.municipality, by=by, consent=consent)

    def prepare(self, form: Any, *, thing: Any, by: Any) -> bool:
        """Ask why, in a period that asks."""
        period = period_for(thing.municipality, by=by) if is_read(thing) else None
        if period is not None:
            ask_why(form, period)
        return period is not None

    def ask(
        self, *, attachment: Attachment, thing: Any, values: Mapping[str, Any], why: str, by: Any, site: str
    ) -> Consent:
        """Ask whether everybody may read this file, as it is now."""
        return ask_consent(
            kind=self.name, subject=thing.uuid, municipality=thing.municipality, why=why, by=by, site=site,
            payload={"file": str(attachment.uuid), "bytes": attachment.file.sha256, **values},
        )  # fmt: skip

    def answers(self, *, user: Any, attachment: Attachment) -> bool:
        """Whether a person decides about this file."""
        asked = Consent.objects.waiting().filter(kind=self.name, payload__file=str(attachment.uuid))
        return bool(permitted(asked, user, "accounts.decide_consent").exists())


def shown(*, payload: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What is said of the file, and the file itself."""
    found = Attachment.objects.select_related("file").filter(uuid=payload["file"]).first()
    words = [(_("Title"), payload["title"]), (_("What is in the picture?"), payload["alternative"])]
    if found is not None:
        link = format_html(
            '<a class="standalone" href="{}">{}</a>', found.get_absolute_url(), found.file.name
        )
        words.append((_("File"), link))
    return [(label, value) for label, value in words if value]


def go_on(*, thing: Any, payload: Mapping[str, Any], by: Any, consent: Consent) -> Attachment:
    """Let everybody read the file that was asked about."""
    found = Attachment.objects.select_related("file").filter(uuid=payload["file"], subject=thing.uuid).first()
    if found is None:
        raise Refused(_("This is no longer there."), "gone")
    if found.file.sha256 != payload["bytes"]:
        raise Refused(_("There is another file in its stead since this was asked."), "changed")
    values = {name: payload[name] for name in ("title", "alternative", "place", "shows_mandate_holder")}
    return change_attachment(attachment=found, by=by, is_public=True, consent=consent, **values)


attachment_kinds.register(
    AttachmentKind(
        name="plans.plan",
        title=gettext_lazy("Plan"),
        model=Plan,
        seen=lambda *, user: Plan.objects.visible_to(user).select_related("municipality"),
        change="plans.write_plan",
        private="plans.view_plan",
        first=FilesAsk(PLAN_FILES),
        holds_back=holds_back,
        order=20,
    )
)
attachment_kinds.register(
    AttachmentKind(
        name=MILESTONE,
        title=gettext_lazy("Milestone"),
        model=Milestone,
        seen=lambda *, user: Milestone.objects.visible_to(user).select_related("municipality", "plan"),
        change="plans.change_milestone",
        private="plans.change_milestone",
        first=FilesAsk(MILESTONE_FILES, covered_by=MILESTONES),
        holds_back=holds_back,
        order=30,
    )
)
