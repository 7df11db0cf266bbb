"""Nothing is public before it is decided: concept → put to who decides → decided → released at a set moment.

Until then only people who are named read it, and each look is kept. From the moment on page and feed show it by themselves,
because they ask `Release.objects.released()`; the worker mails within seconds (docs/decisions/released-by-the-clock.md).

An app says in its `releases.py` which of its things are released so:

release_kinds.register(ReleaseKind(
    name="councils.answer", title=gettext_lazy("Answer to an advice"), model=Answer, change="councils.answer_advice",
    publish="councils.publish_answer", people=who_may_be_named, on_release=mail_the_council, first=asks_first("councils.answer"),
))

Its queryset asks `public_subjects` and `subjects_for`, its verbs `require_concept` before they change the thing, and its page
`look` and `notice`, which `core/partials/release.html` shows. What brings it further has pages of its own (`core.releasepages`).
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.history import because
from core.jobs import each
from core.models import Release, ReleaseLook, ReleaseReader
from core.registry import Registry
from core.states import move
from core.verbs import Actor, Conflict, Operator, Refused, locked, require, same_version, verb

State = Release.State
ON_TIME = Operator("the moment of release")


class OnRelease(Protocol):
    """What goes out with the release, once and in its transaction: mails, which leave when it is sure."""

    def __call__(self, *, release: Release, thing: Any, by: Actor) -> None: ...


class People(Protocol):
    """The accounts that may be named to read a thing before it is public."""

    def __call__(self, *, thing: Any) -> QuerySet[Any]: ...


class NoteOf(Protocol):
    """The note that puts a thing before who decides, as a document of Word (`core.office`)."""

    def __call__(self, *, release: Release, thing: Any) -> bytes: ...


class ReleaseAsksFirst(Protocol):
    """How somebody is asked first before a thing becomes public on a day; this module knows no calendar itself."""

    def check(self, *, thing: Any, by: Actor, consent: Any, on: dt.date) -> None:
        """Refuse when somebody has to be asked for that day, unless with the consent that was given."""

    def asks(self, *, thing: Any, by: Actor, on: dt.date) -> str:
        """Why somebody has to be asked for that day, in words; empty on other days."""

    def ask(
        self, *, release: Release, thing: Any, at: dt.datetime | None, why: str, by: Any, site: str
    ) -> Any:
        """Ask whether it may become public at a moment, or at once."""


@dataclass(frozen=True, kw_only=True)
class ReleaseKind:
    """One kind of things that are public only after a decision, found by their `uuid` and with a page of their own.

    `change` is the permission to work on it and to name who reads it, `publish` that to note the decision and to release; both are
    asked of the thing. No permission lets anybody read: only being named does.
    """

    name: str
    title: str | Promise
    model: type[Model]
    change: str
    publish: str
    people: People
    on_release: OnRelease
    body: str | Promise = ""
    first: ReleaseAsksFirst | None = None
    note: NoteOf | None = None
    order: int = 100

    def thing(self, subject: UUID) -> Any:
        """The thing with this identifier, None when it is gone."""
        return self.model._default_manager.filter(uuid=subject).first()


release_kinds: Registry[ReleaseKind] = Registry(ReleaseKind, "releases")


def public_subjects(kind: str) -> QuerySet[Release, Any]:
    """The identifiers of the things of a kind that everybody may read now, for a query: `filter(uuid__in=…)`."""
    return Release.objects.of_kind(kind).released().values("subject")


def subjects_for(kind: str, user: Any) -> QuerySet[Release, Any]:
    """The identifiers of the things of a kind that a person may read now: public, or named to."""
    return Release.objects.of_kind(kind).visible_to(user).values("subject")


def release_of(kind: str, thing: Any) -> Release | None:
    """The release of a thing that counts; None before it is begun and after it was withdrawn."""
    return Release.objects.of(kind, thing.uuid).first()


def require_concept(kind: str, thing: Any) -> Release:
    """The release of a thing under a lock, while the thing may still be changed; raises Refused when it was put to who decides."""
    found = Release.objects.of(kind, thing.uuid).select_for_update().first()
    if found is None or found.state != State.CONCEPT:
        raise Refused(_("It was put to who decides: take it back before you change it."), "state")
    return found


@verb
def open_concept(
    *, kind: str, thing: Any, by: Actor, readers: Iterable[tuple[Any, str]] = (), body: str = ""
) -> Release:
    """Begin the way of a thing to the public; who begins reads it, and so do the named `readers` (person, why)."""
    known = release_kinds[kind]
    require(known.change, thing, by=by)
    locked(thing)
    if Release.objects.of(kind, thing.uuid).exists():
        raise Refused(_("This is under way already."), "open")
    release = Release(kind=kind, subject=thing.uuid, body=body or str(known.body))
    release.full_clean()
    named = {person.uuid: words for person, words in readers}
    if not isinstance(by, Operator):
        named.setdefault(_identifier(by), "")
    with because("core.release_begun", by=by):
        release.save()
        for person, words in named.items():
            ReleaseReader.objects.create(release=release, person=person, because_of=words)
    return release


@verb
def name_reader(*, release: Release, person: Any, by: Actor, because_of: str = "") -> ReleaseReader:
    """Let somebody read it before it is public; `because_of` is what that person reads as the reason."""
    found, thing, kind = _locked(release, "change", by=by)
    _refuse_public(found)
    if not kind.people(thing=thing).filter(pk=person.pk).exists():
        raise Refused(_("%(name)s cannot be named here.") % {"name": person}, "person")
    reader = ReleaseReader(release=found, person=person.uuid, because_of=because_of.strip())
    reader.full_clean()
    with because("core.release_reader_named", by=by):
        reader.save()
    return reader


@verb
def remove_reader(*, reader: ReleaseReader, by: Actor) -> None:
    """Let somebody no longer read it before it is public; what that person read already stays in the list of looks."""
    found, _thing, _kind = _locked(reader.release, "change", by=by)
    _refuse_public(found)
    with because("core.release_reader_removed", by=by):
        locked(reader).delete()


@verb
def put_before(
    *, release: Release, by: Actor, body: str, on: dt.date | None = None, version: str | None = None
) -> Release:
    """Put it to who decides (`body`), today or `on` a day before; from then on it is not changed."""
    found, _thing, _kind = _locked(release, "change", by=by, version=version)
    move(found, "state", State.PUT)
    found.body, found.put_on = body.strip(), on or timezone.localdate()
    if found.put_on > timezone.localdate():
        raise Refused({"on": _("This day is still to come.")}, "day")
    with because("core.release_put", by=by):
        return _saved(found)


@verb
def send_back(*, release: Release, by: Actor, why: str) -> Release:
    """Bring what was put to who decides back to be changed, with the reason."""
    found, _thing, _kind = _locked(release, "change", by=by)
    move(found, "state", State.CONCEPT)
    found.put_on = None
    with because("core.release_sent_back", by=by, note=why):
        return _saved(found)


@verb
def decide(
    *,
    release: Release,
    by: Actor,
    decided_on: dt.date,
    number: str,
    body: str = "",
    version: str | None = None,
) -> Release:
    """Note the decision: its day, its number, and who decided when that was another body than it was put to."""
    found, _thing, _kind = _locked(release, "publish", by=by, version=version)
    move(found, "state", State.DECIDED)
    if decided_on > timezone.localdate():
        raise Refused({"decided_on": _("This day is still to come.")}, "day")
    if found.put_on and decided_on < found.put_on:
        raise Refused({"decided_on": _("It was put to who decides only after this day.")}, "day")
    found.decided_on, found.decision_number, found.body = (
        decided_on,
        number.strip(),
        body.strip() or found.body,
    )
    if not found.decision_number:
        raise Refused({"number": _("Give the number of the decision.")}, "required")
    with because("core.release_decided", by=by):
        return _saved(found)


@verb
def plan_release(
    *, release: Release, by: Actor, at: dt.datetime, consent: Any = None, version: str | None = None
) -> Release:
    """Set the moment from which everybody reads it; it can be set anew until it has come."""
    found, thing, kind = _locked(release, "publish", by=by, version=version)
    _refuse_public(found)
    _require_decision(found)
    if at <= timezone.now():
        raise Refused({"at": _("This moment is over. Release it at once, or choose a later one.")}, "moment")
    if kind.first is not None:
        kind.first.check(thing=thing, by=by, consent=consent, on=timezone.localdate(at))
    found.release_at = at
    with because("core.release_planned", by=by):
        return _saved(found)


@verb
def release_now(*, release: Release, by: Actor, consent: Any = None, version: str | None = None) -> Release:
    """Make it public at once: page, mail and feed together."""
    found, thing, kind = _locked(release, "publish", by=by, version=version)
    _refuse_public(found)
    _require_decision(found)
    now = timezone.now()
    if kind.first is not None:
        kind.first.check(thing=thing, by=by, consent=consent, on=timezone.localdate(now))
    found.release_at = now
    return _release(found, thing, kind, by=by)


@verb
def release_on_time(*, release: Release, by: Operator) -> Release | None:
    """Send what goes out with a release whose moment has come; None when another worker did. For the worker alone."""
    if not isinstance(by, Operator):
        raise PermissionDenied("core.release_on_time")
    found = locked(release)
    if not Release.objects.due().filter(pk=found.pk).exists():
        return None
    kind = release_kinds[found.kind]
    thing = kind.thing(found.subject)
    if thing is None:
        raise Conflict(None, _("This is no longer there."), "gone")
    return _release(found, thing, kind, by=by)


@verb
def withdraw(*, release: Release, by: Actor, why: str) -> Release:
    """Stop before it is public, with the reason; a new one may begin."""
    found, _thing, _kind = _locked(release, "publish", by=by)
    _refuse_public(found)
    move(found, "state", State.WITHDRAWN)
    with because("core.release_withdrawn", by=by, note=why):
        return _saved(found)


@verb
def look(*, release: Release, by: Actor) -> ReleaseLook | None:
    """Keep that somebody reads it before it is public; None when everybody may. Raises PermissionDenied for who is not named."""
    if release.is_public:
        return None
    if isinstance(by, Operator) or not Release.objects.filter(pk=release.pk).read_early_by(by).exists():
        raise PermissionDenied("core.release.look")
    return ReleaseLook.objects.create(release=release, person=_identifier(by))


def release_due() -> int:
    """Send what goes out with the releases whose moment has come; how many."""
    due = Release.objects.due().filter(kind__in=[kind.name for kind in release_kinds])
    return each(
        due.order_by("release_at", "pk"), lambda release: release_on_time(release=release, by=ON_TIME)
    )


@dataclass(frozen=True)
class Notice:
    """What a page says of a thing that is not public yet: until when, who decides, why this person reads it, and how many do."""

    release: Release
    because_of: str
    readers: int

    @property
    def number(self) -> str:
        """How many people may read it now, in words."""
        return ngettext("%(number)d person", "%(number)d people", self.readers) % {"number": self.readers}


def notice(release: Release | None, user: Any) -> Notice | None:
    """What the page of a thing says before it is public; None afterwards, and for visitors. One query."""
    if release is None or release.is_public or not user.is_authenticated:
        return None
    readers = {row.person: row.because_of for row in release.readers.all()}
    return Notice(release, readers.get(user.uuid, ""), len(readers))


def seen_steps(release: Release) -> Sequence[tuple[str, str]]:
    """The states of a release in their order, each as done, now or coming."""
    order = [State.CONCEPT, State.PUT, State.DECIDED, State.RELEASED]
    now = State.RELEASED if release.is_public else State(release.state)
    if now not in order:
        return [(State.WITHDRAWN, "now")]
    place = order.index(now)
    return [
        (one, "done" if at < place else "now" if at == place else "coming") for at, one in enumerate(order)
    ]


def _identifier(by: Any) -> UUID:
    identifier: UUID = by.uuid
    return identifier


def _locked(
    release: Release, which: str, *, by: Actor, version: str | None = None
) -> tuple[Release, Any, ReleaseKind]:
    """The release under a lock, behind its thing, for who holds the permission."""
    kind = release_kinds[release.kind]
    thing = kind.thing(release.subject)
    if thing is None:
        raise Conflict(None, _("This is no longer there."), "gone")
    require(getattr(kind, which), thing, by=by)
    found = locked(release)
    same_version(found, version)
    return found, thing, kind


def _refuse_public(release: Release) -> None:
    if release.is_public:
        raise Refused(_("It is public already."), "public")


def _require_decision(release: Release) -> None:
    if release.state != State.DECIDED:
        raise Refused(_("First comes the decision, then the moment of release."), "state")


def _release(found: Release, thing: Any, kind: ReleaseKind, *, by: Actor) -> Release:
    """Released at its moment, with what goes out."""
    move(found, "state", State.RELEASED)
    found.released_at = timezone.now()
    with because("core.release_released", by=by):
        released = _saved(found)
    kind.on_release(release=released, thing=thing, by=by)
    return released


def _saved(release: Release) -> Release:
    release.full_clean()
    release.save()
    return release
