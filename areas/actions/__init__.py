"""The verbs of areas."""

from areas.actions.areas import change_area, create_municipality
from areas.actions.editions import (
    About,
    EditionConflict,
    Reading,
    activate_edition,
    answer_draft,
    check_draft,
    discard_edition,
    draft_edition,
    import_areas,
    kind_of,
    read_draft,
    read_edition,
)
from areas.actions.shared import Actor

__all__ = [
    "About",
    "Actor",
    "EditionConflict",
    "Reading",
    "activate_edition",
    "answer_draft",
    "change_area",
    "check_draft",
    "create_municipality",
    "discard_edition",
    "draft_edition",
    "import_areas",
    "kind_of",
    "read_draft",
    "read_edition",
]
