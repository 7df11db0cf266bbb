"""Makes and fills documents of Word: a reader of `core.bounded` for `office.py`; a template of others is a program of theirs.

It runs in jinja2's sandbox and knows nothing but the words that were given along: text, numbers, lists, yes or no.
"""

import base64
import io
import re
import traceback
from collections.abc import Callable
from typing import Any

NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
INK = "13201E"
SERIF = "Cambria"
LONGEST = 300  # characters of a paragraph that is shown
MOST_WORDS = 60
NOT_FOR_TEMPLATES = ("safe", "pprint", "xmlattr", "urlize", "attr", "map")


class Fault(Exception):
    """What is wrong with a template: `told` says it to a program."""

    def __init__(self, **told: Any) -> None:
        super().__init__()
        self.told = told


def environment() -> Any:
    """Where a template runs."""
    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment
    from jinja2.utils import missing

    class Unknown(StrictUndefined):
        """A word that is not there: names itself, and the words that are."""

        def _fail_with_undefined_error(self, *args: Any, **kwargs: Any) -> Any:
            known = self._undefined_obj
            words = sorted(known) if isinstance(known, dict) else []
            if known is missing:
                raise Fault(fault="word", word=str(self._undefined_name))
            raise Fault(fault="part", word=str(self._undefined_name), words=words[:MOST_WORDS])

        __str__ = __iter__ = __len__ = __eq__ = __ne__ = __bool__ = __hash__ = _fail_with_undefined_error
        __add__ = __radd__ = __getitem__ = __lt__ = __le__ = __gt__ = __ge__ = __call__ = (
            _fail_with_undefined_error
        )
        __contains__ = __sub__ = __mul__ = __mod__ = __int__ = __float__ = _fail_with_undefined_error

        def __getattr__(self, name: str) -> Any:
            if name.startswith("__"):
                raise AttributeError(name)
            return self._fail_with_undefined_error()

    made = ImmutableSandboxedEnvironment(undefined=Unknown, autoescape=True)
    made.globals.clear()
    for name in NOT_FOR_TEMPLATES:
        made.filters.pop(name, None)
    return made


def filled(data: bytes, words: dict[str, Any]) -> bytes:
    """The document that a template makes of the words; raises Fault."""
    from docxtpl import DocxTemplate
    from jinja2 import TemplateError, TemplateSyntaxError, meta

    class Read(DocxTemplate):  # type: ignore[misc]  # docxtpl says Any
        """Remembers what it reads, a paragraph a line, and looks for unknown words before it begins."""

        source = ""

        def render_xml_part(self, src_xml: str, part: Any, context: Any, jinja_env: Any = None) -> str:
            self.source = re.sub(r"<w:p([ >])", r"\n<w:p\1", src_xml)
            unknown = meta.find_undeclared_variables(jinja_env.parse(self.source)) - set(context)
            if unknown:
                word = min(unknown)
                raise Fault(fault="word", word=word, where=with_word(self.source, word))
            written: str = super().render_xml_part(src_xml, part, context, jinja_env)
            return written

    template = Read(io.BytesIO(data))
    try:
        template.render(clean(words), jinja_env=environment(), autoescape=True)
    except Fault as fault:
        fault.told.setdefault("where", paragraph(template.source, line_of(fault)))
        raise
    except TemplateSyntaxError as error:
        word = "open" if "end of template" in str(error.message) else "mark"
        raise Fault(fault=word, where=paragraph(template.source, error.lineno)) from error
    except (TemplateError, TypeError, ValueError, ArithmeticError, LookupError, AttributeError) as error:
        raise Fault(fault="mark", where=paragraph(template.source, line_of(error))) from error
    made = io.BytesIO()
    template.save(made)
    return made.getvalue()


def clean(value: Any) -> Any:
    """The words without the characters that XML does not know."""
    if isinstance(value, str):
        return NOT_IN_XML.sub("", value)
    if isinstance(value, list):
        return [clean(one) for one in value]
    if isinstance(value, dict):
        return {str(name): clean(one) for name, one in value.items()}
    return value


def line_of(error: BaseException) -> int:
    """The line of the template at which something went wrong; 0 when that is not known."""
    lines = [
        number
        for frame, number in traceback.walk_tb(error.__traceback__)
        if frame.f_code.co_filename == "<template>"
    ]
    return lines[-1] if lines else 0


def paragraph(source: str, line: int) -> str:
    """The text of a paragraph of the template."""
    lines = source.splitlines()
    return text_of(lines[line - 1]) if 0 < line <= len(lines) else ""


def with_word(source: str, word: str) -> str:
    """The first paragraph that holds a word between marks."""
    found = re.compile(rf"\{{[{{%][^}}]*\b{re.escape(word)}\b")
    return next(
        (text_of(line) for line in source.splitlines() if found.search(re.sub(r"<[^>]+>", "", line))), ""
    )


def text_of(xml: str) -> str:
    """What one reads of a piece of a document."""
    return re.sub(r"<[^>]+>", "", xml).strip()[:LONGEST]


def made(*, lines: list[dict[str, Any]], title: str, language: str) -> bytes:
    """A template of our own: lines in a style, and tables with a row for each of a list."""
    from docx import Document
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    document = Document()
    document.core_properties.title = title
    document.core_properties.author = ""
    document.core_properties.comments = ""
    document.core_properties.language = language
    defaults = document.styles.element.find(qn("w:docDefaults"))
    for spoken in defaults.iter(qn("w:lang")):
        spoken.set(qn("w:val"), language)
    for name, size in (("Normal", 11), ("Title", 24), ("Heading 1", 15), ("Heading 2", 12)):
        style = document.styles[name]
        style.font.name, style.font.size = SERIF, Pt(size)
        style.font.color.rgb = RGBColor.from_string(INK)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
    for line in lines:
        if "columns" in line:
            table_of(document, **line)
        else:
            written = document.add_paragraph(line["text"], style=line["style"])
            written.paragraph_format.page_break_before = line["new_page"] or None
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def table_of(document: Any, *, columns: list[list[str]], each: str, of: str) -> None:
    """A table with a head, and a row for each one of a list."""
    from docx.oxml import OxmlElement

    table = document.add_table(rows=0, cols=len(columns), style="Table Grid")
    head = table.add_row()
    head._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for cell, (title, _word) in zip(head.cells, columns, strict=True):
        cell.paragraphs[0].add_run(title).bold = True
    table.add_row().cells[0].text = f"{{%tr for {each} in {of} %}}"
    for cell, (_title, word) in zip(table.add_row().cells, columns, strict=True):
        cell.text = f"{{{{ {word} }}}}"
    table.add_row().cells[0].text = "{%tr endfor %}"
    document.add_paragraph()


def start() -> Callable[[dict[str, Any]], Any]:
    """What answers: "make" or "fill"."""

    def answer(question: dict[str, Any]) -> dict[str, Any]:
        do = question.pop("do")
        try:
            content = (
                made(**question)
                if do == "make"
                else filled(base64.b64decode(question["data"]), question["words"])
            )
        except Fault as fault:
            return fault.told
        return {"docx": base64.b64encode(content).decode()}

    return answer
