"""What the site knows of people, told from the declarations on the models, so that the statement cannot fall behind the code."""

from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.exceptions import FieldDoesNotExist
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.personal import Personal, declaration


@dataclass(frozen=True)
class Held:
    """One kind of data about people: what, why, for how long, and what becomes of it when a person asks to be forgotten."""

    label: str
    title: str
    purpose: str
    fields: tuple[str, ...]
    kept: str
    forgotten: str


def held() -> list[Held]:
    """Every kind of data about people that a model declares."""
    found = ((model, declaration(model)) for model in apps.get_models() if not model._meta.proxy)
    return [
        _held(model, personal) for model, personal in found if personal and _knows_people(model, personal)
    ]


def _knows_people(model: Any, personal: Personal) -> bool:
    points_at_people = any(field.related_model is get_user_model() for field in model._meta.fields)
    return personal.subject is not None or bool(personal.fields) or points_at_people


def _held(model: Any, personal: Personal) -> Held:
    label = model._meta.label
    return Held(
        label,
        _capital(str(model._meta.verbose_name)),
        str(personal.purpose),
        tuple(_words(model, name) for name in personal.fields),
        _kept(model, personal),
        _("It is deleted.") if personal.delete_row else _("It stays, without your name and address."),
    )


def _words(model: Any, name: str) -> str:
    try:
        return str(model._meta.get_field(name).verbose_name)
    except FieldDoesNotExist:
        return name


def _kept(model: Any, personal: Personal) -> str:
    if personal.kept:
        return str(personal.kept)
    if personal.retention_days is None:
        return _("As long as you have an account.")
    days = ngettext("%(number)d day", "%(number)d days", personal.retention_days)
    return _("%(days)s, then it is deleted by itself.") % {"days": days % {"number": personal.retention_days}}


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
