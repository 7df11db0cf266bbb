"""Every verb of every app, found by itself, and the world in which each is tried.

An app shows in `tests/<app>/verbs.py` how each of its verbs is called: `EXAMPLES` gives for a verb what it gets, `by` included,
after making in the world what it needs.
"""

import ast
import importlib
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings

from accounts.models import User
from core.verbs import verbs
from tests.conftest import Land

ROOT = Path(settings.BASE_DIR)


@dataclass
class World:
    """The small municipality and the cast."""

    land: Land
    cast: dict[str, User]


Example = Callable[[World], dict[str, Any]]
Examples = dict[Callable[..., Any], Example]


def our_apps() -> list[str]:
    """The apps of this project."""
    return [app.name for app in apps.get_app_configs() if Path(app.path).parent == ROOT]


def every_verb() -> dict[str, Callable[..., Any]]:
    """The verbs of all apps by their dotted name; every module of the apps is imported to find them."""
    for app in our_apps():
        for module in pkgutil.walk_packages([str(ROOT / app)], f"{app}."):
            if ".migrations" not in module.name:
                importlib.import_module(module.name)
    return {name: verb for name, verb in verbs.items() if name.split(".")[0] in our_apps()}


def every_example() -> Examples:
    """How the verbs of all apps are called."""
    found: Examples = {}
    for app in our_apps():
        if (ROOT / "tests" / app / "verbs.py").exists():
            found |= importlib.import_module(f"tests.{app}.verbs").EXAMPLES
    return found


# ---- what writes without being a verb


WRITES = {"save", "create", "bulk_create", "bulk_update", "get_or_create", "update_or_create", "delete"}
WRITES_ON_RELATIONS = {"set", "add", "remove", "clear"}  # also words of sets: only on `row.relation`


@dataclass(frozen=True)
class Writer:
    """A function of the actions of an app that writes by itself and is no verb."""

    app: str
    module: str
    name: str

    def __str__(self) -> str:
        return f"{self.module}.{self.name}"


def writers(root: Path = ROOT) -> Iterator[Writer]:
    """The public functions in `<app>/actions` that write and are no verbs."""
    for path in sorted([*root.glob("*/actions.py"), *root.glob("*/actions/*.py")]):
        place = path.relative_to(root).with_suffix("")
        for node in ast.parse(path.read_text()).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                marked = any(isinstance(one, ast.Name) and one.id == "verb" for one in node.decorator_list)
                if not marked and any(map(_writes, ast.walk(node))):
                    yield Writer(place.parts[0], ".".join(place.parts), node.name)


def _writes(node: ast.AST) -> bool:
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
        return False
    word, on = node.func.attr, node.func.value
    if word == "update":
        return isinstance(on, ast.Call) or (isinstance(on, ast.Attribute) and on.attr == "objects")
    return word in WRITES or (word in WRITES_ON_RELATIONS and isinstance(on, ast.Attribute))


def _folders(root: Path) -> list[Path]:
    """The folders with code of the project, tests apart."""
    return [one for one in root.iterdir() if one.is_dir() and one.name != "tests" and one.name[0].isalpha()]


def handed_out(writer: Writer, root: Path = ROOT) -> list[str]:
    """Where a writer is had from outside the actions of its app: there it would be a verb without grammar."""
    return [
        str(place)
        for place, module, names in imported(root)
        if module.startswith(f"{writer.app}.actions")
        and writer.name in names
        and (place.name == "__init__.py" or place.parts[:2] not in _actions(writer.app))
    ]


def _actions(app: str) -> tuple[tuple[str, str], ...]:
    return (app, "actions"), (app, "actions.py")


@cache
def imported(root: Path) -> list[tuple[Path, str, frozenset[str]]]:
    """(file, module, names) of everything that the code of the project has from another module."""
    return [
        (path.relative_to(root), node.module or "", frozenset(one.name for one in node.names))
        for app in _folders(root)
        for path in app.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ImportFrom)
    ]
