"""The verbs of areas."""

from areas.actions.addresses import AboutAddresses, AddressPlan, import_addresses, plan_addresses
from areas.actions.areas import change_area, create_municipality
from areas.actions.editions import (
    About,
    Reading,
    Recodings,
    RetirementsUnconfirmed,
    activate_edition,
    answer_draft,
    choose_recodings,
    discard_edition,
    draft_edition,
    file_of,
    import_areas,
    kind_of,
    read_draft,
    read_edition,
    replace_draft,
    told_of_draft,
)
from areas.actions.figures import (
    FiguresRefused,
    delete_figures,
    import_figures,
    save_indicator,
)
from areas.actions.takeback import TakeBack, take_back_edition, what_goes_back

__all__ = [
    "About",
    "AboutAddresses",
    "AddressPlan",
    "FiguresRefused",
    "Reading",
    "Recodings",
    "RetirementsUnconfirmed",
    "TakeBack",
    "activate_edition",
    "answer_draft",
    "change_area",
    "choose_recodings",
    "create_municipality",
    "delete_figures",
    "discard_edition",
    "draft_edition",
    "file_of",
    "import_addresses",
    "import_areas",
    "import_figures",
    "kind_of",
    "plan_addresses",
    "read_draft",
    "read_edition",
    "replace_draft",
    "save_indicator",
    "take_back_edition",
    "told_of_draft",
    "what_goes_back",
]
