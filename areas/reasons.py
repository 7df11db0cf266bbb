"""Why areas, their boundaries, addresses and figures were changed."""

from django.utils.translation import gettext_lazy

from core.history import Reason, reasons

reasons.register(
    Reason(
        name="areas.municipality_created",
        words=gettext_lazy("municipality made"),
        was=("municipality created",),
    )
)
reasons.register(
    Reason(name="areas.name_changed", words=gettext_lazy("name changed"), was=("name of an area changed",))
)
reasons.register(
    Reason(
        name="areas.boundaries_uploaded",
        words=gettext_lazy("boundaries uploaded"),
        was=("boundaries uploaded",),
    )
)
reasons.register(Reason(name="areas.draft_checked", words=gettext_lazy("file checked")))
reasons.register(
    Reason(
        name="areas.draft_answered",
        words=gettext_lazy("said how to read the file"),
        was=("reading of a draft answered",),
    )
)
reasons.register(Reason(name="areas.draft_replaced", words=gettext_lazy("another file chosen")))
reasons.register(
    Reason(
        name="areas.draft_discarded",
        words=gettext_lazy("draft thrown away"),
        was=("draft boundaries thrown away",),
    )
)
reasons.register(
    Reason(
        name="areas.boundaries_activated",
        words=gettext_lazy("brought into force"),
        was=("boundaries brought into force",),
    )
)
reasons.register(
    Reason(
        name="areas.boundaries_imported",
        words=gettext_lazy("boundaries brought in"),
        was=("boundaries imported",),
    )
)
reasons.register(
    Reason(
        name="areas.boundaries_taken_back",
        words=gettext_lazy("boundaries taken back"),
        was=("boundaries taken back",),
    )
)
reasons.register(
    Reason(
        name="areas.addresses_imported",
        words=gettext_lazy("addresses brought in"),
        was=("addresses imported", "addresses brought in"),
    )
)
reasons.register(
    Reason(
        name="areas.addresses_uploaded",
        words=gettext_lazy("addresses uploaded"),
        was=("addresses uploaded",),
        is_past=True,
    )
)
reasons.register(
    Reason(
        name="areas.addresses_discarded",
        words=gettext_lazy("file of addresses thrown away"),
        was=("file of addresses thrown away",),
        is_past=True,
    )
)
reasons.register(
    Reason(
        name="areas.indicator_described",
        words=gettext_lazy("indicator described"),
        was=("indicator described",),
    )
)
reasons.register(
    Reason(
        name="areas.figures_deleted", words=gettext_lazy("figures taken away"), was=("figures taken away",)
    )
)
reasons.register(
    Reason(name="areas.figures_imported", words=gettext_lazy("figures brought in"), was=("figures imported",))
)
reasons.register(Reason(name="areas.period_added", words=gettext_lazy("period added to the calendar")))
reasons.register(Reason(name="areas.period_changed", words=gettext_lazy("period of the calendar changed")))
reasons.register(Reason(name="areas.period_removed", words=gettext_lazy("period taken out of the calendar")))
reasons.register(Reason(name="areas.template_chosen", words=gettext_lazy("template for documents chosen")))
reasons.register(
    Reason(name="areas.template_removed", words=gettext_lazy("back to our template for documents"))
)
