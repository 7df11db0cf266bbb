"""Lists: what the address asks is what is shown, whole or in part, page by page, and as a file.

Forms: all that was typed is on the page that answers, whatever went wrong.
"""

from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import pytest
from django import forms
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.sessions.backends.signed_cookies import SessionStore
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.test import Client, RequestFactory
from django.utils.translation import ngettext_lazy
from django_htmx.middleware import HtmxDetails

from areas.models import Area
from core.forms import version_field
from core.pages import answer_button, answer_form, is_part, ordered, posted, show_list, table_file
from core.tables import read_table
from core.verbs import Conflict, Refused
from tests.conftest import Land

pytestmark = pytest.mark.django_db
THINGS = ngettext_lazy("%(number)d work location", "%(number)d work locations", "number")
HTMX = {"HX-Request": "true"}
BACK = {"HX-Request": "true", "HX-History-Restore-Request": "true"}


class Filter(forms.Form):
    is_filter = True
    q = forms.CharField(label="Woord", required=False, max_length=9)
    soort = forms.ChoiceField(label="Soort", choices=[("", "Alle"), ("a", "Eerste soort")], required=False)
    open = forms.BooleanField(label="Nu open", required=False)


def listed(query: str = "", rows: Any = ("een", "twee", "drie"), **headers: str) -> HttpResponse:
    request = RequestFactory().get(f"/lijst/{query}", headers=headers)
    request.user, request.htmx = AnonymousUser(), HtmxDetails(request)  # type: ignore[attr-defined]
    form = Filter(request.GET)
    return show_list(
        request, "core/list.html", rows, form=form, words=THINGS, per_page=2, title="Dingen", table="workplaces:table"
    )  # fmt: skip


def text(answer: HttpResponse) -> str:
    return " ".join(answer.content.decode().split())


@pytest.mark.parametrize(
    ("headers", "part"),
    [({}, False), (HTMX, True), (BACK, False), ({"HX-Request": "true", "HX-Boosted": "true"}, False)],
)
def test_htmx_gets_a_part_but_the_way_back_is_whole(headers: dict[str, str], part: bool) -> None:
    answer = listed(**headers)
    assert ("<html" not in text(answer)) is part
    assert 'id="results"' in text(answer)
    assert {"HX-Request", "HX-History-Restore-Request"} <= {v.strip() for v in answer["Vary"].split(",")}


def test_a_request_without_htmx_is_no_part() -> None:
    assert not is_part(RequestFactory().get("/"))


def test_the_count_is_announced_where_htmx_leaves_the_page_as_it_is() -> None:
    assert 'role="status" id="results-status"></p>' in text(listed())
    assert '<span hx-swap-oob="innerHTML:#results-status">3 werklocaties</span>' in text(listed(**HTMX))


@pytest.mark.parametrize(
    ("asked", "shown"), [("1", "1"), ("2", "2"), ("99", "2"), ("-1", "2"), ("x", "1"), ("", "1")]
)
def test_a_page_that_is_not_there_is_the_last(asked: str, shown: str) -> None:
    assert f"Pagina {shown} van 2" in text(listed(f"?page={asked}"))


def test_pages_and_files_keep_the_question() -> None:
    html = text(listed("?q=bib&page=1"))
    assert 'href="?q=bib&amp;page=2"' in html
    assert 'href="/werklocaties/tabel.csv?q=bib" download' in html
    assert 'href="/werklocaties/tabel.xlsx?q=bib" download' in html


def test_each_filter_can_be_taken_off() -> None:
    html = text(listed("?q=bib&soort=a&open=on&page=2"))
    for words, rest in (
        ("Woord: bib", "?soort=a&amp;open=on"),
        ("Soort: Eerste soort", "?q=bib&amp;open=on"),
        ("Nu open", "?q=bib&amp;soort=a"),
    ):
        assert f'<a class="tag" href="{rest}">' in html
        assert f"<span>{words}</span>" in html
    assert '<a class="tag" href="/lijst/">' in text(listed("?q=bib"))
    assert 'class="tag"' not in text(listed("?q=&soort=+&page=2"))


def test_a_tag_shows_what_was_typed_as_text() -> None:
    assert "<b>" not in listed("?q=<b>x").content.decode()


def test_nothing_found_says_what_to_do() -> None:
    assert "Probeer één woord" in text(listed("?q=bib", rows=()))
    assert "Hier is nog niets" in text(listed(rows=()))
    wrong = listed("?soort=weg", rows=())
    assert wrong.status_code == 200
    assert "empty--error" in text(wrong)
    assert " download>" not in text(wrong)


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("?volgorde=naam", ["Bergen", "Dalen", "Midden"]),
        ("?volgorde=-naam", ["Midden", "Dalen", "Bergen"]),
        ("?volgorde=laatste", ["Dalen", "Midden", "Bergen"]),
        ("?volgorde=-laatste", ["Bergen", "Midden", "Dalen"]),
        ("?volgorde=municipality__name", ["Bergen", "Midden", "Dalen"]),
    ],
)
def test_sorting_follows_the_address(land: Land, query: str, names: list[str]) -> None:
    found = Area.objects.of_kind("wijk").order_by("pk")
    request = RequestFactory().get(f"/{query}")
    assert [row.name for row in ordered(request, found, {"naam": ("name",), "laatste": ("-pk",)})] == names


