"""Dates as people know them: read as they are written, kept as precise as they are, sorted, told in both languages."""

import datetime as dt
from typing import Any

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction
from django.db.models import F
from django.test.utils import isolate_apps
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from core.dates import First, Last, When, WhenField, WhenFormField

D = dt.date
DAYS = {
    "2027-03-14": (D(2027, 3, 14), D(2027, 3, 14)),
    "2028-02-29": (D(2028, 2, 29), D(2028, 2, 29)),
    "2027-02": (D(2027, 2, 1), D(2027, 2, 28)),
    "2027-12": (D(2027, 12, 1), D(2027, 12, 31)),
    "2027-21": (D(2027, 3, 1), D(2027, 5, 31)),
    "2027-22": (D(2027, 6, 1), D(2027, 8, 31)),
    "2027-23": (D(2027, 9, 1), D(2027, 11, 30)),
    "2027-24": (D(2027, 12, 1), D(2028, 2, 29)),
    "2027": (D(2027, 1, 1), D(2027, 12, 31)),
    "2028/": (D(2028, 1, 1), None),
    "2026-21/..": (D(2026, 3, 1), None),
    "2026-10/2028": (D(2026, 10, 1), D(2028, 12, 31)),
    "2026-12-01/2027-02-28": (D(2026, 12, 1), D(2027, 2, 28)),
}
NO_DATES = [
    "", "2027-13", "2027-20", "2027-25", "2027-00", "2027-02-29", "2027-02-30", "2027-3", "27", "0027", "1799", "2200",
    "2027-03-14T10:00", "/2027", "../2027", "2027/2026", "2027-03/2027-02", "2027//", "2027/../2028", "2027/2028/2029",
    "2027-21-01", "2027 ", "2027\n", "2027~", "２０２７", "2027-00-10", "2027-03-00", "2027-03-32",
]  # fmt: skip


@pytest.mark.parametrize(("text", "days"), DAYS.items())
def test_a_date_has_a_first_and_a_last_day(text: str, days: tuple[D, D | None]) -> None:
    assert (When(text).first, When(text).last) == days


