"""Tests that need a program of the system: skipped without it, failed when CI says that nothing may be skipped."""

import os
import shutil

import pytest

# The programs of a marker, each with the names it goes by.
NEEDS: dict[str, list[tuple[str, ...]]] = {
    "browser": [("chromium", "chromium-browser", "google-chrome")],
    "services": [("nginx",), ("redis-server",), ("openssl",)],
    "gdal": [("ogrinfo",), ("ogr2ogr",)],
}


def find_program(*names: str) -> str | None:
    """The path of the first of these programs that is here; nginx stands where only root's PATH looks."""
    path = f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin"
    return next((found for name in names if (found := shutil.which(name, path=path))), None)


def pytest_runtest_setup(item: pytest.Item) -> None:
    for marker, programs in NEEDS.items():
        if item.get_closest_marker(marker) is None:
            continue
        missing = [names[0] for names in programs if find_program(*names) is None]
        if missing and os.environ.get("CI", "").lower() in {"1", "true", "yes"}:
            pytest.fail(
                f"not installed: {', '.join(missing)}; with CI set nothing may be skipped", pytrace=False
            )
        if missing:
            pytest.skip(f"not installed: {', '.join(missing)}")
