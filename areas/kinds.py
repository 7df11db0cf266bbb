"""The kinds of areas that a new municipality starts with, by country; it may add its own."""

from areas.models import AreaKind, Municipality

# word, name, plural, rank, scheme, level of area-based work
Usual = tuple[str, str, str, int, str, bool]
USUAL: dict[str, tuple[Usual, ...]] = {
    Municipality.Country.BELGIUM: (
        ("gemeente", "Gemeente", "Gemeenten", 10, "nis", False),
        ("deelgemeente", "Deelgemeente", "Deelgemeenten", 20, "nis6", False),
        ("wijk", "Wijk", "Wijken", 40, "ggw7", True),
        ("sector", "Statistische sector", "Statistische sectoren", 60, "statsec", False),
    ),
    Municipality.Country.NETHERLANDS: (
        ("gemeente", "Gemeente", "Gemeenten", 10, "cbs-gemeente", False),
        ("wijk", "Wijk", "Wijken", 30, "cbs-wijk", True),
        ("buurt", "Buurt", "Buurten", 50, "cbs-buurt", False),
    ),
}


def usual_kinds(municipality: Municipality) -> list[AreaKind]:
    """The kinds to start with, not saved yet."""
    return [
        AreaKind(
            municipality=municipality,
            slug=slug,
            name=name,
            plural=plural,
            rank=rank,
            scheme=scheme,
            is_working_level=is_working_level,
        )
        for slug, name, plural, rank, scheme, is_working_level in USUAL[municipality.country]
    ]
