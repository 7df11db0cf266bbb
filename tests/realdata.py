"""Real files to test with, when they are there: `../shared/data` beside the project, or the folder in SHARED_DATA."""

import os
from pathlib import Path

import pytest

FOLDER = Path(
    os.environ.get("SHARED_DATA", Path(__file__).resolve().parent.parent.parent / "shared" / "data")
)


def real(name: str) -> bytes:
    """The bytes of a real file; skips the test in a clone without them."""
    path = FOLDER / name
    if not path.is_file():
        pytest.skip(f"{name} is not there: see ../shared/data")
    return path.read_bytes()
