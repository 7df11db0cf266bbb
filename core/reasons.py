"""Why the files of a thing were changed, and how something came to be public."""

from django.utils.translation import gettext_lazy

from core.history import Reason, reasons

reasons.register(Reason(name="core.file_attached", words=gettext_lazy("a file added")))
reasons.register(Reason(name="core.file_changed", words=gettext_lazy("a file changed")))
reasons.register(Reason(name="core.file_removed", words=gettext_lazy("a file taken away")))
for name, words in (
    ("begun", gettext_lazy("begun, for named people only")),
    ("reader_named", gettext_lazy("somebody named who may read it before it is public")),
    ("reader_removed", gettext_lazy("somebody no longer reads it before it is public")),
    ("put", gettext_lazy("put to who decides")),
    ("sent_back", gettext_lazy("sent back to be changed")),
    ("decided", gettext_lazy("decided")),
    ("planned", gettext_lazy("the moment of release set")),
    ("released", gettext_lazy("released")),
    ("withdrawn", gettext_lazy("withdrawn before it was public")),
):
    reasons.register(Reason(name=f"core.release_{name}", words=words))
