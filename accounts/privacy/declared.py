"""Where data about persons is: the declarations of our models, of their history, and of the packages that we use."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from allauth.account.models import EmailAddress
from django.apps import apps
from django.db.models import F, Model, Q, QuerySet
from django.db.models.functions import Collate, Lower
from django.db.models.lookups import In

from accounts.actions.invitations import emails_of
from accounts.models import Invitation, User
from core.personal import Erase, Personal, declaration

# Models of packages. Sessions are data of a person too; they are encoded, so that erasing has a step of its own for them.
OTHERS: dict[str, Personal] = {
    "account.emailconfirmation": Personal(
        subject="email_address__user", secret=("key",), delete_row=True
    ),
    "account.emailaddress": Personal(subject="user", fields={"email": Erase.PSEUDONYM}, delete_row=True),
    "socialaccount.socialaccount": Personal(
        subject="user", impersonal=("provider",), fields={"uid": Erase.PSEUDONYM, "extra_data": Erase.BLANK}, delete_row=True
    ),
    "socialaccount.socialtoken": Personal(
        subject="account__user", secret=("token", "token_secret"), delete_row=True
    ),
    "socialaccount.socialapp": Personal(
        impersonal=("provider", "provider_id", "name", "client_id", "secret", "key", "settings")
    ),
    "mfa.authenticator": Personal(subject="user", secret=("data",), impersonal=("type",), delete_row=True),
    "admin.logentry": Personal(mentions=("object_repr", "change_message"), impersonal=("object_id",)),
    "pghistory.context": Personal(mentions=("metadata",)),
    "django_tasks_database.dbtaskresult": Personal(
        mentions=("args_kwargs", "return_value", "traceback"),
        impersonal=("status", "task_path", "worker_ids", "queue_name", "backend_name", "exception_class_path"),
    ),
    "sessions.session": Personal(impersonal=("session_key",), secret=("session_data",)),
    "auth.group": Personal(impersonal=("name",)),
    "auth.permission": Personal(impersonal=("name", "codename")),
    "contenttypes.contenttype": Personal(impersonal=("app_label", "model")),
    "sites.site": Personal(impersonal=("domain", "name")),
    "gis.postgisgeometrycolumns": Personal(
        impersonal=("f_table_catalog", "f_table_schema", "f_table_name", "f_geometry_column", "type")
    ),
    "gis.postgisspatialrefsys": Personal(impersonal=("auth_name", "srtext", "proj4text")),
}  # fmt: skip


@dataclass(frozen=True)
class Subject:
    """The person whom data is about, as the tables know them."""

    pk: int
    uuid: uuid.UUID
    names: frozenset[str]
    emails: frozenset[str]

    @classmethod
    def of(cls, user: User) -> "Subject":
        """As they are known now."""
        return cls(user.pk, user.uuid, frozenset({user.name.strip()}), frozenset(emails_of(user)))

    @classmethod
    def to_forget(cls, user: User) -> "Subject":
        """With what else can only be theirs: unconfirmed addresses that nobody else has, names under which they were invited.

        Not for handing out: an address that was not confirmed may be somebody else's.
        """
        known = cls.of(user)
        return replace(
            known,
            names=known.names | _invited_as(known.emails),
            emails=known.emails | _given_by_nobody_else(user),
        )


def _given_by_nobody_else(user: User) -> set[str]:
    given = EmailAddress.objects.filter(user=user, verified=False).values_list("email", flat=True)
    return {email for email in given if not _is_of_others(email, user)}


def _is_of_others(email: str, user: User) -> bool:
    others: bool = EmailAddress.objects.filter(email=email).exclude(user=user).exists()
    return (
        others
        or User.objects.filter(email=email).exclude(pk=user.pk).exists()
        or Invitation.objects.filter(email=email).exists()
    )


def _invited_as(emails: frozenset[str]) -> set[str]:
    """Names of more than one word: a single one may be any word."""
    invitations: list[Any] = [Invitation, apps.get_model("accounts", "InvitationEvent")]
    names: set[str] = set()
    for model in invitations:
        names.update(model._default_manager.filter(email__in=emails).values_list("name", flat=True))
    return {" ".join(name.split()) for name in names if " " in name.strip()}


@dataclass(frozen=True)
class Holding:
    """A model that holds data about persons."""

    model: type[Model]
    personal: Personal
    is_history: bool = False

    @property
    def names_people(self) -> bool:
        """Whether rows can be of a person."""
        return self.personal.subject is not None

    def rows_of(self, subject: Subject) -> QuerySet[Any]:
        """The rows of a person; of a history also every earlier state of the rows that are theirs now."""
        rows = self.model._default_manager.all()
        if self.personal.subject is None:
            return rows.none()
        theirs = self._is_about(subject)
        if self.is_history:
            tracked = self.model.pgh_tracked_model  # type: ignore[attr-defined]
            now = tracked._default_manager.filter(self._is_about(subject)).values("pk")
            theirs |= Q(pgh_obj_id__in=list(now.values_list("pk", flat=True)))
        return rows.filter(theirs)

    def _is_about(self, subject: Subject) -> Q:
        lookup = self.personal.subject
        if not lookup:
            return Q(pk=subject.pk)
        if self.personal.subject_by == "uuid":
            return Q(**{lookup: subject.uuid})
        if self.personal.subject_by == "email":
            # As it was typed, in a mail; "C" knows the case of a–z only, so that no other letter is taken for one of them.
            return Q(In(Lower(Collate(F(lookup), "C")), subject.emails))
        return Q(**{lookup: subject.pk})


def personal_of(model: type[Model]) -> Personal | None:
    """What is declared about a model: by itself, by what it is the history of, or here for a package's."""
    tracked = getattr(model, "pgh_tracked_model", None)
    if tracked is None:
        return declaration(model) or OTHERS.get(model._meta.label_lower)
    found = declaration(tracked)
    return _as_history(found, model) if found else None


def holdings() -> Iterator[Holding]:
    """Every model with a declaration, history last."""
    models = [m for m in apps.get_models() if m._meta.managed and not m._meta.proxy]
    for model in sorted(models, key=lambda m: hasattr(m, "pgh_tracked_model")):
        personal = personal_of(model)
        if personal is not None:
            yield Holding(model, personal, hasattr(model, "pgh_tracked_model"))


def is_append_only(model: type[Model]) -> bool:
    """Whether rows are only added; what such a table says of a person is all that stays: that something was done."""
    return any(t.name == "append_only" for t in getattr(model._meta, "triggers", []))


def _as_history(personal: Personal, model: type[Model]) -> Personal:
    """Of what was, only the fields that the history has; its rows stay and lose what is personal."""
    has = {f.name for f in model._meta.concrete_fields}
    return replace(
        personal,
        fields={name: how for name, how in personal.fields.items() if name in has},
        secret=tuple(name for name in personal.secret if name in has),
        mentions=tuple(name for name in personal.mentions if name in has),
        impersonal=(*personal.impersonal, "pgh_label"),
        delete_row=False,
        retention_days=None,
    )
