"""How area work is organised: agreed from a day on, with what was before readable, and money that is none refused."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import User
from plans.models import AreaOrganisation
from plans.waiting import agreements_to_renew
from tests.conftest import Land

AsPart = Callable[[str], Client]
PAGE = "/plannen/gebiedswerking/bergen/"
TODAY = dt.date.today()


def agreed(land: Land, days_ago: int, model: str, **values: object) -> AreaOrganisation:
    return AreaOrganisation.objects.create(
        area=land["bergen"], from_on=TODAY - dt.timedelta(days=days_ago), model=model, **values
    )


def test_what_is_agreed_now_stands_apart_from_before_and_later(land: Land, client: Client) -> None:
    agreed(land, 900, "communication", mandate="Luistert en vertelt door.")
    agreed(land, 240, "coordination", budget=15000, ask_again_on=TODAY - dt.timedelta(days=1))
    agreed(land, -30, "commissioning")
    html = " ".join(client.get(PAGE).content.decode().split())
    now, later = html.index(">Nu</h2>"), html.index(">Vanaf later</h2>")
    before = html.index(">Vroeger</h2>")
    assert now < html.index("Coördinatiemodel") < later < html.index("Opdrachtgeversmodel") < before
    assert html.index("Luistert en vertelt door.") > before
    assert "15.000 euro per jaar" in html
    assert "te laat" in html


def test_an_area_about_which_nothing_is_agreed_says_so(land: Land, client: Client) -> None:
    assert "Over Bergen is nog niets afgesproken" in client.get(PAGE).content.decode()


def test_the_office_agrees(land: Land, as_part: AsPart) -> None:
    asked = {
        "from_on": "1-1-2027",
        "model": "coordination",
        "budget": "15.000,50",
        "mandate": "Tot 2.500 euro.",
    }
    response = as_part("steward").post(f"{PAGE}afspreken/", asked)
    assert response["Location"] == PAGE
    row = AreaOrganisation.objects.get()
    assert (row.from_on, str(row.budget), row.mandate) == (dt.date(2027, 1, 1), "15000.50", "Tot 2.500 euro.")


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"budget": "veel"}, "getal"),
        ({"budget": "-5"}, "0"),
        ({"from_on": "31 februari"}, "Dit is geen dag"),
        ({"model": ""}, "field__error"),
        ({"from_on": "1-1-2026"}, "Voor deze dag is al iets afgesproken"),
    ],
)
def test_a_mistake_is_said_at_its_field(
    land: Land, as_part: AsPart, changed: dict[str, str], words: str
) -> None:
    AreaOrganisation.objects.create(area=land["bergen"], from_on=dt.date(2026, 1, 1), model="communication")
    asked = {"from_on": "1-2-2026", "model": "coordination", "mandate": "Tot 2.500 euro.", **changed}
    response = as_part("steward").post(f"{PAGE}afspreken/", asked)
    html = response.content.decode()
    assert response.status_code == 422
    assert words in html
    assert "Tot 2.500 euro." in html
    assert AreaOrganisation.objects.count() == 1


def test_putting_right_and_taking_away(land: Land, as_part: AsPart) -> None:
    row = agreed(land, 10, "coordination", mandate="Oud")
    steward = as_part("steward")
    asked = {
        "from_on": row.from_on.strftime("%d-%m-%Y"),
        "model": "coordination",
        "mandate": "Nieuw",
        "version": row.version,
    }
    assert steward.post(f"{PAGE}{row.pk}/", asked).status_code == 302
    row.refresh_from_db()
    assert row.mandate == "Nieuw"
    assert steward.post(f"{PAGE}{row.pk}/", {**asked, "mandate": "Nog nieuwer"}).status_code == 409
    assert steward.post(f"{PAGE}{row.pk}/weg/", {"version": row.version}).status_code == 302
    assert not AreaOrganisation.objects.exists()


def test_the_office_is_reminded_to_ask_again(land: Land, cast: dict[str, User]) -> None:
    agreed(land, 900, "communication", ask_again_on=TODAY - dt.timedelta(days=300))
    agreed(land, 240, "coordination", ask_again_on=TODAY + dt.timedelta(days=9))
    agreed(land, -30, "commissioning", ask_again_on=TODAY + dt.timedelta(days=400))

    def due(part: str) -> list[dt.date | None]:
        found = agreements_to_renew(user=cast[part], municipality=land.municipality, today=TODAY)
        return [entry.due for entry in found]

    assert due("steward") == [TODAY + dt.timedelta(days=9)]
    assert due("worker_here") == []
    assert due("resident") == []
