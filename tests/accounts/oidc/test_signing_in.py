"""Signing in with an identity provider, the whole way over HTTP: allauth's own provider runs beside the tests."""

import json
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import pytest
import time_machine
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.socialaccount.models import SocialAccount, SocialLogin
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from accounts.models import RoleAssignment, User, Verification
from accounts.privacy import erase_person
from accounts.privacy.export import collect
from accounts.second_factor import AUTHENTICATION_METHODS_SESSION_KEY, LONGEST
from tests.accounts.helpers import PASSWORD, browser, link_in_mail, with_password
from tests.accounts.oidc.conftest import Configure
from tests.accounts.oidc.provider import ANN, Person, RunningProvider
from tests.accounts.test_privacy import find_everywhere
from tests.conftest import Land, show_second_factor

Role = RoleAssignment.Role


def test_the_first_time_makes_an_account_the_second_time_finds_it(provider: RunningProvider) -> None:
    first = Person().sign_in(query="?next=/gebieden/bergen/")
    assert (first.status_code, first["Location"]) == (302, "/gebieden/bergen/")
    ann = User.objects.get(email=ANN)
    assert ann.name == "Ann"
    assert not ann.has_usable_password()
    assert EmailAddress.objects.get(user=ann).verified
    again = Person()
    again.sign_in()
    assert again.user_id == str(ann.pk)
    link = SocialAccount.objects.get()
    assert (link.provider, link.extra_data) == ("staff", {})
    assert not mail.outbox


def test_without_a_second_factor_the_roles_of_a_provider_wait(provider: RunningProvider) -> None:
    provider.says(ANN, email=ANN, email_verified=True, groups=["gebiedswerkers", "iets anders"])
    ann = Person()
    ann.sign_in()
    role = RoleAssignment.objects.get()
    assert (role.role, role.area.slug if role.area else "", role.provider) == (
        Role.AREA_WORKER,
        "bergen",
        "staff",
    )
    response = ann.here.get("/werklocaties/nieuw/")
    assert response["Location"].startswith("/account/2fa/totp/activate/")


def test_a_second_factor_that_the_provider_asked_for_counts_in_this_session(
    provider: RunningProvider,
) -> None:
    provider.says(ANN, email=ANN, email_verified=True, groups=["gebiedswerkers"])
    provider.signs(ANN, amr=["pwd", "mfa"])
    ann = Person()
    ann.sign_in()
    assert ann.here.get("/werklocaties/nieuw/").status_code == 200
    provider.signs(ANN, amr=["pwd"])
    ann.sign_in()
    assert ann.here.get("/werklocaties/nieuw/").status_code == 302, "one sign-in says nothing of the next"


def test_a_second_factor_counts_only_when_it_was_signed(provider: RunningProvider) -> None:
    provider.says(ANN, email=ANN, email_verified=True, groups=["gebiedswerkers"], amr=["mfa"])
    provider.signs(ANN, amr=None)
    ann = Person()
    ann.sign_in()
    assert ann.here.get("/werklocaties/nieuw/").status_code == 302


def test_who_has_an_authenticator_app_is_asked_for_it_unless_the_provider_did(
    provider: RunningProvider,
) -> None:
    ann = Person()
    ann.sign_in()
    TOTP.activate(User.objects.get(email=ANN), generate_totp_secret())
    asked = Person()
    assert asked.sign_in()["Location"] == "/account/2fa/authenticate/"
    assert asked.user_id is None
    provider.signs(ANN, amr=["mfa"])
    assert Person().sign_in()["Location"] == "/"


def test_a_role_ends_when_the_claim_is_gone(provider: RunningProvider) -> None:
    provider.says(ANN, email=ANN, email_verified=True, groups=["gebiedswerkers", "redactie"])
    provider.signs(ANN, amr=["mfa"])
    ann = Person()
    ann.sign_in()
    assert RoleAssignment.objects.current().count() == 2
    provider.says(ANN, email=ANN, email_verified=True, groups=["redactie"])
    ann.sign_in()
    assert [role.role for role in RoleAssignment.objects.current()] == [Role.MODERATOR]
    assert ann.here.get("/werklocaties/nieuw/").status_code == 404


