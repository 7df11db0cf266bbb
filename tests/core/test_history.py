"""Why and by whom: what the database keeps beside every change."""

import ast
from contextlib import suppress
from pathlib import Path
from typing import Any

import pghistory
import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import transaction

from accounts.models import User
from core.history import Reason, because, reason_of, reasons
from core.registry import RegistrationError
from core.verbs import Actor, Operator, Participant
from tests.verbs import our_apps
from tests.workplaces.conftest import Maker
from tests.workplaces.conftest import make_location as make_location
from workplaces.models import WorkLocation

ROOT = Path(settings.BASE_DIR)


def told(location: WorkLocation) -> dict[str, Any]:
    """What is kept beside the last change of a location."""
    found: dict[str, Any] = location.events.latest("pgh_id").pgh_context.metadata  # type: ignore[attr-defined]
    return found


def rename(location: WorkLocation, name: str) -> None:
    location.name = name
    location.save()


def test_a_change_says_why_and_who(cast: dict[str, User], make_location: Maker) -> None:
    location, person = make_location(), cast["steward"]
    expected: list[tuple[Actor, dict[str, Any]]] = [
        (person, {"user": person.pk}),
        (Operator("load_demo"), {"operator": "load_demo"}),
        (Participant("k-1"), {"participant": "k-1"}),
    ]
    for number, (by, who) in enumerate(expected):
        with because("workplaces.details", by=by, note="Zo heet ze", file="x.csv"):
            rename(location, f"Naam {number}")
        assert told(location) == {"why": "workplaces.details", "note": "Zo heet ze", "file": "x.csv", **who}
    with because("workplaces.details", by=person):
        rename(location, "Zonder meer")
    assert told(location) == {"why": "workplaces.details", "user": person.pk}


def test_in_a_request_the_page_is_kept_but_not_of_a_participant(
    cast: dict[str, User], make_location: Maker
) -> None:
    location, person, other = make_location(), cast["steward"], cast["worker_here"]
    with pghistory.context(user=other.pk, url="/werklocaties/bibliotheek/"):  # as the middleware does
        with because("workplaces.details", by=person):
            rename(location, "A")
        assert (told(location)["user"], told(location)["url"]) == (person.pk, "/werklocaties/bibliotheek/")
        with because("workplaces.details", by=Operator("beheer")):
            rename(location, "B")
        assert (told(location)["user"], told(location)["operator"]) == (other.pk, "beheer")
        with because("workplaces.details", by=Participant("k-1")):
            rename(location, "C")
        assert told(location) == {"why": "workplaces.details", "participant": "k-1"}
        rename(location, "D")
        assert told(location) == {"user": other.pk, "url": "/werklocaties/bibliotheek/"}


def test_each_block_has_its_own_reason(cast: dict[str, User], make_location: Maker) -> None:
    one, two, three = make_location("Een"), make_location("Twee"), make_location("Drie")
    with transaction.atomic(), because("workplaces.imported", by=Operator("outside")):
        rename(one, "1")
        with suppress(ValueError), because("workplaces.offer", by=cast["steward"]):
            rename(two, "2")
            raise ValueError("the outer reason counts again, whatever happens here")
        rename(three, "3")
    assert [told(location)["why"] for location in (one, two, three)] == [
        "workplaces.imported", "workplaces.offer", "workplaces.imported",
    ]  # fmt: skip


@pytest.mark.parametrize("nobody", [None, AnonymousUser(), "jan"])
def test_nobody_has_no_reason(make_location: Maker, nobody: Any) -> None:
    location = make_location()
    with pytest.raises(TypeError), because("workplaces.details", by=nobody):
        rename(location, "Toch")
    assert WorkLocation.objects.get().name == "Bibliotheek"


def test_a_reason_is_registered() -> None:
    with pytest.raises(LookupError, match=r"reasons\.py"), because("workplaces.whim", by=Operator("test")):
        pass
    with pytest.raises(LookupError), because("areas.addresses_uploaded", by=Operator("test")):
        pass
    with pytest.raises(RegistrationError):
        reasons.register(Reason(name="workplaces.details", words="dubbel"))


def used_reasons() -> tuple[set[str], list[str]]:
    """The reasons that the code names, and the places where it names one that a reader cannot see."""
    used: set[str] = set()
    hidden = []
    for path in (path for app in our_apps() for path in (ROOT / app).rglob("*.py")):
        tree = ast.parse(path.read_text())
        words = {str(node.value) for node in ast.walk(tree) if isinstance(node, ast.Constant)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "because":
                first = node.args[0] if node.args else None
                choices = (first.body, first.orelse) if isinstance(first, ast.IfExp) else (first,)
                if all(isinstance(one, ast.Constant) for one in choices):
                    used |= {str(one.value) for one in choices if isinstance(one, ast.Constant)}
                elif getattr(first, "id", "") == "reason":  # handed on within its module, which names it
                    used |= {reason.name for reason in reasons} & words
                else:
                    hidden.append(f"{path.relative_to(ROOT)}:{node.lineno}")
    return used, hidden


def test_what_the_code_names_is_what_is_registered() -> None:
    used, hidden = used_reasons()
    assert not hidden, "name the reason where it is given"
    assert used == {reason.name for reason in reasons if not reason.is_past}


def test_older_rows_stay_readable() -> None:
    for old, name in {
        "details": "workplaces.details",
        "boundaries imported": "areas.boundaries_imported",
        "identity provider staff": "accounts.provider_roles",
        "the demo was loaded": "portal.demo_loaded",
        "accounts.invited": "accounts.invited",
    }.items():
        reason = reason_of(old)
        assert reason is not None
        assert reason.name == name
    assert reason_of("Vervangt Jan") is None
    assert reason_of("") is None
