"""Pages as every app makes them: a list that is filtered, turned over and taken along, and a form that loses nothing.

A template that extends `core/list.html` or `core/form.html` is shown whole, or of it only the block `part` when htmx asks for that.

@open_to_all
@require_GET
def session_list(request: HttpRequest) -> HttpResponse:
    form = SessionFilter(request.GET, municipality=municipality_or_404(request))
    return show_list(request, "live/list.html", form.sessions(), form=form, words=SESSIONS, title=_("Live evenings"))

def session_edit(request: HttpRequest, slug: str) -> HttpResponse:
    session = permitted_or_404(Session.objects.all(), request.user, "live.change_session", slug=slug)
    form = SessionForm(posted(request), session=session)
    return answer_form(request, form, do=lambda: form.apply(by=request.user), to=session, done=_("Saved."), title=session.name,
                       again=lambda now: SessionForm(session=now))
"""

import re
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.core.cache import cache
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render, resolve_url
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.crypto import salted_hmac
from django.utils.functional import Promise
from django_htmx.http import HttpResponseClientRedirect

from core.changes import changes_since
from core.forms import AS_THEY_ARE, Difference, add_errors, differences, renew, value_in_words
from core.tables import CSV, XLSX, csv_lines, xlsx_bytes
from core.verbs import Conflict

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

PER_PAGE = 50
ORDER = "volgorde"  # in the address: how the list is sorted, with a minus for the other way round
VARY = ("HX-Request", "HX-Boosted", "HX-History-Restore-Request")
ONCE = "once"  # the field that names one page of a form
TOKEN = re.compile("[0-9a-f]{32}")
KEPT = 3600  # seconds
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
        known = getattr(form, "cleaned_data", {})
        words = value_in_words(bound.field, known[bound.name]) if bound.name in known else ", ".join(asked)
        if isinstance(bound.field, forms.BooleanField):
            words = ""
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


def posted(request: HttpRequest) -> QueryDict | None:
    """What was sent, for a form; None when its page is only asked for."""
    return request.POST if request.method == "POST" else None


def show_form(
    request: HttpRequest,
    form: forms.BaseForm,
    *,
    template: str = "core/form.html",
    frame: str = "base.html",
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    """The page of a form, or the form alone for htmx: `title`, `lead`, the word on its `button`, where one goes `back` to."""
    return show(request, template, {"form": form, ONCE: uuid4().hex, **context}, frame=frame, status=status)


def answer_form(
    request: HttpRequest,
    form: forms.BaseForm,
    *,
    do: Callable[[], Any],
    to: Any,
    done: str | Promise = "",
    shown_at: Mapping[str, str] = AS_THEY_ARE,
    again: Callable[[Any], forms.BaseForm] | None = None,
    **page: Any,
) -> HttpResponse:
    """Show a form, or do with it what was asked and lead on; whatever goes wrong, all that was typed is on the page that answers.

    `do` calls the verb. Then `to` is where one goes on (a function gets what the verb gave, and may answer by itself), with
    `done` as words. What the verb refuses stands at its field (`shown_at` names another), with 422. When somebody else was
    first, the page answers 409 with both versions; `again` makes the form of what there is now, and saving once more is a
    choice. What was sent twice is done once. The rest is for `show_form`.
    """
    if request.method != "POST":
        return show_form(request, form, **page)
    if not form.is_valid():
        return show_form(request, form, status=422, **page)
    sent = Sent(request)
    if sent.before:
        return _lead_on(request, sent.led_to or request.path, done)
    try:
        result = do()
    except Conflict as conflict:
        sent.forget()
        current = conflict.current
        both = differences(form, again(current)) if again and current is not None else None
        if both == []:  # what is asked is there already
            return _lead_on(request, to(current) if callable(to) else to, done)
        page["conflict"] = _conflict(form, conflict, both)
        return show_form(request, form, status=409, **page)
    except PermissionDenied:  # the role ended, or the thing moved away, while the person was typing
        sent.forget()
        raise Http404 from None
    except ValidationError as error:
        sent.forget()
        add_errors(form, error, shown_at=shown_at)
        return show_form(request, form, status=422, **page)
    except BaseException:
        sent.forget()
        raise
    target = to(result) if callable(to) else to
    if isinstance(target, HttpResponse):
        sent.leads_to(target.headers.get("Location", ""))
        return target
    sent.leads_to(resolve_url(target))
    return _lead_on(request, target, done)


def answer_button(
    request: HttpRequest,
    *,
    do: Callable[[], Any],
    to: Any,
    done: str | Promise | Callable[[Any], str | Promise] = "",
) -> HttpResponse:
    """Do what a button asks, in which nothing was typed, and lead on; what the verb refuses is said where that leads.

    `do` calls the verb; `done` are words, or gives those of what the verb gave.
    """
    try:
        result = do()
    except PermissionDenied:
        raise Http404 from None
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return _lead_on(request, to, "")
    return _lead_on(request, to, done(result) if callable(done) else done)


def _conflict(form: forms.BaseForm, conflict: Conflict, both: list[Difference] | None) -> dict[str, Any]:
    """What `partials/conflict.html` shows; the form goes on from what there is now."""
    seen, current = form.cleaned_data.get("version", ""), conflict.current
    if current is not None and "version" in form.fields:
        renew(form, current.version)
    return {
        "words": str(conflict),
        "changes": changes_since(current, seen) if current is not None and seen else [],
        "differences": both or [],
        "is_gone": current is None,
    }


def _lead_on(request: HttpRequest, target: Any, done: str | Promise) -> HttpResponse:
    if done:
        messages.success(request, str(done))
    url = resolve_url(target)
    return HttpResponseClientRedirect(url) if is_part(request) else redirect(url)


class Sent:
    """One page of a form that was sent: a second time, it is led to where the first one ended.

    Who goes back to the page and sends something else from it, asks something else.
    """

    def __init__(self, request: HttpRequest) -> None:
        token = request.POST.get(ONCE, "")
        who = request.user.pk or request.session.session_key
        self.key = f"once:{who}:{token}:{_said(request)}" if who and TOKEN.fullmatch(token) else ""
        self.before = bool(self.key) and not cache.add(self.key, "", KEPT)

    @property
    def led_to(self) -> str:
        """Where the first one ended; waits for it a moment, since two clicks come close after each other."""
        for _try in range(20):
            if url := cache.get(self.key):
                return str(url)
            time.sleep(0.1)
        return ""

    def leads_to(self, url: str) -> None:
        """It is done."""
        if self.key:
            cache.set(self.key, url, KEPT)

    def forget(self) -> None:
        """Nothing was done: it may be sent again."""
        if self.key:
            cache.delete(self.key)


def _said(request: HttpRequest) -> str:
    """A print of where a form was sent and what stands in it; two clicks have the same."""
    typed = [(name, values) for name, values in request.POST.lists() if name != "csrfmiddlewaretoken"]
    files = [(name, str(file), getattr(file, "size", 0)) for name, file in request.FILES.items()]
    # With our key: what stands in it may be a password.
    return salted_hmac("core.pages", repr((request.path, typed, files)), algorithm="sha256").hexdigest()[:32]


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
