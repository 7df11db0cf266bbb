"""A made-up kind of documents, and documents of Word to try as its template."""

import io
import zipfile
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from docx import Document

from core.office import Line, OfficeKind, Rows, office_kinds
from core.registry import RegistrationError

KIND = "proef.brief"
WORDS: Mapping[str, Any] = {
    "raad": "Dorpsraad <Bergen> & Dalen",
    "punten": [{"titel": "Het plein"}, {"titel": "De haag"}],
    "leden": [{"naam": "Lid 1"}, {"naam": "Lid 2"}],
}


def example() -> Mapping[str, Any]:
    """The words with which a template is tried."""
    return WORDS


with suppress(RegistrationError):  # a test module may be read twice
    office_kinds.register(
        OfficeKind(
            name=KIND,
            title="Brief van de proef",
            words={
                "raad": "Naam van de raad", "punten": "De punten", "punten.titel": "Titel van een punt",
                "leden": "De leden", "leden.naam": "Naam van een lid",
            },
            lines=(
                Line("Title", "{{ raad }}"),
                Line("Normal", "{%p for punt in punten %}"),
                Line("Heading 1", "{{ punt.titel }}"),
                Line("Normal", "{%p endfor %}"),
                Rows("lid", "leden", (("Naam", "lid.naam"), ("Handtekening", "''"))),
            ),
            example=example,
        )
    )  # fmt: skip


def letter(*lines: str) -> bytes:
    """A document of Word with these lines."""
    document = Document()
    for line in lines:
        document.add_paragraph(line)
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def with_member(data: bytes, name: str, content: bytes) -> bytes:
    """The same document with one more file in it, or another in the place of one."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.namelist():
            if member != name:
                new.writestr(member, old.read(member))
        new.writestr(name, content)
    return made.getvalue()


def read(data: bytes) -> list[str]:
    """What stands in a document: its paragraphs, then the cells of its tables."""
    document = Document(io.BytesIO(data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return [text for text in [*(one.text for one in document.paragraphs), *cells] if text]
