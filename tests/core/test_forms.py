"""What forms share: days as people write them, values in words, both versions of a conflict."""

import datetime as dt
from typing import Any

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import override

from areas.models import Area
from core.forms import DayField, add_errors, differences, renew, value_in_words, version_field, whole_in
from tests.conftest import Land

DAY = dt.date(2026, 12, 3)


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize(
    "text",
    ["3-12-2026", "03-12-2026", "3/12/2026", "3.12.2026", "3 12 2026", " 3 - 12 - 2026 ", "2026-12-03", "3 december 2026",
     "3 December 2026", "3 dec 2026", "3 dec. 2026", "3. december 2026", "3december2026"],
)  # fmt: skip
def test_a_day_is_read_as_people_write_it(text: str, language: str) -> None:
    with override(language):
        assert DayField().clean(text) == DAY


@pytest.mark.parametrize(
    ("text", "day"),
    [("1 maart 2027", (2027, 3, 1)), ("1 mrt 2027", (2027, 3, 1)), ("1 march 2027", (2027, 3, 1)),
     ("29-2-2028", (2028, 2, 29)), ("1 mei 2027", (2027, 5, 1)), ("1 okt. 2027", (2027, 10, 1))],
)  # fmt: skip
def test_months_by_name_in_both_languages(text: str, day: tuple[int, int, int]) -> None:
    assert DayField().clean(text) == dt.date(*day)


@pytest.mark.parametrize(
    "text",
    ["31-2-2026", "29-2-2027", "3-13-2026", "0-1-2026", "3-12-26", "12-2026", "2026", "morgen", "3 foo 2026", "3-12-0026",
     "3-12-20266", "²-12-2026x", "2026-12-03T10:00", "1" * 500, "3-12-9999", "\x00"],
)  # fmt: skip
def test_what_is_no_day_hears_how_to_write_one(text: str) -> None:
    with pytest.raises(ValidationError) as refused, override("nl"):
        DayField().clean(text)
    assert "3-12-2026" in refused.value.messages[0]


def test_a_day_that_is_missing_and_one_that_may_be() -> None:
    with pytest.raises(ValidationError) as refused:
        DayField().clean("")
    assert "3-12-2026" in refused.value.messages[0]
    assert DayField(required=False).clean("") is None


def test_the_field_shows_the_day_and_keeps_what_was_typed() -> None:
    field: Any = DayField(help_text="Tot en met.")
    assert 'value="3-12-2026"' in field.widget.render("on", DAY)
    assert 'value="gisteren"' in field.widget.render("on", "gisteren")
    assert 'type="text"' in field.widget.render("on", DAY)
    assert "Tot en met." in str(field.help_text)
    assert "3-12-2026" in str(field.help_text)
    assert not DayField(quiet=True).help_text
    assert not field.has_changed(DAY, "3 december 2026")


class Thing(forms.Form):
    name = forms.CharField(label="Naam")
    on = DayField(label="Dag", required=False)
    sort = forms.ChoiceField(label="Soort", choices=[("a", "Eerste"), ("b", "Tweede")])
    sure = forms.BooleanField(label="Zeker", required=False)
    version = version_field()


def test_both_versions_are_told_in_words_where_they_differ() -> None:
    typed = {"name": "Mijn naam", "on": "3 december 2026", "sort": "b", "version": "1"}
    mine = Thing(typed)
    theirs = Thing(initial={"name": "Hun naam", "on": DAY, "sort": "a", "sure": True, "version": "2"})
    found = {one.label: (one.theirs, one.mine) for one in differences(mine, theirs)}
    assert found == {
        "Naam": ("Hun naam", "Mijn naam"),
        "Soort": ("Eerste", "Tweede"),
        "Zeker": ("ja", "nee"),
    }


def test_a_form_goes_on_from_the_version_that_is_there() -> None:
    form = Thing({"name": "x", "sort": "a", "version": "1"})
    renew(form, "2")
    assert (form["version"].value(), form["name"].value()) == ("2", "x")


@pytest.mark.django_db
def test_rows_are_named_as_their_field_names_them(land: Land) -> None:
    several: Any = forms.ModelMultipleChoiceField(Area.objects.all())
    one: Any = forms.ModelChoiceField(Area.objects.all())
    bergen = land["bergen"]
    assert value_in_words(several, [str(bergen.pk), str(land["dalen"].pk)]) == f"{bergen}, {land['dalen']}"
    assert value_in_words(several, []) == ""
    assert value_in_words(one, bergen) == str(bergen)
    assert value_in_words(one, bergen.pk) == str(bergen)
    assert value_in_words(one, None) == ""


def test_other_values_in_words() -> None:
    assert value_in_words(forms.DateField(), DAY) == "3 december 2026"
    assert value_in_words(forms.CharField(), "") == ""
    assert value_in_words(forms.MultipleChoiceField(choices=[("a", "Eerste")]), ["a"]) == "Eerste"


class PlaceForm(forms.Form):
    lat = forms.CharField(required=False)


def test_what_is_refused_stands_at_its_field_or_on_top() -> None:
    form = PlaceForm({})
    add_errors(form, ValidationError({"point": ["outside"], "slug": ["taken"]}), shown_at={"point": "lat"})
    add_errors(form, ValidationError("closed"))
    assert form.errors == {"lat": ["outside"], "__all__": ["taken", "closed"]}


def test_a_whole_number_is_read_however_long_the_text_is() -> None:
    assert [whole_in(text, most=500) for text in ("0", "00007", "500", "501", "", "-1", "\u0661", "1e2", "9" * 5000)] == [
        0, 7, 500, None, None, None, None, None, None,
    ]  # fmt: skip
