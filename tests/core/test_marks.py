"""The marks of what is planned and done: a shape and always a word."""

import pytest
from django.template import TemplateSyntaxError

from core.templatetags.marks import PHASES, STATES, phase, sign, state


@pytest.mark.parametrize("value", PHASES)
def test_phase_says_its_word(value: str) -> None:
    html = phase(value, "<b>bezig</b>")
    assert f'href="#p-{PHASES.index(value)}"' in html
    assert "Hoe ver: </span>&lt;b&gt;bezig&lt;/b&gt;" in html


def test_what_stopped_has_no_block_that_is_now() -> None:
    assert 'href="#p-2-still"' in phase("doing", "was bezig", still=True)
    assert 'href="#p-3"' in phase("done", "gedaan", still=True)


@pytest.mark.parametrize("value", STATES)
def test_state_has_an_icon_and_a_word(value: str) -> None:
    html = state(value, "op <schema>")
    assert f'href="#i-{STATES[value][1]}"' in html
    assert "Stand: </span>op &lt;schema&gt;" in html


def test_sign_bears_its_number() -> None:
    assert ">7</text>" in sign("begun", 7)
    assert "sign__small" in sign("open", 412)
    assert "sign__small" not in sign("open", 41)
    assert "&lt;" in sign("open", "<")
    assert "<text" not in sign("asleep")


@pytest.mark.parametrize("tag", [phase, state])
def test_unknown_mark_is_refused(tag: object) -> None:
    with pytest.raises(TemplateSyntaxError):
        tag("nonsense", "x")  # type: ignore[operator]
    with pytest.raises(TemplateSyntaxError):
        sign("nonsense")
