"""The field in which a file is chosen."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation

from core.files import size_words
from core.uploads import UploadField

TABLE = "areas.figures"


def refusal(data: bytes) -> str:
    with pytest.raises(ValidationError) as refused, translation.override("nl"):
        UploadField(kind=TABLE).clean(SimpleUploadedFile("x.csv", data))
    return " ".join(refused.value.messages)


def test_it_says_what_is_accepted_and_bounds_it() -> None:
    field = UploadField(kind=TABLE)
    assert field.widget.attrs["accept"] == ".csv,.txt,.tsv,.xlsx,.json"
    assert field.widget.attrs["data-most"] == 5_000_000
    assert "hoogstens 5 MB" in refusal(b"a;b\n" * 1_250_001)
    assert ".csv" in refusal(b"\x00\x01\x02")


def test_the_file_is_at_its_start_after_it_was_tried() -> None:
    upload = UploadField(kind=TABLE, reads=lambda content: content.read()).clean(
        SimpleUploadedFile("../x.txt", "naam;2024\n".encode("utf-16"))
    )
    assert upload
    assert (upload.name, upload.content_type) == ("x.csv", "text/csv")
    assert upload.content.read().decode("utf-16") == "naam;2024\n"


def test_where_none_is_asked_for_none_may_come() -> None:
    assert UploadField(kind=TABLE, required=False).clean(None) is None
    with pytest.raises(ValidationError):
        UploadField(kind=TABLE).clean(None)


@pytest.mark.parametrize(("size", "words"), [(5_000_000, "5 MB"), (67_108_864, "64,0 MB")])
def test_a_bound_is_said_as_beside_the_field(size: int, words: str) -> None:
    with translation.override("nl"):
        assert size_words(size).replace("\xa0", " ") == words
