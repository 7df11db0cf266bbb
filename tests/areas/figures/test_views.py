"""The pages of figures."""

import io
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from areas.figures.tables import read_rows
from areas.models import AreaKind, AreaName, Indicator, IndicatorValue
from core.models import Intake, PrivateFile
from tests.areas.figures.conftest import Figures, make_indicator
from tests.areas.figures.test_actions import known
from tests.conftest import OPERATOR, Land

SignIn = Callable[[str], Client]
PAGE = "/cijfers/inwoners/"
IMPORT = "/cijfers/inlezen/"


def text(response: Any) -> str:
    body = b"".join(response) if response.streaming else response.content
    return " ".join(str(body.decode()).split())


@pytest.fixture
def steward(as_part: SignIn) -> Client:
    return as_part("steward")


@pytest.fixture
def visitor() -> Client:
    return Client(headers={"accept-language": "nl"})


def test_the_list_shows_the_newest_known_total(
    land: Land, inhabitants: Indicator, figures: Figures, visitor: Client
) -> None:
    make_indicator(land, slug="leeg", name="Leeg cijfer")
    figures(inhabitants, "2023", bergen=1000, midden=200, dalen=50)
    figures(inhabitants, "2024", bergen=1100, midden="suppressed", dalen=60)
    figures(inhabitants, "2025", bergen="unknown")
    page = text(visitor.get("/cijfers/"))
    assert "minstens 1.160 inwoners" in page
    assert "2024" in page
    assert "Leeg cijfer" not in page


def test_without_figures_the_list_says_so(land: Land, visitor: Client) -> None:
    assert "Er zijn nog geen cijfers" in text(visitor.get("/cijfers/"))


def test_a_table_of_areas_from_high_to_low(
    land: Land, inhabitants: Indicator, figures: Figures, visitor: Client
) -> None:
    figures(inhabitants, bergen=100, midden=300, dalen=600)
    page = text(visitor.get(PAGE))
    assert page.index("Dalen</a>") < page.index("Midden</a>") < page.index("Bergen</a>")
    assert "60,0 %" in page
    assert "1.000 inwoners" in page
    assert "minstens" not in page


def test_a_missing_figure_says_why_and_makes_the_total_at_least(
    land: Land, inhabitants: Indicator, figures: Figures, visitor: Client
) -> None:
    figures(inhabitants, bergen=100, midden="suppressed", dalen="unknown")
    page = text(visitor.get(PAGE))
    assert "te weinig om te tonen" in page
    assert "niet bekend" in page
    assert "minstens 100 inwoners" in page
    assert "100,0 %" not in page, "a share of what is not whole would be too large"


def test_what_does_not_add_up_has_no_total(land: Land, figures: Figures, visitor: Client) -> None:
    share = make_indicator(land, slug="aandeel", name="Aandeel", unit="%", decimals=1, is_additive=False)
    figures(share, bergen=10.25, midden=20, dalen=30)
    page = text(visitor.get("/cijfers/aandeel/"))
    assert "10,2" in page
    assert "kun je niet optellen" in page


def test_period_and_kind_can_be_chosen(
    land: Land, inhabitants: Indicator, figures: Figures, visitor: Client
) -> None:
    figures(inhabitants, "2023/2024", bergen=41)
    figures(inhabitants, "2024", bergen=42, noord_deelgemeente=43)
    assert ">41<" in text(visitor.get(f"{PAGE}?periode=2023/2024"))
    assert ">43<" in text(visitor.get(f"{PAGE}?soort=deelgemeente"))
    for nonsense in (
        "?periode=2099",
        "?soort=straat",
        "?periode=%00",
        "?soort=deelgemeente&periode=2023/2024",
    ):
        assert visitor.get(PAGE + nonsense).status_code == 200


def test_old_boundaries_are_named(
    land: Land, inhabitants: Indicator, figures: Figures, visitor: Client
) -> None:
    figures(inhabitants, bergen=1, midden=2, dalen=3)
    assert "andere grenzen" not in text(visitor.get(PAGE))
    land.editions["wijk"].status = "superseded"
    land.editions["wijk"].save()
    page = text(visitor.get(PAGE))
    assert "Deze cijfers gaan over de grenzen van 1 januari 2025" in page
    assert "andere grenzen" in page


def test_example_figures_are_marked_everywhere(land: Land, figures: Figures, visitor: Client) -> None:
    figures(make_indicator(land, is_example=True), bergen=1)
    for path in ("/cijfers/", PAGE):
        assert "voorbeeldcijfers" in text(visitor.get(path))
    assert "voorbeeld-inwoners" in visitor.get("/cijfers/inwoners.csv")["Content-Disposition"]