def test_a_session_with_a_password_has_no_roles_of_a_provider(provider: RunningProvider) -> None:
    """Who was let go there no longer gets in there; a password that was once chosen here must not be a way around."""
    provider.says(ANN, email=ANN, email_verified=True, groups=["gebiedswerkers"])
    ann = Person()
    ann.sign_in()
    person = User.objects.get(email=ANN)
    assert browser(person).get("/werklocaties/nieuw/").status_code == 404
    through = Client()
    through.force_login(person, backend="accounts.backends.PersonBackend")
    show_second_factor(through, person)
    session = through.session
    session[AUTHENTICATION_METHODS_SESSION_KEY] += [
        {"method": "socialaccount", "at": time.time(), "provider": "staff", "uid": "x"}
    ]
    session.save()
    assert through.get("/werklocaties/nieuw/").status_code == 200


def test_a_session_through_a_provider_lasts_a_working_day(provider: RunningProvider) -> None:
    ann = Person()
    with time_machine.travel(timezone.now(), tick=False) as clock:
        ann.sign_in()
        clock.shift(LONGEST - 60)
        assert ann.here.get("/mijn/").status_code == 200
        clock.shift(120)
        assert ann.here.get("/mijn/").status_code == 302


def test_an_account_is_linked_by_an_address_that_both_sides_confirmed(
    provider: RunningProvider, land: Land
) -> None:
    known = with_password(User.objects.create_user(ANN, name="Ann van vroeger"))
    ann = Person()
    ann.sign_in()
    assert ann.user_id == str(known.pk)
    assert User.objects.get(email=ANN).has_usable_password()


@pytest.mark.parametrize("why", ["unconfirmed there", "unconfirmed here", "not trusted", "operator", "taken"])
def test_an_account_is_not_linked_by_an_address_otherwise(
    provider: RunningProvider, configure: Configure, why: str
) -> None:
    """Nothing tells whether there is such an account; its owner gets a mail."""
    known = with_password(User.objects.create_user(ANN))
    if why == "unconfirmed there":
        provider.says(ANN, email=ANN, email_verified=False)
    elif why == "unconfirmed here":
        EmailAddress.objects.update(verified=False)
    elif why == "not trusted":
        configure(provider.url, staff={"link_by_email": ["elders.example"]})
    elif why == "operator":
        User.objects.update(is_staff=True)
    else:
        SocialAccount.objects.create(
            user=known, provider="staff", uid="of somebody who had this address before"
        )
    ann = Person()
    response = ann.sign_in()
    assert response["Location"] == "/account/confirm-email/"
    assert ann.user_id is None
    assert not SocialAccount.objects.exclude(uid__startswith="of somebody").exists()
    assert [mail_.to for mail_ in mail.outbox] == [[ANN]]


@pytest.mark.parametrize(
    ("vouched", "owner"),
    [
        ("ſam@hier.example", "sam@hier.example"),
        ("mıa@hier.example", "mia@hier.example"),
        ("\u212aim@hier.example", "kim@hier.example"),
        ("sam@hıer.example", "sam@hier.example"),
    ],
)
def test_a_letter_that_looks_alike_opens_nobodys_account(
    provider: RunningProvider, configure: Configure, vouched: str, owner: str
) -> None:
    configure(provider.url, staff={"link_by_email": True})
    known = with_password(User.objects.create_user(owner))
    provider.says(ANN, email=vouched, email_verified=True)
    ann = Person()
    assert ann.sign_in()["Location"] == "/account/koppelen/", "as when no address was told"
    assert ann.user_id is None
    assert not SocialAccount.objects.filter(user=known).exists()
    assert not mail.outbox


