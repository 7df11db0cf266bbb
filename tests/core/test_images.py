"""Pictures are made anew: no place, no name, no more than pixels."""

import io
import struct
import zlib
from dataclasses import replace
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override
from PIL import Image

from core import images
from core.images import LIMITS, MAX_PIXELS, MAX_SCANS, SCAN, reencode_image

HOME = (51.0, 24.0, 12.34)


def photo(made_as: str = "JPEG", size: tuple[int, int] = (40, 20), **options: Any) -> io.BytesIO:
    """A picture with everything in it that a telephone adds: the place of the home, the maker, a comment."""
    image = Image.new("RGB", size, "red")
    exif = Image.Exif()
    exif[0x010F] = "Telefoon van Jan"
    exif[0x0112] = options.pop("orientation", 1)
    exif.get_ifd(0x8825).update({1: "N", 2: HOME, 3: "E", 4: (4.0, 45.0, 6.78)})
    held = io.BytesIO()
    image.save(held, made_as, exif=exif.tobytes(), **options)
    held.seek(0)
    return held


def refused(content: io.BytesIO) -> str:
    with pytest.raises(ValidationError) as caught:
        reencode_image(content)
    return str(caught.value.code)


@pytest.mark.parametrize(
    ("made_as", "content_type"), [("JPEG", "image/jpeg"), ("PNG", "image/png"), ("WEBP", "image/webp")]
)
def test_place_of_the_home_is_gone(made_as: str, content_type: str) -> None:
    before = photo(made_as)
    assert Image.open(before).getexif().get_ifd(0x8825)[2] == HOME  # it was there
    made, told = reencode_image(before)
    assert told == content_type
    after = Image.open(io.BytesIO(made))
    assert after.format == made_as
    assert dict(after.getexif()) == {}
    assert not after.getexif().get_ifd(0x8825)
    assert b"Telefoon" not in made
    assert b"Exif" not in made


def test_comments_and_profiles_are_gone() -> None:
    held = photo("JPEG", comment=b"Kerkstraat 3", icc_profile=b"profiel van Jan", xmp=b"<x>Jan</x>")
    made, _type = reencode_image(held)
    for secret in (b"Kerkstraat", b"Jan", b"ICC_PROFILE", b"xap"):
        assert secret not in made


def test_what_hangs_behind_the_picture_is_gone() -> None:
    made, _type = reencode_image(io.BytesIO(photo().getvalue() + b"<script>alert(1)</script>"))
    assert b"<script>" not in made


def test_picture_stands_upright() -> None:
    made, _type = reencode_image(photo(size=(40, 20), orientation=6))
    assert Image.open(io.BytesIO(made)).size == (20, 40)


def test_large_picture_is_made_smaller() -> None:
    made, _type = reencode_image(photo(size=(3000, 1500)))
    assert Image.open(io.BytesIO(made)).size == (2000, 1000)


def test_transparency_stays() -> None:
    held = io.BytesIO()
    Image.new("RGBA", (8, 8), (0, 0, 0, 0)).save(held, "PNG")
    held.seek(0)
    made, _type = reencode_image(held)
    assert Image.open(io.BytesIO(made)).getpixel((1, 1)) == (0, 0, 0, 0)


def png_that_claims(width: int, height: int) -> io.BytesIO:
    """A PNG of a few bytes whose header promises a giant picture."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    data = zlib.compress(b"\0" * 1000)
    return io.BytesIO(
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", data) + chunk(b"IEND", b"")
    )


@pytest.fixture
def no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever starts one fails."""
    monkeypatch.setattr(images, "bounded", lambda *_given: pytest.fail("there was no need"))


@pytest.mark.usefixtures("no_process")
def test_bomb_is_refused_before_it_is_opened() -> None:
    assert refused(png_that_claims(50_000, 50_000)) == "too_large"
    assert refused(png_that_claims(MAX_PIXELS["PNG"] // 1000 + 1, 1000)) == "too_large"


def test_only_three_formats() -> None:
    for made_as in ("GIF", "BMP", "TIFF"):
        held = io.BytesIO()
        Image.new("RGB", (4, 4)).save(held, made_as)
        held.seek(0)
        assert refused(held) == "unreadable"
    assert refused(io.BytesIO(b"<svg xmlns='http://www.w3.org/2000/svg'/>")) == "unreadable"
    assert refused(io.BytesIO(b"")) == "unreadable"
    assert refused(io.BytesIO(photo().getvalue()[:200])) == "unreadable"


def plain(made_as: str, mode: str = "RGB", side: int = 6_300, **options: Any) -> bytes:
    """A picture of one colour: forty million pixels in a hundred kilobytes."""
    held = io.BytesIO()
    Image.new(mode, (side, side)).save(held, made_as, **options)
    return held.getvalue()


@pytest.mark.parametrize(
    ("made_as", "mode", "side"), [("PNG", "RGBA", 6_300), ("JPEG", "CMYK", 6_300), ("WEBP", "RGBA", 4_400)]
)
def test_the_largest_that_is_allowed_fits_in_memory(made_as: str, mode: str, side: int) -> None:
    made, _type = reencode_image(io.BytesIO(plain(made_as, mode, side)))
    assert Image.open(io.BytesIO(made)).size == (2000, 2000)


@pytest.mark.usefixtures("no_process")
def test_a_webp_may_have_fewer_pixels() -> None:
    with override("nl"), pytest.raises(ValidationError, match="Een WEBP mag 20 miljoen pixels hebben"):
        reencode_image(io.BytesIO(plain("WEBP", side=4_600)))


@pytest.mark.usefixtures("no_process")
def test_a_jpeg_in_hundreds_of_scans_is_not_opened() -> None:
    """Each scan goes over all pixels again: 300 of them, of a few bytes, keep a decoder busy for a quarter of a minute."""
    data = plain("JPEG", side=2_000, progressive=True)
    assert data.count(SCAN) <= MAX_SCANS
    last = data[data.rindex(SCAN) : -2]
    assert refused(io.BytesIO(data[:-2] + last * 300 + data[-2:])) == "too_large"


def test_a_picture_has_so_much_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let past the first look, it is ended by its limit."""
    monkeypatch.setattr(images, "LIMITS", replace(LIMITS, cpu=1))
    monkeypatch.setattr(images, "MAX_SCANS", 1_000)
    data = plain("JPEG", progressive=True)
    last = data[data.rindex(SCAN) : -2]
    with override("nl"), pytest.raises(ValidationError, match="te veel tijd of geheugen"):
        reencode_image(io.BytesIO(data[:-2] + last * 300 + data[-2:]))


def test_a_picture_has_so_much_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(images, "LIMITS", replace(LIMITS, memory=120 * 1024 * 1024))
    with override("nl"), pytest.raises(ValidationError, match="te veel tijd of geheugen"):
        reencode_image(io.BytesIO(plain("PNG")))


@pytest.mark.usefixtures("no_process")
def test_a_file_that_is_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(images, "MAX_BYTES", 1_000)
    assert refused(io.BytesIO(photo().getvalue() + bytes(1_000))) == "too_large"


@pytest.mark.parametrize("mode", ["1", "L", "P", "LA", "I;16"])
def test_every_way_to_write_pixels(mode: str) -> None:
    made, _type = reencode_image(io.BytesIO(plain("PNG", mode, 3_000)))
    assert Image.open(io.BytesIO(made)).size == (2000, 2000)