@pytest.mark.parametrize("text", NO_DATES)
def test_what_is_in_no_calendar_is_no_date(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 (its message is the text)
        When(text)


WORDS = [
    ("2027-03-14", "14 maart 2027", "14 March 2027"),
    ("2027-03", "maart 2027", "March 2027"),
    ("2027-01", "januari 2027", "January 2027"),
    ("2027-21", "voorjaar 2027", "spring 2027"),
    ("2027-22", "zomer 2027", "summer 2027"),
    ("2027-23", "najaar 2027", "autumn 2027"),
    ("2027-24", "winter 2027-2028", "winter 2027-2028"),
    ("2027", "2027", "2027"),
    ("2028/", "vanaf 2028", "from 2028"),
    ("2027-21/", "vanaf voorjaar 2027", "from spring 2027"),
    ("2026/..", "vanaf 2026, zonder einde", "from 2026, without end"),
    ("2026-10/2028", "oktober 2026 tot eind 2028", "October 2026 to the end of 2028"),
    ("2026/2031", "2026 tot en met 2031", "2026 to 2031"),
    ("2027-03-14/2027-04", "14 maart 2027 tot en met april 2027", "14 March 2027 to April 2027"),
]


@pytest.mark.parametrize(("text", "dutch", "english"), WORDS)
def test_a_date_in_words_that_are_read_back(text: str, dutch: str, english: str) -> None:
    for language, words in (("nl", dutch), ("en", english)):
        with override(language):
            assert When(text).words() == str(When(text)) == words
    assert When.read(dutch) == When.read(english) == When(text)


days = st.dates(D(1800, 1, 1), D(2199, 12, 31))
points = st.one_of(
    days.map(D.isoformat),
    days.map(lambda day: f"{day:%Y-%m}"),
    st.builds(lambda day, season: f"{day.year}-{season}", days, st.integers(21, 24)),
    days.map(lambda day: f"{day.year}"),
)
intervals = st.tuples(points, points).map(sorted).map("/".join)
dates = st.one_of(points, points.map("{}/".format), points.map("{}/..".format), intervals)


@given(dates)
def test_any_date_is_read_back_from_its_words(text: str) -> None:
    try:
        when = When(text)
    except ValueError:
        return
    start, _slash, end = text.partition("/")
    if start == end:
        return
    for language in ("nl", "en"):
        with override(language):
            assert When.read(when.words()) == when


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("14/3/2027", "2027-03-14"), ("14-3-2027", "2027-03-14"), ("14 mrt 2027", "2027-03-14"),
        ("op 14 maart 2027", "2027-03-14"), ("Lente 2027", "2027-21"), ("in het voorjaar van 2027", "2027-21"),
        ("herfst 2027", "2027-23"), ("Fall 2027", "2027-23"), ("winter 2027", "2027-24"), ("winter 2027-28", "2027-24"),
        ("winter 2027/2028", "2027-24"), ("  ZOMER   2027 ", "2027-22"), ("maart 2027", "2027-03"), ("3/2027", "2027-03"),
        ("03-2027", "2027-03"), ("2027-03", "2027-03"), ("sept. 2027", "2027-09"), ("in 2027", "2027"),
        ("het jaar 2027", "2027"), ("Vanaf 2027", "2027/"), ("from spring 2027", "2027-21/"),
        ("sinds maart 2026", "2026-03/"), ("elk jaar vanaf 2026, zonder einde", "2026/.."),
        ("doorlopend vanaf 2026", "2026/.."), ("2026 zonder einddatum", "2026/.."),
        ("every year from 2026 without an end", "2026/.."), ("2026-2028", "2026/2028"), ("2026 – 2028", "2026/2028"),
        ("2026 t/m 2028", "2026/2028"), ("van oktober 2026 tot eind 2028", "2026-10/2028"),
        ("tussen 2026 en 2028", "2026/2028"), ("maart tot juni 2027", "2027-03/2027-06"),
        ("from March to June 2027", "2027-03/2027-06"), ("3 tot 5 maart 2027", "2027-03-03/2027-03-05"),
        ("14-3-2027 - 3-4-2027", "2027-03-14/2027-04-03"), ("28 februari tot 3 maart 2027", "2027-02-28/2027-03-03"),
        ("Q2 2027", "2027-04/2027-06"), ("eerste kwartaal van 2027", "2027-01/2027-03"),
        ("4e kwartaal 2027", "2027-10/2027-12"), ("tweede helft van 2027", "2027-07/2027-12"),
        ("1e helft 2027", "2027-01/2027-06"), ("2027 tot 2027", "2027"), ("zomer 2027-2028", "2027-22/2028"),
    ],
)  # fmt: skip
def test_a_date_is_read_as_people_write_it(typed: str, text: str) -> None:
    assert When.read(typed) == When(text)


@pytest.mark.parametrize(
    "typed",
    [
        "", "ooit", "eind 2027", "begin 2027", "31-2-2027", "voorjaar", "voorjaar 27", "maart", "13/2027",
        "2028 tot 2026", "tot 2028", "zonder einde", "vanaf", "vanaf nu",
        "5e kwartaal 2027", "derde helft 2027", "lente zomer 2027", "9999", "2027\x00", "oktober tot maart 2027",
        "1" * 5000, "tot " * 30, "foo 2027", "-", "/", "2027/03-",
    ],
)  # fmt: skip
def test_what_is_no_date_hears_how_to_write_one(typed: str) -> None:
    with pytest.raises(ValidationError) as refused, override("nl"):
        When.read(typed)
    assert "voorjaar 2027" in refused.value.messages[0]


def test_dates_are_sorted_by_their_first_day_then_by_the_last() -> None:
    ordered = [
        "2026-12-31",
        "2027-01-01",
        "2027-01",
        "2027",
        "2027/2028",
        "2027/",
        "2027/..",
        "2027-01-02",
        "2027-21",
    ]
    assert [when.text for when in sorted(map(When, reversed(ordered)))] == ordered
    assert When("2027") <= When("2027")
    assert When("2027-21/2029").latest_start == D(2027, 5, 31)


