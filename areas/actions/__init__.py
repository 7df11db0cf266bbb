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
from areas.actions.takeback import NotTakenBack, TakeBack, take_back_edition, what_goes_back

__all__ = [
    "About",
    "Actor",
    "EditionConflict",
    "FiguresRefused",
    "NotTakenBack",
    "PlanChanged",
    "Reading",
    "Recodings",
    "RetirementsUnconfirmed",
    "TakeBack",
    "activate_edition",
    "change_area",
    "check_draft",
    "choose_recodings",
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
    "take_back_edition",
    "upload_figures",
    "what_goes_back",
]
