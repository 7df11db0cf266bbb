"""A made-up app shows its points, lines and polygons on map, list, panel, paper, OGC API and in search; nobody else knows of it."""

import ast
import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django.fixtures import DjangoAssertNumQueries

from tests import made_up
from tests.conftest import Land
from tests.made_up import STEEL, Bench, Meadow, Route

ROOT = Path(__file__).parents[2]
# In Bergen, from Bergen into Midden, in Dalen; see `Land`.
ON_THE_SQUARE, TO_MIDDEN = "POINT (4.72 51.45)", "LINESTRING (4.72 51.45, 4.76 51.45)"


@pytest.fixture
def app(land: Land) -> Iterator[Land]:
    """The made-up app with a bench in Bergen and one that has no place yet, a route and a meadow."""
    with made_up.installed():
        of = {"municipality": land.municipality}
        Bench.objects.create(
            slug="linde", name="Bank <onder> de linde", place=made_up.place(ON_THE_SQUARE), **of
        )
        Bench.objects.create(slug="loods", name="Bank in de loods", made_of=STEEL, **of)
        Route.objects.create(slug="kerkpad", name="Kerkpad", place=made_up.place(TO_MIDDEN), **of)
        field = "MULTIPOLYGON (((4.721 51.41, 4.731 51.41, 4.731 51.42, 4.721 51.42, 4.721 51.41)))"
        Meadow.objects.create(slug="broek", name="Het Broek", place=made_up.place(field), **of)
        cache.clear()
        yield land
    cache.clear()


def page(path: str) -> str:
    response = Client().get(path, headers={"accept-language": "nl"})
    assert response.status_code == 200, path
    return response.content.decode()


def collection(path: str) -> list[dict[str, Any]]:
    body = Client().get(path, headers={"accept-encoding": "gzip"}).content
    found: list[dict[str, Any]] = json.loads(gzip.decompress(body) if body[:2] == b"\x1f\x8b" else body)[
        "features"
    ]
    return found


def test_the_script_is_told_how_to_draw_them(app: Land) -> None:
    text = re.search(r'<script id="map-config"[^>]*>(.*?)</script>', page("/kaart/"))
    assert text
    config = json.loads(text[1])
    layers = {layer["slug"]: layer for layer in config["layers"]}
    assert list(layers) == ["werklocaties", "banken", "acties", "routes", "weiden", "raden"]
    assert layers["banken"]["symbol"] == "council"
    assert layers["banken"]["pages"] == "/banken/"
    assert layers["banken"]["namedBy"] == ["name", "made_of"]
    assert layers["banken"]["filters"] == {"stof": "made_of"}
    assert "z12" in layers["banken"]["variants"]
    assert layers["routes"]["variants"] == ["full"]
    assert config["filters"] == ["dienst", "stof"]


def test_the_drawn_map_has_a_sign_a_line_and_a_face(app: Land) -> None:
    html = page("/kaart/?soort=wijk")
    for choice in ("banken:linde", "routes:kerkpad", "weiden:broek"):
        assert f'href="/kaart/?soort=wijk&amp;kies={choice}"' in html
    drawing = html.partition('id="map-drawing"')[2].partition('id="map"')[0]
    assert drawing.count("thing-line") == drawing.count("thing-face") == 1
    assert "Bank &lt;onder&gt; de linde" in drawing
    for slug in ("banken", "routes", "weiden"):
        assert f'name="lagen" value="{slug}"' in html


def test_a_layer_that_is_off_is_neither_drawn_nor_listed(app: Land) -> None:
    html = page("/kaart/?lagen=routes")
    assert "kies=routes:kerkpad" in html
    assert "kies=banken:linde" not in html


