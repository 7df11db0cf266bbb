"""Pictures that people upload, made anew: without the place where they were taken, and without whatever else was in the file.

Looked at here, by its head alone; opened in a process of its own (`picturechild.py`).
"""

import base64
import binascii
import warnings
from typing import IO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from PIL import Image, UnidentifiedImageError

from core import picturechild
from core.bounded import BOUNDS, Limits, NotAnswered, bounded
from core.wording import number

FORMATS = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}
MILLION = 1_000_000
# What a good telephone takes; a WebP needs three times the memory while it is opened.
MAX_PIXELS = {"JPEG": 40 * MILLION, "PNG": 40 * MILLION, "WEBP": 20 * MILLION}
MAX_SIDE = 2_000
MAX_BYTES = 25 * MILLION
MAX_SCANS = 40  # of a progressive JPEG: cameras write ten, and each goes over all pixels again
SCAN = b"\xff\xda"
MB = 1024 * 1024
LIMITS = Limits(cpu=10, seconds=40, memory=512 * MB, output=64 * MB)

# Pillow's own brake, for pictures that lie about their size.
Image.MAX_IMAGE_PIXELS = max(MAX_PIXELS.values())


def reencode_image(upload: IO[bytes], *, max_side: int = MAX_SIDE) -> tuple[bytes, str]:
    """The picture, upright, at most `max_side` long, from pixels alone, and its content type; raises ValidationError."""
    upload.seek(0)
    data = upload.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise ValidationError(
            _("This picture is larger than %(most)d MB.") % {"most": MAX_BYTES // MILLION}, code="too_large"
        )
    made_as = _looked_at(upload)
    if made_as == "JPEG" and data.count(SCAN) > MAX_SCANS:
        raise ValidationError(
            _("This picture is built up in too many steps. Save it as an ordinary JPEG."), code="too_large"
        )
    try:
        with bounded(picturechild.__file__, LIMITS) as process:
            made, told = process.ask(
                data=base64.b64encode(data).decode(), formats=[made_as], pixels=MAX_PIXELS[made_as],
                side=max_side,
            )  # fmt: skip
        return base64.b64decode(made), FORMATS[told]
    except NotAnswered as why:
        raise _refusal(why.word, made_as) from None
    except (binascii.Error, ValueError, KeyError, TypeError):
        raise _refusal("", made_as) from None


def _looked_at(upload: IO[bytes]) -> str:
    """What the head of a picture says that it is; raises ValidationError when it is too large or none of ours."""
    upload.seek(0)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # counted below
            with Image.open(upload, formats=tuple(FORMATS)) as image:
                made_as, (width, height) = str(image.format), image.size
    except Image.DecompressionBombError as error:
        raise _refusal("large", "JPEG") from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError) as error:
        raise _refusal("", "JPEG") from error
    if width * height > MAX_PIXELS[made_as]:
        raise _refusal("large", made_as)
    return made_as


def _refusal(word: str, made_as: str) -> ValidationError:
    if word == "large":
        most = number(MAX_PIXELS[made_as] / MILLION)
        return ValidationError(
            _("This picture is too large. A %(format)s may have %(most)s million pixels.")
            % {"format": made_as, "most": most},
            code="too_large",
        )
    if word == BOUNDS:
        return ValidationError(
            _("Opening this picture takes too much time or memory. Save it smaller, as an ordinary JPEG."),
            code="too_large",
        )
    return ValidationError(_("We cannot read this picture. Choose a JPEG, PNG or WebP."), code="unreadable")
