"""The order of the apps holds for foreign keys too, which import-linter cannot see; and no module escapes its contracts."""

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db.models import Field

ORDER = [
    "core",
    "areas",
    "accounts",
    "workplaces",
    "plans",
    "councils",
    "participation",
    "live",
    "reports",
    "portal",
    "config",
]


def upward_relations() -> list[str]:
    """Relations of our models that point from a lower app to a higher one."""
    found = []
    for model in apps.get_models(include_auto_created=True):
        app = model._meta.app_label
        if app not in ORDER:
            continue
        for field in model._meta.get_fields():
            target = getattr(field, "related_model", None)
            if not isinstance(field, Field) or target is None or target._meta.app_label not in ORDER:
                continue
            if ORDER.index(target._meta.app_label) > ORDER.index(app):
                found.append(f"{model._meta.label}.{field.name} → {target._meta.label}")
    return found


def test_no_model_points_upwards() -> None:
    assert upward_relations() == []


SETTINGS = settings.BASE_DIR / "pyproject.toml"


def contracts() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = tomllib.loads(SETTINGS.read_text())["tool"]["importlinter"]["contracts"]
    return found


def test_every_app_is_under_both_contracts() -> None:
    inside = [
        contract for contract in contracts() if contract["type"] == "layers" and "containers" in contract
    ]
    words = next(
        contract for contract in inside if "(rules)" in contract["layers"] and not contract.get("exhaustive")
    )
    whole = [app for contract in inside if contract.get("exhaustive") for app in contract["containers"]]
    assert sorted(words["containers"]) == sorted(set(ORDER) - {"config"})
    assert sorted(whole) == sorted(set(ORDER) - {"config"})


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A house of empty apps under the contracts of ours."""
    shutil.copy(SETTINGS, tmp_path)
    for app in ORDER:
        (tmp_path / app).mkdir()
        (tmp_path / app / "__init__.py").touch()
    for contract in contracts():
        for package in contract.get("ancestors", ()):
            (tmp_path / package.replace(".", "/")).mkdir(exist_ok=True)
            (tmp_path / package.replace(".", "/") / "__init__.py").touch()
    return tmp_path


def broken(house: Path) -> str:
    """What the linter says is broken; empty when nothing is."""
    program = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    said = subprocess.run(
        program, cwd=house, env={**os.environ, "PYTHONPATH": ""}, capture_output=True, text=True
    )
    return said.stdout.partition("Broken contracts")[2] if said.returncode else ""


@pytest.mark.parametrize("app", ["plans", "areas", "core", "portal"])
def test_a_new_module_is_asked_for_its_place(house: Path, app: str) -> None:
    assert broken(house) == ""
    (house / app / "odd.py").write_text("x = 1\n")
    assert "odd" in broken(house)


@pytest.mark.parametrize(
    ("module", "imported"),
    [
        ("plans/models.py", "plans.actions"),
        ("live/actions.py", "live.consumers"),
        ("councils/views.py", "councils.api"),
        ("reports/rules.py", "reports.intake"),
        ("areas/models.py", "areas.importers"),
        ("areas/importers/one.py", "areas.map"),
        ("core/verbs.py", "core.models"),
    ],
)
def test_a_module_that_reaches_up_is_caught(house: Path, module: str, imported: str) -> None:
    target = house / imported.replace(".", "/")
    if not target.exists():
        target.with_suffix(".py").touch()
    (house / module).write_text(f"import {imported}\n")
    assert imported in broken(house)


def test_readers_make_no_circle(house: Path) -> None:
    (house / "areas/importers/one.py").write_text("import areas.importers.two\n")
    assert broken(house) == ""
    (house / "areas/importers/two.py").write_text("import areas.importers.one\n")
    assert "areas.importers" in broken(house)
