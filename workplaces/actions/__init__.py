"""What can be done with work locations; each verb checks the permission, locks, validates, writes and keeps the history."""

from workplaces.actions.imports import import_locations
from workplaces.actions.locations import (
    add_location,
    change_all,
    change_location,
    close_location,
    move_pin,
    reopen_location,
    set_hours,
    set_offer,
    waive_finding,
)
from workplaces.actions.shared import DayOff, Place

__all__ = [
    "DayOff",
    "Place",
    "add_location",
    "change_all",
    "change_location",
    "close_location",
    "import_locations",
    "move_pin",
    "reopen_location",
    "set_hours",
    "set_offer",
    "waive_finding",
]
