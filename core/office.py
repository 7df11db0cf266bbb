"""Documents of Word, in the template of the municipality or in our own.

An app says in its `office.py` which documents it has, with which words, and how our own template of them looks:

office_kinds.register(OfficeKind(
    name="councils.minutes", title=gettext_lazy("Minutes"), example=example,
    words={"raad": gettext_lazy("Name of the council"), "punten": gettext_lazy("Items, one by one"), "punten.titel": …},
    lines=(Line("Title", "{{ raad }}"), Line("Normal", "{%p for punt in punten %}"), …
           Rows("lid", "leden", (("Naam", "lid.naam"),))),
))

content = docx("councils.minutes", {"raad": council.name, "punten": [{"titel": …}]}, template=template)

A template is a document of Word in which words stand between marks: `{{ raad }}`, `{% if … %}`; `{%p for punt in punten %}` repeats
paragraphs and `{%tr for lid in leden %}` rows of a table. The words are Dutch: who makes a template reads them. A template comes
from people, so it is looked at before it is opened (`checked`) and filled in a sandbox, in a process of its own (`officechild.py`).
"""

import base64
import binascii
import difflib
import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import IO, Any, Protocol
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.utils.functional import Promise
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core import officechild
from core.bounded import BOUNDS, Limits, NotAnswered, bounded
from core.registry import Registry
from core.sniff import DOCX
from core.verbs import Refused
from core.zips import RefusedZip, ZipRules, read_zip

MB = 1024 * 1024
MAX_BYTES = 5 * MB  # with a coat of arms in it; a letter has some 40 kB
RULES = ZipRules(
    endings=(
        ".xml", ".rels", ".png", ".jpg", ".jpeg", ".gif", ".emf", ".wmf", ".svg", ".tif", ".tiff", ".odttf", ".bin",
    ),
    members=300, bytes=60 * MB, ratio=60,
)  # fmt: skip
LIMITS = Limits(cpu=15, seconds=40, memory=512 * MB, output=32 * MB)
MOST_TAGS = 1_000_000  # begun or ended; a letter has some thousands
PROGRAMS = re.compile(r"vba|macro|activex|oleobject|embeddings/", re.IGNORECASE)
FETCHES = re.compile(
    r"\s*(?:DDE|DDEAUTO|INCLUDEPICTURE|INCLUDETEXT|IMPORT|LINK|RD|DATABASE)\b", re.IGNORECASE
)
LIKE = 0.6  # how like two words are before one is proposed

Words = Mapping[str, Any]


class Example(Protocol):
    """Words with which a template is tried; they must hold each word, and one of each list."""

    def __call__(self) -> Words: ...


@dataclass(frozen=True)
class Line:
    """A line of our own template, in a style of Word ("Title", "Heading 1", "Normal", "List Bullet"), on a `new_page` or not."""

    style: str
    text: str | Promise
    new_page: bool = False


@dataclass(frozen=True)
class Rows:
    """A table of our own template: a row for `each` one `of` a list; columns are a title and a word (`lid.naam`)."""

    each: str
    of: str
    columns: tuple[tuple[str | Promise, str], ...]


@dataclass(frozen=True, kw_only=True)
class OfficeKind:
    """A kind of documents: its words, each with what it stands for (of one in a list: `punten.titel`), and our own template."""

    name: str
    title: str | Promise
    words: Mapping[str, str | Promise]
    lines: tuple[Line | Rows, ...]
    example: Example
    order: int = 100


office_kinds: Registry[OfficeKind] = Registry(OfficeKind, "office")


def docx(kind: str, words: Words, *, template: bytes | None = None) -> bytes:
    """A document with these words, in a `template` or in our own; raises ValidationError in words for who made the template."""
    data = template if template is not None else own_template(kind)
    told = _asked(do="fill", data=base64.b64encode(data).decode(), words=words)
    if "docx" not in told:
        raise fault_in_words(told, list(words))
    return _bytes_of(told)


def docx_response(content: bytes, *, name: str) -> HttpResponse:
    """A document as an answer, to keep; its name comes from words, without an ending."""
    response = HttpResponse(content, content_type=DOCX)
    said = content_disposition_header(True, f"{slugify(name) or 'document'}.docx")
    response["Content-Disposition"] = said or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def own_template(kind: str) -> bytes:
    """Our own template of a kind, in the language that is active: to fill, or to begin one's own with."""
    known = office_kinds[kind]
    lines = [
        {"style": one.style, "text": str(one.text), "new_page": one.new_page}
        if isinstance(one, Line)
        else {"each": one.each, "of": one.of, "columns": [[str(title), word] for title, word in one.columns]}
        for one in known.lines
    ]
    return _bytes_of(_asked(do="make", lines=lines, title=str(known.title), language=get_language() or "nl"))


def tried(kind: str, content: IO[bytes]) -> bytes:
    """The example of a kind in a template that came in; raises ValidationError when it cannot be used, and says why."""
    return docx(kind, office_kinds[kind].example(), template=checked(content))


