"""Why a bench was changed."""

from django.utils.translation import gettext_lazy

from core.history import Reason, reasons

reasons.register(Reason(name="benches.changed", words=gettext_lazy("bench changed")))