def test_the_panel_lists_them_and_opens_each(app: Land) -> None:
    html = page("/kaart/paneel/").partition("</aside>")[0]
    assert [html.index(words) for words in ("Banken", "Routes", "Weiden")] == sorted(
        html.index(words) for words in ("Banken", "Routes", "Weiden")
    )
    assert 'href="/kaart/?kies=banken:loods"' in html  # without a place, in lists all the same
    one = page("/kaart/paneel/?kies=routes:kerkpad")
    assert 'data-bounds="4.720000,51.450000,4.760000,51.450000"' in one
    assert re.search(r'data-sign="4\.7\d+,51\.450000"', one)
    panel = one.partition("</aside>")[0]
    assert "Kerkpad" in panel
    assert "kies=wijk:bergen" in panel
    assert "kies=wijk:midden" in panel
    assert 'class="button"' not in panel  # it has no page
    bench = page("/kaart/paneel/?kies=banken:linde").partition("</aside>")[0]
    assert 'class="button" href="/banken/linde/"' in bench
    assert "Van hout" in bench
    assert 'id="panel-title"' in page("/kaart/paneel/?kies=banken:nergens")


def test_the_panel_of_an_area_has_what_lies_in_it(app: Land) -> None:
    bergen, dalen = (
        page(f"/kaart/paneel/?kies=wijk:{slug}").partition("</aside>")[0] for slug in ("bergen", "dalen")
    )
    assert "Bank &lt;onder&gt;" in bergen
    assert "Kerkpad" in bergen
    assert "Kerkpad" not in dalen
    assert "Banken" not in dalen  # nothing there, and nothing to say about that
    midden = page("/kaart/paneel/?kies=wijk:midden").partition("</aside>")[0]
    assert "Kerkpad" in midden


def test_a_filter_narrows_list_drawing_and_counts(app: Land) -> None:
    html = page("/kaart/?stof=staal&soort=wijk")
    assert '<option value="staal" selected>' in html
    assert "kies=banken:linde" not in html
    assert "stof=staal&amp;kies=banken:loods" in html
    assert "0 × Staal" in html
    assert "1 × Hout" in page("/kaart/paneel/?stof=hout")
    assert "Van Staal" in page("/kaart/paneel/?stof=staal&kies=wijk:bergen")
    assert "Hier niet." in page("/kaart/paneel/?stof=staal&kies=wijk:bergen")
    assert "kies=banken:linde" in page("/kaart/?stof=goud")  # an unknown word filters nothing


def test_the_list_beside_the_map_says_the_same(app: Land) -> None:
    html = page("/gebieden/")
    assert 'href="/banken/linde/"' in html
    assert 'href="/kaart/?kies=routes:kerkpad"' in html  # it has no page
    assert "Het Broek" in html
    assert "Het Broek" not in page("/gebieden/?lagen=routes")
    steel = page("/gebieden/?stof=staal")
    assert "/banken/loods/" in steel
    assert "/banken/linde/" not in steel
    assert "/banken/linde/" in page("/gebieden/?stof=goud")
    assert 'href="/gebieden/?soort=wijk&amp;lagen=routes&amp;stof=staal"' in page(
        "/kaart/?lagen=routes&stof=staal"
    )


