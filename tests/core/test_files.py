"""Private files: what comes in, who reads it, how it is handed out."""

import datetime as dt
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import time_machine
from asgiref.sync import async_to_sync
from django.conf import LazySettings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import AsyncClient, Client
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from core.filekinds import FileKind, file_kinds
from core.files import (
    check_upload,
    file_content,
    private_storage,
    remove_file,
    safe_name,
    store_bytes,
    store_file,
)
from core.models import PrivateFile
from core.sniff import DOCX, ODT, SIGNATURES, XLSX, sniff

KIND = "tests.papers"
AsPart = Callable[[str], Client]


@pytest.fixture(autouse=True)
def _kind(settings: LazySettings, tmp_path: Path) -> Iterator[None]:
    settings.MEDIA_ROOT = tmp_path
    file_kinds.register(
        FileKind(
            name=KIND,
            title="Stukken",
            accepts=("application/geo+json", "application/pdf", "text/csv"),
            max_bytes=1000,
            may_read=lambda *, user, file: user.email.startswith("moderator"),
            keep=dt.timedelta(days=7),
        )
    )
    yield
    file_kinds.unregister(KIND)


def upload(content: bytes, name: str = "grenzen.geojson") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="text/html")


def refused(content: bytes, name: str = "grenzen.geojson") -> str:
    with pytest.raises(ValidationError) as caught:
        check_upload(upload(content, name), kind=KIND)
    return str(caught.value.code)


def store(owner: uuid.UUID | None, content: bytes = b'{"a": 1}') -> PrivateFile:
    return store_bytes(
        content, kind=KIND, owner=owner, name="grenzen.geojson", content_type="application/geo+json"
    )


def test_upload_is_recognised_by_its_bytes() -> None:
    checked = check_upload(upload(b'\xef\xbb\xbf {"type": "FeatureCollection"}'), kind=KIND)
    assert (checked.content_type, checked.name) == ("application/geo+json", "grenzen.geojson")
    checked = check_upload(upload(b"%PDF-1.7 ...", "lijst.geojson"), kind=KIND)
    assert (checked.content_type, checked.name) == ("application/pdf", "lijst.pdf")


def test_vrt_that_calls_itself_geojson_is_refused() -> None:
    assert refused(b"<OGRVRTDataSource><OGRVRTLayer/></OGRVRTDataSource>") == "wrong_kind"


@pytest.mark.parametrize(
    "content", [b"\x7fELF\x02\x01", b"MZ\x90\x00", b"<svg onload='a'/>", b"\x00\x01\x02"]
)
def test_other_things_are_refused(content: bytes) -> None:
    assert refused(content, "lijst.csv") == "wrong_kind"


def test_size_is_counted_while_reading() -> None:
    read: list[int] = []

    class Liar(SimpleUploadedFile):
        def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
            for number in range(1000):
                read.append(number)
                yield b"[" * 400

    liar = Liar("grenzen.geojson", b"[]")
    assert liar.size == 2
    with pytest.raises(ValidationError) as caught:
        check_upload(liar, kind=KIND)
    assert caught.value.code == "too_large"
    assert len(read) == 3  # it stopped reading
    assert refused(b"") == "empty"
    assert check_upload(upload(b"[" * 1000), kind=KIND).size == 1000


@pytest.mark.parametrize(
    ("given_name", "safe"),
    [
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\jan\\plan.pdf", "plan.pdf"),
        ("plan.pdf.exe", "plan.pdf"),
        ("plan\r\nSet-Cookie: a.pdf", "planSet-Cookie- a.pdf"),
        ("\u202efdp.exe", "fdp.pdf"),
        ("", "document.pdf"),
        ("....", "document.pdf"),
        ("PLAN.PDF", "PLAN.pdf"),
        ("x" * 300 + ".pdf", "x" * 96 + ".pdf"),
        ("vóór de raad.pdf", "vóór de raad.pdf"),
    ],
)
def test_names_lose_their_surprises(given_name: str, safe: str) -> None:
    assert safe_name(given_name, "application/pdf") == safe


@given(st.text(max_size=300), st.sampled_from(sorted(SIGNATURES)))
def test_every_name_becomes_a_name(name: str, content_type: str) -> None:
    made = safe_name(name, content_type)
    assert made.endswith(SIGNATURES[content_type][1])
    assert len(made) <= 100
    assert made.isprintable()
    assert not set('/\\:<>"|?*;') & set(made)
    assert not made.startswith(".")
    assert safe_name(made, content_type) == made


