"""What every page of plans needs."""

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from areas.current import municipality_or_404
from plans.models import Plan
from plans.reading.gather import readable


def crumbs(*more: tuple[str, str]) -> list[tuple[str, Any]]:
    """The way back: the list, and what lies between."""
    return [(_("Plans"), reverse("plans:list")), *more]


def plan_crumbs(plan: Plan, *more: tuple[str, str]) -> list[tuple[str, Any]]:
    """The way back from below a plan."""
    return crumbs((plan.name, plan.get_absolute_url()), *more)


def plan_or_404(request: HttpRequest, slug: str) -> Plan:
    """A plan that the person may read."""
    return get_object_or_404(readable(municipality_or_404(request), request.user), slug=slug)
