"""Why something of a council was written."""

from django.utils.translation import gettext_lazy

from core.history import Reason, reasons

reasons.register(Reason(name="councils.founded", words=gettext_lazy("council added")))
reasons.register(Reason(name="councils.details", words=gettext_lazy("details of the council changed")))
for name, words in (
    ("ended", gettext_lazy("end of the council noted")),
    ("term", gettext_lazy("term changed")),
    ("places", gettext_lazy("places changed")),
    ("rule", gettext_lazy("own rule changed")),
    ("appointed", gettext_lazy("member appointed")),
    ("member", gettext_lazy("details of a member changed")),
    ("member_left", gettext_lazy("member left")),
    ("office", gettext_lazy("office changed")),
    ("hindered", gettext_lazy("hindrance or replacement noted")),
    ("person", gettext_lazy("details of a person changed")),
    ("mandate", gettext_lazy("political mandate noted")),
):
    reasons.register(Reason(name=f"councils.{name}", words=words))
