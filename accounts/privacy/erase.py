"""Forgetting a person: their rows go or lose what is personal, in the tables and in the history of the tables.

What stays is what others need: decisions and contributions, under a former account that names nobody.
"""

import json
import re
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib.auth.hashers import make_password
from django.contrib.sessions.models import Session
from django.db import connection, models, transaction
from django.db.models import Model, Q, QuerySet
from django.db.models.functions import Cast
from django.utils.translation import gettext as _
from pghistory.models import Context

from accounts.actions.roles import lock, refuse_last_administrator, yesterday
from accounts.models import AccessLog, RoleAssignment, User
from accounts.privacy.declared import OTHERS, Holding, Subject, holdings, is_append_only
from accounts.privacy.log import log_access
from areas.models import Municipality
from core.handover import open_work
from core.history import ERASURE_ROLE, because, reason_of
from core.personal import Erase
from core.verbs import Actor, Operator, Refused, locked, verb

GONE = "[…]"  # what stands where a person was named
SHORTEST_NAME = 3  # a shorter one would be found in too many places


@contextmanager
def erasure_role() -> Iterator[None]:
    """Inside, statements run as the database role that may change history; it may do little else."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {ERASURE_ROLE}")
        yield
        cursor.execute("SET LOCAL ROLE NONE")  # after a failure the rollback does it


@verb
def erase_person(*, person: User, by: Actor) -> None:
    """Forget a person, as they or an operator wish; refused while they are the last administrator. Cannot be undone.

    Who works here hands the work over first; an operator need not wait for that.
    """
    log_access(person, AccessLog.Act.ERASE, by=by)
    _hand_over(person, by)
    user = locked(person)
    subject, former = Subject.to_forget(user), _former(user)
    known = list(holdings())
    end_sessions(subject)
    history = {h.model: list(h.rows_of(subject).values_list("pk", flat=True)) for h in known if h.is_history}
    with because("accounts.forgotten", by=by):
        for holding in known:
            if not holding.is_history and holding.model is not User and not is_append_only(holding.model):
                _forget_rows(holding, holding.rows_of(subject), former)
                _forget_mentions(holding, subject)
        _close(user, former)
    with erasure_role():
        for holding in known:
            if holding.is_history:
                # Also what the deletions above have just added.
                rows = holding.model._default_manager.filter(
                    Q(pk__in=history[holding.model]) | Q(pk__in=holding.rows_of(subject).values("pk"))
                )
                _forget_notes(rows)
                _forget_rows(holding, rows, former)
                _forget_mentions(holding, subject)
        # Last: as long as tracked rows change, the database writes the reason of this transaction again.
        _forget_mentions(Holding(Context, OTHERS["pghistory.context"]), subject)
        _forget_addresses(subject)


def _hand_over(user: User, by: Actor) -> None:
    """Refuse while this person is the last administrator of a municipality, or holds work that nobody took over."""
    run = RoleAssignment.objects.of(user).filter(role=RoleAssignment.Role.ADMINISTRATOR)
    for municipality in Municipality.objects.filter(roles__in=run).distinct().order_by("pk"):
        lock(municipality)
        for assignment in run.current().filter(municipality=municipality):
            refuse_last_administrator(assignment, yesterday())
    if not isinstance(by, Operator) and (work := open_work(user)):
        raise Refused(
            _(
                "You still hold work here: %(titles)s. Ask an administrator to hand it over; then you can delete your account."
            )
            % {"titles": ", ".join(str(one.source.title).lower() for one in work)},
            "open_work",
        )


def _former(user: User) -> User:
    """Who the person is afterwards: an account that names nobody and that nobody can enter."""
    identifier = uuid.uuid4()
    return User(
        pk=user.pk,
        uuid=identifier,
        email=f"{identifier.hex}@gewist.invalid",
        password=make_password(None),
        is_active=False,
        is_demo=user.is_demo,
        joined_at=user.joined_at,
    )


def _close(user: User, former: User) -> None:
    user.groups.clear()
    user.user_permissions.clear()
    former.save(force_update=True)


def _forget_rows(holding: Holding, rows: QuerySet[Any], former: User) -> None:
    personal = holding.personal
    if personal.delete_row:
        rows.delete()
        return
    linked = _link(holding, former)
    if not (personal.fields or personal.secret or linked):
        return
    for pk in list(rows.values_list("pk", flat=True)):
        values = {name: _erased(_field(holding.model, name), how) for name, how in personal.fields.items()}
        values |= {name: _erased(_field(holding.model, name), Erase.PSEUDONYM) for name in personal.secret}
        holding.model._default_manager.filter(pk=pk).update(**{**values, **linked})


def _link(holding: Holding, former: User) -> dict[str, Any]:
    """A column that holds the identifier or the address of the person itself now holds that of the former account."""
    lookup, by = holding.personal.subject, holding.personal.subject_by
    if not lookup or by == "user" or "__" in lookup:
        return {}
    return {lookup: former.uuid if by == "uuid" else former.email}


def _field(model: type[Model], name: str) -> "models.Field[Any, Any]":
    field = model._meta.get_field(name)
    if not isinstance(field, models.Field):
        raise TypeError(f"{model._meta.label}.{name} is not a column")
    return field


def _erased(field: "models.Field[Any, Any]", how: Erase) -> Any:
    """What stands in an erased column."""
    if how is Erase.BLANK and field.null:
        return None
    if isinstance(field, models.JSONField):
        return field.get_default() if field.has_default() else {}
    if how is Erase.BLANK:
        return field.get_default() if not isinstance(field, models.CharField | models.TextField) else ""
    identifier = uuid.uuid4()
    if isinstance(field, models.UUIDField):
        return identifier
    if isinstance(field, models.EmailField):
        return f"{identifier.hex}@gewist.invalid"
    return f"gewist-{identifier.hex}"[: field.max_length]


def _forget_mentions(holding: Holding, subject: Subject) -> None:
    """Take the person's address, name and identifier out of text about something else."""
    words = _words(subject)
    pattern = re.compile(
        r"(?<![\w.+-])(?:" + "|".join(re.escape(word) for word in words) + r")(?!\w)", re.IGNORECASE
    )
    for name in holding.personal.mentions:
        rows = holding.model._default_manager.annotate(_text=Cast(name, models.TextField()))
        found = Q(pk__in=[])
        for word in words:
            found |= Q(_text__icontains=word) | Q(_text__icontains=json.dumps(word)[1:-1])
        for pk, value in list(rows.filter(found).values_list("pk", name)):
            holding.model._default_manager.filter(pk=pk).update(**{name: _without(value, pattern)})


