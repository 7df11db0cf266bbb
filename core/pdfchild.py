"""Sets a page as PDF/UA: a reader of `core.bounded` for `pdf.py`; a long document takes seconds and hundreds of megabytes.

It asks the network for nothing: what a page names is among the files that were given along, or is not there.
"""

import base64
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

PLACE = "site:/"  # where relative addresses begin; no machine is behind it
SVG = re.compile(r"<svg\b[^>]*>")
WORDS = re.compile(r'aria-label="([^"]*)"')
VARIABLE = re.compile(r"var\(\s*(--[\w-]+)\s*(?:,\s*([^()]*))?\)")
DEEPEST = 9  # variables in variables


class Untitled(Exception):
    """A page without a title or a language, which PDF/UA asks for."""

    word = "untitled"


def made(html: str, *, styles: list[str], drawings: list[str], files: Mapping[str, list[str]]) -> bytes:
    """The PDF of a page; `files` are by address: bytes in base 64, and what they are."""
    from weasyprint import CSS, HTML
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class Given(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
        """Answers with what was given along."""

        def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
            content, content_type = files[url.removeprefix(PLACE.rstrip("/"))]
            return URLFetcherResponse(url, base64.b64decode(content), {"Content-Type": content_type})

    given = Given()
    page = HTML(string=coloured(html, styles + drawings), base_url=PLACE, url_fetcher=given)
    sheets = [CSS(string=one, base_url=PLACE, url_fetcher=given) for one in styles]
    options: dict[str, Any] = {"pdf_variant": "pdf/ua-1", "pdf_tags": True, "presentational_hints": True}
    document = page.render(stylesheets=sheets, **options)
    if not document.metadata.title or not document.metadata.lang:
        raise Untitled
    content: bytes = document.write_pdf(**options)
    return content


def coloured(html: str, sheets: list[str]) -> str:
    """The page, in which each drawing holds its words and the rules of our style sheets: WeasyPrint looks for both inside it."""
    rules = "\n".join(plain_rules(sheets)) if "<svg" in html else ""

    def told(tag: re.Match[str]) -> str:
        words = WORDS.search(tag[0])
        return f"{tag[0]}{f'<title>{words[1]}</title>' if words else ''}<style>{rules}</style>"

    return SVG.sub(told, html)


def plain_rules(sheets: list[str]) -> Iterator[str]:
    """The rules for shapes, without layers and with the values of variables in the place of their names."""
    import cssselect2
    import tinycss2

    values: dict[str, str] = {}
    found = []
    for selector, declarations in _rules("\n".join(sheets)):
        if selector == ":root":
            values |= {name: value for name, value in declarations if name.startswith("--")}
        shapes = [(name, value) for name, value in declarations if name in DRAWN]
        try:
            cssselect2.compile_selector_list(tinycss2.parse_component_value_list(selector))
        except cssselect2.SelectorError:
            continue
        if shapes:
            found.append((selector, shapes))
    for selector, shapes in found:
        said = "; ".join(f"{name}: {resolved(value, values)}" for name, value in shapes)
        yield f"{selector} {{ {said} }}"


DRAWN = {
    "fill", "fill-opacity", "font-family", "font-size", "font-style", "font-weight", "opacity", "stroke", "stroke-dasharray",
    "stroke-linecap", "stroke-linejoin", "stroke-opacity", "stroke-width", "text-anchor",
}  # fmt: skip


def _rules(css: str) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Selector and declarations of each rule, in layers too; not those for a medium, which paper is not."""
    import tinycss2

    for rule in tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True):
        if rule.type == "at-rule" and rule.lower_at_keyword == "layer" and rule.content is not None:
            yield from _rules(tinycss2.serialize(rule.content))
        elif rule.type == "qualified-rule":
            declared = tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True)
            yield tinycss2.serialize(rule.prelude).strip(), [
                (one.name if one.name.startswith("--") else one.lower_name, tinycss2.serialize(one.value).strip())
                for one in declared
                if one.type == "declaration"
            ]  # fmt: skip


def resolved(value: str, values: Mapping[str, str]) -> str:
    """A value in which no variable is left."""
    for _depth in range(DEEPEST):
        if "var(" not in value:
            break
        value = VARIABLE.sub(lambda found: values.get(found[1], found[2] or ""), value)
    return value


def start() -> Callable[[dict[str, Any]], Any]:
    """What answers."""

    def answer(question: dict[str, Any]) -> str:
        return base64.b64encode(made(question.pop("html"), **question)).decode()

    return answer
