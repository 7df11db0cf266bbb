"""Templates can be read: no line is longer than an editor shows."""

from pathlib import Path

LONGEST = 200  # characters


def test_no_line_is_too_long() -> None:
    long = [
        f"{path}:{number}: {len(line)}"
        for path in sorted(Path("templates").rglob("*.*"))
        for number, line in enumerate(path.read_text().splitlines(), start=1)
        if len(line) > LONGEST
    ]
    assert not long, "\n".join(long)
