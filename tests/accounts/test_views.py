"""The pages of roles, invitations and my data."""

import datetime as dt

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.actions import give_role
from accounts.models import AccessLog, Invitation, RoleAssignment, User
from core.models import JobProgress, PrivateFile
from tests.accounts.helpers import FIRST, PASSWORD, browser, give, link_in_mail, with_password
from tests.conftest import Land, show_second_factor

Role = RoleAssignment.Role
OTHERS = ["resident", "secretary", "worker_here", "moderator", "alderman", "steward"]
INVITATION = {
    "email": "nina@proefdorp.example",
    "role": "moderator",
    "valid_from": "2026-01-01",
    "why": "vacancy",
}


def pages(role: RoleAssignment) -> list[str]:
    return [
        "/account/rollen/", "/account/rollen/geven/", f"/account/rollen/{role.uuid}/beeindigen/",
        f"/account/rollen/{role.uuid}/vervangen/", "/account/uitnodigen/",
    ]  # fmt: skip


@pytest.mark.parametrize("part", OTHERS)
def test_for_others_the_pages_are_not_there(land: Land, cast: dict[str, User], part: str) -> None:
    client = browser(cast[part])
    for page in pages(cast["alderman"].roles.get()):
        assert client.get(page).status_code == 404, page
        assert client.post(page).status_code in (404, 405), page


def test_the_administrator_sees_them_and_a_visitor_signs_in_first(land: Land, cast: dict[str, User]) -> None:
    client = browser(cast["administrator"])
    for page in pages(cast["alderman"].roles.get()):
        assert client.get(page).status_code == 200, page
        assert Client().get(page).headers["Location"].startswith("/account/login/"), page


def test_changes_ask_for_the_password_again(land: Land, cast: dict[str, User]) -> None:
    administrator = with_password(cast["administrator"])
    client = browser(administrator)
    assert client.get("/account/rollen/geven/").status_code == 200
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "at": 0, "type": "totp"}]
    session.save()
    for page in pages(cast["alderman"].roles.get())[1:]:
        assert client.get(page).headers["Location"].startswith("/account/reauthenticate/"), page
    assert client.get("/account/rollen/").status_code == 200
    assert client.post("/mijn/downloaden/").headers["Location"].startswith("/account/reauthenticate/")
    assert client.get("/mijn/verwijderen/").headers["Location"].startswith("/account/reauthenticate/")


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", {"Alderman", "Worker Here", "Worker Elsewhere"}),
        ("?q=worker", {"Worker Here", "Worker Elsewhere"}),
        ("?area={noord}", {"Worker Here", "Alderman"}),
        ("?state=ended", {"Neighbour"}),
        ("?state=coming", {"Resident"}),
        ("?state=wrong", set()),
        ("?area=wrong", set()),
    ],
)
def test_the_list_filters(land: Land, cast: dict[str, User], query: str, shown: set[str]) -> None:
    give(cast["neighbour"], Role.MODERATOR, land, valid_until=FIRST)
    give(cast["resident"], Role.MODERATOR, land, valid_from=timezone.localdate() + dt.timedelta(days=9))
    client = browser(cast["administrator"])
    response = client.get("/account/rollen/" + query.format(noord=land["noord-deelgemeente"].pk))
    names = {role.user.name for role in response.context["page"]}
    watched = {"Alderman", "Worker Here", "Worker Elsewhere", "Neighbour", "Resident"}
    assert names & watched == shown


