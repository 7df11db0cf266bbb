"""Handing out what is known about a person: one zip with everything, readable by people and by programs."""

import io
import json
import zipfile
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Model
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import AccessLog, User
from accounts.privacy.declared import Holding, Subject, holdings
from accounts.privacy.log import log_access
from core.verbs import Actor, verb


@verb
def export_person(*, person: User, by: Actor) -> bytes:
    """A zip of all that is known about a person, for themself or an operator; that it was made is written down."""
    log_access(person, AccessLog.Act.EXPORT, by=by)
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "gegevens.json", json.dumps(collect(person), cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)
        )
        archive.writestr("LEESMIJ.txt", render_to_string("accounts/mail/export.txt", {"now": timezone.now()}))
    return content.getvalue()


def collect(user: User) -> dict[str, Any]:
    """What each table knows of a person."""
    subject = Subject.of(user)
    known = {}
    for holding in holdings():
        if holding.names_people and (rows := _rows(holding, subject)):
            title = str(holding.model._meta.verbose_name_plural)
            known[holding.model._meta.label] = {"title": title, "rows": rows}
    return known


def _rows(holding: Holding, subject: Subject) -> list[dict[str, Any]]:
    links = [f.name for f in holding.model._meta.concrete_fields if isinstance(f, models.ForeignKey)]
    rows = holding.rows_of(subject).select_related(*links) if links else holding.rows_of(subject)
    return [_row(row, holding, subject) for row in rows.order_by("pk")]


def _row(row: Model, holding: Holding, subject: Subject) -> dict[str, Any]:
    return {
        field.name: _value(row, field, subject)
        for field in row._meta.concrete_fields
        if field.name not in holding.personal.secret
    }


def _value(row: Model, field: "models.Field[Any, Any]", subject: Subject) -> Any:
    if not isinstance(field, models.ForeignKey):
        value = field.value_from_object(row)
        return value if isinstance(value, PLAIN) else str(value)
    key = getattr(row, field.attname)
    if key is None:
        return None
    if field.related_model is User:
        return _("you") if key == subject.pk else _("somebody else")
    other = field.get_cached_value(row, default=None)
    return str(key if other is None else other)


PLAIN = (str, int, float, bool, list, dict, type(None))