@pytest.mark.parametrize("extension", ["csv", "xlsx"])
def test_a_file_has_the_rows_and_no_formula(extension: str) -> None:
    answer: Any = table_file("dingen", extension, ("naam",), [("=1+1",), ("b",)], title="Dingen")
    assert answer["Content-Disposition"] == f'attachment; filename="dingen.{extension}"'
    data = b"".join(answer)
    assert [row.cells["naam"] for row in read_table(data)] == ["=1+1", "b"]


@pytest.mark.parametrize("extension", ["csv", "xlsx"])
def test_the_table_of_areas_is_the_list(land: Land, extension: str) -> None:
    def names(query: str) -> list[str]:
        data = Client().get(f"/gebieden/tabel.{extension}?{query}").getvalue()
        return [row.cells["naam"] for row in read_table(data)]

    assert set(names("soort=wijk")) == {"Bergen", "Midden", "Dalen"}
    assert names("soort=wijk&volgorde=-naam") == ["Midden", "Dalen", "Bergen"]
    assert len(names("")) == 5
    rows = read_table(Client().get(f"/gebieden/tabel.{extension}?soort=wijk").getvalue())
    bergen = next(row.cells for row in rows if row.cells["naam"] == "Bergen")
    assert (bergen["code"], bergen["soort"], bergen["hectare"], bergen["ligt in"]) == (
        "99999W01",
        "Wijk",
        "1000",
        "Noord",
    )


class Wish(forms.Form):
    name = forms.CharField(label="Naam", max_length=20)
    version = version_field()


@dataclass
class Row:
    """What a verb changes."""

    name: str
    version: str = "1"


class Desk:
    """A form on a row, asked as a view asks it."""

    def __init__(self, outcome: Exception | None = None) -> None:
        self.row, self.outcome, self.done = Row("oud"), outcome, 0

    def apply(self, form: forms.Form) -> Row:
        if self.outcome:
            raise self.outcome
        if form.cleaned_data["version"] != self.row.version:
            raise Conflict(self.row)
        self.done += 1
        self.row = Row(form.cleaned_data["name"], f"{int(self.row.version) + 1}")
        return self.row

    def ask(self, data: dict[str, str] | None = None, **headers: str) -> HttpResponse:
        factory = RequestFactory()
        request = (
            factory.get("/wens/", headers=headers)
            if data is None
            else factory.post("/wens/", data, headers=headers)
        )
        request.user, request.htmx = AnonymousUser(), HtmxDetails(request)  # type: ignore[attr-defined]
        request.session = SessionStore("s" * 32)
        request._messages = self.messages = CookieStorage(request)  # type: ignore[attr-defined]
        form = Wish(posted(request), initial={"name": self.row.name, "version": self.row.version})
        return answer_form(
            request, form, do=lambda: self.apply(form), to=lambda row: f"/wens/{row.name}/", done="Bewaard.", title="Wens",
            again=lambda row: Wish(initial={"name": row.name, "version": row.version}), shown_at={"plek": "name"},
        )  # fmt: skip


def test_a_form_is_shown_and_what_is_saved_leads_on() -> None:
    desk = Desk()
    assert desk.ask().status_code == 200
    answer = desk.ask({"name": "nieuw", "version": "1"})
    assert (answer.status_code, answer["Location"]) == (302, "/wens/nieuw/")
    assert [str(message) for message in desk.messages] == ["Bewaard."]
    by_htmx = desk.ask({"name": "nog", "version": "2"}, **HTMX)
    assert by_htmx["HX-Redirect"] == "/wens/nog/"


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_a_mistake_answers_422_with_all_that_was_typed(headers: dict[str, str]) -> None:
    answer = Desk().ask({"name": "een veel te lange naam voor dit veld", "version": "1"}, **headers)
    html = text(answer)
    assert answer.status_code == 422
    assert 'value="een veel te lange naam voor dit veld"' in html
    assert 'role="alert" tabindex="-1" data-focus-first' in html
    assert '<a href="#id_name">Naam: ' in html
    assert ("<html" in html) is (not headers)
    assert ("hx-post" in html) is bool(headers)


def test_an_empty_form_that_is_sent_is_wrong_too() -> None:
    assert Desk().ask({}).status_code == 422


