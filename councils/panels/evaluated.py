"""What the last evaluation of a council changes."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.panels import Panel, PanelContent, panels
from councils.models import Evaluation
from councils.panels import COUNCIL, ORDER


def evaluated(*, request: HttpRequest, obj: Any) -> PanelContent | None:
    """The last report that everybody reads, with what will change; without one nothing."""
    last = Evaluation.objects.about(obj).published().newest_first().prefetch_related("changes").first()
    if last is None:
        return None
    return PanelContent(
        context={"evaluation": last, "changes": list(last.changes.all())},
        short=_("The evaluation of %(year)d says what will change.") % {"year": last.year},
        url=reverse("councils:evaluation", args=[last.uuid]),
        more=_("Read the report"),
        is_example=last.is_example,
    )


panels.register(
    Panel(
        name="councils.evaluation",
        target=COUNCIL,
        title=gettext_lazy("How the council works, and what will change"),
        template="councils/partials/evaluation_changes.html",
        content=evaluated,
        order=ORDER["evaluation"],
    )
)
