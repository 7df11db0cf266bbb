"""The page on which minutes of before come in as files."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.views.access import me
from core.pages import answer_form, posted
from councils.forms.oldfiles import OldFilesForm
from councils.models import Meeting
from councils.views.meeting_shared import way_back
from councils.views.shared import kept_or_404


@require_http_methods(["GET", "HEAD", "POST"])
def bring(request: HttpRequest, slug: str) -> HttpResponse:
    """Bring in minutes of before: PDF or Word, each with the day of its meeting."""
    council = kept_or_404(request, slug)
    form = OldFilesForm(posted(request), request.FILES or None, council=council)
    title = _("Bring in minutes of before")
    there = reverse("councils:meetings", args=[slug])

    def onward(found: list[Meeting]) -> str:
        return found[0].get_absolute_url() if len({one.pk for one in found}) == 1 else there

    return answer_form(
        request, form, do=lambda: form.apply(by=me(request)), to=onward, title=title,
        template="councils/meetings/old_files.html", button=_("Bring in"),
        done=_("The files stand at their meetings. Note there who was there, if you know."),
        lead=_("Each file stands at the meeting of its day. Is there none, then the file is its minutes."),
        back=there, crumbs=way_back(council, (title, "")),
    )  # fmt: skip
