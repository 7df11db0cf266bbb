"""Makes pictures anew from their pixels: a reader of `core.bounded` for `images.py`; a small file may unpack to gigabytes."""

import base64
import io
import warnings
from collections.abc import Callable
from typing import Any

from PIL import Image, ImageOps


class Unfit(Exception):
    """A picture that is larger than it may be."""

    word = "large"


def remade(data: bytes, *, formats: list[str], pixels: int, side: int) -> tuple[bytes, str]:
    """The picture, upright, at most `side` long, with its format.

    It is made small before anything else, so that one copy in full size is in memory and no second one.
    """
    Image.MAX_IMAGE_PIXELS = pixels
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            with Image.open(io.BytesIO(data), formats=formats) as image:
                made_as = str(image.format)
                return redrawn(image, made_as, side), made_as
        except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
            raise Unfit from error


def redrawn(image: Image.Image, made_as: str, side: int) -> bytes:
    """Copy the pixels of the first frame onto a new sheet, which knows nothing of the old one."""
    transparent = made_as != "JPEG" and (image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info)
    turn = image.getexif().get(0x0112, 1)
    image.draft("RGB", (side, side))  # a JPEG is decoded at an eighth, a quarter or half where that is enough
    if image.mode not in ("P", "PA", "1"):
        image.thumbnail((side, side))
    small = image.convert("RGBA" if transparent else "RGB")
    small.thumbnail((side, side))
    sheet = Image.new(small.mode, small.size)
    sheet.paste(small)
    sheet.getexif()[0x0112] = turn
    upright = ImageOps.exif_transpose(sheet)
    upright.info.clear()
    made = io.BytesIO()
    options: dict[str, Any] = {"PNG": {"optimize": True}}.get(made_as, {"quality": 85})
    upright.save(made, made_as, exif=b"", **options)
    return made.getvalue()


def start() -> Callable[[dict[str, Any]], Any]:
    """What answers."""

    def answer(question: dict[str, Any]) -> list[str]:
        made, made_as = remade(base64.b64decode(question.pop("data")), **question)
        return [base64.b64encode(made).decode(), made_as]

    return answer
