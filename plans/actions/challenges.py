"""The verbs for challenges of society."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.text import slugify

from areas.models import Area, Municipality
from core.history import because
from core.slugs import free_slug
from core.verbs import Actor, locked, require, same_version, verb
from plans.actions.shared import assign, checked, of_here, save
from plans.models import Challenge

DETAILS = ("name", "text", "effect", "policy_field", "closed_on")
RESERVED = {"nieuw"}


@verb
def add_challenge(
    *, municipality: Municipality, by: Actor, values: Mapping[str, Any], areas: Iterable[Area] = ()
) -> Challenge:
    """Name a challenge of society on which several assignments can work."""
    require("plans.change_challenge", municipality, by=by)
    # Two who name one alike at once would choose the same slug.
    municipality = locked(municipality)
    word = slugify(str(values.get("name", "")))[:70] or "opgave"
    taken = Challenge.objects.of(municipality).filter(slug__startswith=word).values_list("slug", flat=True)
    challenge = Challenge(municipality=municipality, slug=free_slug(word, {*RESERVED, *taken}))
    return _write(challenge, by, values, list(areas), "plans.challenge_named")


@verb
def change_challenge(
    *, challenge: Challenge, by: Actor, version: str | None, values: Mapping[str, Any], areas: Iterable[Area]
) -> Challenge:
    """Say anew what a challenge is about, or that it is closed."""
    current = locked(challenge, queryset=Challenge.objects.select_related("municipality"))
    require("plans.change_challenge", current, by=by)
    same_version(current, version)
    return _write(current, by, values, list(areas), "plans.challenge_changed")


def _write(
    challenge: Challenge, by: Actor, values: Mapping[str, Any], areas: list[Area], reason: str
) -> Challenge:
    changed = assign(challenge, values, DETAILS)
    checked(challenge)
    of_here(challenge.municipality, "policy_field", challenge.policy_field)
    of_here(challenge.municipality, "areas", *areas)
    with because(reason, by=by):
        if challenge.pk is None:
            challenge.save()
        else:
            save(challenge, changed)
        challenge.areas.set(areas)
    return challenge