class WhenForm(forms.Form):
    when: Any = WhenFormField(required=False)


def test_the_field_says_how_it_was_understood_and_keeps_what_was_typed() -> None:
    form = WhenForm({"when": "lente 2027"})
    with override("nl"):
        assert form.is_valid()
        assert form.cleaned_data["when"] == When("2027-21")
        html = form.as_div()
        assert 'value="lente 2027"' in html
        assert "Gelezen als: voorjaar 2027" in html
        wrong = WhenForm({"when": "ooit"})
        assert not wrong.is_valid()
        assert 'value="ooit"' in wrong.as_div()
        assert "Gelezen als" not in wrong.as_div()
        assert 'value="voorjaar 2027"' in (begun := WhenForm(initial={"when": When("2027-21")}).as_div())
        assert "Gelezen als" not in begun
    assert WhenForm({"when": ""}).is_valid()
    assert WhenForm({"when": "Lente 2027"}, initial={"when": When("2027-21")}).changed_data == []
    assert WhenForm({"when": "ooit"}, initial={"when": When("2027-21")}).changed_data == ["when"]


@pytest.fixture
def dated(db: None) -> type[models.Model]:
    """A table with a date, for as long as the test takes."""
    with isolate_apps("core"):

        class Dated(models.Model):  # noqa: DJ008 (nobody reads it)
            when = WhenField("when", blank=True)
            asked = WhenField("asked", default=When("2027"))

            class Meta:
                app_label = "core"

    with connection.schema_editor() as editor:
        editor.create_model(Dated)
    return Dated


def test_the_database_reads_a_date_as_we_do(db: None) -> None:
    texts = [*DAYS, *NO_DATES, *(text for text, _nl, _en in WORDS)]
    expected: list[tuple[D | None, D | None]] = []
    for text in texts:
        try:
            expected.append((When(text).first, When(text).last))
        except ValueError:
            expected.append((None, None))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT when_first(t), when_last(t) FROM unnest(%s::text[]) WITH ORDINALITY AS x(t, n) ORDER BY n",
            [texts],
        )
        assert dict(zip(texts, cursor.fetchall(), strict=True)) == dict(zip(texts, expected, strict=True))


def test_the_database_refuses_what_is_no_date(dated: Any) -> None:
    for text in ("2027-02-30", "voorjaar", "2028/2027"):
        with pytest.raises(IntegrityError), transaction.atomic():
            dated.objects.bulk_create([dated(when=text)])
    with pytest.raises(ValidationError) as refused:
        dated(when="voorjaar").full_clean()
    assert list(refused.value.message_dict) == ["when"]
    with pytest.raises(ValidationError):
        dated(when=When("2027"), asked=None).full_clean()


def test_a_date_is_kept_found_and_sorted(dated: Any) -> None:
    texts = ["2028/", "2027-21", "2027-03-14", "2026-10/2028"]
    for text in texts:
        dated.objects.create(when=When(text))
    empty = dated()
    assert empty.when is None
    empty.full_clean()
    empty.save()
    rows = dated.objects.exclude(when="")
    assert [row.when.text for row in rows.order_by(First("when"), Last("when"))] == [
        "2026-10/2028", "2027-21", "2027-03-14", "2028/",
    ]  # fmt: skip
    found = dated.objects.filter(when__first__lte=D(2027, 3, 14), when__last__gte=D(2027, 5, 1))
    assert {row.when.text for row in found} == {"2027-21", "2026-10/2028"}
    assert dated.objects.get(when=When("2028/")).when.last is None
    assert dated.objects.get(when="").when is None
    assert dated.objects.annotate(last=Last(F("when"))).get(when=When("2027-21")).last == D(2027, 5, 31)
    assert dated.objects.first().asked == When("2027")
    assert isinstance(dated._meta.get_field("when").formfield(), WhenFormField)
