"""The word of a council in its address: given once, never changed."""

from django.utils.text import slugify


def word_for(name: str) -> str:
    """The word that a name becomes, with room for a number behind it."""
    return slugify(name)[:70] or "raad"
