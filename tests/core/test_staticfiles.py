"""Hashed names: what a served module imports is kept for ever, and is what belongs to that module."""

import posixpath
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.test import override_settings
from whitenoise.middleware import WhiteNoiseMiddleware

# Any way to name another module, also those that no storage would recognise.
NAMES = re.compile(r"""(?:\bfrom|\bimport)\s*\(?\s*["'`]([^"'`]+)["'`]""")
COMMENTS = re.compile(r"/\*.*?\*/|^\s*//.*?$", re.S | re.M)
OTHERS = ("leaflet/leaflet.js", "django_htmx/htmx-2.min.js", "django_htmx/django-htmx.js")
Collect = Callable[[dict[str, str]], WhiteNoiseMiddleware]


@pytest.fixture
def collect(tmp_path: Path) -> Iterator[Collect]:
    """Collects files as a real site does, and gives what serves them."""
    storages = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "core.staticfiles.HashedStorage", "OPTIONS": {"location": tmp_path}},
    }

    def collected(files: dict[str, str]) -> WhiteNoiseMiddleware:
        for name, text in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        storage: Any = staticfiles_storage
        done = list(storage.post_process({name: (storage, name) for name in files}))
        assert not [error for _name, _hashed, error in done if isinstance(error, Exception)]
        return WhiteNoiseMiddleware(lambda request: request)

    with override_settings(
        STORAGES=storages, STATIC_ROOT=tmp_path, WHITENOISE_USE_FINDERS=False, WHITENOISE_AUTOREFRESH=False
    ):
        yield collected


def url_of(name: str) -> str:
    return str(staticfiles_storage.url(name))


def served(url: str) -> str:
    return (Path(settings.STATIC_ROOT) / url.removeprefix("/static/")).read_text()


def modules() -> dict[str, str]:
    """Our modules, and the scripts of others beside them."""
    ours = {str(path.relative_to("static")): path.read_text() for path in Path("static/js").rglob("*.js")}
    for name in OTHERS:
        found = finders.find(name)
        assert found
        ours[name] = re.sub(r"//# sourceMappingURL=.*", "", Path(found).read_text())
    return ours


def test_every_import_names_a_file_that_is_there_and_is_kept_for_ever(collect: Collect) -> None:
    files = modules()
    server = collect(files)
    imports = 0
    for name in files:
        url = url_of(name)
        text = COMMENTS.sub("", served(url))
        for named in NAMES.findall(text) if name.startswith("js/") else ():
            target = posixpath.normpath(posixpath.join(posixpath.dirname(url), named))
            assert target in server.files, f"{name} imports {named}"
            headers = dict(server.files[target].get_response("GET", {}).headers)
            assert "immutable" in headers["Cache-Control"], f"{name} imports {named}"
            imports += 1
    assert imports >= 15


def test_a_module_gets_another_name_when_what_it_imports_changes(collect: Collect, tmp_path: Path) -> None:
    files = {"js/one.js": 'import { two } from "./two.js";\n', "js/two.js": "export const two = 2;\n"}
    collect(files)
    before = url_of("js/one.js")
    staticfiles_storage.hashed_files.clear()  # type: ignore[attr-defined]
    collect(files | {"js/two.js": "export const two = 3;\n"})
    assert url_of("js/one.js") != before


@pytest.mark.parametrize(
    "line",
    ['import "./two.js";', 'import * as all from "./two.js";', 'export { two } from "./two.js";',
     'const late = import("./two.js");', 'import {\n  two,\n} from "./two.js";'],
)  # fmt: skip
def test_every_form_of_import_that_we_may_use_is_hashed(collect: Collect, line: str) -> None:
    collect({"js/one.js": f"{line}\n", "js/two.js": "export const two = 2;\n"})
    assert re.search(r'"\./two\.[0-9a-f]{12}\.js"', served(url_of("js/one.js")))


def test_a_comment_of_others_is_no_import(collect: Collect) -> None:
    collect({"ext/theirs.js": '// use: import("../missing.js")\n'})
    assert re.search(r"theirs\.[0-9a-f]{12}\.js", url_of("ext/theirs.js"))
