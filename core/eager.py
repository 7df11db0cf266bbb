"""`python -m core.eager`: texts that are translated while a module is imported; part of `./run check`.

They stay in the language of whoever came first. Such a text waits: `gettext_lazy`, or a function.
"""

import importlib
import os
import pkgutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

from django.utils import functional, translation

ROOT = Path(__file__).resolve().parent.parent
NAMES = ("gettext", "ngettext", "pgettext", "npgettext")
LAZY = Path(
    functional.__file__
).parent  # what waits is asked from there, and translation itself stands beneath it


@contextmanager
def noticed(root: Path = ROOT) -> Iterator[set[str]]:
    """What is translated meanwhile by a module of this folder that is being imported: “file:line: text”."""
    found: set[str] = set()
    translator = translation._trans  # type: ignore[attr-defined]

    def notice(*words: Any) -> str:
        text = str(words[-3 if len(words) > 2 else -1])
        callers = list(_callers(sys._getframe(1)))
        asking = next(frame for frame in callers if _file(frame).parent != LAZY)
        if _is_ours(asking, root) and any(_is_import(frame) and _is_ours(frame, root) for frame in callers):
            found.add(f"{_file(asking).relative_to(root)}:{asking.f_lineno}: “{text}”")
        return text

    before = {name: translator.__dict__.get(name) for name in NAMES}
    translator.__dict__.update(dict.fromkeys(NAMES, notice))
    try:
        yield found
    finally:
        for name, was in before.items():
            translator.__dict__.pop(name)
            if was is not None:
                translator.__dict__[name] = was


def _callers(frame: FrameType | None) -> Iterator[FrameType]:
    """Who asked, from near to far. What compares texts that wait (Django's constraints, an enumeration) is nearer, and not ours."""
    while frame is not None:
        if not _file(frame).is_relative_to(LAZY / "translation"):
            yield frame
        frame = frame.f_back


def _file(frame: FrameType) -> Path:
    return Path(frame.f_code.co_filename)


def _is_ours(frame: FrameType, root: Path) -> bool:
    file = _file(frame)
    return file.is_relative_to(root) and not any(
        part.startswith(".") for part in file.relative_to(root).parts
    )


def _is_import(frame: FrameType) -> bool:
    return frame.f_code.co_name == "<module>" and frame.f_globals.get("__name__") != "__main__"


def import_everything(packages: list[str]) -> None:
    """Import every module of these packages."""
    for package in packages:
        for module in pkgutil.walk_packages(importlib.import_module(package).__path__, f"{package}."):
            importlib.import_module(module.name)


def main() -> None:
    """Import the whole site as a process does that begins, and name what was translated too early."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django
    from django.apps import apps

    with noticed() as found:
        django.setup()
        own = [app.name for app in apps.get_app_configs() if Path(app.path).parent == ROOT]
        import_everything(["config", *own])
    if found:
        sys.exit(
            "\n".join(["Translated while importing; gettext_lazy waits for the reader:", *sorted(found)])
        )


if __name__ == "__main__":
    main()