def checked(content: IO[bytes]) -> bytes:
    """The bytes of a template: an ordinary document, without programs and without anything that lies elsewhere."""
    content.seek(0)
    data = content.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise ValidationError(
            _("This template is larger than %(most)d MB.") % {"most": MAX_BYTES // MB}, code="too_large"
        )
    try:
        members = read_zip(io.BytesIO(data), RULES)
    except RefusedZip as error:
        raise ValidationError(
            _("This is no document that Word can open as DOCX: %(why)s") % {"why": error}, code="unreadable"
        ) from error
    types = members.get("[Content_Types].xml", b"")
    if "word/document.xml" not in members:
        raise ValidationError(
            _("This is no document of Word. Save it as a Word document (.docx)."), code="unreadable"
        )
    if b"macroEnabled" in types or any(PROGRAMS.search(name) for name in members):
        raise ValidationError(
            _(
                "There is a macro or another program in this document. Save it as a Word document (.docx), without macros."
            ),
            code="macro",
        )
    if sum(text.count(b"<") for text in members.values()) > MOST_TAGS:
        raise ValidationError(too_much(), code="too_large")
    for name, text in members.items():
        if not name.lower().endswith((".xml", ".rels")):
            continue
        if takes_from_elsewhere(text):
            raise ValidationError(
                _(
                    "This document takes a picture or a template from elsewhere. Put the picture into the document itself."
                ),
                code="elsewhere",
            )
    return data


def too_much() -> str:
    """What is said of a document that is more than can be made."""
    return _("Making this document takes too much time or memory. Make the template or the document shorter.")


class _Part:
    """What a part of a document names that lies elsewhere, but for a link; it is read to its end without being kept."""

    def __init__(self) -> None:
        self.is_elsewhere = False
        self.fields = [""]
        self.in_field = False

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """An element begins: what is related to the document, or a field, which may be told in many pieces."""
        name = tag.rpartition("}")[2]
        if name == "Relationship" and attributes.get("TargetMode", "").casefold() == "external":
            self.is_elsewhere |= not attributes.get("Type", "").endswith("/hyperlink")
        elif name == "fldChar":
            self.fields.append("")
        elif name == "fldSimple":
            self.fields += [value for key, value in attributes.items() if key.endswith("}instr")]
        self.in_field = name == "instrText"

    def data(self, text: str) -> None:
        """Text: of a field it says what it does."""
        if self.in_field:
            self.fields[-1] += text

    def end(self, tag: str) -> None:
        """An element ends."""
        self.in_field = False

    def close(self) -> bool:
        """Whether it takes anything from elsewhere."""
        return self.is_elsewhere or any(FETCHES.match(field) for field in self.fields)


def takes_from_elsewhere(xml: bytes) -> bool:
    """Whether a part of a document takes what lies elsewhere; raises ValidationError for what Word did not make.

    It is read as Word reads it: the same can be said in other encodings, with other prefixes, and by numbers of characters.
    """
    parser = DefusedXMLParser(target=_Part(), forbid_dtd=True)
    try:
        parser.feed(xml)
        found: bool = parser.close()
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise ValidationError(_("This is no document that Word made."), code="unreadable") from error
    return found


def fault_in_words(told: Mapping[str, Any], words: Iterable[str]) -> ValidationError:
    """What is wrong with a template, in words for who made it: which word, where, and which there are."""
    fault, word, where = (str(told.get(name, "")) for name in ("fault", "word", "where"))
    if fault in ("word", "part"):
        there = [str(one) for one in told.get("words", [])] if fault == "part" else sorted(words)
        like = difflib.get_close_matches(word, there, n=1, cutoff=LIKE)
        said = [_("The word “%(word)s” does not exist.") % {"word": word}]
        if like:
            said.append(_("Do you mean “%(like)s”?") % {"like": like[0]})
        if there:
            said.append(_("These exist: %(words)s.") % {"words": ", ".join(there)})
    elif fault == "open":
        said = [
            _(
                "A part that begins with {% for … %} or {% if … %} does not end: {% endfor %} or {% endif %} is missing."
            )
        ]
    else:
        said = [
            _(
                "What stands between {{ and }} or {% and %} cannot be read. Look at the quotation marks and the spaces."
            )
        ]
    if where:
        said.append(_("It stands here: “%(where)s”") % {"where": where})
    return ValidationError(" ".join(said), code=fault or "mark")


def _asked(**question: Any) -> Mapping[str, Any]:
    try:
        with bounded(officechild.__file__, LIMITS) as process:
            told: Mapping[str, Any] = process.ask(**question)
    except NotAnswered as why:
        if why.word == BOUNDS:
            raise Refused(too_much(), "too_large") from None
        raise ValidationError(
            _("We cannot read this document. Save it in Word as .docx."), code="unreadable"
        ) from None
    return told


def _bytes_of(told: Mapping[str, Any]) -> bytes:
    try:
        return base64.b64decode(told["docx"])
    except (KeyError, TypeError, binascii.Error) as error:
        raise Refused(_("This document could not be made."), "unreadable") from error