@pytest.mark.parametrize("sign", ["\0", "\ud800"])
@pytest.mark.parametrize(
    "told",
    [
        {"name": "An{}n"},
        {"email": "an{}n@hier.example"},
        {"sub": "12{}3"},
        {"groups": ["redactie", "iets{}"]},
        {"address": {"postal_code": "23{}20"}},
        {"something{}": True},
        {"deep": [{"er": ["{}"]}]},
    ],
    ids=lambda told: "-".join(told),
)
def test_claims_that_are_no_text_are_refused(
    provider: RunningProvider, told: dict[str, Any], sign: str
) -> None:
    dirty = json.loads(json.dumps(told).replace("{}", json.dumps(sign)[1:-1]))
    provider.says(ANN, **{"email": ANN, "email_verified": True, **dirty})
    ann = Person()
    response = ann.sign_in()
    assert response.status_code == 403
    assert "Proefdorp" in response.content.decode(), "the usual page"
    assert ann.user_id is None
    assert not User.objects.exists()


def test_an_unconfirmed_address_is_confirmed_by_mail_first(provider: RunningProvider) -> None:
    provider.says(ANN, email=ANN, email_verified=False, groups=["redactie"])
    ann = Person()
    known = ann.sign_in()
    assert known["Location"] == "/account/confirm-email/"
    assert ann.user_id is None
    assert not RoleAssignment.objects.exists(), "nobody is in yet"
    ann.here.post(link_in_mail())
    ann.sign_in()
    assert ann.user_id == str(User.objects.get(email=ANN).pk)
    assert RoleAssignment.objects.get().role == Role.MODERATOR


def test_a_provider_that_tells_no_address_asks_for_one(provider: RunningProvider) -> None:
    """DigiD tells a number and nothing else."""
    provider.says(ANN, address={"postal_code": "2320"})
    ann = Person()
    assert ann.sign_in("residents")["Location"] == "/account/koppelen/"
    wrong = ann.here.post("/account/koppelen/", {"email": "geen adres"})
    assert "geen adres" in wrong.content.decode()
    assert ann.here.post("/account/koppelen/", {"email": ANN})["Location"] == "/account/confirm-email/"
    ann.here.post(link_in_mail())
    ann.sign_in("residents")
    assert ann.user_id == str(User.objects.get(email=ANN).pk)
    assert Verification.objects.get().lives_here


def test_an_address_and_an_age_become_facts_and_are_not_kept(provider: RunningProvider, land: Land) -> None:
    told = {"address": {"postal_code": "2320", "street_address": "Geheimstraat 7"}, "birthdate": "1990-05-17"}
    provider.says(ANN, email=ANN, email_verified=True, sub="85.07.30-033.28", **told)
    ann = Person()
    ann.sign_in("residents")
    fact = Verification.objects.get()
    assert (fact.municipality, fact.lives_here, fact.age_from) == (land.municipality, True, 18)
    assert not find_everywhere(["Geheimstraat", "1990-05-17", "85.07.30", "850730"])
    assert "Je woont in Proefdorp" in ann.here.get("/mijn/gegevens/").content.decode()
    provider.says(ANN, email=ANN, email_verified=True, sub="85.07.30-033.28", address={"postal_code": "9000"})
    ann.sign_in("residents")
    assert not Verification.objects.exists(), "moved"


def test_going_on_elsewhere_after_signing_in_is_refused(provider: RunningProvider) -> None:
    for address in ("https://kwaad.example/", "//kwaad.example/", "javascript:alert(1)"):
        assert Person().sign_in(query=f"?next={quote(address)}")["Location"] == "/"


def test_what_is_asked_is_not_for_the_visitor_to_say(provider: RunningProvider) -> None:
    query = "?scope=admin&auth_params=redirect_uri%3Dhttps%3A%2F%2Fkwaad.example%2F"
    asked = parse_qs(urlsplit(Person().leave(query=query)).query)
    assert asked["redirect_uri"] == ["http://testserver/account/aanmelden/staff/terug/"]
    assert set(asked["scope"][0].split()) == {"openid", "profile", "email"}
    assert asked["code_challenge_method"] == ["S256"]
    assert len(asked["nonce"][0]) >= 32


@pytest.mark.parametrize(
    "token",
    [
        {"aud": "iemand-anders"},
        {"iss": "https://kwaad.example"},
        {"nonce": "van een andere keer"},
        {"exp": 1},
        {"sub": "999"},  # userinfo is of somebody else
    ],
    ids=lambda token: next(iter(token)),
)
def test_a_token_that_is_not_right_is_refused(provider: RunningProvider, token: dict[str, Any]) -> None:
    provider.signs(ANN, **token)
    refused(Person(), Person.sign_in)