@pytest.mark.parametrize(
    ("refused", "words"),
    [
        (Refused("Dit mag vandaag niet.", "today"), "<li>Dit mag vandaag niet.</li>"),
        (Refused({"plek": ["Te ver weg."]}, "far"), '<a href="#id_name">Naam: Te ver weg.</a>'),
        (ValidationError({"name": ["Bestaat al."]}), '<a href="#id_name">Naam: Bestaat al.</a>'),
    ],
)
def test_what_a_verb_refuses_stands_at_its_field(refused: Exception, words: str) -> None:
    answer = Desk(refused).ask({"name": "x", "version": "1"})
    assert answer.status_code == 422
    assert words in text(answer)


def test_a_conflict_shows_both_versions_and_saving_again_is_a_choice() -> None:
    desk = Desk()
    desk.row = Row("van hen", "2")
    answer = desk.ask({"name": "van mij", "version": "1"})
    html = text(answer)
    assert answer.status_code == 409
    assert '<td data-label="Zoals het nu is">van hen</td><td data-label="Wat jij typte">van mij</td>' in html
    assert 'value="van mij"' in html
    assert 'name="version" value="2"' in html
    assert desk.ask({"name": "van mij", "version": "2"}).status_code == 302
    assert desk.row.name == "van mij"


def test_a_conflict_about_what_is_the_same_is_none() -> None:
    desk = Desk()
    desk.row = Row("gelijk", "2")
    assert desk.ask({"name": "gelijk", "version": "1"})["Location"] == "/wens/gelijk/"
    assert desk.done == 0


def test_what_is_gone_keeps_what_was_typed() -> None:
    answer = Desk(Conflict(None, "Dit is er niet meer.")).ask({"name": "van mij", "version": "1"})
    assert answer.status_code == 409
    assert "Dit is er niet meer." in text(answer)
    assert 'value="van mij"' in text(answer)


def test_who_may_no_longer_finds_nothing() -> None:
    with pytest.raises(Http404):
        Desk(PermissionDenied()).ask({"name": "x", "version": "1"})


def test_what_was_sent_twice_is_done_once() -> None:
    desk = Desk()
    data = {"name": "x", "version": "1", "once": "a" * 32}
    assert desk.ask(data)["Location"] == "/wens/x/"
    assert desk.ask(data)["Location"] == "/wens/x/"
    assert desk.done == 1


def test_something_else_from_the_same_page_is_no_second_time() -> None:
    desk = Desk()
    data = {"name": "x", "version": "1", "once": "c" * 32}
    assert desk.ask(data)["Location"] == "/wens/x/"
    assert desk.ask({**data, "name": "y"}).status_code == 409, "the way back shows the page of before"
    assert desk.ask({**data, "name": "y", "version": "2"})["Location"] == "/wens/y/"
    assert (desk.done, desk.row.name) == (2, "y")


@pytest.mark.parametrize(
    "outcome", [Refused("Nee.", "no"), PermissionDenied(), RuntimeError("a fault of ours")]
)
def test_what_went_wrong_may_be_sent_again(outcome: Exception) -> None:
    desk = Desk(outcome)
    data = {"name": "x", "version": "1", "once": "b" * 32}
    with suppress(Http404, RuntimeError):
        desk.ask(data)
    desk.outcome = None
    assert desk.ask(data).status_code == 302
    assert desk.done == 1


def test_each_page_of_a_form_is_another() -> None:
    def token() -> str:
        return text(Desk().ask()).split('name="once" value="')[1][:32]

    assert token() != token()
    assert Desk().ask({"name": "x", "version": "1", "once": "../" * 9}).status_code == 302


def pressed(do: Any, **page: Any) -> tuple[HttpResponse, list[tuple[str, str]]]:
    request = RequestFactory().post("/wens/weg/")
    request.user, request.htmx = AnonymousUser(), HtmxDetails(request)  # type: ignore[attr-defined]
    request._messages = said = CookieStorage(request)  # type: ignore[attr-defined]
    answer = answer_button(request, do=do, to="/wensen/", **page)
    return answer, [(message.level_tag, str(message)) for message in said]


def refuse(error: Exception) -> None:
    raise error


def test_a_button_does_it_and_leads_on() -> None:
    answer, said = pressed(lambda: 3, done=lambda number: f"{number} gingen weg.")
    assert (answer.status_code, answer["Location"]) == (302, "/wensen/")
    assert said == [("success", "3 gingen weg.")]
    assert pressed(lambda: None, done="Weg.")[1] == [("success", "Weg.")]
    assert pressed(lambda: None)[1] == []


@pytest.mark.parametrize("refusal", [Refused("Dit mag niet.", "no"), Conflict(None, "Dit mag niet.", "gone")])
def test_what_a_verb_refuses_a_button_is_said_where_it_leads(refusal: Exception) -> None:
    answer, said = pressed(lambda: refuse(refusal), done="Weg.")
    assert (answer.status_code, said) == (302, [("error", "Dit mag niet.")])


def test_a_button_that_is_nobodys_is_not_there() -> None:
    with pytest.raises(Http404):
        pressed(lambda: refuse(PermissionDenied()))
