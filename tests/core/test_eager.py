"""The check that finds what is translated too early."""

import importlib
import sys
from pathlib import Path

import pytest

from core.eager import noticed

MODULE = """
from django.db.models import CheckConstraint, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

WAITS = gettext_lazy("Later")

def now():
    return _("Asked")
"""


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ('TOO_EARLY = _("Too early")', "“Too early”"),
        ("class Form:\n    label = now()", "“Asked”"),
        ('def count(words=ngettext("One", "More", 2)): ...', "“One”"),
        ("TOO_EARLY = str(WAITS)", "“Later”"),
        ("def later():\n    return now(), str(WAITS)", None),
        ('SAID = CheckConstraint(condition=Q(pk=1), name="x", violation_error_message=WAITS)', None),
    ],
)
def test_what_is_translated_while_a_module_is_imported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, line: str, text: str | None
) -> None:
    monkeypatch.syspath_prepend(tmp_path)
    (tmp_path / "made_of_words.py").write_text(MODULE + line)
    with noticed(tmp_path) as found:
        made = importlib.import_module("made_of_words")
        assert made.now() == "Asked"  # not while importing
    del sys.modules["made_of_words"]
    assert {entry.rpartition(": ")[2] for entry in found} == ({text} if text else set())
