"""From what a provider says to the little that we keep."""

import datetime as dt
from typing import Any

import pytest

from accounts.oidc.claims import ClaimsMap, Vouched, email_of, find, may_link, name_of, read_map, read_vouched
from accounts.oidc.reading import Faults

TODAY = dt.date(2026, 11, 22)


def mapped(*, staff: bool = False, **table: Any) -> ClaimsMap:
    """A claims map without a fault."""
    faults: list[str] = []
    wanted = read_map(table, Faults("MAP", faults), is_staff=staff)
    assert faults == []
    return wanted


def faults_of(*, staff: bool = True, **table: Any) -> str:
    """What is wrong with a claims map."""
    faults: list[str] = []
    read_map(table, Faults("MAP", faults), is_staff=staff)
    return "\n".join(faults)


def vouched(wanted: ClaimsMap, claims: dict[str, Any], token: dict[str, Any] | None = None) -> Vouched:
    return read_vouched(wanted, claims, token or {}, today=TODAY)


def test_a_claim_is_found_by_its_name_or_the_path_to_it() -> None:
    claims = {"address": {"postal_code": "2320"}, "https://dienst.example/wijk": "x", "a": 1}
    assert find(claims, "address.postal_code") == "2320"
    assert find(claims, "https://dienst.example/wijk") == "x"
    assert [find(claims, name) for name in ("address.street", "a.b", "nothing")] == [None, None, None]


@pytest.mark.parametrize(
    ("claims", "expected"),
    [
        ({"email": " Ann@Hier.example ", "email_verified": True}, ("ann@hier.example", True)),
        ({"email": "ann@hier.example", "email_verified": "true"}, ("ann@hier.example", True)),
        ({"email": "ann@hier.example", "email_verified": "false"}, ("ann@hier.example", False)),
        ({"email": "ann@hier.example"}, ("ann@hier.example", False)),
        ({"email": ["ann@hier.example"], "email_verified": True}, ("", False)),
        ({}, ("", False)),
    ],
)
def test_the_address_and_whether_it_is_confirmed(claims: dict[str, Any], expected: tuple[str, bool]) -> None:
    assert email_of(mapped(), claims) == expected


def test_a_provider_whose_every_address_counts() -> None:
    wanted = mapped(staff=True, email="upn", email_verified=True)
    assert email_of(wanted, {"upn": "ann@hier.example"}) == ("ann@hier.example", True)


def test_whose_accounts_are_linked() -> None:
    assert not may_link(mapped(), "ann@hier.example")
    assert may_link(mapped(link_by_email=True), "ann@hier.example")
    some = mapped(link_by_email=["@Hier.example"])
    assert may_link(some, "ann@hier.example")
    assert not may_link(some, "ann@niet-hier.example")
    assert not may_link(some, "ann@hier.example.kwaad.example")


def test_the_name_of_a_resident_is_asked_only_when_it_is_wanted() -> None:
    claims = {"name": "  Ann\n Peeters "}
    assert name_of(mapped(staff=True), claims) == "Ann Peeters"
    assert name_of(mapped(), claims) == ""
    assert name_of(mapped(name="name"), claims) == "Ann Peeters"
    assert (
        name_of(mapped(name="given_name family_name"), {"given_name": "Ann", "family_name": "De  Wit"})
        == "Ann De Wit"
    )


@pytest.mark.parametrize(
    ("birth", "age"),
    [
        ("2010-11-22", 16), ("2010-11-23", 12), ("2008-11-22", 18), ("2014-11-23", 0), ("1950-01-01", 18), ("1990", 0),
        ("0000-05-17", 0), (None, 0), (19900517, 0),
    ],
)  # fmt: skip
def test_of_a_birth_date_only_the_age_that_was_reached_is_left(birth: Any, age: int) -> None:
    assert vouched(mapped(age={"birth_date": "birthdate"}), {"birthdate": birth}).age_from == age


def test_an_age_that_the_provider_answers_itself() -> None:
    wanted = mapped(age={"over": {"16": "age_over_16", "18": "age_over_18"}})
    assert vouched(wanted, {"age_over_16": True, "age_over_18": False}).age_from == 16
    assert vouched(wanted, {"age_over_16": "false"}).age_from == 0


@pytest.mark.parametrize(("code", "here"), [("2320", True), (2320, True), ("9000", False), (None, False)])
def test_where_one_lives_is_yes_or_no(code: Any, here: bool) -> None:
    wanted = mapped(lives_in={"claim": "address.postal_code", "values": ["2320", "2321"]})
    assert vouched(wanted, {"address": {"postal_code": code}}).lives_here is here


