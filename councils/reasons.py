"""Why something of a council was written."""

from django.utils.translation import gettext_lazy

from core.history import Reason, reasons

reasons.register(Reason(name="councils.founded", words=gettext_lazy("council added")))
reasons.register(Reason(name="councils.details", words=gettext_lazy("details of the council changed")))