@pytest.mark.parametrize("extension", ["csv", "xlsx"])
def test_what_goes_out_comes_in_unchanged(
    land: Land, inhabitants: Indicator, figures: Figures, visitor: Client, extension: str
) -> None:
    figures(inhabitants, "2023", bergen=1.234, midden="suppressed", dalen="impossible")
    figures(inhabitants, "2024", bergen=-1234, midden="unknown", dalen=1000000)
    before = known()
    response = visitor.get(f"/cijfers/inwoners.{extension}?soort=wijk")
    data = b"".join(response) if response.streaming else response.content
    rows = read_rows(data)
    assert [row.cells["periode"] for row in rows[:2]] == ["2023", "2024"]
    from areas.actions import import_figures
    from areas.figures.plan import Ask

    plan = import_figures(
        kind=land.kinds["wijk"], indicator=inhabitants, rows=rows, by=OPERATOR, ask=Ask(sign=",")
    )
    assert plan.changes_nothing
    assert len(plan.same) == 6
    assert known() == before


def test_a_download_of_one_period(
    land: Land, inhabitants: Indicator, figures: Figures, visitor: Client
) -> None:
    figures(inhabitants, "2023", bergen=5)
    figures(inhabitants, "2024", bergen=-6)
    lines = text(visitor.get("/cijfers/inwoners.csv?periode=2024"))
    assert lines == "\ufeffcode;gebied;periode;waarde;reden 99999W01;Bergen;2024;-6;"
    assert visitor.get("/cijfers/inwoners.csv?periode=2022").status_code == 404
    assert visitor.get("/cijfers/bestaat-niet.csv").status_code == 404


def start(steward: Client, table: str | bytes, **fields: str) -> str:
    """Upload a table; the address of the page that checks it."""
    data = table.encode() if isinstance(table, str) else table
    response = steward.post(
        IMPORT,
        {"kind": AreaKind.objects.get(slug="wijk").pk, **fields,
         "file": SimpleUploadedFile("proef.csv", data)},
    )  # fmt: skip
    assert response.status_code == 302, text(response)
    return str(response["Location"])


def confirm(steward: Client, path: str, **fields: str) -> Any:
    digest = text(steward.get(path)).split('name="digest" value="')[1].split('"')[0]
    return steward.post(path, {"confirm": "", "digest": digest, **fields})


def test_a_table_comes_in_after_a_look_and_a_yes(land: Land, inhabitants: Indicator, steward: Client) -> None:
    path = start(steward, "naam;2024\nBergen;1200\nMidden;x\nDalen;5\n", indicator=str(inhabitants.pk))
    page = text(steward.get(path))
    assert known() == []
    assert "Lees deze cijfers in" in page
    assert "te weinig om te tonen" in page
    response = confirm(steward, path)
    assert response["Location"] == PAGE
    assert [row[2] for row in known()] == [1200, 5, None]
    assert steward.get(path)["Location"] == IMPORT, "the table is not kept"
    again = start(steward, "naam;2024\nBergen;1200\nMidden;x\nDalen;5\n", indicator=str(inhabitants.pk))
    assert "alles staat er al" in text(steward.get(again))


def test_an_unknown_area_is_chosen_by_hand_and_remembered(
    land: Land, inhabitants: Indicator, steward: Client
) -> None:
    table = "naam;2024\nBregen;7\nGinds;8\nZonder plek;9\n"
    path = start(steward, table, indicator=str(inhabitants.pk))
    page = text(steward.get(path))
    assert "Lees deze cijfers in" not in page
    choices = page.split('name="area_0"')[1].split("</select>")[0]
    assert choices.index(">Bergen<") < choices.index(">Dalen<"), "the likely one first"
    assert "selected" not in choices.split("</option>", 1)[1], "none is taken by itself"
    refused = steward.post(path, {"confirm": "", "digest": "x"})
    assert refused.status_code == 409
    chosen = {"area_0": str(land["bergen"].pk), "area_1": "-", "area_2": "nowhere"}
    assert steward.post(path, {"sign": "", **chosen}).status_code == 302
    assert confirm(steward, path).status_code == 302
    assert {(row[0], row[2]) for row in known()} == {("bergen", 7), ("niet-te-lokaliseren", 9)}
    assert set(AreaName.objects.values_list("name", flat=True)) == {"Bregen", "Zonder plek"}
    assert (
        "Bregen"
        not in text(steward.get(start(steward, table, indicator=str(inhabitants.pk)))).split("Gebieden")[0]
    )


