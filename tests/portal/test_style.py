"""The look: the style page, the frame of every page, the error pages, and promises about the CSS."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.template.loader import render_to_string
from django.test import Client, RequestFactory

from accounts.models import User
from core.specimens import Specimen, specimens
from portal.style import PARTS
from tests.conftest import Land

CSS = sorted((settings.BASE_DIR / "static" / "css").rglob("*.css"))
TEMPLATES = sorted((settings.BASE_DIR / "templates").rglob("*.html"))
LAYERS = ("tokens", "base", "layout", "components", "map", "pages", "print")


def words(css: str) -> str:
    """The CSS without its comments."""
    return re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)


def page(client: Client, url: str = "/stijl/", **headers: str) -> str:
    response = client.get(url, headers=headers)
    assert response.status_code == 200
    return response.content.decode()


# The style page


def test_style_page_shows_every_part(client: Client, land: Land) -> None:
    html = page(client)
    assert len(specimens) > 5
    for part in (*PARTS, *specimens):
        assert f'<section class="lane section" id="{part.key}"' in html
        assert f'<a href="#{part.key}">' in html


def test_what_an_app_brings_stands_after_what_the_house_has(client: Client, land: Land) -> None:
    def content(*, villages: Sequence[Any]) -> dict[str, Any]:
        return {"breadcrumbs": [(villages[0].name, "/"), ("Kaartje", "")]}

    specimens.register(
        Specimen(
            name="made_up.cards",
            title="Kaartjes",
            template="partials/breadcrumbs.html",
            content=content,
        )
    )
    try:
        html = page(client)
    finally:
        specimens.unregister("made_up.cards")
    assert html.index('id="icons"') < html.index('id="made-up-cards"') < html.index('id="plans-goals"')


def test_every_class_of_the_style_page_has_a_rule(client: Client, land: Land) -> None:
    html = page(client)
    used = {word for found in re.findall(r'class="([^"]*)"', html) for word in found.split()}
    known = {word for file in CSS for word in re.findall(r"\.([a-zA-Z][\w-]*)", words(file.read_text()))}
    # Hooks of Django's own forms, and a class that only its colour tells apart.
    assert used - known - {"errorlist", "choices", "error-summary", "symbol-approximate"} == set()


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ("", ["Bergen", "Dalen", "Midden"]),
        ("-naam", ["Midden", "Dalen", "Bergen"]),
        ("inwoners", ["Dalen", "Bergen", "Midden"]),
    ],
)
def test_table_of_the_style_page_sorts(client: Client, land: Land, asked: str, names: list[str]) -> None:
    table = (
        page(client, f"/stijl/?volgorde={asked}").split("<caption>Inwoners per dorp")[1].split("</table>")[0]
    )
    assert re.findall(r'<th scope="row">(\w+)', table) == names


def test_only_the_wrong_day_of_the_style_page_complains(client: Client, land: Land) -> None:
    part = page(client).split('id="fields"')[1].split("</section>")[0]
    assert part.count("Dit is geen dag.") == 1
    assert 'value="31 februari"' in part


def test_style_page_is_for_everybody_and_only_to_read(client: Client, db: None) -> None:
    assert client.post("/stijl/").status_code == 405


# The frame


def test_page_names_a_contact(client: Client, land: Land) -> None:
    html = page(client)
    assert land.municipality.contact_name in html
    assert f"mailto:{land.municipality.contact_email}" in html


def test_page_shows_the_emblems_of_the_areas(client: Client, land: Land) -> None:
    foot = page(client).split('class="site-foot"')[1]
    assert [name for name in ("Bergen", "Dalen", "Midden") if f"{name}</a>" in foot] == [
        "Bergen",
        "Dalen",
        "Midden",
    ]


@pytest.mark.parametrize("schematic", [True, False])
def test_schematic_boundaries_are_called_so(client: Client, land: Land, schematic: bool) -> None:
    edition = land.editions["wijk"]
    edition.is_schematic = schematic
    edition.save(update_fields=["is_schematic"])
    assert ("Schematische grenzen" in page(client)) is schematic


def test_page_works_without_a_municipality(client: Client, db: None) -> None:
    html = page(client)
    assert 'href="#brand"' in html
    assert "site-foot__contact" not in html


def test_theme_of_the_municipality_is_linked(client: Client, land: Land) -> None:
    assert "css/themes/atlas.css" in page(client)
    land.municipality.theme = "delta"
    land.municipality.save(update_fields=["theme"])
    cache.clear()
    assert "css/themes/delta.css" in page(client)


def test_language_can_be_changed_and_is_remembered(client: Client, land: Land) -> None:
    assert '<html lang="nl">' in page(client)
    response = client.post("/taal/", {"language": "en", "next": "/stijl/"})
    assert response["Location"] == "/stijl/"
    assert '<html lang="en">' in page(client)


def test_language_form_leads_nowhere_else(client: Client, land: Land) -> None:
    response = client.post("/taal/", {"language": "en", "next": "https://elsewhere.example/"})
    assert "elsewhere" not in response["Location"]


def test_signed_in_person_can_sign_out(client: Client, cast: dict[str, User]) -> None:
    client.force_login(cast["resident"], backend="accounts.backends.PersonBackend")
    html = page(client)
    assert 'action="/account/logout/"' in html
    assert "resident@proefdorp.example" in html


def test_nothing_inline(client: Client, land: Land) -> None:
    html = page(client)
    assert not re.search(r'\sstyle="|\son[a-z]+="|<style', html)
    for script in re.findall(r"<script[^>]*>", html):
        assert "src=" in script


# Account pages


@pytest.mark.parametrize("url", ["/account/login/", "/account/signup/", "/account/password/reset/"])
def test_account_page_wears_the_look(client: Client, land: Land, url: str) -> None:
    html = page(client, url)
    assert 'class="lane account account--entrance"' in html
    assert 'class="field"' in html
    assert 'class="button' in html


def test_mistake_at_sign_in_is_told_once(client: Client, land: Land) -> None:
    html = client.post(
        "/account/login/", {"login": "nobody@proefdorp.example", "password": "x"}
    ).content.decode()
    assert html.count('class="notice notice--error"') == 1


# Error pages


@pytest.fixture
def quiet(client: Client) -> Client:
    client.raise_request_exception = False
    return client


@pytest.mark.urls("tests.portal.error_urls")
@pytest.mark.parametrize(
    ("url", "status", "words"),
    [
        ("/nergens/", 404, "Deze pagina is er niet"),
        ("/verboden/", 403, "Deze pagina kun je niet openen"),
        ("/stuk/", 500, "Er ging iets mis bij ons"),
        ("/vreemd/", 400, "Deze vraag begrijpen we niet"),
    ],
)
def test_error_page_helps(quiet: Client, land: Land, url: str, status: int, words: str) -> None:
    response = quiet.get(url)
    html = response.content.decode()
    assert response.status_code == status
    assert words in html
    assert 'href="/"' in html


def test_too_often_helps(land: Land) -> None:
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    assert "Dat was te vaak" in render_to_string("429.html", request=request)


@pytest.mark.parametrize("name", ["400.html", "500.html"])
def test_page_of_last_resort_needs_nothing(name: str) -> None:
    source = (settings.BASE_DIR / "templates" / name).read_text()
    assert not re.search(r"{% (load|extends|include|url|static|translate|csrf)", source)
    assert 'href="/"' in render_to_string(name)
    for address in re.findall(r'href="/static/([^"]+)"', source):
        assert (settings.BASE_DIR / "static" / address).exists()


# The CSS


@pytest.mark.parametrize("file", CSS, ids=lambda file: file.name)
def test_css_stands_in_its_layer(file: Path) -> None:
    css = words(file.read_text())
    for layer in re.findall(r"@layer ([\w, ]+)[;{]", css):
        assert set(layer.replace(" ", "").split(",")) <= set(LAYERS)
    # A chain of imports is slow; only what others wrote is brought into a layer below ours that way.
    assert all("leaflet" in line for line in css.splitlines() if "@import" in line)


@pytest.mark.parametrize("file", CSS, ids=lambda file: file.name)
def test_colours_stand_in_tokens_and_themes_only(file: Path) -> None:
    css = words(file.read_text())
    if file.name != "tokens.css" and file.parent.name != "themes":
        assert not re.search(r"#[0-9a-fA-F]{3,8}\b(?!\")|\brgba?\(|\bhsla?\(", css)


@pytest.mark.parametrize("file", CSS, ids=lambda file: file.name)
def test_every_token_that_is_used_is_there(file: Path) -> None:
    known = set(re.findall(r"(--basis-[\w-]+):", (settings.BASE_DIR / "static/css/tokens.css").read_text()))
    assert set(re.findall(r"--basis-[\w-]+", words(file.read_text()))) <= known


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def colours(*files: str) -> dict[str, dict[str, str]]:
    """The colours of light and of dark, the later files over the earlier ones."""
    found: dict[str, dict[str, str]] = {"light": {}, "dark": {}}
    for name in files:
        css = words((settings.BASE_DIR / "static/css" / name).read_text())
        light, _, dark = css.partition("prefers-color-scheme: dark")
        for scheme, text in (("light", light), ("dark", dark)):
            found[scheme] |= dict(re.findall(r"--basis-([\w-]+): (#[0-9a-f]{6})", text))
    found["dark"] = found["light"] | found["dark"]
    return found


TEXT = [
    ("color-default-color-document", "color-default-bg-document"),
    ("color-default-color-document", "color-accent-1-bg-subtle"),
    ("color-default-color-subtle", "color-default-bg-default"),
    ("color-accent-1-color-default", "color-default-bg-document"),
    ("color-accent-1-color-default", "color-accent-1-bg-subtle"),
    ("color-accent-1-color-hover", "color-default-bg-document"),
    ("color-accent-1-inverse-color-default", "color-accent-1-bg-default"),
    ("color-accent-1-inverse-color-default", "color-accent-1-bg-hover"),
    *((f"color-{state}-color-default", f"color-{state}-bg-subtle") for state in ("positive", "warning", "negative", "info")),
    *((f"kaart-klasse-{n}-color", f"kaart-klasse-{n}-bg") for n in range(1, 6)),
    ("color-default-color-document", "kaart-vlak"),
]  # fmt: skip
SHAPES = [
    ("color-default-border-default", "color-default-bg-document"),
    ("color-accent-1-border-default", "kaart-vlak"),
    ("kaart-grens-gekozen", "kaart-grens-rand"),
    *(
        (f"kaart-laag-{layer}", "kaart-laag-rand")
        for layer in ("werklocatie", "raad", "actie", "ronde", "live")
    ),
]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("theme", ["atlas", "delta"])
def test_theme_can_be_read(theme: str, scheme: str) -> None:
    values = colours("tokens.css", f"themes/{theme}.css")[scheme]
    for pairs, least in ((TEXT, 4.5), (SHAPES, 3.0)):
        for front, back in pairs:
            assert contrast(values[front], values[back]) >= least, (front, back)


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda file: str(file.relative_to(settings.BASE_DIR)))
def test_template_has_nothing_inline(file: Path) -> None:
    assert not re.search(r'\sstyle="|\son[a-z]+="|<style', file.read_text())
