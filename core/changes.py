"""What happened to a thing, in words: read from what the database kept of a tracked model.

An app says in its `history.py` how one of its models is told: which columns are nobody's business, and which rows beside it
belong to it.

tellings.register(Telling(
    name="workplaces.locations",
    target="workplaces.worklocation",
    beside=(Beside(model="workplaces.OpeningHours", link="location", words=hours_in_words),),
))
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Model
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format, localize
from django.utils.translation import gettext as _

from core.history import reason_of
from core.registry import Registry

# What every row has and tells nothing of.
IGNORED = {"id", "uuid", "updated_at", "created_at"}
MOST_BESIDE = 20  # rows that one act writes beside a thing, as far as they are looked through


@dataclass(frozen=True, kw_only=True)
class Beside:
    """Rows of another tracked model that belong to the thing: `link` points at it, over other models too if need be.

    `words` gets the events and gives one text for each; it may run one query. What happens to such a row is told with what happened
    to the thing by the same act; with `alone` also when the thing itself stayed as it was.
    """

    model: str
    link: str
    words: Callable[[Sequence[Any]], Iterable[str]]
    alone: bool = False


@dataclass(frozen=True, kw_only=True)
class Telling:
    """How the history of a model (`target`, "app.model") is told; `untold` are columns that say nothing to a person."""

    name: str
    target: str
    untold: frozenset[str] = frozenset()
    beside: tuple[Beside, ...] = ()
    order: int = 100


tellings: Registry[Telling] = Registry(Telling, "history")


@dataclass
class Change:
    """One time that somebody changed the thing: the reason in words, what they typed about it, and what differs."""

    moment: dt.datetime
    why: str
    note: str
    who: str
    lines: list[str] = field(default_factory=list)


def event_model(model: type[Model]) -> Any:
    """The table that keeps the history of a tracked model."""
    return apps.get_model(model._meta.app_label, f"{model.__name__}Event")


def changes_of(obj: Model, *, limit: int = 20) -> list[Change]:
    """The last changes, newest first; a fixed number of queries."""
    told = _telling_of(type(obj))
    events = list(
        event_model(type(obj))
        .objects.filter(pgh_obj_id=obj.pk)
        .select_related("pgh_context")
        .order_by("-pgh_id")[: limit + 1]
    )
    own = {event.pgh_context_id for event in events if event.pgh_context_id}
    acts = _acts_beside(obj, told, own, limit)
    names = _names([event.pgh_context for event in events if event.pgh_context] + [one for _at, one in acts])
    beside = _beside(obj, told, own | {one.pk for _at, one in acts})
    pairs = [(event, before) for event, before in zip(events, [*events[1:], None], strict=False)][:limit]
    shown = _Shown(type(obj), pairs, told)
    found = []
    for event, before in pairs:
        lines = shown.differences(before, event) if before is not None else []
        lines += beside.get(event.pgh_context_id, [])
        found.append(_change(event.pgh_created_at, event.pgh_context, names, lines))
    found += [_change(at, context, names, beside.get(context.pk, [])) for at, context in acts]
    return sorted(found, key=lambda one: one.moment, reverse=True)[:limit] if acts else found


def _change(moment: dt.datetime, context: Any, names: dict[Any, str], lines: list[str]) -> Change:
    metadata = context.metadata if context else {}
    why, note = why_of(metadata)
    return Change(moment=moment, why=why, note=note, who=_who(metadata, names), lines=lines)


def changes_since(obj: Model, version: str) -> list[Change]:
    """The changes that a person did not see who started from a version: the moment of the last change (`updated_at`), as text."""
    try:
        moment = parse_datetime(version)
    except ValueError:
        moment = None
    if moment is None:
        return []
    number = event_model(type(obj)).objects.filter(pgh_obj_id=obj.pk, updated_at__gt=moment).count()
    return changes_of(obj, limit=number) if number else []


def why_of(metadata: dict[str, Any]) -> tuple[str, str]:
    """The reason in words, and what somebody typed; older rows hold typed text where the reason stands now."""
    why = metadata.get("why", "")
    reason = reason_of(why)
    if reason is None:
        return _("changed"), why
    return str(reason.words), metadata.get("note", "")


def _who(metadata: dict[str, Any], names: dict[Any, str]) -> str:
    """A person by name, a participant never by key, anybody else as the administration."""
    if "participant" in metadata:
        return _("a participant")
    return names.get(metadata.get("user")) or _("the administration")


def _names(contexts: Iterable[Any]) -> dict[Any, str]:
    keys = {one.metadata.get("user") for one in contexts}
    people = get_user_model()._default_manager.filter(pk__in=[key for key in keys if isinstance(key, int)])
    return {one.pk: str(one) if one.is_active else _("somebody who has left") for one in people}


def _telling_of(model: type[Model]) -> Telling:
    label = model._meta.label_lower
    return next((one for one in tellings if one.target == label), Telling(name=label, target=label))


def _rows_beside(obj: Model, beside: Beside) -> Any:
    """The history of the rows beside a thing, each event once whatever lies between."""
    rows = event_model(apps.get_model(beside.model)).objects
    if "__" not in beside.link:
        return rows.filter(**{f"{beside.link}_id": obj.pk})
    return rows.filter(pk__in=rows.filter(**{beside.link: obj.pk}).values("pk"))


def _acts_beside(obj: Model, told: Telling, own: set[Any], limit: int) -> list[tuple[dt.datetime, Any]]:
    """The last acts that wrote beside the thing alone: when, and their context; two queries."""
    kinds = [
        _rows_beside(obj, one)
        .filter(pgh_context__isnull=False)
        .order_by()
        .values_list("pgh_context", "pgh_created_at")
        for one in told.beside
        if one.alone
    ]
    if not kinds:
        return []
    moments: dict[Any, dt.datetime] = {}
    every = kinds[0].union(*kinds[1:], all=True) if kinds[1:] else kinds[0]
    for context, moment in every.order_by("-pgh_created_at")[: MOST_BESIDE * limit]:
        if context not in own:
            moments.setdefault(context, moment)
    chosen = dict(list(moments.items())[:limit])
    contexts = apps.get_model("pghistory.Context").objects.in_bulk(list(chosen))
    return [(moment, contexts[key]) for key, moment in chosen.items() if key in contexts]


def _beside(obj: Model, told: Telling, contexts: set[Any]) -> dict[Any, list[str]]:
    """What changed in the rows beside it, by context."""
    lines: dict[Any, list[str]] = defaultdict(list)
    for beside in told.beside if contexts else ():
        events = list(_rows_beside(obj, beside).filter(pgh_context__in=contexts).order_by("pgh_id"))
        for event, words in zip(events, beside.words(events) if events else (), strict=True):
            sign = {"insert": "+", "delete": "−"}.get(event.pgh_label, "±")
            lines[event.pgh_context_id].append(f"{sign} {words}")
    return lines


class _Shown:
    """What two states of a row differ in, in words; the things that it points at are read once a model."""

    def __init__(self, model: type[Model], pairs: Iterable[tuple[Any, Any]], told: Telling) -> None:
        self.columns = [
            column
            for column in event_model(model)._meta.concrete_fields
            if not column.name.startswith("pgh_") and column.name not in IGNORED | told.untold
        ]
        self.fields = {column.name: model._meta.get_field(column.name) for column in self.columns}
        self.others = self._others(pairs)

    def differences(self, before: Any, after: Any) -> list[str]:
        """One line for each column that differs."""
        return [self._line(column, *pair) for column, *pair in self._differing(before, after)]

    def _differing(self, before: Any, after: Any) -> Iterable[tuple[Any, Any, Any]]:
        if before is None or after.pgh_label == "insert":
            return
        for column in self.columns:
            old, new = getattr(before, column.attname), getattr(after, column.attname)
            if old != new:
                yield column, old, new

    def _others(self, pairs: Iterable[tuple[Any, Any]]) -> dict[tuple[Any, Any], str]:
        wanted: dict[Any, set[Any]] = defaultdict(set)
        for after, before in pairs:
            for column, *pair in self._differing(before, after):
                if column.is_relation:
                    wanted[column.related_model].update(pair)
        return {
            (model, one.pk): str(one)
            for model, keys in wanted.items()
            for one in model._default_manager.filter(pk__in=keys - {None})
        }

    def _line(self, column: Any, old: Any, new: Any) -> str:
        name = str(getattr(self.fields[column.name], "verbose_name", column.name))
        if isinstance(column, models.JSONField | ArrayField):
            return _("%(what)s: changed") % {"what": name}
        return f"{name}: {self._word(column, old)} → {self._word(column, new)}"

    def _word(self, column: Any, value: Any) -> str:
        if value in (None, ""):
            return "–"
        if column.is_relation:
            return self.others.get((column.related_model, value), "–")
        if choices := self.fields[column.name].flatchoices:  # type: ignore[union-attr]
            return str(dict(choices).get(value, value))
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        if isinstance(value, dt.datetime):
            return date_format(timezone.localtime(value), "SHORT_DATETIME_FORMAT")
        if hasattr(value, "coords"):
            return f"{value.y:.5f} N {value.x:.5f} E"
        return str(localize(value))
