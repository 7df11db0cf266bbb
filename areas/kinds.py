"""The kinds of areas that a new municipality starts with, by country; it may add its own."""

from typing import NamedTuple

from areas.models import AreaKind, Municipality


class Usual(NamedTuple):
    """The fields of a kind."""

    slug: str
    name: str
    plural: str
    rank: int
    scheme: str
    is_working_level: bool = False


USUAL: dict[str, tuple[Usual, ...]] = {
    Municipality.Country.BELGIUM: (
        Usual("gemeente", "Gemeente", "Gemeenten", 10, "nis"),
        Usual("deelgemeente", "Deelgemeente", "Deelgemeenten", 20, "nis6"),
        Usual("wijk", "Wijk", "Wijken", 40, "ggw7", is_working_level=True),
        Usual("sector", "Statistische sector", "Statistische sectoren", 60, "statsec"),
    ),
    Municipality.Country.NETHERLANDS: (
        Usual("gemeente", "Gemeente", "Gemeenten", 10, "cbs-gemeente"),
        Usual("wijk", "Wijk", "Wijken", 30, "cbs-wijk", is_working_level=True),
        Usual("buurt", "Buurt", "Buurten", 50, "cbs-buurt"),
    ),
}


def usual_kinds(municipality: Municipality) -> list[AreaKind]:
    """The kinds to start with, not saved yet."""
    return [AreaKind(municipality=municipality, **usual._asdict()) for usual in USUAL[municipality.country]]