def test_everything_else_can_be_left_out_at_once(land: Land, inhabitants: Indicator, steward: Client) -> None:
    table = "naam;2024\nBergen;7\n" + "".join(f"Elders {number};1\n" for number in range(60))
    path = start(steward, table, indicator=str(inhabitants.pk))
    assert steward.post(path, {"leave_rest": "on", "sign": ""}).status_code == 302
    confirm(steward, path)
    assert known() == [("bergen", "2024", 7, "")]


def test_an_unclear_decimal_sign_is_asked(land: Land, inhabitants: Indicator, steward: Client) -> None:
    path = start(steward, "naam;2024\nBergen;1.234\n", indicator=str(inhabitants.pk))
    page = text(steward.get(path))
    assert "Zeg wat het decimaalteken is" in page
    assert steward.post(path, {"sign": ""}).status_code == 422
    assert steward.post(path, {"sign": ","}).status_code == 302
    confirm(steward, path)
    assert known() == [("bergen", "2024", 1234, "")]


def test_columns_and_period_can_be_pointed_out(land: Land, inhabitants: Indicator, steward: Client) -> None:
    path = start(steward, "plek;bedrag;aantal\nBergen;5;6\n", indicator=str(inhabitants.pk))
    assert "In geen enkele kolom staat de code" in text(steward.get(path))
    wrong = steward.post(path, {"sign": "", "fixed_period": "ooit"})
    assert wrong.status_code == 422
    assert "geen periode" in text(wrong)
    fields = {"sign": "", "fixed_period": "3e kwartaal 2024", "column_name": "plek", "column_value": "bedrag"}
    assert steward.post(path, fields).status_code == 302
    confirm(steward, path)
    assert known() == [("bergen", "2024-Q3", 5, "")]


def test_faulty_rows_are_left_out_when_the_person_says_so(
    land: Land, inhabitants: Indicator, steward: Client
) -> None:
    path = start(steward, "naam;2024\nBergen;7\nDalen;veel\n", indicator=str(inhabitants.pk))
    assert confirm(steward, path).status_code == 422
    assert known() == []
    assert confirm(steward, path, without_faulty="on").status_code == 302
    assert known() == [("bergen", "2024", 7, "")]


def test_with_faults_alone_there_is_nothing_to_leave_out(
    land: Land, inhabitants: Indicator, steward: Client
) -> None:
    page = text(steward.get(start(steward, "naam;2024\nDalen;1\nDalen;2\n", indicator=str(inhabitants.pk))))
    assert "Zonder de foute cijfers is er niets in te lezen" in page
    assert "alles staat er al" not in page
    assert 'name="without_faulty"' not in page


def test_the_check_shows_figures_as_they_are_kept(
    land: Land, inhabitants: Indicator, figures: Figures, steward: Client
) -> None:
    figures(inhabitants, "2024", bergen=Decimal("7.5"))
    page = text(steward.get(start(steward, "naam;2024\nBergen;8,25\n", indicator=str(inhabitants.pk))))
    assert "7,5" in page
    assert "8,25" in page.split("<ins>")[1]


def test_a_file_that_is_no_table_is_refused_where_it_was_chosen(
    land: Land, inhabitants: Indicator, steward: Client
) -> None:
    response = steward.post(
        IMPORT,
        {
            "kind": land.kinds["wijk"].pk,
            "file": SimpleUploadedFile("x.csv", b"PK\x03\x04 no workbook"),
            "period": "ooit",
        },
    )
    assert response.status_code == 422
    assert "Sla" in text(response) or "werkmap" in text(response)
    assert "geen periode" in text(response)


def test_a_table_is_thrown_away_and_belongs_to_one_person(
    land: Land, inhabitants: Indicator, steward: Client, as_part: SignIn
) -> None:
    path = start(steward, "naam;2024\nBergen;7\n", indicator=str(inhabitants.pk))
    assert as_part("administrator").get(path).status_code == 404
    asked = text(steward.get(path)).split('<dialog class="dialog" id="discard"')[1].split("</dialog>")[0]
    assert 'name="discard"' in asked
    assert f'action="{path}"' in asked
    assert steward.post(path, {"discard": ""})["Location"] == IMPORT
    assert not Intake.objects.exists()


