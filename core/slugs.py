"""Words in addresses."""

from collections.abc import Container
from itertools import count


def free_slug(word: str, taken: Container[str]) -> str:
    """The word when it is free, else the word with the lowest number behind it that is."""
    if word not in taken:
        return word
    return next(slug for number in count(2) if (slug := f"{word}-{number}") not in taken)
