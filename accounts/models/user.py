"""A person with an account."""

import datetime as dt
import uuid
from typing import Any, ClassVar

import rules
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy

from accounts.addresses import spelled, validate_ascii
from core.personal import Erase, Personal


class UserManager(BaseUserManager["User"]):
    """Makes accounts; everyone signs in with an e-mail address."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Make an account; without a password it can only be entered by a link."""
        user = self.model(email=spelled(email), **fields)
        user.set_password(password)
        user.full_clean(exclude=["password"])
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Make the account of an operator of the installation."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """A person with an account; what they may do in an area are their roles."""

    uuid = models.UUIDField(gettext_lazy("identifier"), default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(
        gettext_lazy("e-mail address"),
        unique=True,
        validators=[validate_ascii],
        error_messages={"unique": gettext_lazy("This e-mail address is in use.")},
    )
    name = models.CharField(
        gettext_lazy("name"), max_length=150, blank=True, help_text=gettext_lazy("As others may see it.")
    )
    is_staff = models.BooleanField(gettext_lazy("may enter the administration"), default=False)
    is_active = models.BooleanField(gettext_lazy("active"), default=True)
    is_demo = models.BooleanField(gettext_lazy("demo account"), default=False)
    joined_at = models.DateTimeField(gettext_lazy("joined at"), auto_now_add=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects: ClassVar[UserManager] = UserManager()

    # Of the object, not of the row: the middleware sets them for the person who makes a request (accounts.reach).
    roles_withheld: bool = False
    came_through: frozenset[str] | None = (
        None  # the identity providers of this session; None outside a request
    )
    roles_kept: dict[dt.date, Any] | None = None
    absences_kept: dict[dt.date, Any] | None = None
    roles_counted: str = "all"  # or "own", "passing": accounts.reach

    personal: ClassVar[Personal] = Personal(
        purpose=gettext_lazy("To let you sign in and to know who you are when you do something here."),
        subject="",
        fields={"email": Erase.PSEUDONYM, "name": Erase.BLANK, "uuid": Erase.PSEUDONYM},
        secret=("password",),
    )

    class Meta:
        verbose_name = gettext_lazy("person")
        verbose_name_plural = gettext_lazy("people")
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="user_email_unique_any_case",
                violation_error_message=gettext_lazy("This e-mail address is in use."),
            ),
            models.CheckConstraint(
                condition=Q(email=Lower("email")),
                name="user_email_in_lower_case",
                violation_error_message=gettext_lazy("An e-mail address is kept in lower case."),
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """Whether this person may; about an object the rules decide, also for operators: they have /beheer/ only."""
        if obj is None:
            return not self.roles_withheld and super().has_perm(perm)
        return self.is_active and rules.has_perm(perm, self, obj)

    def may_hold_roles(self) -> bool:
        """Whether the roles of this person count at all."""
        return self.is_active and not self.roles_withheld and (settings.DEMO or not self.is_demo)

    def get_full_name(self) -> str:
        """The name, as Django's own templates ask for it."""
        return self.name

    def get_short_name(self) -> str:
        """The first word of the name."""
        return self.name.split(" ")[0]
