"""The verbs of areas."""

from areas.actions.areas import change_area, create_municipality
from areas.actions.editions import (
    About,
    EditionConflict,
    Reading,
    Recodings,
    RetirementsUnconfirmed,
    activate_edition,
    check_draft,
    choose_recodings,
    discard_edition,
    draft_edition,
    import_areas,
    kind_of,
    read_draft,
    read_edition,
)
from areas.actions.shared import Actor
from areas.actions.takeback import NotTakenBack, TakeBack, take_back_edition, what_goes_back

__all__ = [
    "About",
    "Actor",
    "EditionConflict",
    "NotTakenBack",
    "Reading",
    "Recodings",
    "RetirementsUnconfirmed",
    "TakeBack",
    "activate_edition",
    "change_area",
    "check_draft",
    "choose_recodings",
    "create_municipality",
    "discard_edition",
    "draft_edition",
    "import_areas",
    "kind_of",
    "read_draft",
    "read_edition",
    "take_back_edition",
    "what_goes_back",
]