def test_what_is_not_asked_is_not_said() -> None:
    assert vouched(mapped(), {"birthdate": "1990-01-01", "address": {}}) == Vouched()


ROLES = [
    {"claim": "groups", "value": "wijk", "role": "area_worker", "area": "ggw7:99999W01"},
    {
        "claim": "groups",
        "value": "redactie",
        "role": "moderator",
        "from": "2026-01-01",
        "until": dt.date(2026, 12, 31),
    },
]


@pytest.mark.parametrize(
    ("said", "held"),
    [
        ({"groups": ["wijk", "redactie"]}, (0, 1)),
        ({"groups": "redactie"}, (1,)),
        ({"groups": ["Wijk"]}, ()),
        ({}, ()),
        ({"_claim_names": {"groups": "src1"}}, None),  # too many to send: nothing is known, nothing changes
    ],
)
def test_roles_follow_the_claim(said: dict[str, Any], held: tuple[int, ...] | None) -> None:
    assert vouched(mapped(staff=True, roles=ROLES), said).roles == held


def test_a_provider_without_rules_changes_no_roles() -> None:
    assert vouched(mapped(staff=True), {"groups": ["wijk"]}).roles is None


def test_a_second_factor_is_in_the_signed_token() -> None:
    wanted = mapped(staff=True, second_factor={"amr": ["mfa", "hwk"], "acr": ["hoog"]})
    assert vouched(wanted, {}, {"amr": ["pwd", "mfa"]}).second_factor
    assert vouched(wanted, {}, {"acr": "hoog"}).second_factor
    assert not vouched(wanted, {"amr": ["mfa"]}, {"amr": ["pwd"]}).second_factor
    assert not vouched(mapped(staff=True), {}, {"amr": ["mfa"]}).second_factor


def test_what_is_vouched_for_survives_a_session() -> None:
    for known in (Vouched(), Vouched((0, 1), True), Vouched((), False, True, 16)):
        assert Vouched.restored(known.stored()) == known


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ({"emial": "x"}, "“emial” is not known here"),
        ({"email": 3}, "email is no text"),
        ({"lives_in": {"claim": "x", "values": ["y"]}}, "“lives_in” is not known here"),  # staff
        ({"second_factor": ["mfa"]}, "MAP.second_factor: is no table"),
        ({"second_factor": {"amr": "mfa"}}, "amr is no list of texts"),
        ({"roles": {}}, "roles is no list"),
        ({"roles": [{"claim": "g", "value": "v", "role": "boss"}]}, "MAP.roles[0]: “boss” is no role"),
        ({"roles": [{"role": "moderator"}]}, "needs a claim and a value"),
        (
            {"roles": [{"claim": "g", "value": "v", "role": "moderator", "area": "nis6"}]},
            "needs a scheme and a code",
        ),
        ({"roles": [{"claim": "g", "value": "v", "role": "moderator", "from": "soon"}]}, "from is no day"),
        (
            {
                "roles": [
                    {
                        "claim": "g",
                        "value": "v",
                        "role": "moderator",
                        "from": "2026-02-01",
                        "until": "2026-01-01",
                    }
                ]
            },
            "until is before from",
        ),
        (
            {"roles": [{"claim": "g", "value": "v", "role": "administrator"}]},
            "a claim makes nobody administrator",
        ),
        (
            {
                "administrators": True,
                "roles": [{"claim": "g", "value": "v", "role": "administrator", "area": "a:b"}],
            },
            "administers the whole municipality",
        ),
        ({"administrators": "yes"}, "administrators is neither true nor false"),
    ],
)
def test_a_map_with_a_fault_says_where(table: dict[str, Any], said: str) -> None:
    assert said in faults_of(**table)


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ({"roles": []}, "“roles” is not known here"),
        ({"second_factor": {}}, "“second_factor” is not known here"),
        ({"lives_in": {"claim": "x"}}, "needs a claim and the values"),
        ({"age": {"over": {"17": "x"}}}, "over.17: the ages are 12, 16, 18"),
        ({"age": {"over": ["x"]}}, "over is no table"),
    ],
)
def test_a_map_of_residents_gives_no_roles(table: dict[str, Any], said: str) -> None:
    assert said in faults_of(staff=False, **table)


def test_an_administrator_by_claim_is_asked_for_twice() -> None:
    rule = {"claim": "g", "value": "v", "role": "administrator"}
    assert mapped(staff=True, administrators=True, roles=[rule]).roles[0].role == "administrator"
