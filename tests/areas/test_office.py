"""The municipality's own templates for documents of Word."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import User
from areas.actions.office import use_our_template
from areas.documents import document
from areas.models import OfficeTemplate
from core.changes import changes_of
from core.models import PrivateFile
from core.sniff import DOCX
from core.verbs import Refused
from tests.conftest import OPERATOR, Land
from tests.office import KIND, WORDS, letter, read, with_member

URL = f"/sjablonen/{KIND}/"


def sent(data: bytes, name: str = "huisstijl.docx") -> dict[str, Any]:
    return {"file": SimpleUploadedFile(name, data, content_type=DOCX)}


def test_a_steward_brings_a_template_tries_it_and_goes_back(
    land: Land, as_part: Callable[[str], Client]
) -> None:
    client = as_part("steward")
    here = land.municipality
    assert "Het plein" in read(document(KIND, WORDS, municipality=here))  # ours
    assert b"ons sjabloon" in client.get(URL).content
    response = client.post(URL, sent(letter("Stad Proefdorp aan {{ raad }}")), follow=True)
    assert "huisstijl.docx" in response.content.decode()
    expected = ["Stad Proefdorp aan Dorpsraad <Bergen> & Dalen"]
    assert read(document(KIND, WORDS, municipality=here)) == expected
    assert read(client.get(f"{URL}voorbeeld.docx").content) == expected
    assert read(client.get(f"{URL}sjabloon.docx?van=gemeente").content) == ["Stad Proefdorp aan {{ raad }}"]
    assert "{{ punt.titel }}" in read(client.get(f"{URL}sjabloon.docx").content)
    client.post(URL, sent(letter("Anders: {{ raad }}")))
    assert PrivateFile.objects.filter(kind="areas.office").count() == 1  # the one before is gone
    assert client.post(f"{URL}terug/", follow=True).status_code == 200
    assert not OfficeTemplate.objects.exists()
    assert not PrivateFile.objects.filter(kind="areas.office").exists()
    assert "Het plein" in read(document(KIND, WORDS, municipality=here))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (letter("{{ raat }}"), "Bedoel je “raad”?"),
        (with_member(letter("x"), "word/vbaProject.bin", b"x"), "zonder macro’s"),
        (b"PK\x03\x04geen document", "Word"),
        (b"%PDF-1.7", ".docx"),
    ],
    ids=["word", "macro", "broken", "pdf"],
)
def test_a_template_that_cannot_be_used_is_refused_at_the_field(
    land: Land, as_part: Callable[[str], Client], data: bytes, words: str
) -> None:
    client = as_part("administrator")
    response = client.post(URL, sent(data))
    assert response.status_code == 422
    assert words in str(response.context["form"].errors["file"])
    assert not OfficeTemplate.objects.exists()


def test_a_template_that_fits_no_more_is_said(land: Land, as_part: Callable[[str], Client]) -> None:
    client = as_part("steward")
    client.post(URL, sent(letter("{{ raad }}")))
    with pytest.raises(Refused, match="sjabloon van je gemeente past niet"):
        document(KIND, {"leden": []}, municipality=land.municipality)


def test_who_did_it_is_kept(land: Land, cast: dict[str, User], as_part: Callable[[str], Client]) -> None:
    client = as_part("steward")
    client.post(URL, sent(letter("{{ raad }}")))
    template = OfficeTemplate.objects.get()
    assert [change.why for change in changes_of(template)] == ["sjabloon voor documenten gekozen"]
    with pytest.raises(PermissionDenied):
        use_our_template(template=template, by=cast["worker_here"])
    use_our_template(template=template, by=OPERATOR)


def test_an_unknown_kind_is_not_there(land: Land, as_part: Callable[[str], Client]) -> None:
    client = as_part("steward")
    for path in ("", "sjabloon.docx", "voorbeeld.docx"):
        assert client.get(f"/sjablonen/proef.nergens/{path}").status_code == 404
