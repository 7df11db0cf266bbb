"""Papers of the demo, written here: a page of text as the smallest PDF that there is."""

import textwrap
from collections.abc import Sequence

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.text import slugify

from core.files import CheckedUpload, check_upload

WIDE = 84  # letters on a line
PDF = "application/pdf"


def paper(title: str, text: Sequence[str], *, kind: str) -> CheckedUpload:
    """A page with a title and paragraphs, ready to be brought in as a file of a kind."""
    name = f"{slugify(title)}.pdf"
    return check_upload(SimpleUploadedFile(name, page(title, text), PDF), kind=kind)


def page(title: str, text: Sequence[str]) -> bytes:
    """A PDF of one page of A4."""
    lines = [line for part in text for line in [*textwrap.wrap(part, WIDE), ""]]
    said = "\n".join(f"({_escaped(line)}) Tj T*" for line in lines)
    drawn = (
        f"BT /F1 18 Tf 72 760 Td ({_escaped(title)}) Tj ET\nBT /F1 11 Tf 15 TL 72 725 Td\n{said}\nET".encode(
            "cp1252"
        )
    )
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R /Lang (nl) >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 4 0 R >> >> /Contents 5 0 R >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< /Length %d >>\nstream\n%b\nendstream" % (len(drawn), drawn),
        f"<< /Title ({_escaped(title)}) >>".encode("cp1252"),
    ]
    made, places = b"%PDF-1.7\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%b\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return made + (
        b"xref\n0 %d\n0000000000 65535 f \n%btrailer\n<< /Size %d /Root 1 0 R /Info %d 0 R >>\nstartxref\n%d\n%%%%EOF\n"
        % (size, table, size, len(objects), len(made))
    )


def _escaped(line: str) -> str:
    return line.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