def test_geojson(app: Land, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    (bench,) = collection("/kaartlagen/banken.geojson")
    assert bench["geometry"] == {"type": "Point", "coordinates": [4.72, 51.45]}
    assert bench["properties"] == {"slug": "linde", "name": "Bank <onder> de linde", "made_of": "hout"}
    (route,) = collection("/kaartlagen/routes.geojson")
    assert route["geometry"]["type"] == "LineString"
    assert route["properties"]["label_lat"] == 51.45
    (meadow,) = collection("/kaartlagen/weiden.geojson")
    assert meadow["geometry"]["type"] == "MultiPolygon"
    assert 4.721 < meadow["properties"]["label_lon"] < 4.731
    first = Client().get("/kaartlagen/routes.geojson")
    with django_assert_num_queries(0):
        again = Client().get("/kaartlagen/routes.geojson", headers={"if-none-match": first["ETag"]})
    assert again.status_code == 304


def test_a_version_follows_every_change_at_one_query(
    app: Land, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    def version() -> str:
        (layer,) = made_up.benches(municipality=app.municipality)
        with django_assert_num_queries(1):
            found = layer.version()
            assert layer.count is not None
            layer.count()
        return found

    seen = [version()]
    bench = Bench.objects.get(slug="linde")
    bench.save()
    seen.append(version())
    moment = bench.updated_at
    bench.delete()
    seen.append(version())
    # Another in its place that is as old: neither the number nor the moment tells them apart.
    other = Bench.objects.create(
        municipality=app.municipality, slug="eik", name="Eik", place=made_up.place(ON_THE_SQUARE)
    )
    Bench.objects.filter(pk=other.pk).update(updated_at=moment)
    seen.append(version())
    assert len(set(seen)) == 4


@pytest.mark.parametrize(
    ("slug", "kind"), [("banken", "Point"), ("routes", "LineString"), ("weiden", "MultiPolygon")]
)
def test_they_are_collections_of_the_ogc_api(app: Land, slug: str, kind: str) -> None:
    about = Client().get(f"/ogc/collections/{slug}?f=json").json()
    assert about["extent"]["spatial"]["bbox"][0][0] == pytest.approx(4.72, abs=0.002)
    (feature,) = (
        Client().get(f"/ogc/collections/{slug}/items?f=json&bbox=4.7,51.4,4.8,51.5").json()["features"]
    )
    assert feature["geometry"]["type"] == kind
    assert feature["properties"].get("page") == (
        "http://testserver/banken/linde/" if slug == "banken" else None
    )
    assert (
        Client().get(f"/ogc/collections/{slug}/items?f=json&bbox=4.8,51.5,4.9,51.6").json()["features"] == []
    )
    html = page(f"/ogc/collections/{slug}?f=html")
    assert ("Groendienst" in html) is (slug == "banken")
    assert f"/kaartlagen/{slug}.geojson" in page("/open-data/")


def test_search_opens_them_on_the_map(app: Land) -> None:
    assert 'data-choice="banken:linde"' in page("/zoeken/suggesties/?q=linde")
    assert 'href="/kaart/?kies=banken:linde"' in page("/zoeken/?q=linde&alles")


def test_the_map_asks_little_with_all_of_them(app: Land, long_memory: None) -> None:
    page("/kaart/")
    for path in ("/kaart/", "/kaart/?kies=wijk:bergen", "/kaart/?kies=routes:kerkpad", "/gebieden/"):
        with CaptureQueriesContext(connection) as queries:
            page(path)
        told = "\n".join([path, *(query["sql"][:160] for query in queries.captured_queries)])
        assert len(queries) <= 12 + 1, told  # one of councils, which came later than the bound


APPS = {"reports", "live", "participation", "councils", "plans", "workplaces"}


def named(path: Path) -> set[str]:
    """The apps that a file imports, or names in a text such as "workplaces.WorkLocation" or "workplaces:list"."""
    words: list[str] = []
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            words += [name.name for name in node.names]
        elif isinstance(node, ast.ImportFrom):
            words.append(node.module or "")
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            words += re.findall(r"^\w+(?=[.:]\w)", node.value)
    return {word.partition(".")[0] for word in words} & APPS


def test_the_portal_knows_no_app_by_name() -> None:
    files = [path for path in (ROOT / "portal").rglob("*.py") if "demo" not in path.parts]
    assert len(files) > 15
    assert {str(path.relative_to(ROOT)): found for path in files if (found := named(path))} == {}
    # The test sees a name where there is one.
    assert named(ROOT / "portal/demo/loader.py") == {"workplaces"}
    assert named(ROOT / "workplaces/loop.py") == {"workplaces"}


def test_nor_do_its_pages_and_the_script_of_the_map() -> None:
    led = re.compile(rf"url '({'|'.join(APPS)}):|/(werklocaties|raden|plannen|participatie)/")
    files = [*(ROOT / "templates/portal").rglob("*.html"), *(ROOT / "static/js/map").glob("*.js")]
    assert len(files) > 30
    assert [str(path.relative_to(ROOT)) for path in files if led.search(path.read_text())] == []
    assert led.search("{% url 'workplaces:list' %}")
