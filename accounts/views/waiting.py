"""What waits for me: the page to which signing in leads."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.absences import waits_for
from accounts.models import Absence
from accounts.reach import held_by
from accounts.views.access import me
from areas.current import municipality_or_404


@never_cache
@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    """What I have to do, in order of date; what comes next when nothing waits."""
    user, municipality, today = me(request), municipality_or_404(request), timezone.localdate()
    is_staff = bool(held_by(user))
    absences = Absence.objects.of(user).filter(municipality=municipality).current(today)
    return render(
        request,
        "accounts/waiting.html",
        {
            "waiting": waits_for(user, municipality, today=today),
            "is_staff": is_staff,
            "absence": absences.select_related("deputy").first() if is_staff else None,
        },
    )
