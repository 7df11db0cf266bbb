"""Text that staff write: Markdown kept as typed, shown with a small set of marks.

story = StaffTextField(label=_("Story"), required=False)          # the field, with a short how-to and a preview
<div class="prose">{{ plan.story|staff_text:3 }}</div>            # {% load text %}; under a heading of level 2
plain(plan.story), in_short(plan.story, 160)                      # for a mail, a search, a line in a list

The marks are headings, bold, italic, lists, quotes and links. Whatever else is typed (HTML, pictures, code) stays the text that
it is; what comes out is cleaned once more, so that no fault of the reader of Markdown becomes markup of our page.
"""

import textwrap
from collections.abc import Iterable, Iterator
from typing import Any

import nh3
from django import forms
from django.urls import reverse
from django.utils.safestring import SafeString
from linkify_it import LinkifyIt
from markdown_it import MarkdownIt
from markdown_it.token import Token

LONGEST = 20_000  # characters: a chapter; a cell of a spreadsheet holds 32,767
TOP, DEEPEST = 2, 6  # levels of headings: a page has one of level 1, its own
UNUSED = (
    "code", "fence", "backticks", "hr", "lheading", "reference", "html_block", "html_inline", "image", "entity",
)  # fmt: skip
SCHEMES = {"http", "https", "mailto", "tel"}

# The end of a link is looked for from every bracket that may open one: with thousands of them a text costs seconds. A chapter has a
# few dozen; one with more than this is read without links of that form, and keeps its brackets.
MOST_BRACKETS = 300


def _reads(*unused: str) -> MarkdownIt:
    """A reader of the marks that we know, without some of them."""
    reader = MarkdownIt("commonmark", {"html": False, "breaks": True, "linkify": True})
    reader.enable("linkify").disable([*UNUSED, *unused])
    # Only what is typed as an address is one: "wim.de" at the end of a sentence is not.
    reader.linkify = LinkifyIt(options={"fuzzy_link": False})
    return reader


_reader, _reader_without_links = _reads(), _reads("link")
_cleaner = nh3.Cleaner(
    tags={"p", "br", "strong", "em", "ul", "ol", "li", "blockquote", "a", "h2", "h3", "h4", "h5", "h6"},
    attributes={"a": {"href"}, "ol": {"start"}},
    url_schemes=SCHEMES,
    link_rel="noopener noreferrer",
)


def as_html(text: str, level: int = TOP) -> SafeString:
    """The text with its marks; its own headings begin at `level` (2 to 6) and never skip one, whatever was typed."""
    tokens = _tokens(text)
    _shift_headings(tokens, level)
    # Cleaned: only the tags and addresses above come through.
    return SafeString(_cleaner.clean(_reader.renderer.render(tokens, _reader.options, {})))


def _tokens(text: str) -> list[Token]:
    reader = _reader if text.count("[") <= MOST_BRACKETS else _reader_without_links
    return reader.parse(text)


def _shift_headings(tokens: Iterable[Token], level: int) -> None:
    around: list[str] = []  # the typed headings that a heading stands under
    for token in tokens:
        if token.type == "heading_open":
            around = [*(one for one in around if one < token.tag), token.tag]
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(max(level, TOP) + len(around) - 1, DEEPEST)}"


def plain(text: str) -> str:
    """The text without marks, as a mail or a spreadsheet shows it: a blank line between blocks, the address behind a link."""
    said: list[str] = []
    for apart, words in _blocks(text):
        said.append(("\n\n" if apart else "\n") + words if said else words)
    return "".join(said)


def in_short(text: str, most: int) -> str:
    """The beginning of the text on one line, without marks and without addresses of links: at most so many characters."""
    words = " ".join(words for _apart, words in _blocks(text, addresses=False))
    return textwrap.shorten(words, most, placeholder="…")


def _blocks(text: str, *, addresses: bool = True) -> Iterator[tuple[bool, str]]:
    """Each paragraph, heading and part of a list, and whether a blank line goes before it."""
    depth, marker, goes_on = 0, "", False
    for token in _tokens(text):
        if token.type in ("bullet_list_open", "ordered_list_open"):
            depth, goes_on = depth + 1, depth > 0
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            depth, goes_on = depth - 1, depth > 1
        elif token.type == "list_item_open":
            marker = f"{token.info}. " if token.info else "- "
        elif token.type == "inline":
            before = "  " * (depth - 1) + marker
            words = "".join(_words(token.children or (), addresses)).strip()
            yield not goes_on, before + words.replace("\n", "\n" + " " * len(before))
            marker, goes_on = "", depth > 0


def _words(tokens: Iterable[Token], addresses: bool) -> Iterator[str]:
    """What is read of a line; behind the words of a link its address, when they are not the same."""
    link, inside = "", ""
    for token in tokens:
        words = "\n" if token.type in ("softbreak", "hardbreak") else token.content
        inside += words
        yield words
        if token.type == "link_open":
            link, inside = str(token.attrGet("href") or ""), ""
        elif token.type == "link_close" and addresses and inside not in (link, link.removeprefix("mailto:")):
            yield f" ({link})"


def typed(text: str) -> str:
    """The text as it is kept: one sort of line ends, no blanks around it."""
    return "\n".join(text.splitlines()).strip()


class StaffTextarea(forms.Textarea):
    """A field of text with a how-to and, where there is a script, a preview that the server makes."""

    template_name = "core/widgets/staff_text.html"

    def __init__(self, *, level: int = TOP, rows: int = 8) -> None:
        super().__init__(attrs={"rows": rows})
        self.level = level

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """With the address of the preview."""
        context = super().get_context(name, value, attrs)
        context["widget"]["preview"] = f"{reverse('core:text_preview')}?veld={name}&niveau={self.level}"
        return context


class StaffTextField(forms.CharField):
    """Text with marks, kept as typed; `level` is that of its first heading on the page, for the preview."""

    def __init__(self, *, level: int = TOP, rows: int = 8, **options: Any) -> None:
        values = {"max_length": LONGEST, "widget": StaffTextarea(level=level, rows=rows)}
        super().__init__(**{**values, **options})

    def to_python(self, value: Any) -> str:
        """The text, with the line ends of any browser."""
        return typed(super().to_python(value) or "")
