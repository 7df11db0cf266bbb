"""Guessing passwords stops, and nobody shuts out somebody else: what counts for whom, and what a stranger learns of it."""

import re
from collections.abc import Iterator

import pytest
import time_machine
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth.hashers import MD5PasswordHasher
from django.contrib.auth.models import AnonymousUser
from django.core import mail
from django.test import Client, RequestFactory
from django.utils import timezone

from accounts.actions import invite
from accounts.guessing import BOUNDS, take_turn
from accounts.models import User
from core.limits import print_of
from core.verbs import Refused
from tests.accounts.helpers import PASSWORD, browser, with_password
from tests.conftest import Land

WRONG = "dit is het niet"
IN, WRONG_ANSWER, TOO_OFTEN = "in", "wrong", "too often"


@pytest.fixture
def owner(land: Land, cast: dict[str, User]) -> User:
    return with_password(cast["resident"])


@pytest.fixture
def still() -> Iterator[time_machine.Traveller]:
    """A clock that stands still, at the start of every window: how fast the machine is says nothing."""
    with time_machine.travel("2026-03-02T12:00:00Z", tick=False) as clock:
        yield clock


def place(number: int) -> str:
    """One of as many addresses as a stranger likes."""
    return f"10.{number // 250}.0.{number % 250 + 1}"


def sign_in(email: str, password: str, address: str, client: Client | None = None) -> str:
    """Try a password, from an address, in a new browser or in one's own; what the page says."""
    client = client or Client()
    response = client.post("/account/login/", {"login": email, "password": password}, REMOTE_ADDR=address)
    if response.status_code == 302:
        return IN
    page = response.content.decode()
    return TOO_OFTEN if "Te veel verkeerde pogingen" in page else WRONG_ANSWER


def known_browser(user: User) -> Client:
    """A browser in which somebody signed in and out again."""
    client = Client()
    assert sign_in(user.email, PASSWORD, place(9000), client) == IN
    client.post("/account/logout/")
    assert "_auth_user_id" not in client.session
    return client


def attack(
    email: str, tries: int, clock: time_machine.Traveller, *, places: int = 1000, client: Client | None = None
) -> list[str]:
    """Wrong tries, a second apart, each from another address (or from so many): what is asked before a password is looked at."""
    said = []
    for number in range(tries):
        request = RequestFactory().post("/account/login/", REMOTE_ADDR=place(number % places))
        request.user = AnonymousUser()
        request.COOKIES.update({name: cookie.value for name, cookie in (client or Client()).cookies.items()})
        try:
            take_turn(request, email, "password")
        except Refused:
            said.append(TOO_OFTEN)
        else:
            said.append(WRONG_ANSWER)
        clock.shift(1)
    return said


def test_one_place_tries_one_account_five_times(owner: User, still: time_machine.Traveller) -> None:
    said = [sign_in(owner.email, WRONG, place(1)) for _ in range(7)]
    assert said == [WRONG_ANSWER] * 5 + [TOO_OFTEN] * 2
    assert sign_in(owner.email, PASSWORD, place(1)) == TOO_OFTEN, "also with the right one"
    assert sign_in(owner.email, PASSWORD, place(2)) == IN, "seven wrong tries lock nobody out elsewhere"
    still.shift(301)
    assert sign_in(owner.email, PASSWORD, place(1)) == IN


def test_one_place_tries_many_accounts_ten_times_a_minute(owner: User, still: time_machine.Traveller) -> None:
    said = [sign_in(f"iemand-{number}@proefdorp.example", WRONG, place(1)) for number in range(12)]
    assert said == [WRONG_ANSWER] * 10 + [TOO_OFTEN] * 2
    day = [attack(f"ander-{number}@proefdorp.example", 1, still, places=1) for number in range(900)]
    assert day.count([WRONG_ANSWER]) <= BOUNDS["password"].place[1][0], "and not all hour"


def test_many_places_are_slowed_down(owner: User, still: time_machine.Traveller) -> None:
    said = attack(owner.email, 60, still)
    free = BOUNDS["password"].free
    assert said[: free + 1] == [WRONG_ANSWER] * (free + 1)
    assert said.count(WRONG_ANSWER) <= free + 6, "each try waits twice as long as the one before"
    still.move_to("2026-03-03T12:00:00Z")
    slow = attack(owner.email, 1500, still)
    assert slow.count(WRONG_ANSWER) <= free + 12, "until four in an hour are left"


