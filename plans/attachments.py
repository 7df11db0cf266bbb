"""Which things of plans have files."""

from django.utils.translation import gettext_lazy

from core.attachments import AttachmentKind, attachment_kinds
from plans.models import Milestone, Plan

MILESTONE = "plans.milestone"

attachment_kinds.register(
    AttachmentKind(
        name="plans.plan",
        title=gettext_lazy("Plan"),
        model=Plan,
        seen=lambda *, user: Plan.objects.visible_to(user),
        change="plans.write_plan",
        private="plans.view_plan",
        order=20,
    )
)
attachment_kinds.register(
    AttachmentKind(
        name=MILESTONE,
        title=gettext_lazy("Milestone"),
        model=Milestone,
        seen=lambda *, user: Milestone.objects.visible_to(user),
        change="plans.change_milestone",
        private="plans.change_milestone",
        order=30,
    )
)