def test_an_indicator_is_described_changed_and_taken_away(
    land: Land, steward: Client, visitor: Client
) -> None:
    values = {
        "name": "Inlezen", "decimals": "0", "source": "Stad", "direction": "neither", "classes": "fixed", "class_count": "5",
        "breaks": "2,5; 10", "unit": "bomen",
    }  # fmt: skip
    response = steward.post("/cijfers/nieuw/", values)
    assert response["Location"] == "/cijfers/inlezen/?cijfer=inlezen-2", (
        "the word of a page is not an address"
    )
    indicator = Indicator.objects.get()
    assert [float(limit) for limit in indicator.breaks] == [2.5, 10]
    assert visitor.get("/cijfers/inlezen-2/").status_code == 404, "nothing to see yet"
    edit = "/cijfers/inlezen-2/bewerken/"
    assert "2,5; 10" in text(steward.get(edit))
    for wrong in (
        {"breaks": "10; 5"},
        {"breaks": "x"},
        {"source": ""},
        {"decimals": "2", "hides_small": "on"},
    ):
        assert steward.post(edit, {**values, **wrong}).status_code == 422, wrong
    seen = {**values, "version": indicator.version}
    assert steward.post(edit, {**seen, "name": "Bomen"}).status_code == 302
    late = steward.post(edit, {**seen, "name": "Struiken"})
    assert late.status_code == 409
    assert '<td data-label="Zoals het nu is">Bomen</td><td data-label="Wat jij typte">Struiken</td>' in text(
        late
    )
    indicator.refresh_from_db()
    assert (indicator.name, indicator.slug) == ("Bomen", "inlezen-2")
    IndicatorValue.objects.create(indicator=indicator, area=land["bergen"], period="2024", value=1)
    assert steward.get("/cijfers/inlezen-2/weg/?periode=2023").status_code == 404
    assert steward.post("/cijfers/inlezen-2/weg/", {"periode": "2024"}).status_code == 302
    assert not IndicatorValue.objects.exists()
    assert steward.post("/cijfers/inlezen-2/weg/").status_code == 302
    assert not Indicator.objects.exists()


def test_search_finds_figures_with_a_typing_error(
    land: Land, inhabitants: Indicator, figures: Figures, visitor: Client
) -> None:
    assert PAGE not in text(visitor.get("/zoeken/?q=inwoners"))
    figures(inhabitants, bergen=1)
    for asked in ("inwoners", "inwonrs", "Inwo"):
        assert PAGE in text(visitor.get(f"/zoeken/?q={asked}", follow=True)), asked


def test_the_api(land: Land, inhabitants: Indicator, figures: Figures) -> None:
    make_indicator(land, slug="leeg", name="Leeg")
    figures(inhabitants, "2023", bergen=1, noord_deelgemeente=9)
    figures(inhabitants, "2024", bergen=2.5, midden="suppressed")
    api = Client()
    assert [row["slug"] for row in api.get("/api/v1/cijfers/").json()["results"]] == ["inwoners"]
    one = api.get("/api/v1/cijfers/inwoners/").json()
    assert one["known"] == [
        {"kind": "wijk", "periods": ["2024", "2023"]}, {"kind": "deelgemeente", "periods": ["2023"]},
    ]  # fmt: skip
    common = {"kind": "wijk", "period": "2024", "boundaries": "2025-01-01"}
    assert one["values"] == [
        {"area": str(land["bergen"].uuid), "name": "Bergen", "value": "2.5", "reason": "", **common},
        {"area": str(land["midden"].uuid), "name": "Midden", "value": None, "reason": "suppressed", **common},
    ]

    def values(query: str) -> list[tuple[str, str]]:
        return [
            (row["name"], row["period"])
            for row in api.get(f"/api/v1/cijfers/inwoners/{query}").json()["values"]
        ]

    assert values("?period=2023") == [("Bergen", "2023"), ("Noord", "2023")]
    assert values("?period=2023&kind=deelgemeente") == [("Noord", "2023")]
    assert values("?kind=deelgemeente") == [("Noord", "2023")]
    assert values(f"?area={land['bergen'].uuid}") == [("Bergen", "2023"), ("Bergen", "2024")]
    for bad in ("?period=ooit", "?area=x", "?kind=%C3%A9"):
        assert api.get(f"/api/v1/cijfers/inwoners/{bad}").status_code == 400
    assert api.get("/api/v1/cijfers/leeg/").status_code == 404


def test_the_command(land: Land, inhabitants: Indicator, tmp_path: Any) -> None:
    from django.core.management import CommandError, call_command

    file, out, err = tmp_path / "cijfers.csv", io.StringIO(), io.StringIO()
    file.write_text("naam;aantal\nBergen;1.234\nBregen;5\n", encoding="utf-8")
    asked = {"kind": "wijk", "indicator": "inwoners", "stdout": out, "stderr": err}
    with pytest.raises(CommandError):
        call_command("import_figures", file, **asked, period="2024", decimal_sign=",")
    assert "not known: Bregen (like Bergen" in err.getvalue()
    file.write_text("naam;aantal\nBergen;1.234\n", encoding="utf-8")
    for wrong in ({}, {"period": "ooit"}, {"period": "2024"}, {"period": "2024", "kind": "straat"}):
        with pytest.raises(CommandError):
            call_command("import_figures", file, **{**asked, **wrong})
    assert known() == []
    call_command("import_figures", file, **asked, period="2024", decimal_sign=",")
    assert known() == [("bergen", "2024", 1234, "")]
    assert "1 new" in out.getvalue()


