"""Street names and house numbers, folded so that what people type is what registers write; and a typed address taken apart."""

import re
import unicodedata
from dataclasses import dataclass

LONGEST = 200

# What people and registers write short: a word, mostly the first one; and how a street ends, also in one word ("Kerkstr").
SHORT = {
    "st": "sint",
    "ste": "sinte",
    "olv": "onze lieve vrouw",
    "burg": "burgemeester",
    "past": "pastoor",
    "prof": "professor",
    "kan": "kanunnik",
    "kard": "kardinaal",
    "min": "minister",
    "kon": "koning",
    "gen": "generaal",
    "ir": "ingenieur",
}
SHORT_ENDINGS = {"str": "straat", "stwg": "steenweg"}
SHORT_LAST = {**SHORT_ENDINGS, "stw": "steenweg", "ln": "laan", "pl": "plein"}
YEAR = re.compile(r"1[5-9]\d\d|20\d\d")  # of a street: "Plein 1944 12"

POSTCODE = re.compile(r"\b([1-9]\d{3}) ?((?!(?:sa|sd|ss)\b)[a-z]{2})?\b(?![\w-])", re.IGNORECASE)
# 149, 149A, 149 a, 149bis; then "bus 2", "/2", "-2" or "2 hoog".
NUMBER = re.compile(
    r"(?P<number>\d{1,5})(?:\s?(?P<letter>[a-z](?![a-z])|bis|ter|quater)(?![a-z]))?"
    r"(?:\s*(?:,?\s*\b(?:bus|box|bte|app)\b\.?\s*|[/-]\s*)(?P<box>\w{1,8}))?(?![\w])",
    re.IGNORECASE,
)


@dataclass(frozen=True, kw_only=True)
class TypedAddress:
    """What somebody typed, taken apart; what was not recognised stays empty."""

    street: str
    number: str = ""
    box: str = ""
    postcode: str = ""
    locality: str = ""

    @property
    def street_key(self) -> str:
        """The street as addresses are looked up by."""
        return street_key(self.street)

    @property
    def number_key(self) -> str:
        """The house number as addresses are looked up by."""
        return number_key(self.number)

    @property
    def is_precise(self) -> bool:
        """Whether it names a house: a number in a street, or behind a Dutch postcode of six."""
        return bool(self.number and (self.street or len(self.postcode) == 6))


def plain(text: str) -> str:
    """Small letters without accents, with single blanks."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(sign for sign in parts if not unicodedata.combining(sign)).split())


def street_words(street: str) -> str:
    """A street in small letters, without accents and signs, with nothing written short: "St.-Jozefstr." is "sint jozefstraat"."""
    words = re.sub(r"[^\w]+", " ", plain(street).replace("'", "").replace("’", "")).split()
    if [len(word) for word in words[:3]] == [1, 1, 1] and "".join(words[:3]) == "olv":
        words[:3] = ["olv"]
    return " ".join(_in_full(word, is_first=not number) for number, word in enumerate(words))


def street_key(street: str) -> str:
    """The same without blanks: "Sint Jozef straat" and "Sint-Jozefstraat" are one street."""
    return street_words(street).replace(" ", "")[:120]


def number_key(number: str) -> str:
    """A house number in small letters without blanks and leading zeros."""
    return re.sub(r"[^\w/]+", "", plain(number)).lstrip("0")[:12]


def box_key(box: str) -> str:
    """A box or addition, the same: the register's 0002 is what people call 2."""
    return re.sub(r"\W+", "", plain(box)).lstrip("0")


def postcode_of(text: str) -> str:
    """A postcode without a blank, letters in capitals; nothing when it is none."""
    found = POSTCODE.fullmatch(text.strip())
    return f"{found[1]}{(found[2] or '').upper()}" if found else ""


def taken_apart(text: str) -> TypedAddress:
    """A typed address in its parts: street before the number, postcode and place behind it, in any order that people use."""
    text = " ".join(text.split())[:LONGEST]
    text, postcode, behind = _without_postcode(text)
    found = _number_in(text)
    if found is None:
        street, _comma, rest = text.partition(",")
        return TypedAddress(
            street=street.strip(" ,"), postcode=postcode, locality=(behind or rest).strip(" ,")
        )
    before, after = text[: found.start()].strip(" ,"), text[found.end() :].strip(" ,")
    # A name or a place stands before the street, with a comma: "Meerle, Ulicotenseweg 2".
    first, _comma, street = before.rpartition(",")
    letter = found["letter"] or ""
    return TypedAddress(
        street=street.strip(),
        number=found["number"] + (letter.upper() if len(letter) == 1 else letter.lower()),
        box=found["box"] or "",
        postcode=postcode,
        locality=(behind or after.split(",")[-1] or first.split(",")[-1]).strip(" ,"),
    )


def _without_postcode(text: str) -> tuple[str, str, str]:
    """The text without its postcode, the postcode, and what stands behind it."""
    found = [
        match for match in POSTCODE.finditer(text)
        # "Kerkstraat 1500" is a number: four digits are a postcode when there is another number, or nothing before them.
        if match[2] or not text[: match.start()].strip(" ,") or _number_in(text[: match.start()]) or _number_in(text[match.end() :])
    ]  # fmt: skip
    if not found:
        return text, "", ""
    last = found[-1]
    postcode = f"{last[1]}{(last[2] or '').upper()}"
    before, after = text[: last.start()].strip(" ,"), text[last.end() :].strip(" ,")
    if _number_in(before):
        return before, postcode, after
    return after or before, postcode, ""


def _number_in(text: str) -> re.Match[str] | None:
    """The house number: the first number that stands behind words; a street may begin with one ("1 Meistraat 5")."""
    found = [match for match in NUMBER.finditer(text) if _stands_alone(text, match)]
    behind_words = [match for match in found if re.search(r"[^\W\d]", text[: match.start()])]
    if len(behind_words) > 1 and YEAR.fullmatch(behind_words[0].group()):
        return behind_words[1]
    if behind_words:
        return behind_words[0]
    # Behind a Dutch postcode the number stands alone: "7551AB 12".
    alone = [match for match in found if match.span() == (0, len(text))]
    return alone[0] if alone else None


def _stands_alone(text: str, match: re.Match[str]) -> bool:
    return match.start() == 0 or text[match.start() - 1] in " ,"


def _in_full(word: str, *, is_first: bool) -> str:
    if word in {"st", "ste"} or (is_first and word in SHORT):
        return SHORT[word]
    if word in SHORT_LAST:
        return SHORT_LAST[word]
    for short, full in SHORT_ENDINGS.items():
        if word.endswith(short) and len(word) > len(short) + 2:
            return word[: -len(short)] + full
    return word
