import polib
import pytest

from core.management.commands.check_translations import find_faults


def catalogue(*entries: polib.POEntry) -> polib.POFile:
    made = polib.POFile()
    made.extend(entries)
    return made


WANTED = catalogue(polib.POEntry(msgid="Save"), polib.POEntry(msgid="May", msgctxt="month"))


def test_a_complete_catalogue_has_no_faults() -> None:
    present = catalogue(
        polib.POEntry(msgid="Save", msgstr="Bewaar"),
        polib.POEntry(msgid="May", msgctxt="month", msgstr="mei"),
    )
    assert find_faults(present, WANTED) == []


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        (polib.POEntry(msgid="May", msgstr="mag"), "missing: 'May'"),
        (polib.POEntry(msgid="May", msgctxt="month"), "not translated: 'May'"),
        (polib.POEntry(msgid="May", msgctxt="month", msgstr="mei", flags=["fuzzy"]), "fuzzy: 'May'"),
        (polib.POEntry(msgid="May", msgctxt="month", msgstr="mei", obsolete=True), "missing: 'May'"),
    ],
)
def test_each_fault_is_told(entry: polib.POEntry, fault: str) -> None:
    assert find_faults(catalogue(polib.POEntry(msgid="Save", msgstr="Bewaar"), entry), WANTED) == [fault]
