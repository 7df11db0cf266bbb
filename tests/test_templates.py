"""Templates can be read, and write a key as it is: not "1.001", as people read a number."""

import re
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


def test_keys_are_not_written_as_numbers_for_people() -> None:
    found = [
        f"{path}:{number}: {key}"
        for path in sorted(Path("templates").rglob("*.*"))
        for number, line in enumerate(path.read_text().splitlines(), start=1)
        for key in re.findall(r"\{\{ [a-z_.0-9]+\.(?:pk|(?<!form\.)version) \}\}", line)
    ]
    assert not found, "\n".join(found)
