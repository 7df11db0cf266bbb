"""Real files to test with, when they are there: `../shared` or `../../shared` beside the project, or the folder in SHARED."""

import os
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[1]
BESIDE = [up / "shared" for up in PROJECT.parents[:2]]
FOLDER = Path(os.environ.get("SHARED", next((folder for folder in BESIDE if folder.is_dir()), BESIDE[0])))


def real(name: str) -> bytes:
    """The bytes of a real file; skips the test in a clone without them."""
    return _found(f"data/{name}").read_bytes()


def seed(number: str) -> str:
    """The text of a source document by its number; skips the test in a clone without them."""
    return _found(f"seeds/{number}*").read_text(encoding="utf-8")


def _found(pattern: str) -> Path:
    path = next(iter(FOLDER.glob(pattern)), None)
    if path is None:
        pytest.skip(f"{pattern} is not there: see ../shared")
    return path
