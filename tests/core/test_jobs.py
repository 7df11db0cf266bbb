"""Work on many rows at night."""

import pytest

from areas.models import Municipality
from core.jobs import each


def test_one_that_fails_keeps_no_other_back(caplog: pytest.LogCaptureFixture) -> None:
    done: list[str] = []

    def do(row: Municipality) -> str | None:
        if row.name == "B":
            raise ValueError("nothing of the row is in the log but its key")
        done.append(row.name)
        return None if row.name == "C" else row.name

    rows = [Municipality(pk=number, name=name) for number, name in enumerate("ABCD", start=1)]
    with pytest.raises(RuntimeError):
        each(rows, do)
    assert done == ["A", "C", "D"]
    assert "Municipality 2 failed" in caplog.text
    assert each([rows[0], rows[2]], do) == 1
