"""Why the files of a thing were changed."""

from django.utils.translation import gettext_lazy

from core.history import Reason, reasons

reasons.register(Reason(name="core.file_attached", words=gettext_lazy("a file added")))
reasons.register(Reason(name="core.file_changed", words=gettext_lazy("a file changed")))
reasons.register(Reason(name="core.file_removed", words=gettext_lazy("a file taken away")))
