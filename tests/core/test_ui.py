"""The template tags of the look."""

import datetime as dt
import re
from types import SimpleNamespace

import pytest
from django import forms
from django.conf import settings
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.template import Context, Template, TemplateSyntaxError
from django.utils import translation

from core import wording
from core.templatetags import ui

SQUARE = SimpleNamespace(path="M0 0H10V10H0Z", box="0 0 10 10")
NOTHING = SimpleNamespace(path="", box="")
SPRITE = (settings.BASE_DIR / "templates" / "partials" / "sprite.html").read_text()


def render(source: str, **context: object) -> str:
    return Template("{% load ui %}" + source).render(Context(context))


def test_icons_and_symbols_are_those_of_the_sprite() -> None:
    assert {f"i-{name}" for name in ui.ICONS} == set(re.findall(r'id="(i-[a-z]+)"', SPRITE))
    assert {f"t-{name}" for name in ui.SYMBOLS} == set(re.findall(r'id="(t-[a-z]+)"', SPRITE))


@pytest.mark.parametrize("source", ['{% icon "unicorn" %}', '{% symbol "unicorn" %}'])
def test_unknown_name_is_refused(source: str) -> None:
    with pytest.raises(TemplateSyntaxError, match="unicorn"):
        render(source)


@pytest.mark.parametrize(
    ("address", "html"),
    [
        ("team.noord@town.example", "team.noord<wbr>@town.example"),
        ("<b>@town.example", "&lt;b&gt;<wbr>@town.example"),
        ("nobody", "nobody"),
    ],
)
def test_address_goes_on_at_its_at_sign(address: str, html: str) -> None:
    assert render("{{ address|breakable }}", address=address) == html


def test_approximate_symbol_keeps_the_colour_of_its_layer() -> None:
    html = render('{% symbol "location" approximate=True %}')
    assert "symbol-location symbol-approximate" in html
    assert 'href="#t-location"' in html


def test_emblem_has_a_size_of_its_own() -> None:
    html = render("{% emblem shape size=72 chosen=True %}", shape=SQUARE)
    assert 'class="emblem emblem--chosen" width="72" height="72" viewBox="0 0 10 10"' in html
    assert 'd="M0 0H10V10H0Z"' in html


@pytest.mark.parametrize("tag", ["emblem", "portrait"])
@pytest.mark.parametrize("shape", [None, "", NOTHING])
def test_area_without_outline_draws_nothing(tag: str, shape: object) -> None:
    assert render("{% " + tag + " shape %}", shape=shape) == ""


@pytest.mark.parametrize("shape", [None, "", NOTHING])
def test_brand_without_outline_is_the_mark_of_the_house(shape: object) -> None:
    assert 'href="#brand"' in render("{% brand shape %}", shape=shape)


def test_shape_cannot_bring_markup() -> None:
    evil = SimpleNamespace(path='"/><script>', box='"><script>')
    for tag in ("emblem", "portrait", "brand"):
        assert "<script>" not in render("{% " + tag + " shape %}", shape=evil)


@pytest.mark.parametrize(("percentage", "width"), [(34, 136), (-5, 0), (250, 400)])
def test_bar_stays_within_its_ground(percentage: float, width: int) -> None:
    assert f'class="bar__fill" width="{width}"' in render("{% bar n %}", n=percentage)


def test_templates_write_what_the_code_writes() -> None:
    names = ("number", "percent", "share", "hectares", "surface", "distance")
    with translation.override("nl"):
        for name in names:
            assert render("{{ 23300|" + name + " }}") == getattr(wording, name)(23300)
        assert render("{{ 22.3|percent:1 }}") == "22,3\u00a0%"
        assert render('{{ "03 000 00 01"|phone_url }}') == "tel:030000001"
        assert render('{{ then|moment:"j F" }}', then=dt.datetime(2026, 11, 21, 19, 5, tzinfo=dt.UTC)) == (
            "21 november, 20.05 uur"
        )


def test_example_says_so_in_both_languages() -> None:
    with translation.override("nl"):
        assert render("{% example %}") == '<span class="example">voorbeeldcijfers</span>'
    with translation.override("en"):
        assert render("{% example one=True %}") == '<span class="example">example</span>'


@pytest.mark.parametrize(
    ("level", "css", "icon"),
    [
        (constants.SUCCESS, "notice--good", "i-check"),
        (constants.ERROR, "notice--error", "i-error"),
        (constants.INFO, "", "i-info"),
    ],
)
def test_message_becomes_a_notice(level: int, css: str, icon: str) -> None:
    message = Message(level, "Done")
    assert ui.notice_class(message) == css
    assert icon in ui.notice_icon(message)


@pytest.mark.parametrize("theme", ["", "no-such-theme", "../tokens", "a/b"])
def test_theme_that_is_not_there_is_left_out(theme: str) -> None:
    assert ui.theme_stylesheet(theme) == ""


def test_theme_that_is_there_is_linked() -> None:
    assert ui.theme_stylesheet("delta") == "/static/css/themes/delta.css"


class Sample(forms.Form):
    name = forms.CharField(label="Naam", help_text="Zoals je heet.")
    kind = forms.ChoiceField(label="Soort", choices=[("a", "A")], widget=forms.RadioSelect)
    note = forms.CharField(label="Notitie", required=False)
    agree = forms.BooleanField(label="Ja")

    def clean(self) -> None:
        raise forms.ValidationError("Samen klopt het niet.")


def test_summary_leads_to_every_mistake_once() -> None:
    with translation.override("nl"):
        form = Sample({})
        found = ui.mistakes(form)
    assert [mistake.anchor for mistake in found] == ["", "id_name", "id_kind", "id_agree"]
    assert ui.mistakes(form, fields_only=True)[0].anchor == "id_name"
    html = str(form.as_div())
    for mistake in found[1:]:
        assert f'id="{mistake.anchor}"' in html


def test_field_shows_help_and_error_to_every_ear() -> None:
    with translation.override("nl"):
        html = str(Sample({})["name"].as_field_group())
    assert 'class="field field--error"' in html
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'aria-invalid="true"' in html
    assert 'id="id_name_helptext"' in html
    assert 'id="id_name_error"' in html
    assert "Fout:" in html


def test_form_shows_what_is_wrong_as_a_whole() -> None:
    assert "Samen klopt het niet." in str(Sample({}).as_div())


def test_only_what_may_stay_empty_says_so() -> None:
    with translation.override("nl"):
        html = str(Sample().as_div())
    assert html.count("(mag leeg blijven)") == 1
    assert html.index("Notitie") < html.index("(mag leeg blijven)")


def test_class_of_a_widget_is_kept() -> None:
    widget = forms.TextInput(attrs={"class": "code"})
    assert 'class="input code"' in widget.render("x", None)
    assert "class" not in forms.HiddenInput().render("x", None)
