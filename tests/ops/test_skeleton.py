"""The skeleton app of docs/adding-an-app.md, put into a copy of the house by the steps that stand there, passes every gate."""

import ast
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import polib
import pytest
from django.db import connection

from tests.ops.databases import database_url
from tests.template import BEGINS_WITH

ROOT = Path(__file__).resolve().parents[2]
SKELETON = ROOT / "docs" / "skeleton"
APP = "benches"
STEP = re.compile(r"^\| `([^`]+)` \| `(.+)` \| `(.+)` \|$", re.MULTILINE)
LISTS = re.compile(r'(?<=")(workplaces)(?=")')
MOST_LINES = 300


def lines_of_code(file: Path) -> int:
    """Lines that say something to the machine: no blank ones, comments and docstrings."""
    text = file.read_text(encoding="utf-8")
    if file.suffix != ".py":
        return sum(1 for line in text.splitlines() if line.strip())
    tree = ast.parse(text)
    told = {
        number
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(node)
        for number in range(node.body[0].lineno, (node.body[0].end_lineno or 0) + 1)
    }
    return sum(
        1
        for number, line in enumerate(text.splitlines(), 1)
        if line.strip() and not line.strip().startswith("#") and number not in told
    )


def test_it_is_small() -> None:
    files = [
        *SKELETON.glob("benches/**/*.py"),
        *SKELETON.glob("benches/**/*.html"),
        *SKELETON.glob("tests/**/*.py"),
    ]
    assert sum(map(lines_of_code, files)) < MOST_LINES


def test_the_page_shows_each_of_its_files() -> None:
    page = (ROOT / "docs" / "adding-an-app.md").read_text(encoding="utf-8")
    files = [file for file in SKELETON.glob("benches/*.py") if file.stem not in ("__init__", "apps")]
    assert [file.name for file in files if f"](skeleton/benches/{file.name})" not in page] == []


@pytest.fixture
def house() -> Path:
    """A copy of the house with the app in it; always in the same place, so that what tests keep of it is kept once."""
    copy = ROOT / ".local" / "skeleton-house"
    shutil.rmtree(copy, ignore_errors=True)
    tracked = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    for name in tracked:
        if (ROOT / name).is_file():
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, copy / name)
    for catalogue in ROOT.glob("locale/*/LC_MESSAGES/*.mo"):
        shutil.copy(catalogue, copy / catalogue.relative_to(ROOT))
    shutil.rmtree(copy / "docs" / "skeleton")
    (copy / ".venv").symlink_to(Path(sys.prefix))
    for part in ("benches", "tests"):
        shutil.copytree(
            SKELETON / part, copy / part, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__")
        )
    follow_the_steps(copy)
    return copy


def follow_the_steps(house: Path) -> None:
    """Add the lines that docs/adding-an-app.md names, and the Dutch."""
    for name, after, added in STEP.findall((ROOT / "docs" / "adding-an-app.md").read_text(encoding="utf-8")):
        before, more = (text.replace(r"\|", "|").replace(r"\`", "`") for text in (after, added))
        text = (house / name).read_text(encoding="utf-8")
        assert text.count(f"{before}\n") == 1, f"{name} has no line {before!r}"
        (house / name).write_text(text.replace(f"{before}\n", f"{before}\n{more}\n"), encoding="utf-8")
    project = house / "pyproject.toml"
    text = project.read_text(encoding="utf-8")
    project.write_text(LISTS.sub(rf'{APP}", "\1', text), encoding="utf-8")
    catalogue = polib.pofile(str(house / "locale/nl/LC_MESSAGES/django.po"), wrapwidth=0)
    known = {(entry.msgctxt, entry.msgid) for entry in catalogue}
    catalogue.extend(
        entry for entry in polib.pofile(str(SKELETON / "nl.po")) if (None, entry.msgid) not in known
    )
    catalogue.save()


def run(house: Path, *command: str) -> str:
    """What a command in the copy says; it must go well."""
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "DJANGO_"))
    }
    environment |= {"DATABASE_URL": database_url("postgres"), "DEBUG": "1", "PYTHONDONTWRITEBYTECODE": "1"}
    environment[BEGINS_WITH] = connection.settings_dict["TEST"]["TEMPLATE"]
    done = subprocess.run(command, cwd=house, env=environment, capture_output=True, text=True, timeout=900)
    said = done.stdout + done.stderr
    assert done.returncode == 0, f"{' '.join(command)}\n{said[-6000:]}"
    return said


def test_it_passes_every_gate(house: Path, db: None) -> None:
    python, tools = sys.executable, Path(sys.executable).parent
    run(house, python, "manage.py", "makemigrations", APP, "-v", "0")
    run(house, python, "manage.py", "makemigrations", "--check", "--dry-run")
    run(house, str(tools / "ruff"), "check", "--no-cache", APP, f"tests/{APP}")
    run(
        house,
        str(tools / "ruff"),
        "format",
        "--no-cache",
        "--check",
        APP,
        f"tests/{APP}",
        "--exclude",
        "migrations",
    )
    run(house, str(tools / "lint-imports"), "--no-cache")
    run(
        house,
        str(tools / "djade"),
        "--target-version",
        "5.2",
        "--check",
        *map(str, house.glob(f"{APP}/**/*.html")),
    )
    run(house, python, "manage.py", "check_translations")
    run(house, str(tools / "mypy"), APP, f"tests/{APP}")
    said = run(
        house, python, "-m", "pytest", "-q", "-p", "no:randomly", "-m", "not browser", f"tests/{APP}",
        "tests/test_access_matrix.py", "tests/test_query_counts.py", "tests/test_verbs.py", "tests/test_layers.py",
        "tests/test_personal.py", "tests/ops/test_docs.py", "-k", f"{APP} or listed or layers or personal or folder or shows_how",
    )  # fmt: skip
    assert re.search(r"\d+ passed", said)
