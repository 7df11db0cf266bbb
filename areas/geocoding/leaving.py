"""What may leave the house: a street, a number, a postcode and the name of the municipality or one of its areas. Nothing else.

Whatever else somebody typed stays here, and a text that may name a person or a way to reach one is not asked about at all. That
costs a hit now and then; the map is always there to point at.
"""

import re
from dataclasses import replace
from functools import cache
from pathlib import Path

from areas.addresses.words import TypedAddress, plain, street_key, street_words, taken_apart
from areas.models import Area, Municipality

MOST_WORDS = 5
# An e-mail address, a page, a telephone number, a number of a person: nine digits or more with signs between them.
REACHES_SOMEBODY = re.compile(r"@|https?:|www\.|\+\s?\d|(?:\d[\s./()-]*){9,}", re.IGNORECASE)
# To a search engine these are orders, not letters: a dash before a word leaves that word out.
NO_NAME = re.compile(r"[^\w\s.'’-]+|(?<!\w)[-'’.]+")
ADDRESSES_SOMEBODY = frozenset({
    "dhr", "heer", "meneer", "mijnheer", "mr", "mrs", "ms", "mevr", "mevrouw", "mw", "juffrouw", "familie", "fam", "gezin",
    "weduwe", "wed", "naam", "tav", "aan", "ik", "mijn",
})  # fmt: skip
STREET_ENDINGS = (
    "straat", "straatje", "laan", "weg", "steenweg", "baan", "plein", "dreef", "dorp", "hof", "pad", "kaai", "kade",
    "gracht", "markt", "lei", "park", "ring", "singel", "hoek", "akker", "akkers", "veld", "velden", "berg", "heide",
    "bos", "broek", "eind", "einde", "wijk", "plaats", "plantsoen", "dijk", "brug", "poort", "wal", "vest", "erf", "donk",
    "loop", "beemd", "beemden", "dam", "zijde", "boulevard", "allee", "hei", "gang", "steeg", "horst", "kamp", "brink",
    "land", "molen", "kapel", "rode", "laar", "schoot", "goor",
)  # fmt: skip


def question_of(text: str, municipality: Municipality) -> TypedAddress | None:
    """The part of a typed text that a service outside may be asked about; None when that is nothing."""
    if REACHES_SOMEBODY.search(text) or ADDRESSES_SOMEBODY & set(re.findall(r"\w+", plain(text))):
        return None
    typed = taken_apart(text)
    if not typed.is_precise or not is_street(typed.street):
        return None
    street = " ".join(NO_NAME.sub(" ", typed.street).split())
    return replace(typed, street=street, box="", locality=_known(typed.locality, municipality))


def is_street(street: str) -> bool:
    """Whether this can only be a street: one word, or words of which the last says so. Nothing is fine: a postcode may do."""
    words = street_words(street).split()
    if not words:
        return True
    if len(words) == 1:
        return words[0] not in given_names()
    if not words[-1].endswith(STREET_ENDINGS) or len(words) > MOST_WORDS:
        return False
    return len(words) == 2 or not given_names() & set(words)


@cache
def given_names() -> frozenset[str]:
    """Names that people are called by here; a street of three words with one of them may be a person and a street."""
    return frozenset(Path(__file__).with_name("given_names.txt").read_text(encoding="utf-8").split())


def _known(locality: str, municipality: Municipality) -> str:
    """The village when it is one of ours, in our own spelling; else the municipality."""
    wanted = street_key(locality)
    if wanted:
        for name in Area.objects.of(municipality).active().values_list("name", flat=True):
            if street_key(name) == wanted:
                return name
    return municipality.name
