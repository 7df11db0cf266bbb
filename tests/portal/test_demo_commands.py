"""Loading the demo, from the command line and into an empty database."""

import datetime as dt
from io import StringIO
from unittest.mock import patch

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from pytest_django import Settings

from accounts.models import User
from areas.models import Municipality
from portal.demo.loader import load
from tests.conftest import make_municipality
from workplaces.models import DayException

PLACED = {"hoogstraten": 10, "minderhout": 3, "meer": 3, "meerle": 2, "meersel-dreef": 2, "wortel": 3}

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def demo(settings: Settings) -> None:
    settings.DEMO = True


def test_nothing_without_demo(settings: Settings) -> None:
    settings.DEMO = False
    with pytest.raises(PermissionDenied):
        load(say=lambda line: None)
    for command in ("load_demo", "demo_signins"):
        with pytest.raises(CommandError, match="DEMO=1"):
            call_command(command)
    assert not User.objects.exists()


def test_if_empty_leaves_a_municipality_alone() -> None:
    make_municipality()
    out = StringIO()
    call_command("load_demo", "--if-empty", stdout=out)
    assert "nothing loaded" in out.getvalue()
    assert not User.objects.exists()


def test_if_empty_loads_into_an_empty_database() -> None:
    out = StringIO()
    call_command("load_demo", "--if-empty", stdout=out)
    assert "23 work locations" in out.getvalue()


def test_signins_warn_when_they_do_not_fit(settings: Settings) -> None:
    err = StringIO()
    call_command("demo_signins", stdout=StringIO(), stderr=err)
    assert "load_demo makes them" in err.getvalue()
    load(say=lambda line: None)
    settings.SECRET_KEY = "another installation"
    err = StringIO()
    call_command("demo_signins", stdout=StringIO(), stderr=err)
    assert "another SECRET_KEY" in err.getvalue()


def test_a_start_prepares_the_database(settings: Settings) -> None:
    settings.DEMO = False
    call_command("prepare", stdout=StringIO())
    assert not Municipality.objects.exists()
    settings.DEMO = True
    with patch("portal.management.commands.load_demo.load") as load:
        call_command("prepare", stdout=StringIO())
    load.assert_called_once()


@pytest.mark.parametrize("today", ["2026-11-21", "2027-01-01", "2028-02-29"])
def test_the_town_hall_is_closed_on_the_coming_holidays(today: str) -> None:
    with time_machine.travel(f"{today}T12:00:00+01:00", tick=False):
        load(say=lambda line: None)
        first = dt.date.fromisoformat(today)
        days = list(DayException.objects.values_list("day", "is_example", "location__name"))
    assert len(days) == 7
    assert all(first <= day < first + dt.timedelta(days=366) for day, _example, _name in days)
    assert {(example, name) for _day, example, name in days} == {(True, "Stadhuis")}
