"""The verbs of areas."""

from areas.actions.areas import change_area, create_municipality
from areas.actions.editions import (
    About,
    EditionConflict,
    Reading,
    activate_edition,
    check_draft,
    discard_edition,
    draft_edition,
    import_areas,
    kind_of,
    read_draft,
    read_edition,
)
from areas.actions.figures import (
    FiguresRefused,
    PlanChanged,
    confirm_upload,
    delete_figures,
    import_figures,
    plan_upload,
    save_indicator,
    upload_figures,
)
from areas.actions.shared import Actor

__all__ = [
    "About",
    "Actor",
    "EditionConflict",
    "FiguresRefused",
    "PlanChanged",
    "Reading",
    "activate_edition",
    "change_area",
    "check_draft",
    "confirm_upload",
    "create_municipality",
    "delete_figures",
    "discard_edition",
    "draft_edition",
    "import_areas",
    "import_figures",
    "kind_of",
    "plan_upload",
    "read_draft",
    "read_edition",
    "save_indicator",
    "upload_figures",
]