def test_the_list_costs_the_same_at_any_length(
    land: Land, cast: dict[str, User], django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(60):
        person = User.objects.create_user(f"p{number}@proefdorp.example", name=f"P{number}")
        give(person, Role.AREA_WORKER, land, "dalen")
    client = browser(cast["administrator"])
    client.get("/account/rollen/")
    with django_assert_max_num_queries(14):
        response = client.get("/account/rollen/")
    assert len(response.context["page"]) == 50


def test_give_end_and_replace_on_the_page(land: Land, cast: dict[str, User]) -> None:
    client = browser(cast["administrator"])
    today = timezone.localdate()
    given = {
        "user": cast["alderman"].pk, "role": "area_worker", "area": land["dalen"].pk,
        "valid_from": today, "why": "helps out",
    }  # fmt: skip
    assert client.post("/account/rollen/geven/", given).status_code == 302
    role = cast["alderman"].roles.get(role="area_worker")
    assert client.post("/account/rollen/geven/", given).status_code == 422  # twice at a time
    response = client.post(
        f"/account/rollen/{role.uuid}/vervangen/",
        {"user": cast["moderator"].pk, "valid_from": today, "valid_until": today, "why": "a day off"},
    )
    assert response.status_code == 302
    assert role.replacements.get().user == cast["moderator"]
    assert client.post(f"/account/rollen/{role.uuid}/beeindigen/", {"last_day": today}).status_code == 422
    response = client.post(f"/account/rollen/{role.uuid}/beeindigen/", {"last_day": today, "why": "done"})
    assert response.status_code == 302
    role.refresh_from_db()
    assert role.valid_until == today


def test_before_a_role_ends_its_page_says_who_gave_it_and_why(land: Land, cast: dict[str, User]) -> None:
    role = give_role(
        by=cast["administrator"], user=cast["neighbour"], role=Role.AREA_WORKER, area=land["dalen"],
        municipality=land.municipality, valid_from=FIRST, why="Nieuw in het team",
    )  # fmt: skip
    client = browser(cast["administrator"])
    for word in ("beeindigen", "vervangen"):
        html = client.get(f"/account/rollen/{role.uuid}/{word}/").content.decode()
        assert "Administrator: rol gegeven" in html
        assert "Nieuw in het team" in html


def test_somebody_without_a_role_here_cannot_be_found_in_the_form(land: Land, cast: dict[str, User]) -> None:
    page = browser(cast["administrator"]).get("/account/rollen/geven/").content.decode()
    assert cast["alderman"].email in page
    assert cast["resident"].email not in page


def test_inviting_looks_the_same_for_a_known_and_an_unknown_address(
    land: Land, cast: dict[str, User]
) -> None:
    client = browser(cast["administrator"])
    answers = [
        client.post("/account/uitnodigen/", {**INVITATION, "email": email})
        for email in (cast["resident"].email, "unknown@proefdorp.example")
    ]
    assert {(a.status_code, a.headers["Location"]) for a in answers} == {(302, "/account/rollen/")}
    assert len(mail.outbox) == 2


def test_from_mail_to_role(land: Land, cast: dict[str, User]) -> None:
    browser(cast["administrator"]).post("/account/uitnodigen/", INVITATION)
    client, link = Client(), link_in_mail()
    page = client.get(link)
    assert page.status_code == 200
    assert page.headers["Referrer-Policy"] == "same-origin"
    assert client.post(link, {"name": "Nina", "password": "kort"}).status_code == 422
    assert client.post(link, {"name": "Nina", "password": PASSWORD}).headers["Location"] == "/account/login/"
    assert client.get(link).status_code == 404
    nina = User.objects.get(email="nina@proefdorp.example")
    assert nina.roles.get().role == Role.MODERATOR
    client.post("/account/login/", {"login": nina.email, "password": PASSWORD})
    assert client.get("/mijn/").headers["Location"].startswith("/account/2fa/totp/activate/")


def test_somebody_with_an_account_signs_in_and_joins(land: Land, cast: dict[str, User]) -> None:
    browser(cast["administrator"]).post(
        "/account/uitnodigen/", {**INVITATION, "email": cast["resident"].email}
    )
    link = link_in_mail()
    assert Client().get(link).headers["Location"].startswith("/account/login/?next=/account/uitnodiging/")
    assert browser(cast["neighbour"]).get(link).status_code == 409
    assert browser(cast["neighbour"]).post(link).status_code == 409
    joining = browser(cast["resident"])
    assert joining.get(link).status_code == 200
    assert joining.post(link).headers["Location"] == "/mijn/gegevens/"
    assert cast["resident"].roles.get().role == Role.MODERATOR


def test_send_again_and_revoke(land: Land, cast: dict[str, User]) -> None:
    client = browser(cast["administrator"])
    client.post("/account/uitnodigen/", INVITATION)
    invitation, old = Invitation.objects.get(), link_in_mail()
    asked = client.get("/account/rollen/").content.decode().split('<dialog class="dialog" id="revoke-1"')[1]
    assert f'action="/account/uitnodigen/{invitation.uuid}/intrekken/"' in asked
    client.post(f"/account/uitnodigen/{invitation.uuid}/opnieuw/")
    assert Client().get(old).status_code == 404
    assert Client().get(link_in_mail()).status_code == 200
    for part, status in (("steward", 404), ("administrator", 302), ("administrator", 404)):
        response = browser(cast[part]).post(f"/account/uitnodigen/{invitation.uuid}/intrekken/")
        assert response.status_code == status
    assert Client().get(link_in_mail()).status_code == 404


def test_my_data_shows_mine(land: Land, cast: dict[str, User]) -> None:
    client = browser(cast["worker_here"])
    page = client.get("/mijn/gegevens/")
    assert page.status_code == 200
    assert "Bergen" in page.content.decode()
    assert client.post("/mijn/gegevens/", {"name": "Wim Werker"}).status_code == 302
    cast["worker_here"].refresh_from_db()
    assert cast["worker_here"].name == "Wim Werker"


@pytest.mark.django_db(transaction=True)
def test_my_data_as_a_file_for_me_alone(land: Land, cast: dict[str, User]) -> None:
    client = browser(cast["resident"])
    response = client.post("/mijn/downloaden/")
    job = JobProgress.objects.get()
    assert response.headers["Location"] == f"/voortgang/{job.uuid}/"
    assert job.state == "done", job.message
    file = PrivateFile.objects.get()
    assert AccessLog.objects.get().act == "export"
    assert client.get(f"/bestanden/{file.uuid}/").status_code == 200
    assert browser(cast["administrator"]).get(f"/bestanden/{file.uuid}/").status_code == 404
    assert f"/bestanden/{file.uuid}/" in client.get("/mijn/gegevens/").content.decode()


def test_delete_my_account(land: Land, cast: dict[str, User]) -> None:
    resident = with_password(cast["resident"])
    client = browser(resident)
    assert client.post("/mijn/verwijderen/", {"password": "fout", "understood": "on"}).status_code == 422
    assert client.post("/mijn/verwijderen/", {"password": PASSWORD}).status_code == 422
    assert client.post("/mijn/verwijderen/", {"password": PASSWORD, "understood": "on"}).status_code == 200
    resident.refresh_from_db()
    assert (resident.is_active, resident.name) == (False, "")
    assert client.get("/mijn/").status_code == 302


def test_the_last_administrator_reads_why_not(land: Land, cast: dict[str, User]) -> None:
    client = browser(with_password(cast["administrator"]))
    show_second_factor(client, cast["administrator"])
    response = client.post("/mijn/verwijderen/", {"password": PASSWORD, "understood": "on"})
    assert response.status_code == 422
    cast["administrator"].refresh_from_db()
    assert cast["administrator"].is_active


def test_forms_about_roles_stand_in_the_account_of_who_gives_them(land: Land, cast: dict[str, User]) -> None:
    html = browser(cast["administrator"]).get("/account/rollen/geven/").content.decode()
    assert "account__main" in html
    assert "side-nav" in html
    assert 'name="once"' in html