def _words(subject: Subject) -> list[str]:
    """The longest first: a name within a name is not to be left in halves."""
    names = [name for name in subject.names if len(name) >= SHORTEST_NAME]
    return sorted([*subject.emails, str(subject.uuid), subject.uuid.hex, *names], key=len, reverse=True)


def _without(value: Any, pattern: re.Pattern[str]) -> Any:
    if isinstance(value, str):
        return pattern.sub(GONE, value)
    if isinstance(value, list):
        return [_without(item, pattern) for item in value]
    if isinstance(value, dict):
        return {_without(key, pattern): _without(item, pattern) for key, item in value.items()}
    return value


def _forget_notes(rows: QuerySet[Any]) -> None:
    """What was typed about rows of the person goes, whoever typed it; the reason and who did it stay."""
    for context in Context.objects.filter(pk__in=rows.values("pgh_context")):
        kept = {name: value for name, value in context.metadata.items() if name != "note"}
        if reason_of(kept.get("why", "")) is None:  # an older row holds the note there
            kept.pop("why", None)
        if kept != context.metadata:
            Context.objects.filter(pk=context.pk).update(metadata=kept)


def end_sessions(subject: Subject) -> None:
    """Sessions are encoded: each is opened to see whose it is."""
    words = _words(subject)
    theirs = []
    for session in Session.objects.iterator():
        content = session.get_decoded()
        text = json.dumps(content, default=str)
        if content.get("_auth_user_id") == str(subject.pk) or any(word in text for word in words):
            theirs.append(session.pk)
    Session.objects.filter(pk__in=theirs).delete()


def _forget_addresses(subject: Subject) -> None:
    """The history keeps that the former account did something, not on which page."""
    for context in Context.objects.filter(metadata__user=subject.pk, metadata__has_key="url"):
        context.metadata.pop("url")
        Context.objects.filter(pk=context.pk).update(metadata=context.metadata)