def test_a_letter_is_no_workbook() -> None:
    assert sniff(b"PK\x03\x04rest", "brief.docx", (XLSX, DOCX, ODT)) == DOCX
    assert sniff(b"PK\x03\x04\x14" + bytes(25) + f"mimetype{ODT}PK".encode(), "brief", (ODT,)) == ODT
    assert sniff(b"PK\x03\x04rest", "brief.odt", (ODT,)) is None


def test_ending_decides_between_equals() -> None:
    zipped = b"PK\x03\x04rest"
    assert sniff(zipped, "a.zip", (XLSX, "application/zip")) == "application/zip"
    assert sniff(zipped, "a.xlsx", (XLSX, "application/zip")) == XLSX
    assert sniff(zipped, "a", (XLSX, "application/zip")) == XLSX
    assert sniff(b"naam;adres\n", "a.csv", ("application/json", "text/csv")) == "text/csv"


@pytest.mark.django_db
def test_stores_and_reads_back() -> None:
    checked = check_upload(upload(b"[1, 2]"), kind=KIND)
    file = store_file(checked, kind=KIND, owner=None)
    with file_content(file) as content:
        assert content.read() == b"[1, 2]"
    assert (file.size, len(file.sha256)) == (6, 64)
    path = Path(private_storage().path(str(file.uuid)))
    assert path.parent.name == "private"
    assert path.stat().st_mode & 0o077 == 0
    assert path.parent.stat().st_mode & 0o077 == 0
    with pytest.raises(ValueError, match="no address"):
        private_storage().url(str(file.uuid))


@pytest.mark.django_db
def test_stores_only_what_the_kind_accepts() -> None:
    with pytest.raises(ValueError, match="does not accept"):
        store_bytes(b"PK", kind=KIND, owner=None, name="a.zip", content_type="application/zip")


@pytest.mark.django_db(transaction=True)
def test_bytes_go_when_the_row_is_really_gone() -> None:
    file = store(None)
    with pytest.raises(RuntimeError), transaction.atomic():  # noqa: PT012 (the rollback is the point)
        remove_file(file)
        raise RuntimeError
    assert private_storage().exists(str(file.uuid))
    remove_file(file)
    assert not private_storage().exists(str(file.uuid))
    assert not PrivateFile.objects.exists()


def test_owner_and_whom_the_kind_allows_read(as_part: AsPart, cast: dict[str, User]) -> None:
    file = store(cast["steward"].uuid)
    address = file.get_absolute_url()
    assert address == f"/bestanden/{file.uuid}/"
    for part, status in (
        ("steward", 200), ("moderator", 200), ("administrator", 404), ("resident", 404), ("visitor", 302)
    ):  # fmt: skip
        assert as_part(part).get(address).status_code == status, part
    nobodys = store(None)
    assert as_part("steward").get(nobodys.get_absolute_url()).status_code == 404


def test_handed_out_as_a_download_that_can_do_nothing(as_part: AsPart, cast: dict[str, User]) -> None:
    file = store(cast["steward"].uuid)
    answer = as_part("steward").get(file.get_absolute_url())
    assert b"".join(answer) == b'{"a": 1}'
    assert answer["Content-Disposition"] == 'attachment; filename="grenzen.geojson"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["Content-Length"] == "8"


def test_file_is_over_when_its_time_is(as_part: AsPart, cast: dict[str, User]) -> None:
    with time_machine.travel("2026-03-04T12:00Z", tick=False) as clock:
        file = store(cast["steward"].uuid)
        clock.shift(dt.timedelta(days=7, seconds=1))
        assert as_part("steward").get(file.get_absolute_url()).status_code == 404


def test_lost_bytes_and_lost_kinds_are_not_there(as_part: AsPart, cast: dict[str, User]) -> None:
    file = store(cast["steward"].uuid)
    PrivateFile.objects.update(kind="tests.gone")
    assert as_part("moderator").get(file.get_absolute_url()).status_code == 404
    private_storage().delete(str(file.uuid))
    assert as_part("steward").get(file.get_absolute_url()).status_code == 404


def test_asynchronous_server_streams_too(as_part: AsPart, cast: dict[str, User]) -> None:
    file = store(cast["steward"].uuid)
    signed_in = as_part("steward")

    async def fetch() -> bytes:
        client = AsyncClient()
        client.cookies = signed_in.cookies
        answer: Any = await client.get(file.get_absolute_url())
        return b"".join([piece async for piece in answer.streaming_content])

    assert async_to_sync(fetch)() == b'{"a": 1}'
