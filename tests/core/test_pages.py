"""Lists: what the address asks is what is shown, whole or in part, page by page, and as a file."""

from typing import Any

import pytest
from django import forms
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.utils.translation import ngettext_lazy
from django_htmx.middleware import HtmxDetails

from areas.models import Area
from core.pages import is_part, ordered, show_list, table_file
from core.tables import read_table
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
    assert "download" not in text(wrong)


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
