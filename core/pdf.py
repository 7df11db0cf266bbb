"""Documents as PDF: tagged (PDF/UA-1), in the look of the site, made without asking the network for anything.

content = pdf("councils/pdf/minutes.html", {"meeting": meeting}, municipality=meeting.council.municipality)
return pdf_response(content, name=_("minutes of %(day)s") % {"day": meeting.day})

The template extends `core/pdf/base.html`, gives its block `title`, and is written as a page: one `h1`, headings that skip none,
tables with `th scope`, pictures and drawings with words. No `dl` and no link around a block (WeasyPrint tags them badly). Charts
and emblems are the partials of the page. Its style is `static/css/pdf.css`; a picture of our own goes by `{% static %}`, another
one by an address of one's own choice (`<img src="given:plan" alt="…">`) with its bytes in `files`.

Set in a process of its own (`pdfchild.py`): WeasyPrint is heavy, and the length of a document is up to people.
"""

import base64
import binascii
import re
from collections.abc import Mapping
from mimetypes import guess_type
from typing import Any, Protocol

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.utils.translation import gettext as _

from core import pdfchild
from core.bounded import BOUNDS, Limits, NotAnswered, bounded
from core.verbs import Refused

MB = 1024 * 1024
LIMITS = Limits(cpu=30, seconds=60, memory=1024 * MB, output=48 * MB)
MOST_HTML = 8 * MB
STYLES = ("css/tokens.css", "css/pdf.css")  # the theme of the municipality comes between
DRAWINGS = ("css/components/figures.css", "css/components/time.css")  # what colours charts on the page
THEME = re.compile(r"[a-z0-9-]+")


class Named(Protocol):
    """A municipality, which this module does not know: what stands above its documents, and in which colours."""

    name: str
    theme: str


def pdf(
    template: str,
    context: Mapping[str, Any],
    *,
    municipality: Named | None = None,
    files: Mapping[str, tuple[bytes, str]] | None = None,
) -> bytes:
    """The document of a template, in the language that is active; raises Refused when it is too long to be made.

    `files` are by the address under which the template names them: bytes, and their content type.
    """
    html = render_to_string(template, {**context, "municipality": municipality})
    if len(html) > MOST_HTML:
        raise _too_long()
    theme = (
        f"css/themes/{municipality.theme}.css" if municipality and THEME.fullmatch(municipality.theme) else ""
    )
    first, *rest = STYLES
    given = {**_static_files(html), **(files or {})}
    try:
        with bounded(pdfchild.__file__, LIMITS) as process:
            made = process.ask(
                html=html,
                styles=[_text(name) for name in (first, theme, *rest) if name],
                drawings=[_text(name) for name in DRAWINGS],
                files={url: [base64.b64encode(one).decode(), kind] for url, (one, kind) in given.items()},
            )
        return base64.b64decode(made)
    except NotAnswered as why:
        if why.word == BOUNDS:
            raise _too_long() from None
        raise ValueError(f"{template}: no PDF of it can be made ({why.word})") from None
    except (binascii.Error, ValueError, TypeError) as error:
        raise ValueError(f"{template}: no PDF of it can be made") from error


def pdf_response(content: bytes, *, name: str, download: bool = False) -> HttpResponse:
    """A PDF as an answer, shown by the browser itself or kept; its name comes from words, without an ending."""
    response = HttpResponse(content, content_type="application/pdf")
    said = content_disposition_header(download, f"{slugify(name) or 'document'}.pdf")
    response["Content-Disposition"] = said or "inline"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _too_long() -> Refused:
    return Refused(
        _("This document is too long to make a PDF of. Print the page itself, or take a part of it."),
        "too_large",
    )


def _text(name: str) -> str:
    """A style sheet of ours; a comment when there is none of that name."""
    found = _static_bytes(name)
    return found.decode() if found is not None else "/* none */"


def _static_files(html: str) -> dict[str, tuple[bytes, str]]:
    """The static files that a page names, by their address."""
    found = {}
    root = str(staticfiles_storage.base_url)  # type: ignore[attr-defined]  # every one of ours has it
    for address in sorted(set(re.findall(rf'(?:src|href)="({re.escape(root)}[^"?#]+)', html))):
        content = _static_bytes(address.removeprefix(root))
        if content is not None:
            found[address] = (content, guess_type(address)[0] or "application/octet-stream")
    return found


def _static_bytes(name: str) -> bytes | None:
    """A static file by its name or by that with the print of its content; collected, or as it lies in the source."""
    if settings.DEBUG or not staticfiles_storage.exists(name):
        path = finders.find(name)
        if path is None:
            return None
        with open(path, "rb") as file:
            return file.read()
    with staticfiles_storage.open(name) as stored:
        content: bytes = stored.read()
    return content
