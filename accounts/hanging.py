"""The roles that people hold in an area."""

from collections.abc import Collection, Mapping

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy, npgettext

from accounts.models import RoleAssignment
from core.hanging import Hanging, HangingSource, hanging_sources


def roles_in(*, keys: Collection[int]) -> Mapping[int, Hanging]:
    """How many roles count in each area, or will."""
    lasting = Q(valid_until__isnull=True) | Q(valid_until__gte=timezone.localdate())
    roles = RoleAssignment.objects.filter(lasting, area__in=keys)
    rows = roles.order_by().values_list("area").annotate(Count("pk"))
    return {
        key: Hanging(number=number, words=npgettext("what hangs on an area", "role", "roles", number))
        for key, number in rows
    }


hanging_sources.register(
    HangingSource(
        name="accounts.roles", target="areas.area", title=gettext_lazy("Roles"), count=roles_in, order=20
    )
)
