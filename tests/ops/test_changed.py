"""Which tests `./run test --changed` chooses."""

import subprocess
from pathlib import Path

import pytest

from tests import changed
from tests.changed import changed_files, choose, importers_of_today

IMPORTERS = {
    "areas.map.labels": {"areas.views.layers", "tests.areas.map.test_drawing"},
    "tests.areas.files": {"tests.areas.test_upload"},
}


def chosen(file: str, nodeid: str) -> bool:
    return choose([file], lambda module: IMPORTERS.get(module, ())).takes(nodeid)


@pytest.mark.parametrize(
    ("file", "nodeid", "runs"),
    [
        ("areas/map/labels.py", "tests/areas/map/test_labels.py::test_x", True),
        ("areas/map/labels.py", "tests/areas/views/test_layers.py::test_x", True),
        ("areas/map/labels.py", "tests/areas/test_views.py::test_x", True),
        ("areas/map/labels.py", "tests/areas/map/test_drawing.py::test_x", True),
        ("areas/map/labels.py", "tests/areas/test_upload.py::test_x", False),
        ("areas/map/labels.py", "tests/workplaces/test_views.py::test_x", False),
        ("areas/map/labels.py", "tests/test_access_matrix.py::test_every_door[areas-steward]", True),
        ("areas/map/labels.py", "tests/test_access_matrix.py::test_every_door[workplaces-steward]", False),
        ("areas/map/labels.py", "tests/test_access_matrix.py::test_every_address_is_listed", True),
        ("areas/models/area.py", "tests/areas/test_upload.py::test_x", True),
        ("areas/migrations/0002_more.py", "tests/areas/figures/test_models.py::test_x", True),
        ("areas/presets/statbel.toml", "tests/areas/test_formats.py::test_x", True),
        ("templates/workplaces/detail.html", "tests/workplaces/test_views.py::test_x", True),
        ("templates/workplaces/detail.html", "tests/areas/test_pages.py::test_x", False),
        ("templates/workplaces/detail.html", "tests/test_query_counts.py::test_q[workplaces]", True),
        ("static/js/map/state.js", "tests/browser/test_map.py::test_x[chromium]", True),
        ("static/js/map/state.js", "tests/areas/test_pages.py::test_x", False),
        ("tests/areas/test_upload.py", "tests/areas/test_upload.py::test_x", True),
        ("tests/areas/files.py", "tests/areas/test_upload.py::test_x", True),
        ("tests/areas/conftest.py", "tests/areas/figures/test_models.py::test_x", True),
        ("tests/portal/doors.py", "tests/test_access_matrix.py::test_every_door[portal-visitor]", True),
        ("scripts/serve.sh", "tests/ops/test_run.py::test_x", True),
        ("README.md", "tests/ops/test_docs.py::test_x", True),
        ("README.md", "tests/areas/test_pages.py::test_x", False),
        ("config/settings.py", "tests/workplaces/test_slugs.py::test_x", True),
        ("tests/conftest.py", "tests/workplaces/test_slugs.py::test_x", True),
        ("requirements.txt", "tests/workplaces/test_slugs.py::test_x", True),
    ],
)
def test_what_runs_after_a_file_changed(file: str, nodeid: str, runs: bool) -> None:
    assert chosen(file, nodeid) is runs


def test_who_imports_whom_is_read_from_the_code() -> None:
    importers = importers_of_today()
    assert "tests.ops.test_changed" in importers("tests.changed")
    assert "core.management.commands.backup" in importers("core.backup")
    assert list(importers("core.gone")) == []


def test_what_changed_is_asked_of_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(changed, "ROOT", tmp_path)

    def git(*arguments: str) -> None:
        identity = ("-c", "user.name=x", "-c", "user.email=x@example.org")
        subprocess.run(["git", *identity, *arguments], cwd=tmp_path, check=True, capture_output=True)

    def write(name: str) -> None:
        (tmp_path / name).write_text(name)

    git("init", "-b", "main")
    write("old.py")
    write("same.py")
    git("add", ".")
    git("commit", "-m", "one")
    git("switch", "-c", "work")
    write("committed.py")
    git("add", ".")
    git("commit", "-m", "two")
    (tmp_path / "old.py").write_text("new")
    write("untracked.py")
    assert changed_files() == ["committed.py", "old.py", "untracked.py"]
