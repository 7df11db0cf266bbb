"""`./run test --changed`: the tests of what changed since main, for the minutes before the whole suite runs.

Of a changed module run its mirrored tests, those of what imports it, the tests that import it themselves, and the doors of
its app. What everything stands on (settings, the fixtures of all, requirements) runs everything. It leaves out what is far
away; it never replaces the whole suite.
"""

import re
import subprocess
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from fnmatch import fnmatch
from pathlib import Path, PurePosixPath

import pytest

ROOT = Path(__file__).resolve().parent.parent
DOORS = ("tests/test_access_matrix.py", "tests/test_query_counts.py", "tests/test_two_municipalities.py")
EVERYTHING = (
    "config/settings.py", "pyproject.toml", "requirements*", "tests/conftest.py", "tests/template.py", "manage.py",
    "templates/base.html", "templates/parents/*",
)  # fmt: skip
# What is no module: which tests ask for it.
ASKED_BY = {
    "static/*": ("tests/browser/*", "tests/core/test_staticfiles.py"),
    "templates/*": ("tests/test_templates.py",),
    "locale/*": ("tests/ops/test_check_translations.py",),
    "*.md": ("tests/ops/test_docs.py",),
    "docs/*": ("tests/ops/test_docs.py",),
    "benchmarks/*": (),
    **dict.fromkeys(
        ("run", "scripts/*", ".ci/*", "deploy/*", "Dockerfile", "compose.yaml"), ("tests/ops/*",)
    ),
}
Importers = Callable[[str], Iterable[str]]


@dataclass
class Choice:
    """Which test files run (as patterns), and whose doors."""

    files: set[str] = field(default_factory=set)
    apps: set[str] = field(default_factory=set)
    everything: bool = False

    def takes(self, nodeid: str) -> bool:
        """Whether a test runs."""
        file, _colons, test = nodeid.partition("::")
        if self.everything or any(fnmatch(file, pattern) for pattern in self.files):
            return True
        of = re.search(r"\[(?:chromium-)?(\w+)", test)
        return file in DOORS and (of is None or of[1] in self.apps or of[1] not in _folders())


def choose(changed: Iterable[str], importers: Importers) -> Choice:
    """What runs after these files changed; `importers` names the modules that import one."""
    choice = Choice()
    for file in changed:
        if any(fnmatch(file, pattern) for pattern in EVERYTHING):
            choice.everything = True
        _choose(PurePosixPath(file), importers, choice)
    return choice


def _choose(file: PurePosixPath, importers: Importers, choice: Choice) -> None:
    app = file.parts[0] if file.parts[0] != "templates" or len(file.parts) < 3 else file.parts[1]
    for pattern, tests in ASKED_BY.items():
        if fnmatch(str(file), pattern):
            choice.files.update(tests)
    if file.suffix == ".html" and app in _folders():
        choice.apps.add(app)
        choice.files.update((f"tests/{app}/test_views.py", f"tests/{app}/test_pages.py"))
    if file.suffix != ".py":
        if file.parts[0] in _folders():  # a list of words, a picture, a preset beside the code
            choice.files.add(f"tests/{file.parts[0]}/*")
        return
    if file.parts[0] == "tests":
        _choose_of_tests(file, importers, choice)
        return
    if file.parts[0] not in _folders():
        return
    choice.apps.add(app)
    if {"migrations", "models"} & {*file.parts[:-1], file.stem}:
        choice.files.add(f"tests/{app}/*")
    for module in {_module(file), *importers(_module(file))}:
        choice.files.update(_mirrors(module))


def _choose_of_tests(file: PurePosixPath, importers: Importers, choice: Choice) -> None:
    if file.name == "conftest.py":
        choice.files.add(f"{file.parent}/*")
    elif file.name == "doors.py" and len(file.parts) == 3:
        choice.apps.add(file.parts[1])
    elif file.name.startswith("test_"):
        choice.files.add(str(file))
    else:
        for module in importers(_module(file)):
            choice.files.update(_mirrors(module))


def _mirrors(module: str) -> set[str]:
    """The test files of a module and of its package: `areas.map.labels` has areas/map/test_labels.py or areas/test_map.py."""
    *folders, name = module.split(".")
    if folders[:1] == ["tests"]:
        return {f"{module.replace('.', '/')}.py"}
    found = {"/".join(["tests", *folders, f"test_{name}.py"])}
    if len(folders) > 1:
        found.add("/".join(["tests", *folders[:-1], f"test_{folders[-1]}.py"]))
    return found


def _module(file: PurePosixPath) -> str:
    parts = file.with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _folders() -> set[str]:
    return {path.name for path in (ROOT / "tests").iterdir() if path.is_dir()} | {"config"}


def changed_files() -> list[str]:
    """What differs from where this branch left main, and what is not committed."""
    found = set(_git("diff", "--name-only", _git("merge-base", "HEAD", "main")[0]))
    return sorted(found | set(_git("ls-files", "--others", "--exclude-standard")))


def _git(*arguments: str) -> list[str]:
    done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout.splitlines()


def importers_of_today() -> Importers:
    """Who imports whom, in the code and in the tests."""
    import grimp

    packages = [path.name for path in ROOT.iterdir() if (path / "__init__.py").is_file()]
    graph = grimp.build_graph(*packages, cache_dir=None)
    return lambda module: graph.find_modules_that_directly_import(module) if module in graph.modules else ()


def leave_out(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Keep what `--changed` asks for."""
    choice = choose(changed_files(), importers_of_today())
    out = [item for item in items if not choice.takes(item.nodeid)]
    config.hook.pytest_deselected(items=out)
    items[:] = [item for item in items if choice.takes(item.nodeid)]