def test_strangers_do_not_touch_the_device_of_the_owner(owner: User, still: time_machine.Traveller) -> None:
    mine = known_browser(owner)
    attack(owner.email, 40, still)
    assert sign_in(owner.email, PASSWORD, place(9999)) == TOO_OFTEN, "a new device waits"
    assert sign_in(owner.email, PASSWORD, place(0), mine) == IN, (
        "this one does not, even from a place of the stranger"
    )
    assert sign_in(owner.email, PASSWORD, place(9999), mine) == IN


def test_a_known_device_is_slowed_down_on_its_own(owner: User, still: time_machine.Traveller) -> None:
    mine = known_browser(owner)
    said = attack(owner.email, 45, still, client=mine)
    assert sign_in(owner.email, PASSWORD, place(9999), mine) == TOO_OFTEN
    assert said.count(WRONG_ANSWER) <= BOUNDS["password"].free + 8
    assert sign_in(owner.email, PASSWORD, place(9999)) == IN, "its tries are not those of others"


def test_a_device_is_known_for_whom_it_was_entered(
    owner: User, cast: dict[str, User], still: time_machine.Traveller
) -> None:
    other = with_password(cast["neighbour"])
    mine = known_browser(other)
    attack(owner.email, 40, still)
    assert sign_in(owner.email, PASSWORD, place(9999), mine) == TOO_OFTEN
    cookie = mine.cookies["device"]
    assert owner.email not in cookie.value
    assert other.email not in cookie.value
    assert cookie["httponly"]
    mine.cookies["device"] = cookie.value.replace(".", ".0", 1)
    attack(other.email, 40, still)
    assert sign_in(other.email, PASSWORD, place(9998), mine) == TOO_OFTEN, "a cookie that somebody made up"


def test_a_code_by_mail_is_a_way_in_for_a_new_device(owner: User, still: time_machine.Traveller) -> None:
    attack(owner.email, 40, still)
    client = Client(REMOTE_ADDR=place(9999))
    assert "Stuur een aanmeldcode" in client.get("/account/login/").content.decode()
    asked = client.post("/account/login/code/", {"email": owner.email})
    assert asked["Location"] == "/account/login/code/confirm/"
    (sent,) = mail.outbox
    assert sent.to == [owner.email]
    found = re.search(r"^\s*([A-Z0-9]{3,}-?[A-Z0-9]*)\s*$", str(sent.body), re.MULTILINE)
    assert found, sent.body
    assert client.post("/account/login/code/confirm/", {"code": found[1]}).status_code == 302
    assert client.session["_auth_user_id"] == str(owner.pk)
    client.post("/account/logout/")
    assert sign_in(owner.email, PASSWORD, place(9999), client) == IN, "it is a known device now"


def test_somebody_with_a_task_still_shows_the_second_factor(cast: dict[str, User], land: Land) -> None:
    steward = with_password(cast["steward"])
    TOTP.activate(steward, generate_totp_secret())
    client = Client()
    client.post("/account/login/code/", {"email": steward.email})
    found = re.search(r"^\s*([A-Z0-9]{3,}-?[A-Z0-9]*)\s*$", str(mail.outbox[-1].body), re.MULTILINE)
    assert found
    response = client.post("/account/login/code/confirm/", {"code": found[1]})
    assert response["Location"].startswith("/account/2fa/authenticate/")
    said = [client.post("/account/2fa/authenticate/", {"code": "000000"}).content.decode() for _ in range(8)]
    assert "_auth_user_id" not in client.session
    assert said[0] != said[-1], "guessing the code stops too"


