"""Pages as every app makes them: a list that is filtered, turned over and taken along.

A template that extends `core/list.html` is shown whole, or of it only the block `part` when htmx asks for that: one file, one view.

@open_to_all
@require_GET
def session_list(request: HttpRequest) -> HttpResponse:
    form = SessionFilter(request.GET, municipality=municipality_or_404(request))
    return show_list(request, "live/list.html", form.sessions(), form=form, words=SESSIONS, title=_("Live evenings"))
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from django import forms
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers

from core.forms import value_in_words
from core.tables import CSV, XLSX, csv_lines, xlsx_bytes

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

PER_PAGE = 50
ORDER = "volgorde"  # in the address: how the list is sorted, with a minus for the other way round
VARY = ("HX-Request", "HX-Boosted", "HX-History-Restore-Request")
Rows = TypeVar("Rows", bound=QuerySet[Any, Any])


def is_part(request: HttpRequest) -> bool:
    """Whether htmx asks for a part of the page; going back in history it asks for the page whole."""
    htmx: Any = getattr(request, "htmx", None)
    return bool(htmx) and not htmx.boosted and not htmx.history_restore_request


def nothing(rows: list[Any]) -> Mapping[str, Any]:
    """No more than the rows themselves."""
    return {}


def show(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any],
    *,
    frame: str = "base.html",
    status: int = 200,
) -> HttpResponse:
    """A template that extends `frame`, whole or in part; a browser never takes the one for the other."""
    part = is_part(request)
    whole = {**context, "is_part": part, "frame": "core/part.html" if part else frame}
    response = render(request, template, whole, status=status)
    patch_vary_headers(response, VARY)
    return response


@dataclass(frozen=True)
class Tag:
    """A filter that is on, in words; `url` is the list without it."""

    label: str
    words: str
    url: str


def show_list(
    request: HttpRequest,
    template: str,
    rows: "QuerySet[Any, Any] | Sequence[Any]",
    *,
    words: "_StrPromise",
    form: forms.BaseForm | None = None,
    table: str = "",
    per_page: int = PER_PAGE,
    beside: Callable[[list[Any]], Mapping[str, Any]] = nothing,
    **context: Any,
) -> HttpResponse:
    """A page of a list; past the last page it is the last one.

    `words` say how many there are (`ngettext_lazy` with `number`); `table` is the name of the address, with an extension, of the
    same list as a file; `beside` gives what the template needs of the rows of this page alone. A filter is a question: one that
    makes no sense finds nothing and says so, with 200.
    """
    page = Paginator(rows, per_page).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    asked = f"?{query.urlencode()}" if query else ""
    found = {
        "page": page,
        "words": words % {"number": page.paginator.count},
        "form": form,
        "tags": tags_of(form, request) if form is not None else [],
        "tables": [
            (name, reverse(table, args=[extension]) + asked)
            for name, extension in (("CSV", "csv"), ("Excel", "xlsx"))
            if table and page.paginator.count
        ],
    }
    return show(request, template, {**found, **beside(list(page.object_list)), **context})


def tags_of(form: forms.BaseForm, request: HttpRequest) -> list[Tag]:
    """The filters that are on; what was asked but makes no sense can be taken off too."""
    tags = []
    for bound in form:
        asked = [text for text in request.GET.getlist(bound.html_name) if text.strip()]
        if not asked or asked == [bound.initial] or (bound.errors and getattr(form, "is_lenient", False)):
            continue
        rest = request.GET.copy()
        for name in (bound.html_name, "page"):
            rest.pop(name, None)
        is_choice = isinstance(bound.field, forms.BooleanField)
        value = getattr(form, "cleaned_data", {}).get(bound.name, ", ".join(asked))
        words = "" if is_choice else value_in_words(bound.field, value)
        tags.append(Tag(str(bound.label), words, f"?{rest.urlencode()}" if rest else request.path))
    return tags


def ordered(request: HttpRequest, rows: Rows, orders: Mapping[str, Sequence[str]]) -> Rows:
    """The rows sorted as the address asks, by one of the columns that the list offers; else as they are."""
    asked = request.GET.get(ORDER, "")
    fields = orders.get(asked.removeprefix("-"))
    if not fields:
        return rows
    ways = {True: "-", False: ""}
    return rows.order_by(
        *(
            f"{ways[asked.startswith('-') != field.startswith('-')]}{field.removeprefix('-')}"
            for field in fields
        )
    )


def table_file(
    name: str, extension: str, columns: Sequence[str], rows: Iterable[Sequence[object]], *, title: str
) -> HttpResponseBase:
    """The rows as a file to keep, csv or xlsx; no cell starts a formula."""
    response: HttpResponseBase
    if extension == "csv":
        response = StreamingHttpResponse(csv_lines(columns, rows), content_type=CSV)
    else:
        response = HttpResponse(xlsx_bytes(columns, rows, title), content_type=XLSX)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{extension}"'
    return response
