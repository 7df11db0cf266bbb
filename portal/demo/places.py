"""The work locations of the demo, with their services, hours and teams, as they stand in the file."""

import tomllib
from pathlib import Path
from typing import NotRequired, TypedDict, cast

SOURCE = Path(__file__).with_name("work_locations.toml")

# Day of the week (1 to 7) to spans such as "09:00-12:00".
Schedule = dict[str, list[str]]


class ServiceEntry(TypedDict):
    """A service; `is_basic` says that every village should have one close by."""

    slug: str
    name: str
    is_basic: NotRequired[bool]


class Place(TypedDict):
    """A work location: what the source prints, where this project put it and why, and invented examples."""

    number: int
    printed: str
    name: str
    slug: NotRequired[str]
    street: str
    house_number: str
    postcode: str
    locality: str
    area: str
    position: list[float]
    precision: str
    placed_by: str
    services: list[str]
    example_services: NotRequired[list[str]]
    schedule: str
    phone: str
    wheelchair: str
    accessible_toilet: NotRequired[str]


class TeamEntry(TypedDict):
    """An example team: codes of the areas it works for, numbers of the locations where it sits."""

    slug: str
    name: str
    phone: str
    email: str
    areas: list[str]
    locations: list[int]


class Places(TypedDict):
    """The whole file."""

    source: str
    services: list[ServiceEntry]
    schedules: dict[str, Schedule]
    locations: list[Place]
    teams: list[TeamEntry]


def places() -> Places:
    """The work locations, services, schedules and teams of the demo."""
    return cast(Places, tomllib.loads(SOURCE.read_text(encoding="utf-8")))


def printed_address(place: Place) -> str:
    """The address to the letter: all that the source prints after the name."""
    return place["printed"].removeprefix(f"{place['name']}, ")
