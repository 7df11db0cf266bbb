"""Documents of Word: filled, and a template of others that does nothing but that."""

import io
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override
from docx import Document

from core import office, officechild
from core.office import Rows, checked, docx, office_kinds, own_template, tried
from core.verbs import Refused
from tests.office import KIND, WORDS, letter, read, with_member

RELS = "word/_rels/document.xml.rels"
RELATION = b'<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">%s</Relationships>'


@pytest.fixture(scope="module")
def plain() -> bytes:
    """An ordinary document."""
    return letter("Aan {{ raad }}")


def refused(data: bytes) -> ValidationError:
    with override("nl"), pytest.raises(ValidationError) as caught:
        tried(KIND, io.BytesIO(data))
    return caught.value


def test_our_own_template_says_everything() -> None:
    with override("nl"):
        made = docx(KIND, WORDS)
    assert read(made) == [
        "Dorpsraad <Bergen> & Dalen", "Het plein", "De haag", "Naam", "Handtekening", "Lid 1", "Lid 2",
    ]  # fmt: skip
    document = Document(io.BytesIO(made))
    assert (document.core_properties.title, document.core_properties.language) == ("Brief van de proef", "nl")
    assert document.paragraphs[1].style is not None
    assert document.paragraphs[1].style.name == "Heading 1"
    assert "w:tblHeader" in document.tables[0].rows[0]._tr.xml


def test_the_template_of_a_municipality_is_filled(plain: bytes) -> None:
    assert read(docx(KIND, {**WORDS, "raad": "Raad\x00\x0b 1"}, template=plain)) == ["Aan Raad 1"]


def test_our_own_template_is_where_one_begins() -> None:
    assert "{{ raad }}" in read(own_template(KIND))
    rows = [one for one in office_kinds[KIND].lines if isinstance(one, Rows)]
    assert "{{ lid.naam }}" in read(own_template(KIND))
    assert rows


@pytest.mark.parametrize(
    ("lines", "code", "words"),
    [
        (
            ["Aan {{ raat }}"],
            "word",
            ["“raat”", "Bedoel je “raad”?", "leden, punten, raad", "Aan {{ raat }}"],
        ),
        (
            ["{%p for punt in punten %}", "{{ punt.titl }}", "{%p endfor %}"],
            "part",
            ["“titl”", "Bedoel je “titel”?", "{{ punt.titl }}"],
        ),
        (["Dag", "{% if raad %}"], "open", ["{% endif %}"]),
        (["{{ raad"], "mark", ["{{ raad"]),
        (["{{ raad|safe }}"], "mark", ["{{ raad|safe }}"]),
        (["{% include 'x' %}"], "mark", ["include"]),
        (["{{ raad.__class__.__mro__ }}"], "part", ["__class__"]),
        (["{{ punten.append(1) }}"], "part", ["“append”"]),
    ],
)
def test_a_fault_says_which_word_and_where(lines: list[str], code: str, words: list[str]) -> None:
    error = refused(letter(*lines))
    assert error.code == code
    for one in words:
        assert one in error.messages[0]


def test_no_document_is_refused(plain: bytes) -> None:
    macro = b'<Types><Default ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>'
    picture = (
        RELATION
        % b'<Relationship Id="r9" Type="x/image" Target="http://elders.test/a.png" TargetMode="External"/>'
    )
    for data, code in (
        (b"geen zip", "unreadable"),
        (with_member(plain, "word/vbaProject.bin", b"x"), "macro"),
        (with_member(plain, "word/embeddings/oleObject1.bin", b"x"), "macro"),
        (with_member(plain, "[Content_Types].xml", macro), "macro"),
        (with_member(plain, "word/settings.xml", b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a/>'), "unreadable"),
        (with_member(plain, RELS, picture), "elsewhere"),
        *((with_member(plain, "word/_rels/header1.xml.rels", other), "elsewhere") for other in in_disguise(picture)),
        (with_member(plain, "word/header1.xml", field("DDEAUTO", " cmd")), "elsewhere"),
        (with_member(plain, "word/header1.xml", field(" INCLUDE", 'PICTURE "http://elders.test/a.png"')), "elsewhere"),
        (with_member(plain, "word/header1.xml", b"<a>"), "unreadable"),
        (with_member(plain, "word/media/a.exe", b"x"), "unreadable"),
        (with_member(plain, "word/media/a.xml", b"\0" * 50 * office.MB), "unreadable"),
        (b"x" * (office.MAX_BYTES + 1), "too_large"),
    ):  # fmt: skip
        assert refused(data).code == code


def test_what_would_fill_the_memory_is_refused(plain: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "MOST_TAGS", 5)
    assert refused(plain).code == "too_large"


def in_disguise(picture: bytes) -> list[bytes]:
    """The same relation said otherwise: Word reads a picture from elsewhere in each."""
    prefixed = (
        picture.replace(b"xmlns=", b"xmlns:r=").replace(b"<Rel", b"<r:Rel").replace(b"</Rel", b"</r:Rel")
    )
    head = b'<?xml version="1.0"?>'
    return [
        picture.replace(b"External", b"Ext&#101;rnal"),
        picture.replace(b"a.png", b"hyperlink"),
        prefixed,
        picture.replace(head, b'<?xml version="1.0" encoding="UTF-16"?>').decode().encode("utf-16"),
    ]


def field(*pieces: str) -> bytes:
    """A part of a document with a field, told in pieces as Word does."""
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    told = "".join(f"<w:r><w:instrText>{piece}</w:instrText></w:r>" for piece in pieces)
    return f'<w:hdr xmlns:w="{word}"><w:p><w:r><w:fldChar/></w:r>{told}</w:p></w:hdr>'.encode()


def test_a_number_of_the_page_is_an_ordinary_thing(plain: bytes) -> None:
    assert checked(io.BytesIO(with_member(plain, "word/header1.xml", field(" PAGE ", " \\* MERGEFORMAT"))))


def test_a_link_is_an_ordinary_thing(plain: bytes) -> None:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
    link = f'<Relationship Id="r9" Type="{kind}" Target="https://voorbeeld.test" TargetMode="External"/>'
    assert checked(io.BytesIO(with_member(plain, RELS, RELATION % link.encode())))


def test_what_never_ends_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "LIMITS", replace(office.LIMITS, cpu=1))
    endless = "{% for a in raad * 9999 %}{% for b in raad * 9999 %}{% if false %}{{ b }}{% endif %}{% endfor %}{% endfor %}"
    with override("nl"), pytest.raises(Refused, match="te veel tijd"):
        tried(KIND, io.BytesIO(letter(endless)))


@pytest.mark.parametrize(
    "source", ["{{ raad.__init__ }}", "{{ ''.format.__globals__ }}", "{{ cycler }}", "{{ range(9) }}"]
)
def test_nothing_but_the_words_can_be_reached(source: str) -> None:
    template = officechild.environment().from_string(source)
    reached: Callable[..., Any] = template.render
    with pytest.raises(officechild.Fault):
        reached(raad="x")
