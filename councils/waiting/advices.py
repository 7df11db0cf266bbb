"""What of councils waits for a person: advices to answer, and answers that were begun."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.reach import held_by
from areas.models import Municipality
from core.models import Release
from core.waiting import WaitingEntry, WaitingSource, waiting_sources
from councils.models import ANSWERS, Advice, Answer
from councils.rules import competent_today


def advices_to_answer(*, user: Any, municipality: Municipality, today: dt.date) -> Iterator[WaitingEntry]:
    """Advices that wait for an answer of who is competent today, with the day on which it is due; the form is one click away.

    Once it was put to who decides, the page of its release is where one goes on. So is it for who is competent
    since, and was not named.
    """
    if not held_by(user):
        return
    advices = competent_today(user, Advice.objects.of(municipality).open_now().order_by("due_on", "pk"))
    if not advices:
        return
    answers = {one.advice_id: one for one in Answer.objects.filter(advice__in=advices).order_by("number")}
    subjects = [one.uuid for one in answers.values()]
    read = Release.objects.of_kind(ANSWERS).read_early_by(user)
    releases = {one.subject: one for one in read.filter(subject__in=subjects).order_by("created_at")}
    for advice in advices:
        answer = answers.get(advice.pk)
        release = releases.get(answer.uuid) if answer is not None else None
        title, url = _next(advice, release)
        yield WaitingEntry(
            title=title, url=url, kind=gettext_lazy("Advice"), due=advice.due_on, detail=advice.council.name,
            is_example=advice.is_example,
        )  # fmt: skip


def _next(advice: Advice, release: Release | None) -> tuple[str, str]:
    title = {"title": advice.title}
    if release is None or release.state in (Release.State.CONCEPT, Release.State.WITHDRAWN):
        return _("Answer the advice: %(title)s") % title, reverse(
            "advices:answer", args=[advice.year, advice.number]
        )
    if release.state == Release.State.PUT:
        return _("Note the decision on the answer: %(title)s") % title, release.get_absolute_url()
    return _("Release the answer: %(title)s") % title, release.get_absolute_url()


waiting_sources.register(
    WaitingSource(
        name="councils.advices", title=gettext_lazy("Advices to answer"), waiting=advices_to_answer, order=46
    )
)
