"""Areas: stable places with dated boundaries."""

from areas.models.address import Address, AddressImport
from areas.models.area import Area, AreaCode, AreaFormerCode, AreaKind, AreaName
from areas.models.bytes import LayerBytes
from areas.models.edition import AreaEdition, AreaShape, EditionUndo
from areas.models.figures import Indicator, IndicatorValue
from areas.models.municipality import Municipality
from areas.models.office import OfficeTemplate
from areas.models.period import CalendarPeriod
from areas.models.relations import AreaPart, AreaSuccession

__all__ = [
    "Address",
    "AddressImport",
    "Area",
    "AreaCode",
    "AreaEdition",
    "AreaFormerCode",
    "AreaKind",
    "AreaName",
    "AreaPart",
    "AreaShape",
    "AreaSuccession",
    "CalendarPeriod",
    "EditionUndo",
    "Indicator",
    "IndicatorValue",
    "LayerBytes",
    "Municipality",
    "OfficeTemplate",
]
