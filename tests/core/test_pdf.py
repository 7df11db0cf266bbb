"""Documents as PDF: what PDF/UA asks for is there, and nothing is fetched."""

import io
import re
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import override_settings
from django.utils.translation import override
from PIL import Image
from pypdf import PdfReader

from core import pdf as module
from core import pdfchild
from core.charts import Series, line_chart
from core.pdf import pdf, pdf_response
from core.verbs import Refused

PAGE = """{% extends "core/pdf/base.html" %}{% load static %}
{% block title %}Verslag van 3 maart{% endblock %}
{% block head %}<h1>Verslag van de dorpsraad</h1>{% endblock %}
{% block content %}
<h2>Agenda</h2>
<p>Lees <a href="https://voorbeeld.test/stuk">het stuk</a>. <img src="{{ elsewhere }}/a.png" alt="Van elders">
<img src="given:plan" alt="Het plein" width="40"><img src="{% static 'img/favicon.svg' %}" alt="Het embleem" width="40"></p>
<link rel="stylesheet" href="{{ elsewhere }}/a.css"><img src="file:///etc/hostname" alt="Van de schijf">
<table><caption>Stemmen</caption><thead><tr><th scope="col">Wie</th><th scope="col">Aantal</th></tr></thead>
<tbody><tr><th scope="row">Voor</th><td>12</td></tr></tbody></table>
<figure>{% include "partials/line_chart.html" %}</figure>
{% endblock %}"""


@dataclass
class Town:
    """What stands above a document."""

    name: str = "Hoogstraten"
    theme: str = "delta"


@contextmanager
def templates(folder: Path, **pages: str) -> Iterator[None]:
    """Templates that are there for a while."""
    for name, text in pages.items():
        (folder / f"{name}.html").write_text(text)
    engine: Any = settings.TEMPLATES[0]
    with override_settings(TEMPLATES=[{**engine, "DIRS": [*engine["DIRS"], folder]}]):
        yield


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[bytes, socket.socket]]:
    """A document that names what is elsewhere, and the server that would be asked for it."""
    chart = line_chart(
        [(2024, "2024"), (2025, "2025")],
        [Series("Meerle", [1, 3], is_main=True)],
        words="Het stijgt",
        written=str,
    )
    plan = io.BytesIO()
    Image.new("RGB", (4, 4), "red").save(plan, "PNG")
    folder = tmp_path_factory.mktemp("templates")
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        context = {"elsewhere": f"http://127.0.0.1:{server.getsockname()[1]}", "chart": chart}
        files = {"given:plan": (plan.getvalue(), "image/png")}
        with templates(folder, page=PAGE), override("nl"):
            content = pdf("page.html", context, municipality=Town(), files=files)
        yield content, server


def marks(node: Any) -> Iterator[tuple[str, str]]:
    """The tags of a document in reading order, each with its words for who does not see it."""
    node = node.get_object()
    if not hasattr(node, "keys"):
        return
    if "/S" in node:
        yield node["/S"], str(node.get("/Alt", ""))
    below = node.get("/K", [])
    for one in below if isinstance(below, list) else [below]:
        if hasattr(one.get_object(), "keys"):
            yield from marks(one)


def test_it_says_what_pdf_ua_asks_for(made: tuple[bytes, socket.socket]) -> None:
    reader = PdfReader(io.BytesIO(made[0]))
    root: Any = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "nl"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata is not None
    assert (reader.metadata.title, reader.metadata.author) == ("Verslag van 3 maart", "Hoogstraten")
    assert b'pdfuaid:part="1"' in root["/Metadata"].get_object().get_data()


def test_headings_tables_and_pictures_are_tagged(made: tuple[bytes, socket.socket]) -> None:
    found = list(marks(PdfReader(io.BytesIO(made[0])).trailer["/Root"]["/StructTreeRoot"]))  # type: ignore[index]
    tags = [tag for tag, _words in found]
    assert [tag for tag in tags if tag.startswith("/H")] == ["/H1", "/H2"]
    assert (tags.count("/Table"), tags.count("/TH"), tags.count("/TD"), tags.count("/Link")) == (1, 3, 1, 1)
    said = [words for tag, words in found if tag == "/Figure"]
    assert said == ["Van elders", "Het plein", "Het embleem", "Van de schijf", "Het stijgt"]


def test_nothing_is_fetched(made: tuple[bytes, socket.socket]) -> None:
    content, server = made
    with pytest.raises(BlockingIOError):  # nobody came
        server.accept()
    page = PdfReader(io.BytesIO(content)).pages[0]
    assert len(page.images) == 1  # the one that was given
    assert Path("/etc/hostname").read_text().strip() not in page.extract_text()


def test_the_chart_has_the_colours_of_the_page(made: tuple[bytes, socket.socket]) -> None:
    drawn = PdfReader(io.BytesIO(made[0])).pages[0].get_contents()
    assert drawn is not None
    assert re.search(
        rb"0\.0392\d+ 0\.3019\d+ 0\.549\d* RG", drawn.get_data()
    )  # the line, in the accent of the theme


def test_rules_for_drawings_are_plain() -> None:
    rules = "\n".join(
        pdfchild.plain_rules(
            [
                ":root { --a: var(--b); --b: #a1175e }",
                "@layer x { .chart .line-a { stroke: var(--a); margin: 0 } }",
            ]
        )
    )
    assert rules == ".chart .line-a { stroke: #a1175e }"


def test_what_a_medium_or_a_new_selector_asks_is_left_out() -> None:
    sheet = "@media (max-width: 9rem) { .a { fill: red } } .b:nonesuch { fill: red } .c { fill: blue }"
    assert list(pdfchild.plain_rules([sheet])) == [".c { fill: blue }"]


def test_too_long_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = '{% extends "core/pdf/base.html" %}{% block title %}Lang{% endblock %}'
    with templates(tmp_path, page=page), override("nl"):
        with monkeypatch.context() as patch:
            patch.setattr(module, "LIMITS", replace(module.LIMITS, memory=module.MB))
            with pytest.raises(Refused, match="te lang"):
                pdf("page.html", {})
        monkeypatch.setattr(module, "MOST_HTML", 10)
        with pytest.raises(Refused, match="te lang"):
            pdf("page.html", {})


def test_a_document_without_a_title_is_a_fault_of_ours(tmp_path: Path) -> None:
    page = '{% extends "core/pdf/base.html" %}'
    with templates(tmp_path, page=page), pytest.raises(ValueError, match="untitled"):
        pdf("page.html", {})


def test_names_with_a_print_of_their_content_are_no_hindrance() -> None:
    """As on a real site, whose storage knows no file without a name."""
    hashed = {"BACKEND": "core.staticfiles.HashedStorage"}
    with override_settings(STORAGES={**settings.STORAGES, "staticfiles": hashed}):
        assert module._static_files('<img src="/static/nergens.svg"><p>') == {}
        assert "--basis-" in module._text("css/tokens.css")


def test_the_answer_has_a_name() -> None:
    response = pdf_response(b"%PDF-", name="Verslag van 3 maart")
    assert response["Content-Disposition"] == 'inline; filename="verslag-van-3-maart.pdf"'
    assert (response["Content-Type"], response["X-Content-Type-Options"]) == ("application/pdf", "nosniff")
