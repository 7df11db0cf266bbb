import pytest
from django.http import QueryDict

from portal.mapstate import MapState, read_state

FULL = (
    "soort=wijk&cijfer=inwoners&periode=2023/2024&lagen=werklocaties,raden&dienst=bibliotheek"
    "&kies=werklocaties:ldc-meerle&z=12.5&c=51.47,4.8"
)


def test_an_address_is_read_and_written_the_same() -> None:
    state = read_state(QueryDict(FULL), ["dienst"])
    assert state == MapState(
        "wijk", ("werklocaties", "raden"), {"dienst": "bibliotheek"}, "werklocaties", "ldc-meerle", 12.5, (51.47, 4.8),
        figure="inwoners", period="2023/2024",
    )  # fmt: skip
    assert state.query == FULL


def test_checkboxes_of_a_form_say_the_same_as_commas() -> None:
    assert read_state(QueryDict("lagen=&lagen=a&lagen=b")).layers == ("a", "b")


def test_no_layers_is_something_else_than_layers_not_chosen() -> None:
    assert read_state(QueryDict("lagen=")).layers == ()
    assert read_state(QueryDict("")).layers is None


@pytest.mark.parametrize(
    "query",
    [
        "kies=../../etc:x", "kies=wijk", "kies=wijk:", "kies=:meer", "kies=a:b:c",
        "soort=<script>", "z=nan&c=51,4", "z=12&c=inf,4", "z=99&c=51,4", "c=51", "z=12",
        "c=91,4&z=12", "kies=wijk:" + "a" * 81, "lagen=a%20b", "kies=wijk:é", "dienst=a b", "cijfer=a b",
        "periode=<2024>", "periode=24",
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_left_out(query: str) -> None:
    state = read_state(QueryDict(query), ["dienst"])
    assert state.query in ("", "lagen=")


def test_a_view_is_dropped_without_both_its_parts() -> None:
    assert MapState(zoom=12.0).query == ""


def test_the_address_of_a_choice_keeps_the_others() -> None:
    state = read_state(QueryDict("soort=wijk&dienst=bibliotheek"), ["dienst"])
    assert state.choosing("wijk", "meer").url == "/kaart/?soort=wijk&dienst=bibliotheek&kies=wijk:meer"


def test_a_word_that_narrows_no_layer_is_left_out() -> None:
    assert read_state(QueryDict("dienst=bibliotheek")).query == ""
