"""The word of a work location in its address: given once, never changed."""

from django.utils.text import slugify

# Addresses under /werklocaties/ that are no locations.
RESERVED = frozenset({"nieuw", "import", "kwaliteit", "teams"})


def word_for(name: str) -> str:
    """The word that a name becomes, with room for a number behind it."""
    return slugify(name)[:70] or "werklocatie"
