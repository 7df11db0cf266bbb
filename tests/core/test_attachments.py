"""Files of things: who reads and changes them, pictures without what a telephone adds, no file that stays behind."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.test import Client
from PIL import Image

from accounts.models import User
from core.attachments import (
    MOST,
    attach,
    attached,
    attachment_kinds,
    change_attachment,
    may_read,
    remove_attachment,
)
from core.changes import changes_of
from core.files import file_content, private_storage
from core.models import Attachment, PrivateFile
from core.verbs import Conflict, Refused
from tests.attached import AREAS, PDF, READERS, bring, paper
from tests.conftest import OPERATOR, Land
from tests.core.test_images import photo

AsPart = Callable[[str], Client]
PICTURE: dict[str, Any] = {"alternative": "Een plein met linden", "is_public": True}


@pytest.fixture(autouse=True)
def _folder(settings: LazySettings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def snapshot(name: str = "plein.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, photo().getvalue())


def titles(land: Land, user: User) -> list[str]:
    return [file.title for file in attached(AREAS, land["bergen"], user).files]


def test_what_is_private_is_for_whom_the_kind_says(land: Land, cast: dict[str, User]) -> None:
    public, private = (
        bring(land["bergen"], title="Open", is_public=True),
        bring(land["bergen"], title="Dicht"),
    )
    for part, person in cast.items():
        reads = part in READERS
        assert titles(land, person) == (["Open", "Dicht"] if reads else ["Open"]), part
        assert may_read(person, private) is reads
        assert may_read(person, public)
    assert attached(AREAS, land["bergen"], cast["steward"]).may_change
    assert not attached(AREAS, land["bergen"], cast["worker_here"]).may_change
    assert attached(AREAS, land["dalen"], cast["steward"]).files == []


def test_of_a_thing_that_is_not_seen_no_file_is_there(
    land: Land, cast: dict[str, User], client: Client
) -> None:
    public = bring(land["bergen"], is_public=True)
    type(land["bergen"]).objects.filter(pk=land["bergen"].pk).update(is_residual=True)
    assert not may_read(cast["steward"], public)
    assert client.get(public.get_absolute_url()).status_code == 404


def test_a_kind_that_is_gone_shows_nothing(land: Land, cast: dict[str, User]) -> None:
    public = bring(land["bergen"], is_public=True)
    Attachment.objects.update(kind="tests.gone")
    assert not may_read(cast["steward"], Attachment.objects.get(pk=public.pk))


def test_the_address_of_a_file(land: Land, as_part: AsPart, client: Client) -> None:
    public = bring(land["bergen"], is_public=True)
    answer = client.get(public.get_absolute_url())
    assert answer.getvalue() == PDF
    assert answer["Content-Disposition"] == 'attachment; filename="plan.pdf"'
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["Cache-Control"] == "no-cache"
    again = client.get(public.get_absolute_url(), headers={"If-None-Match": answer["ETag"]})
    assert (again.status_code, again.getvalue()) == (304, b"")
    private = bring(land["bergen"])
    assert client.get(private.get_absolute_url()).status_code == 404
    staff = as_part("worker_here").get(private.get_absolute_url())
    assert staff.getvalue() == PDF
    assert staff["Cache-Control"] == "private, no-store"
    # At the address of private files of persons there is nothing.
    assert as_part("steward").get(f"/bestanden/{public.file.uuid}/").status_code == 404


def test_a_picture_is_made_anew(land: Land, client: Client) -> None:
    file = bring(land["bergen"], upload=paper(photo(size=(4000, 20)).getvalue(), "IMG_1.jpg"), **PICTURE)
    assert file.is_picture
    answer = client.get(file.get_absolute_url())
    shown = answer.getvalue()
    assert Image.open(io.BytesIO(shown)).size == (2000, 10)
    assert dict(Image.open(io.BytesIO(shown)).getexif()) == {}
    assert b"Telefoon" not in shown
    assert int(answer["Content-Length"]) == len(shown) == file.file.size
    assert answer["Content-Disposition"].startswith("inline")


def test_a_picture_says_what_is_in_it(land: Land) -> None:
    upload = paper(photo().getvalue(), "IMG_1.jpg")
    with pytest.raises(ValidationError) as refused:
        bring(land["bergen"], upload=upload, alternative="  ")
    assert list(refused.value.message_dict) == ["alternative"]
    assert PrivateFile.objects.count() == 0
    file = bring(land["bergen"], upload=paper(photo().getvalue(), "IMG_1.jpg"), **PICTURE)
    for field in ("alternative", "title"):
        with pytest.raises(IntegrityError), transaction.atomic():
            Attachment.objects.filter(pk=file.pk).update(**{field: ""})
    assert bring(land["bergen"], alternative="een plein").alternative == ""  # of a paper it says nothing


def test_a_picture_that_is_none(land: Land) -> None:
    with pytest.raises(ValidationError) as refused:
        bring(land["bergen"], upload=paper(b"\xff\xd8\xff" + bytes(50), "x.jpg"), **PICTURE)
    assert list(refused.value.message_dict) == ["file"]


def test_only_so_many(land: Land) -> None:
    file = bring(land["bergen"])
    bare = PrivateFile.objects.values("kind", "name", "content_type", "size", "sha256").get()
    files = PrivateFile.objects.bulk_create(PrivateFile(**bare) for _ in range(MOST - 1))
    Attachment.objects.bulk_create(
        Attachment(kind=AREAS, subject=file.subject, title="x", file=one) for one in files
    )
    with pytest.raises(Refused, match=str(MOST)):
        bring(land["bergen"])


def test_who_may_not_does_nothing(land: Land, cast: dict[str, User]) -> None:
    file, by = bring(land["bergen"]), cast["worker_here"]
    with pytest.raises(PermissionDenied):
        attach(kind=AREAS, thing=land["bergen"], upload=paper(), title="x", by=by)
    with pytest.raises(PermissionDenied):
        change_attachment(attachment=file, title="x", by=by)
    with pytest.raises(PermissionDenied):
        remove_attachment(attachment=file, by=by)
    assert Attachment.objects.get().title == "Plan"


def test_another_file_in_its_stead(
    land: Land, cast: dict[str, User], django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    file = bring(land["bergen"], upload=paper(photo().getvalue(), "IMG_1.jpg"), **PICTURE)
    before = str(file.file.uuid)
    with django_capture_on_commit_callbacks(execute=True):
        changed = change_attachment(
            attachment=file,
            title="Besluit",
            upload=paper(b"%PDF-1.7 nieuw"),
            version=file.version,
            by=cast["steward"],
        )
    assert not private_storage().exists(before)
    with file_content(changed.file) as content:
        assert content.read() == b"%PDF-1.7 nieuw"
    assert (changed.is_picture, changed.alternative, changed.is_public) == (False, "", False)
    with pytest.raises(Conflict):
        change_attachment(attachment=file, title="x", version=file.version, by=cast["steward"])
    told = changes_of(changed)
    assert [change.why for change in told] == ["een bestand gewijzigd", "een bestand toegevoegd"]
    assert told[0].who == str(cast["steward"])
    assert "titel: Plan → Besluit" in told[0].lines


def test_taking_away_takes_the_bytes(
    land: Land, cast: dict[str, User], django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    file = bring(land["bergen"])
    with django_capture_on_commit_callbacks(execute=True):
        remove_attachment(attachment=file, by=cast["steward"])
    assert not Attachment.objects.exists()
    assert not PrivateFile.objects.exists()
    assert not private_storage().exists(str(file.file.uuid))
    with pytest.raises(Conflict):
        remove_attachment(attachment=file, by=cast["steward"])


def test_of_a_thing_that_is_gone_nothing_is_changed(land: Land) -> None:
    file = bring(land["bergen"])
    Attachment.objects.update(subject="00000000-0000-0000-0000-000000000000")
    with pytest.raises(Conflict):
        remove_attachment(attachment=Attachment.objects.get(pk=file.pk), by=OPERATOR)


@pytest.mark.parametrize(("place", "order"), [(1, "cab"), (2, "acb"), (3, "abc"), (9, "abc")])
def test_a_file_gets_its_place(land: Land, cast: dict[str, User], place: int, order: str) -> None:
    files = [bring(land["bergen"], title=title, is_public=True) for title in "abc"]
    change_attachment(attachment=files[2], title="c", is_public=True, place=place, by=OPERATOR)
    assert "".join(titles(land, cast["resident"])) == order
    assert len(changes_of(files[0])) == 1  # to be moved along is no news


def test_adding_on_its_page(land: Land, as_part: AsPart) -> None:
    steward = as_part("steward")
    url = attached(AREAS, land["bergen"], User.objects.get(name="Steward")).add_url
    html = steward.get(url).content.decode()
    assert "DOCX" in html
    sent = {"file": snapshot(), "title": "Het plein", "is_public": "on"}
    refused = steward.post(url, sent)
    assert refused.status_code == 422
    assert "Zeg wat er op de foto staat" in refused.content.decode()
    assert 'value="Het plein"' in refused.content.decode()
    answer = steward.post(url, {**sent, "file": snapshot(), "alternative": "Linden"})
    assert answer["Location"] == "/gebieden/bergen/#bestanden"
    file = Attachment.objects.get()
    assert (file.title, file.alternative, file.is_public, file.order) == ("Het plein", "Linden", True, 1)
    assert file.file.owner is None


def test_changing_on_its_page(land: Land, as_part: AsPart) -> None:
    bring(land["bergen"], title="Eerste")
    file = bring(land["bergen"], title="Tweede")
    steward, url = as_part("steward"), f"{file.get_absolute_url()}wijzigen/"
    html = steward.get(url).content.decode()
    assert 'name="place" value="2"' in html
    sent = {"title": "Anders", "place": "1", "version": file.version}
    assert steward.post(url, sent).status_code == 302
    changed = Attachment.objects.get(pk=file.pk)
    assert (changed.title, changed.order, changed.file_id) == ("Anders", 1, file.file_id)
    conflict = steward.post(url, {**sent, "title": "Nog anders"})
    assert conflict.status_code == 409
    assert "Nog anders" in conflict.content.decode()
    assert steward.post(f"{file.get_absolute_url()}weghalen/").status_code == 302
    assert steward.get(url).status_code == 404


def test_the_list_on_a_page(land: Land, cast: dict[str, User]) -> None:
    bring(land["bergen"], title="<Plan>", is_public=True)
    bring(land["bergen"], title="Geheim")
    bring(land["bergen"], title="Plein", upload=paper(photo().getvalue(), "p.jpg"), **PICTURE)
    shown = {
        part: render_to_string(
            "core/partials/attachments.html", {"attached": attached(AREAS, land["bergen"], cast[part])}
        )
        for part in ("resident", "worker_here", "steward")
    }
    assert "&lt;Plan&gt;" in shown["resident"]
    assert 'alt="Een plein met linden"' in shown["resident"]
    assert "Geheim" not in shown["resident"]
    assert "alleen voor medewerkers" in shown["worker_here"]
    assert "/wijzigen/" not in shown["worker_here"]
    assert shown["steward"].count("/wijzigen/") == 3
    assert "/bijlagen/bij/tests.areas/" in shown["steward"]
    with pytest.raises(KeyError):
        attached("tests.nothing", land["bergen"], cast["resident"])
    assert AREAS in attachment_kinds
