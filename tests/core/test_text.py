"""Text of staff: which marks count, what never becomes markup, headings that fit the page, plain words, the field."""

import re
import time

import pytest
from django.core.exceptions import ValidationError
from django.template import Context, Template
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from core.text import LONGEST, MOST_BRACKETS, StaffTextField, as_html, in_short, plain

WORDS = """Wat we *doen* en **laten**:

- bomen planten
- meer op [de kaart](/kaart/)
  1. eerst kijken

Vragen? Mail wijk@proefdorp.example."""


def tags(html: str) -> set[str]:
    return set(re.findall(r"<([a-z0-9]+)", html))


def test_the_marks() -> None:
    html = as_html("# Kop\n\n**vet** *schuin*\nregel\n\n- een\n\n4. vier\n\n> gezegd")
    assert tags(html) == {"h2", "p", "strong", "em", "br", "ul", "ol", "li", "blockquote"}
    assert '<ol start="4">' in html


@pytest.mark.parametrize(
    "typed",
    [
        "<script>alert(1)</script>", "<b onclick=x>vet</b>", "![p](https://elders.example/p.png)", "`code`",
        "```\ncode\n```", "    ingesprongen", "Een\n===", "---", "[a]: https://elders.example\n\n[a]",
        "[x](javascript:alert(1))", "[x](data:text/html,x)", "[x](vbscript:x)", "<javascript:alert(1)>",
        "&lt;script&gt;",
    ],
)  # fmt: skip
def test_whatever_else_is_typed_stays_text(typed: str) -> None:
    html = as_html(typed)
    assert tags(html) <= {"p", "br", "a"}
    assert "<a" not in html or 'href="https://' in html


@given(
    st.text(max_size=60)
    | st.lists(st.sampled_from([*"<>[]()*_#-`!&\"' \n", "javascript:", "a", "http://a"])).map("".join)
)
def test_nothing_comes_out_but_our_marks(typed: str) -> None:
    html = as_html(typed)
    assert tags(html) <= {
        "p",
        "br",
        "strong",
        "em",
        "ul",
        "ol",
        "li",
        "blockquote",
        "a",
        *(f"h{n}" for n in range(2, 7)),
    }
    for address in re.findall(r'href="([^"]*)"', html):
        assert ":" not in address.split("/")[0] or address.split(":")[0].lower() in {
            "http",
            "https",
            "mailto",
            "tel",
        }


def test_links_say_nothing_of_where_they_were() -> None:
    html = as_html("[kaart](/kaart/) https://elders.example/een_twee wijk@example.org wim.de")
    assert html.count('rel="noopener noreferrer"') == html.count("<a ") == 3
    assert 'href="https://elders.example/een_twee"' in html
    assert 'href="mailto:wijk@example.org"' in html


@pytest.mark.parametrize(
    ("typed", "level", "levels"),
    [
        ("# a\n## b\n# c", 2, "232"),
        ("### a\n###### b\n# c", 2, "232"),  # none is skipped, whatever was typed
        ("## a\n## b", 3, "33"),
        ("# a\n## b\n### c", 5, "566"),
        ("# a", 1, "2"),  # the page has its own
    ],
)
def test_headings_go_on_from_those_of_the_page(typed: str, level: int, levels: str) -> None:
    html = as_html(typed, level)
    assert "".join(re.findall(r"<h(\d)", html)) == "".join(re.findall(r"</h(\d)", html)) == levels


def test_plain_words() -> None:
    assert plain("# Plan\n\n" + WORDS) == (
        "Plan\n\nWat we doen en laten:\n\n- bomen planten\n- meer op de kaart (/kaart/)\n  1. eerst kijken\n\n"
        "Vragen? Mail wijk@proefdorp.example."
    )
    assert plain("- een\n  en verder\n- twee") == "- een\n  en verder\n- twee"
    assert plain("") == ""


def test_in_short() -> None:
    assert in_short(WORDS, 200) == (
        "Wat we doen en laten: - bomen planten - meer op de kaart 1. eerst kijken Vragen? Mail wijk@proefdorp.example."
    )
    assert in_short(WORDS, 24) == "Wat we doen en laten: -…"


@given(st.text(max_size=40))
def test_plain_words_of_anything(typed: str) -> None:
    assert len(in_short(typed, 30)) <= 30
    assert "\n" not in in_short(typed, 30)
    plain(typed)


def test_the_filters() -> None:
    shown = Template("{% load text %}{{ t|staff_text:4 }}{{ n|staff_text }}|{{ t|shortened:3 }}")
    assert shown.render(Context({"t": "# <b>", "n": None})) == "<h4>&lt;b&gt;</h4>\n|&lt;b&gt;"


def test_the_field_keeps_what_is_typed() -> None:
    field = StaffTextField(required=False)
    assert field.clean("  # Kop\r\n\r\n- *een*\r\n") == "# Kop\n\n- *een*"
    assert field.clean(None) == ""
    assert not field.has_changed("een\ntwee", "een\r\ntwee")
    with pytest.raises(ValidationError, match=str(LONGEST)):
        field.clean("a" * (LONGEST + 1))


def test_the_field_offers_a_preview_and_a_how_to() -> None:
    html = str(StaffTextField(level=3).widget.render("deel-tekst", "<b>", {"id": "id_x"}))
    assert 'hx-post="/tekst/voorbeeld/?veld=deel-tekst&amp;niveau=3"' in html
    assert 'hx-target="#id_x-preview"' in html
    assert "&lt;b&gt;" in html
    assert "<details" in html


def test_the_preview(client: Client, db: None) -> None:
    sent = {"deel-tekst": "# Kop\r\n<script>", "ander": "geheim"}
    part = client.post("/tekst/voorbeeld/?veld=deel-tekst&niveau=4", sent, headers={"HX-Request": "true"})
    html = part.content.decode()
    assert "<h4>Kop</h4>\n<p>&lt;script&gt;</p>" in html
    assert "data-focus-first" in html
    assert "<html" not in html
    assert "geheim" not in html
    whole = client.post("/tekst/voorbeeld/?veld=deel-tekst&niveau=99", sent).content.decode()
    assert "<h2>Kop</h2>" in whole
    assert "<html" in whole
    nothing = client.post("/tekst/voorbeeld/", {}, headers={"HX-Request": "true"}).content.decode()
    assert "prose" not in nothing
    assert client.get("/tekst/voorbeeld/").status_code == 405


def test_no_text_costs_much_and_ordinary_text_keeps_its_links() -> None:
    story = "[de kaart](/kaart/) [x] " * (MOST_BRACKETS // 2)
    assert as_html(story).count("<a href") == MOST_BRACKETS // 2
    brackets = "[a](/a/) **vet** https://a.example " + "[" * (LONGEST - 40)
    started = time.process_time()
    shown = as_html(brackets)
    # Half a second and more when the end of a link is looked for from every bracket.
    assert time.process_time() - started < 0.25
    assert "[a](/a/) <strong>vet</strong> <a href=" in shown
    assert plain(brackets).endswith("[[[")
