"""The grammar of verbs."""

from typing import Any

import pytest
import rules
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.utils.functional import SimpleLazyObject

from accounts.models import User
from core.verbs import Actor, Conflict, Operator, Participant, Refused, locked, require, verb, verbs
from tests.conftest import Land
from tests.workplaces.conftest import Maker
from tests.workplaces.conftest import make_location as make_location
from workplaces.models import WorkLocation

PERMISSION = "areas.change_area"


@verb
def look(*, by: Actor, wrong: bool = False) -> bool:
    """A verb of the tests: whether it runs in a transaction."""
    if wrong:
        raise Refused("Nee.", "no")
    return connection.in_atomic_block


@pytest.fixture(autouse=True, scope="module")
def _not_of_an_app() -> Any:
    yield
    verbs.pop(f"{__name__}.look", None)


@pytest.mark.parametrize("nobody", [None, "", "jan@example.org", 7, object()])
def test_nobody_does_nothing(nobody: Any) -> None:
    with pytest.raises(TypeError):
        look(by=nobody)
    with pytest.raises(TypeError):
        require(PERMISSION, object(), by=nobody)
    with pytest.raises(TypeError):
        look()  # type: ignore[call-arg]


def test_a_visitor_is_refused() -> None:
    with pytest.raises(PermissionDenied):
        look(by=AnonymousUser())
    with pytest.raises(PermissionDenied):
        require(PERMISSION, object(), by=AnonymousUser())


@pytest.mark.django_db(transaction=True)
def test_a_verb_opens_the_transaction() -> None:
    assert not connection.in_atomic_block
    assert look(by=Operator("test"))
    with pytest.raises(Refused):
        look(by=Operator("test"), wrong=True)
    assert not connection.in_atomic_block


def test_a_person_may_what_a_role_grants(land: Land, cast: dict[str, User]) -> None:
    require(PERMISSION, land["bergen"], by=cast["steward"])
    with pytest.raises(PermissionDenied) as refused:
        require(PERMISSION, land["bergen"], by=cast["worker_here"])
    assert str(refused.value) == PERMISSION


def test_an_operator_may_everything(land: Land) -> None:
    require(PERMISSION, land["bergen"], by=Operator("test"))
    require("no.such_permission", land["bergen"], by=Operator("test"))


def test_a_participant_may_what_a_predicate_grants(land: Land) -> None:
    key = Participant("k-1")
    with pytest.raises(PermissionDenied):
        require(
            PERMISSION, land["bergen"], by=key
        )  # a predicate for people says no to a key, and does not stumble
    with pytest.raises(PermissionDenied):
        require("tests.take_part", land["bergen"], by=key)  # nobody grants it
    rules.add_perm("tests.take_part", rules.predicate(lambda who, obj: who == key))
    try:
        require("tests.take_part", land["bergen"], by=key)
        with pytest.raises(PermissionDenied):
            require("tests.take_part", land["bergen"], by=Participant("k-2"))
        with pytest.raises(PermissionDenied):
            require("tests.take_part", None, by=key)
    finally:
        rules.remove_perm("tests.take_part")


def test_what_is_no_verb() -> None:
    def by_place(location: Any, *, by: Actor) -> None: ...
    def by_nobody(*, location: Any) -> None: ...

    for function in (by_place, by_nobody):
        with pytest.raises(TypeError, match=r"no verb"):
            verb(function)


def test_locked_is_the_row_as_it_is_now(make_location: Maker) -> None:
    seen = make_location()
    WorkLocation.objects.update(name="Nieuw")
    assert locked(seen).name == "Nieuw"
    assert locked(seen, version=seen.version).pk == seen.pk
    with pytest.raises(Conflict) as conflict:
        locked(seen, version="2020-01-01T00:00:00+00:00")
    assert conflict.value.current.name == "Nieuw"
    assert conflict.value.code == "conflict"


def test_who_asks_can_be_locked(cast: dict[str, User]) -> None:
    asking: Any = SimpleLazyObject(lambda: cast["steward"])
    assert locked(asking) == cast["steward"]


def test_locked_brings_along_what_the_queryset_says(
    make_location: Maker, django_assert_num_queries: Any
) -> None:
    seen = make_location()
    with django_assert_num_queries(1):
        assert locked(seen, queryset=WorkLocation.objects.select_related("municipality")).municipality.name


def test_what_is_gone_is_a_conflict(make_location: Maker) -> None:
    seen = make_location()
    WorkLocation.objects.all().delete()
    with pytest.raises(Conflict) as conflict:
        locked(seen)
    assert (conflict.value.current, conflict.value.code) == (None, "gone")


def test_a_refusal_has_words_and_a_code() -> None:
    one = Refused("Dat kan niet.", "closed")
    assert (str(one), one.messages, one.code) == ("Dat kan niet.", ["Dat kan niet."], "closed")
    many = Refused(["Eerst dit.", "Dan dat."], "faults")
    assert (str(many), many.code) == ("Eerst dit.\nDan dat.", "faults")
    field = Refused({"point": "Buiten het gebied."}, "place")
    assert field.message_dict == {"point": ["Buiten het gebied."]}
    assert str(Refused("%(number)d te veel", "many", {"number": 3})) == "3 te veel"
    assert all(isinstance(error, ValidationError) for error in (one, many, field, Conflict()))
