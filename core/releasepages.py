"""The pages on which something is brought to the public: its steps, who reads it before, and who looked."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.access import owner_of
from core.models import Release, ReleaseReader
from core.office import docx_response
from core.pages import answer_button, answer_form, posted, show
from core.release import ReleaseKind, look, release_kinds, remove_reader, seen_steps
from core.releaseforms import (
    BackForm,
    DecideForm,
    MomentForm,
    PlanForm,
    PutForm,
    ReaderForm,
    StepForm,
    WithdrawForm,
)
from core.verbs import Refused

State = Release.State
MOST_LOOKS = 100


@dataclass(frozen=True)
class Step:
    """A step that somebody may take: with which form, from which states, by which permission."""

    word: str
    title: str | Promise
    button: str | Promise
    done: str | Promise
    form: Callable[..., StepForm]
    states: frozenset[str]
    permission: str
    is_danger: bool = False


UNDER_WAY = frozenset({State.CONCEPT, State.PUT, State.DECIDED})
STEPS = (
    Step("voorleggen", gettext_lazy("Put it to who decides"), gettext_lazy("Put it to them"),
         gettext_lazy("It is put to who decides. Until then nobody changes it."), PutForm, frozenset({State.CONCEPT}), "change"),
    Step("terug", gettext_lazy("Take it back to change it"), gettext_lazy("Take back"),
         gettext_lazy("It can be changed again."), BackForm, frozenset({State.PUT}), "change"),
    Step("besluit", gettext_lazy("Note the decision"), gettext_lazy("Note the decision"),
         gettext_lazy("The decision is noted. Now set the moment of release."), DecideForm, frozenset({State.PUT}), "publish"),
    Step("moment", gettext_lazy("Set the moment of release"), gettext_lazy("Set the moment"),
         gettext_lazy("Saved."), PlanForm, frozenset({State.DECIDED}), "publish"),
    Step("nu", gettext_lazy("Release it now"), gettext_lazy("Release now"),
         gettext_lazy("Done: everybody can read it."), MomentForm, frozenset({State.DECIDED}), "publish"),
    Step("intrekken", gettext_lazy("Withdraw it"), gettext_lazy("Withdraw"),
         gettext_lazy("It is withdrawn, and nobody else reads it."), WithdrawForm, UNDER_WAY, "publish", is_danger=True),
    Step("lezer", gettext_lazy("Name somebody who may read it now"), gettext_lazy("Name this person"),
         gettext_lazy("Saved."), ReaderForm, UNDER_WAY, "change"),
)  # fmt: skip


@require_safe
def release(request: HttpRequest, identifier: UUID) -> HttpResponse:
    """How far it is, who reads it now, and who looked; for who is named and for who works on it."""
    found, thing, kind = _found(request, identifier)
    readers, looks = list(found.readers.all()), list(found.looks.all()[:MOST_LOOKS])
    names = _names({row.person for row in readers} | {row.person for row in looks})
    may_change = request.user.has_perm(kind.change, thing)
    labels = dict(State.choices)
    context = {
        "title": _("Before it is public"),
        "release": found,
        "thing": thing,
        "kind": kind,
        "phases": [
            {"title": str(labels[state]).capitalize(), "dates": _date_of(found, state), "state": how}
            for state, how in seen_steps(found)
        ],
        "steps": [one for one in STEPS if _may_step(one, found, thing, kind, request.user)],
        "readers": [(row, names.get(row.person, _("somebody who has left"))) for row in readers],
        "looks": [(row, names.get(row.person, _("somebody who has left"))) for row in looks],
        "has_note": kind.note is not None and owner_of(request) in {row.person for row in readers},
        "may_name": may_change and not found.is_public,
        "crumbs": _crumbs(thing, _("Before it is public")),
    }
    return show(request, "core/release.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, identifier: UUID, word: str) -> HttpResponse:
    """One step of a release, on a page of its own."""
    found, thing, kind = _found(request, identifier)
    one = next((step for step in STEPS if step.word == word), None)
    if one is None or not request.user.has_perm(getattr(kind, one.permission), thing):
        raise Http404
    form = one.form(posted(request), release=found, thing=thing, kind=kind, by=request.user)
    return answer_form(
        request,
        form,
        do=lambda: form.do(site=request.build_absolute_uri("/")),
        to=found,
        done=_done(form, one),
        again=lambda now: one.form(release=now, thing=thing, kind=kind, by=request.user),
        shown_at={"release_at": "day", "decision_number": "number", "put_on": "on"},
        title=one.title,
        lead=str(thing),
        button=one.button,
        is_danger=one.is_danger,
        back=found.get_absolute_url(),
        back_words=_("Stop without saving"),
        crumbs=[*_crumbs(thing, _("Before it is public"), found.get_absolute_url()), (str(one.title), "")],
    )


@require_safe
def note(request: HttpRequest, identifier: UUID) -> HttpResponse:
    """The note to who decides, as a document of Word: for who is named, and each look is kept."""
    found, thing, kind = _found(request, identifier)
    if kind.note is None or not Release.objects.visible_to(request.user).filter(pk=found.pk).exists():
        raise Http404
    look(release=found, by=request.user)
    try:
        return docx_response(kind.note(release=found, thing=thing), name=str(thing))
    except Refused as no:  # the template of the municipality does not fit it
        messages.error(request, " ".join(no.messages))
        return redirect(found)


@require_POST
def remove(request: HttpRequest, identifier: UUID, reader: int) -> HttpResponse:
    """Let somebody no longer read it before it is public."""
    found, _thing, _kind = _found(request, identifier)
    row = get_object_or_404(ReleaseReader.objects.select_related("release"), pk=reader, release=found)
    return answer_button(
        request, do=lambda: remove_reader(reader=row, by=request.user), to=found, done=_("Saved.")
    )


def _found(request: HttpRequest, identifier: UUID) -> tuple[Release, Any, ReleaseKind]:
    """The release, for who is named and for who works on it; for others it is not there."""
    found = get_object_or_404(Release.objects.prefetch_related("readers"), uuid=identifier)
    kind = release_kinds.get(found.kind)
    thing = kind.thing(found.subject) if kind else None
    if kind is None or thing is None:
        raise Http404
    is_named = getattr(request.user, "uuid", None) in {row.person for row in found.readers.all()}
    if not is_named and not any(request.user.has_perm(one, thing) for one in (kind.change, kind.publish)):
        raise Http404
    return found, thing, kind


def _may_step(one: Step, release: Release, thing: Any, kind: ReleaseKind, user: Any) -> bool:
    if release.is_public or release.state not in one.states or one.word == "lezer":
        return False
    return bool(user.has_perm(getattr(kind, one.permission), thing))


def _names(people: set[UUID]) -> dict[UUID, str]:
    found = get_user_model()._default_manager.filter(uuid__in=people, is_active=True)
    return {person.uuid: str(person) for person in found}


def _date_of(release: Release, state: str) -> str:
    """When it came, or comes, into a state, in words."""
    if state == State.RELEASED and release.release_at is not None:
        local = timezone.localtime(release.release_at)
        return f"{date_format(local, 'j F Y')}, {time_format(local, 'H.i')}"
    day = {
        State.CONCEPT: timezone.localdate(release.created_at),
        State.PUT: release.put_on,
        State.DECIDED: release.decided_on,
    }.get(State(state))
    return date_format(day, "j F Y") if day else ""


def _done(form: StepForm, one: Step) -> str | Promise:
    if isinstance(form, MomentForm) and form.is_bound and form.is_valid() and form.asked:
        return _("Somebody is asked first. It waits for an answer.")
    return one.done


def _crumbs(thing: Any, title: str, url: str = "") -> list[tuple[str, str]]:
    return [(str(thing), thing.get_absolute_url()), (title, url)]
