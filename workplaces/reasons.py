"""Why a work location was changed."""

from django.utils.translation import gettext_lazy

from core.history import Reason, reasons

reasons.register(Reason(name="workplaces.added", words=gettext_lazy("added"), was=("new",)))
reasons.register(Reason(name="workplaces.details", words=gettext_lazy("details changed"), was=("details",)))
reasons.register(
    Reason(name="workplaces.offer", words=gettext_lazy("services or teams changed"), was=("offer",))
)
reasons.register(Reason(name="workplaces.hours", words=gettext_lazy("hours changed"), was=("hours",)))
reasons.register(
    Reason(name="workplaces.place", words=gettext_lazy("place on the map changed"), was=("pin",))
)
reasons.register(Reason(name="workplaces.closed", words=gettext_lazy("closed for good"), was=("closed",)))
reasons.register(
    Reason(name="workplaces.reopened", words=gettext_lazy("taken into use again"), was=("reopened",))
)
reasons.register(
    Reason(name="workplaces.imported", words=gettext_lazy("brought in by a table"), was=("import",))
)
reasons.register(
    Reason(name="workplaces.finding_waived", words=gettext_lazy("a finding called right"), was=("waiver",))
)
reasons.register(
    Reason(name="workplaces.team_moved", words=gettext_lazy("works for another area, since its own is gone"))
)
reasons.register(Reason(name="workplaces.member_joined", words=gettext_lazy("joined a team")))
reasons.register(Reason(name="workplaces.member_left", words=gettext_lazy("left a team")))
reasons.register(
    Reason(name="workplaces.member_passed_on", words=gettext_lazy("the place in a team handed over"))
)
