"""What the site knows of people, told from the declarations on the models, so that the statement cannot fall behind the code."""

from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.exceptions import FieldDoesNotExist
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.personal import Personal, declaration

# Why a model holds something of a person; a test fails on a model that is not named here.
PURPOSES: dict[str, str | Promise] = {
    "accounts.User": gettext_lazy("To let you sign in and to know who you are when you do something here."),
    "accounts.RoleAssignment": gettext_lazy(
        "To know what you may do for the municipality, where and until when."
    ),
    "accounts.Verification": gettext_lazy(
        "To know, where only residents take part, that you live here and are old enough. "
        "We keep neither your address nor your date of birth."
    ),
    "accounts.Invitation": gettext_lazy("To invite staff by e-mail."),
    "accounts.AccessLog": gettext_lazy("To be able to check who looked at personal data."),
    "core.Intake": gettext_lazy(
        "To keep a file that you bring in between the check and your yes: a table for two days, a file of addresses for two weeks."
    ),
    "core.PrivateFile": gettext_lazy("To keep a file that you uploaded or asked for, for you alone."),
    "core.OutgoingMail": gettext_lazy(
        "To send you the e-mail that you asked for, such as a link to sign in."
    ),
    "core.JobProgress": gettext_lazy("To show how far a long task is that you started."),
    "workplaces.QualityWaiver": gettext_lazy("To know who said that a finding about a location is right so."),
}


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
        str(PURPOSES.get(label, "")),
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
    if personal.retention_days is None:
        return _("As long as you have an account.")
    days = ngettext("%(number)d day", "%(number)d days", personal.retention_days)
    return _("%(days)s, then it is deleted by itself.") % {"days": days % {"number": personal.retention_days}}


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
