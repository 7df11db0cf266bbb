"""Words in addresses: given once, never changed."""

from django.utils.text import slugify

from areas.models import Area, AreaKind
from core.slugs import free_slug

# Addresses under /gebieden/ that are no areas.
RESERVED = frozenset({"adressen", "grenzen", "perioden"})
LONGEST = 80


class SlugMaker:
    """Gives new areas of a kind their word: `meerle` at the level of area-based work, `meerle-deelgemeente` at others."""

    def __init__(self, kind: AreaKind) -> None:
        self.kind = kind
        taken = Area.objects.filter(municipality_id=kind.municipality_id).values_list("slug", flat=True)
        self.taken = set(taken) | RESERVED

    def slug_for(self, name: str, code: str) -> str:
        """A free word for an area; a number follows when the word is taken."""
        word = slugify(name) or slugify(code) or "x"
        if not self.kind.is_working_level or word in RESERVED or not slugify(name):
            word = f"{word[: LONGEST - len(self.kind.slug) - 6]}-{self.kind.slug}"
        slug = free_slug(word[: LONGEST - 5].strip("-"), self.taken)
        self.taken.add(slug)
        return slug