def test_a_token_with_the_signature_of_another_is_refused(provider: RunningProvider) -> None:
    provider.forges(ANN)
    refused(Person(), Person.sign_in)


def refused(ann: Person, how: Callable[[Person], HttpResponse]) -> None:
    """The person gets a page that says so, and nothing has changed."""
    response = how(ann)
    assert response.status_code == 403
    assert "vertrouwen" in response.content.decode()
    assert ann.user_id is None
    assert not SocialAccount.objects.exists()


def test_an_answer_works_once_and_in_one_browser(provider: RunningProvider) -> None:
    ann = Person()
    back = ann.sign_in_there(ann.leave())
    other = Person().come_back(back)
    assert (other.status_code, "Begin opnieuw" in other.content.decode()) == (400, True)
    assert ann.come_back(back).status_code == 302
    assert ann.come_back(back).status_code == 400


def test_an_answer_for_one_provider_does_not_open_another(provider: RunningProvider) -> None:
    ann = Person()
    back = ann.sign_in_there(ann.leave("staff"))
    assert ann.come_back(back.replace("/staff/", "/residents/")).status_code == 400


def test_another_level_than_was_asked_for_is_refused(provider: RunningProvider, configure: Configure) -> None:
    configure(provider.url, OIDC_STAFF_ACR="hoog")
    ann = Person()
    assert "acr_values=hoog" in ann.leave()
    provider.signs(ANN, acr="laag")
    refused(ann, Person.sign_in)
    provider.signs(ANN, acr="hoog")
    ann.sign_in()
    assert ann.user_id


def test_a_provider_that_does_not_answer_loses_nothing(
    provider: RunningProvider, configure: Configure
) -> None:
    ann = Person()
    back = ann.sign_in_there(ann.leave(query="?next=/gebieden/bergen/"))
    configure("http://127.0.0.1:9")
    cache.clear()
    for response in (
        ann.come_back(back),
        ann.here.post("/account/aanmelden/staff/?next=/gebieden/bergen/"),
    ):
        assert response.status_code == 503
        page = response.content.decode()
        assert "Proefdorp antwoordt" in page
        assert "/account/login/?next=%2Fgebieden%2Fbergen%2F" in page
        assert ann.here.get("/account/login/").status_code == 200


def test_stopping_at_the_provider_leads_back(provider: RunningProvider) -> None:
    ann = Person()
    state = parse_qs(urlsplit(ann.leave()).query)["state"][0]
    response = ann.come_back(
        f"http://testserver/account/aanmelden/staff/terug/?error=access_denied&state={state}"
    )
    assert response.status_code == 200
    assert "gestopt" in response.content.decode()


def test_connecting_and_disconnecting(provider: RunningProvider, cast: dict[str, User]) -> None:
    resident = with_password(cast["resident"])
    provider.says(ANN, email=ANN, email_verified=True, address={"postal_code": "2320"})
    client = Client()
    client.post("/account/login/", {"login": resident.email, "password": PASSWORD})
    ann = Person(client=client)
    assert ann.sign_in("residents", "?process=connect")["Location"] == "/account/reauthenticate/"
    done = client.post("/account/reauthenticate/", {"password": PASSWORD})
    assert done["Location"] == "/account/koppelingen/"
    link = SocialAccount.objects.get()
    assert link.user == resident
    assert Verification.objects.get().user == resident
    assert "Burgerloket" in client.get("/account/koppelingen/").content.decode()
    other = Person()
    other.sign_in("residents")
    assert other.user_id == str(resident.pk)
    client.post("/account/koppelingen/", {"link": str(link.pk)})
    assert not SocialAccount.objects.exists()


def test_the_last_way_in_stays(provider: RunningProvider) -> None:
    ann = Person()
    ann.sign_in()
    response = ann.here.post("/account/koppelingen/", {"link": str(SocialAccount.objects.get().pk)})
    assert response.status_code == 422
    assert "Kies eerst een wachtwoord" in response.content.decode()


