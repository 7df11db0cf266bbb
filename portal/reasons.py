"""Why the demo wrote."""

from django.utils.translation import gettext_lazy

from core.history import Reason, reasons

reasons.register(
    Reason(
        name="portal.demo_loaded", words=gettext_lazy("loaded with the demo"), was=("the demo was loaded",)
    )
)
