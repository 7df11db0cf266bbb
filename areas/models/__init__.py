"""Areas: stable places with dated boundaries."""

from areas.models.address import Address, AddressImport
from areas.models.area import Area, AreaCode, AreaKind, AreaName
from areas.models.bytes import LayerBytes
from areas.models.edition import AreaEdition, AreaShape, EditionFile
from areas.models.figures import FigureImport, Indicator, IndicatorValue
from areas.models.municipality import Municipality
from areas.models.relations import AreaPart, AreaSuccession

__all__ = [
    "Address",
    "AddressImport",
    "Area",
    "AreaCode",
    "AreaEdition",
    "AreaKind",
    "AreaName",
    "AreaPart",
    "AreaShape",
    "AreaSuccession",
    "EditionFile",
    "FigureImport",
    "Indicator",
    "IndicatorValue",
    "LayerBytes",
    "Municipality",
]
