"""What a colleague holds of people and roles: roles, competences, absences in which they stand in."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.actions.closing import pass_on_keepers, pass_on_mandates, pass_on_roles, pass_on_standing_in
from accounts.models import Absence, Competence, PeriodKeeper, RoleAssignment
from core.handover import HandoverSource, HeldWork, handover_sources


def roles(*, user: Any) -> Iterator[HeldWork]:
    """Roles that count, or will."""
    lasting = Q(valid_until__isnull=True) | Q(valid_until__gte=timezone.localdate())
    for role in RoleAssignment.objects.of(user).filter(lasting).select_related("area", "municipality"):
        yield HeldWork(
            words=str(role.get_role_display()),
            detail=str(role.area or role.municipality),
            municipality=role.municipality_id,
            url=reverse("accounts:roles"),
        )


def mandates(*, user: Any) -> Iterator[HeldWork]:
    """Competences of the mandate holder with this account."""
    rows = Competence.objects.lasting().filter(holder__user=user)
    for one in rows.select_related("field", "area", "municipality"):
        yield HeldWork(
            words=str(one.field or _("Every policy field")),
            detail=str(one.area or one.municipality),
            municipality=one.municipality_id,
            url=reverse("accounts:competences"),
        )


def standing_in(*, user: Any) -> Iterator[HeldWork]:
    """Absences in which the person stands in, or will."""
    for one in Absence.objects.lasting().filter(deputy=user).select_related("user"):
        yield HeldWork(
            words=str(one.user),
            detail=_("until %(day)s") % {"day": date_format(one.last, "j F Y")},
            municipality=one.municipality_id,
            url=reverse("accounts:absences"),
        )


def keepers(*, user: Any) -> Iterator[HeldWork]:
    """Periods in which the person is asked first."""
    for one in PeriodKeeper.objects.filter(user=user):
        yield HeldWork(
            words=str(one.get_kind_display()),
            municipality=one.municipality_id,
            url=reverse("accounts:keepers"),
        )


for name, title, held, pass_on, order in (
    ("accounts.standing_in", gettext_lazy("Stands in for"), standing_in, pass_on_standing_in, 10),
    ("accounts.mandates", gettext_lazy("Competent for"), mandates, pass_on_mandates, 20),
    ("accounts.keepers", gettext_lazy("Is asked first"), keepers, pass_on_keepers, 30),
    ("accounts.roles", gettext_lazy("Roles"), roles, pass_on_roles, 900),  # last: with them goes the rest
):
    handover_sources.register(HandoverSource(name=name, title=title, held=held, pass_on=pass_on, order=order))