@pytest.mark.parametrize("page", ["/account/login/code/", "/account/password/reset/"])
def test_mails_are_not_asked_for_without_end(owner: User, page: str, still: time_machine.Traveller) -> None:
    for email in (owner.email, "niemand@proefdorp.example"):
        mail.outbox.clear()
        said = []
        for _ in range(6):
            answer = Client().post(page, {"email": email}, REMOTE_ADDR=place(1))
            said.append(
                answer.status_code
                if answer.status_code == 302
                else "te vaak een mail gevraagd" in answer.content.decode()
            )
        assert said == [302] * 4 + [True] * 2, email
        assert len(mail.outbox) == 4
    elsewhere = Client().post(page, {"email": owner.email}, REMOTE_ADDR=place(2))
    assert elsewhere.status_code == 302, "a stranger does not use them up for the owner"


def test_being_asked_for_the_password_again_is_not_stopped_by_strangers(
    owner: User, still: time_machine.Traveller
) -> None:
    mine = browser(owner)
    attack(owner.email, 40, still)
    response = mine.post("/account/reauthenticate/", {"password": PASSWORD}, REMOTE_ADDR=place(9999))
    assert response.status_code == 302


def seen(email: str, address: str) -> str:
    """The page after a wrong try, without what changes every time."""
    page = (
        Client()
        .post("/account/login/", {"login": email, "password": WRONG}, REMOTE_ADDR=address)
        .content.decode()
    )
    return re.sub(r'csrfmiddlewaretoken" value="\w+"|"x-csrftoken": "\w+"|nonce="[^"]+"', "", page).replace(
        email, ""
    )


def test_the_page_does_not_say_whether_there_is_an_account(
    owner: User, still: time_machine.Traveller
) -> None:
    unknown = "niemand@proefdorp.example"
    for _ in range(7):
        assert seen(owner.email, place(1)) == seen(unknown, place(2))
    still.move_to("2026-03-03T12:00:00Z")
    known = attack(owner.email, 60, still)
    last = seen(owner.email, place(9999))
    still.move_to("2026-03-04T12:00:00Z")
    assert attack(unknown, 60, still) == known
    assert seen(unknown, place(9999)) == last


@pytest.fixture
def hashed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every password that is hashed: what takes the time."""
    seen: list[str] = []
    real = MD5PasswordHasher.encode

    def encode(self: MD5PasswordHasher, password: str, salt: str) -> str:
        seen.append(password)
        return real(self, password, salt)

    monkeypatch.setattr(MD5PasswordHasher, "encode", encode)
    return seen


@pytest.mark.parametrize(
    ("page", "fields", "expected"),
    [
        ("/account/login/", {"login": "{}", "password": WRONG}, 1),
        ("/account/signup/", {"email": "{}", "password1": PASSWORD, "password2": PASSWORD}, 1),
        ("/account/password/reset/", {"email": "{}"}, 0),
        ("/account/login/code/", {"email": "{}"}, 0),
    ],
)
def test_as_much_work_for_a_known_address_as_for_a_new_one(
    owner: User, cast: dict[str, User], hashed: list[str], page: str, fields: dict[str, str], expected: int
) -> None:
    without_password = with_password(cast["neighbour"])
    without_password.set_unusable_password()
    without_password.save()
    counts = []
    for email in (owner.email, without_password.email, "nieuw@proefdorp.example"):
        hashed.clear()
        mails = len(mail.outbox)
        Client().post(page, {name: value.format(email) for name, value in fields.items()})
        counts.append((len(hashed), len(mail.outbox) - mails))
    assert len(set(counts)) == 1, counts
    assert counts[0][0] == expected


def test_inviting_is_as_much_work_for_a_known_address(
    owner: User, land: Land, cast: dict[str, User], hashed: list[str]
) -> None:
    for email in (owner.email, "nieuw@proefdorp.example"):
        invite(
            by=cast["administrator"], municipality=land.municipality, email=email, role="moderator",
            valid_from=timezone.localdate(), why="proef", site="https://proefdorp.example/",
        )  # fmt: skip
    assert not hashed


def test_no_address_is_kept(owner: User, still: time_machine.Traveller) -> None:
    assert print_of(owner.email, "10.0.0.1") != print_of(owner.email, "10.0.0.2")
    before = print_of(owner.email, "10.0.0.1")
    assert "10.0.0.1" not in before
    still.shift(86400)
    assert print_of(owner.email, "10.0.0.1") != before, "another print tomorrow"