# Attacks, made for this test.


def test_attack_names_of_areas_are_no_page(land: Land, inhabitants: Indicator, steward: Client) -> None:
    land["dalen"].name = "<form action=https://evil.example>"
    land["dalen"].save()
    path = start(steward, f"code;naam;2024\n99999W01;{land['dalen'].name};7\n", indicator=str(inhabitants.pk))
    page = text(steward.get(path))
    assert "&lt;form action" in page
    assert "<form action=https" not in page


def test_attack_what_json_can_write_and_a_database_cannot(
    land: Land, inhabitants: Indicator, steward: Client
) -> None:
    table = r'[{"naam": "Ber\u0000gen\ud800", "2024": 7}, {"naam": "Gi\u0000nds\udfff", "2024": 8}]'
    path = start(steward, table, indicator=str(inhabitants.pk))
    assert steward.get(path).status_code == 200
    assert steward.post(path, {"sign": "", "area_0": str(land["midden"].pk)}).status_code == 302
    assert confirm(steward, path).status_code == 302
    assert {(row[0], row[2]) for row in known()} == {("bergen", 7), ("midden", 8)}


def test_attack_a_yes_that_comes_twice(land: Land, inhabitants: Indicator, steward: Client) -> None:
    path = start(steward, "naam;2024\nBergen;7\n", indicator=str(inhabitants.pk))
    assert confirm(steward, path)["Location"] == PAGE
    again = steward.post(path, {"digest": "x"}, follow=True)
    assert again.redirect_chain == [(IMPORT, 302)]
    assert "is er niet meer: het is al ingelezen, of weggegooid" in text(again)
    assert known() == [("bergen", "2024", 7, "")]


def test_a_faulty_table_is_replaced_on_its_page_and_answers_stay(
    land: Land, inhabitants: Indicator, steward: Client
) -> None:
    path = start(steward, "plek;2024\nBergen;veel\nBregen;8\n", indicator=str(inhabitants.pk))
    steward.post(path, {"sign": "", "column_name": "plek"})
    steward.post(path, {"sign": "", "column_name": "plek", "area_0": str(land["midden"].pk)})
    assert "open" in text(steward.get(path)).split("Vervang het bestand")[0].rsplit("<details", 1)[1]
    unreadable = SimpleUploadedFile("leeg.csv", b"plek;2024\n")
    refused = steward.post(path, {"replace": "", "replace-file": unreadable})
    assert refused.status_code == 422
    assert "geen rijen" in text(refused)
    assert "Regel" not in text(refused)
    mended = SimpleUploadedFile("beter.csv", b"plek;2024\nBergen;7\nBregen;8\n")
    assert steward.post(path, {"replace": "", "replace-file": mended})["Location"] == path
    assert "beter.csv" in text(steward.get(path))
    assert PrivateFile.objects.count() == 1
    assert confirm(steward, path)["Location"] == PAGE
    assert known() == [("bergen", "2024", 7, ""), ("midden", "2024", 8, "")]


def test_two_windows(land: Land, inhabitants: Indicator, steward: Client) -> None:
    """What one window changed is not confirmed by the other, which shows the first."""
    path = start(steward, "naam;2024\nBergen;1.234\n", indicator=str(inhabitants.pk))
    steward.post(path, {"sign": ","})
    shown = text(steward.get(path)).split('name="digest" value="')[1].split('"')[0]
    steward.post(path, {"sign": "."})
    late = steward.post(path, {"digest": shown})
    assert late.status_code == 409
    assert "wat dit bestand zou doen, is veranderd" in text(late)
    assert known() == []
    assert confirm(steward, path)["Location"] == PAGE
    assert known() == [("bergen", "2024", 1.234, "")]


@pytest.mark.parametrize(
    "path",
    [
        "/gebieden/?cijfer=%00",
        "/gebieden/?cijfer=inwoners&periode=%00",
        f"{IMPORT}?cijfer=%00",
        f"{PAGE}weg/?periode=%00",
    ],
)
def test_attack_what_no_database_can_look_for(
    land: Land, inhabitants: Indicator, figures: Figures, steward: Client, path: str
) -> None:
    figures(inhabitants, bergen=7)
    assert steward.get(path).status_code == 200