def test_nobody_connects_before_the_second_factor(provider: RunningProvider, cast: dict[str, User]) -> None:
    """A stolen password would else be made into a second factor."""
    provider.signs(ANN, amr=["mfa"])
    client = browser(cast["alderman"], second_factor=False)
    Person(client=client).sign_in(query="?process=connect")
    assert not SocialAccount.objects.exists()


def test_erasing_asks_to_sign_in_anew_at_the_provider(provider: RunningProvider) -> None:
    ann = Person()
    with time_machine.travel(timezone.now()) as clock:
        ann.sign_in()
        clock.shift(3600)
        away = ann.here.get("/mijn/verwijderen/")
        assert away["Location"].startswith("/account/aanmelden/staff/?again=1&next=%2Fmijn%2Fverwijderen%2F")
        query = "?" + away["Location"].partition("?")[2]
        asked = parse_qs(urlsplit(ann.leave(query=query)).query)
        assert (asked["prompt"], asked["max_age"]) == (["login"], ["0"])
        provider.signs(ANN, auth_time=int(time.time()) - 3600)
        there = Person(client=ann.here)
        refused_ = there.come_back(there.sign_in_there(there.leave(query=query).replace("prompt=login&", "")))
        assert refused_.status_code == 403, "somebody left out that the provider should ask"


def test_signing_out_tells_of_the_provider(provider: RunningProvider) -> None:
    ann = Person()
    ann.sign_in()
    response = ann.here.post("/account/logout/")
    assert response["Location"] == "/account/afgemeld/staff/"
    assert ann.user_id is None
    page = ann.here.get(response["Location"]).content.decode()
    assert f"{provider.url}/identity/o/logout?client_id=gebiedsplein" in page


def test_the_sites_of_others_do_not_offer_it(provider: RunningProvider, land: Land) -> None:
    assert "Aanmelden met Proefdorp" in Client().get("/account/login/").content.decode()
    land.municipality.slug = "elders"
    land.municipality.save()
    cache.clear()
    assert "Aanmelden met Proefdorp" not in Client().get("/account/login/").content.decode()
    assert Client().post("/account/aanmelden/staff/").status_code == 404


def test_nothing_of_it_is_there_without_providers(land: Land, cast: dict[str, User]) -> None:
    assert Client().post("/account/aanmelden/staff/").status_code == 404
    assert browser(cast["resident"]).get("/account/koppelingen/").status_code == 404
    assert "Aanmelden met" not in Client().get("/account/login/").content.decode()


def test_all_of_it_is_handed_out_and_erased(provider: RunningProvider) -> None:
    provider.says(ANN, email=ANN, email_verified=True, address={"postal_code": "2320"})
    Person().sign_in("residents")
    ann = User.objects.get(email=ANN)
    uid = SocialAccount.objects.get().uid
    told = collect(ann)
    assert told["socialaccount.SocialAccount"]["rows"][0]["provider"] == "residents"
    assert told["accounts.Verification"]["rows"][0]["lives_here"] is True
    erase_person(person=ann, by=ann)
    assert not find_everywhere([uid, ANN])
    assert not Verification.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_first_sign_in_in_two_windows_makes_one_account(provider: RunningProvider) -> None:
    """Both find nobody; the database lets one of them through, and the other one starts again."""
    windows = [Person(), Person()]
    backs = [ann.sign_in_there(ann.leave()) for ann in windows]
    found_nobody = threading.Barrier(2)
    lookup = SocialLogin.lookup

    def together(login: SocialLogin) -> None:
        lookup(login)
        found_nobody.wait(10)

    def come_back(ann: Person, back: str) -> str:
        try:
            response = ann.come_back(back)
            return str(response["Location"])
        finally:
            connection.close()

    with pytest.MonkeyPatch.context() as patch, ThreadPoolExecutor(2) as pool:
        patch.setattr(SocialLogin, "lookup", together)
        assert sorted(pool.map(come_back, windows, backs)) == ["/", "/account/login/"]
    assert (User.objects.filter(email=ANN).count(), SocialAccount.objects.count()) == (1, 1)
