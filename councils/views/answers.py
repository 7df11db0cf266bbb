"""The answer to an advice: written, corrected, and read in a version that was corrected since."""

from typing import Any

from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from areas.current import municipality_or_404
from core.access import open_to_all
from core.models import Release
from core.pages import answer_form, posted
from core.release import look, notice, release_of
from councils.forms.answers import AnswerForm, CorrectionForm
from councils.models import ANSWERS, Advice, Answer
from councils.reading.answered import answered_of, pairs_of
from councils.views.advices import crumbs_of, given_or_404

DONE = gettext_lazy("Saved. Only who is named reads it, until it is decided and released.")


@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, year: int, number: int) -> HttpResponse:
    """The form of the answer, for who is competent; what stands in it already is shown to who is named, and the look is kept."""
    advice = given_or_404(request, year, number, "councils.answer_advice")
    there, release, is_closed = _begun(request, advice)
    if there is not None and not there.is_read:
        return _to_release(release)
    if is_closed:
        return redirect(advice)
    _keep_look(there, release, request.user)
    form = AnswerForm(posted(request), advice=advice, answer=there)
    return answer_form(
        request, form, do=lambda: form.apply(by=request.user), to=advice, done=DONE,
        again=lambda now: AnswerForm(advice=advice, answer=now), title=_("Answer the advice"), button=_("Save the answer"),
        **_page(request, advice, release, _("Answer")),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, year: int, number: int) -> HttpResponse:
    """The form of a correction, filled with the answer that everybody reads, or with the correction that was begun."""
    advice = given_or_404(request, year, number, "councils.answer_advice")
    there, release, is_closed = _begun(request, advice)
    if there is None or not there.has_public:
        raise Http404
    if not there.is_read:
        return _to_release(release)
    if is_closed and release is not None and not release.is_public:
        return redirect(advice)
    _keep_look(there, release, request.user)
    form = CorrectionForm(
        posted(request), advice=advice, answer=there, is_new=release is not None and release.is_public
    )
    return answer_form(
        request, form, do=lambda: form.apply(by=request.user), to=advice, done=DONE,
        again=lambda now: CorrectionForm(advice=advice, answer=now), title=_("Correct the answer"),
        button=_("Save the correction"), **_page(request, advice, release, _("Correction")),
    )  # fmt: skip


def _begun(request: HttpRequest, advice: Advice) -> tuple[Any, Release | None, bool]:
    """The last version of the answer with its release, and whether it can no longer be written; `is_read` by who is named alone."""
    read = Answer.objects.visible_to(request.user).filter(pk=OuterRef("pk"))
    public = Answer.objects.released().filter(advice=OuterRef("advice"))
    versions: Any = Answer.objects.filter(advice=advice).annotate(
        is_read=Exists(read), has_public=Exists(public)
    )
    last = versions.order_by("-number").first()
    if last is None:
        return None, None, False
    release = release_of(ANSWERS, last)
    if release is None:
        return last, None, False
    return last, release, release.state != release.State.CONCEPT and request.method != "POST"


def _to_release(release: Release | None) -> HttpResponse:
    """For who is competent and not named: there it says who is at work on it, and nothing of what they write; they may be named."""
    if release is None:
        raise Http404
    return redirect(release)


def _keep_look(there: Any, release: Release | None, user: Any) -> None:
    """Keep that somebody is shown what is not public: also of what was withdrawn, which is written on from here."""
    if there is None:
        return
    withdrawn = Release.objects.of_kind(ANSWERS).filter(subject=there.uuid).order_by("-pk").first()
    if (shown := release or withdrawn) is not None:
        look(release=shown, by=user)


def _page(request: HttpRequest, advice: Advice, release: Release | None, word: str) -> dict[str, Any]:
    named = _("Advice %(code)s") % {"code": advice.code}
    return {
        "template": "councils/answer.html", "advice": advice, "release": notice(release, request.user), "lead": advice.title,
        "back": advice.get_absolute_url(), "crumbs": crumbs_of((named, advice.get_absolute_url()), (word, "")),
    }  # fmt: skip


@open_to_all
@require_safe
def version(request: HttpRequest, year: int, number: int, serial: int) -> HttpResponse:
    """A version of the answer that everybody read until it was corrected; the one that counts stands with its advice."""
    given = Advice.objects.of(municipality_or_404(request)).adopted().select_related("council")
    advice = get_object_or_404(given, year=year, number=number)
    public = [one for one in answered_of(advice, None).versions if one[1].is_public]
    found = next((one for one in public if one[0].number == serial), None)
    if found is None:
        raise Http404
    if found is public[-1]:
        return redirect(advice)
    following = next(one for one in public if one[0].number > serial)
    context = {
        "advice": advice, "answer": found[0], "decision": found[1], "following": following[0], "corrected": following[1],
        "pairs": pairs_of(advice, found[0]),
        "crumbs": crumbs_of(
            (_("Advice %(code)s") % {"code": advice.code}, advice.get_absolute_url()), (_("Earlier answer"), "")
        ),
    }  # fmt: skip
    return render(request, "councils/answer_version.html", context)
