"""Pictures that people upload, made anew: without the place where they were taken, and without whatever else was in the file."""

import io
import warnings
from typing import IO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

FORMATS = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}
MAX_PIXELS = 40_000_000  # what a good telephone takes; opened it is 120 MB at most
MAX_SIDE = 2_000

# Pillow's own brake, for pictures that lie about their size.
Image.MAX_IMAGE_PIXELS = MAX_PIXELS


def reencode_image(upload: IO[bytes], *, max_side: int = MAX_SIDE) -> tuple[bytes, str]:
    """The picture, upright, at most `max_side` long, from pixels alone, and its content type; raises ValidationError."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(upload, formats=tuple(FORMATS)) as image:
                made_as = str(image.format)
                return redraw(image, made_as, max_side), FORMATS[made_as]
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise ValidationError(_("This picture is too large."), code="too_large") from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError) as error:
        raise ValidationError(
            _("We cannot read this picture. Choose a JPEG, PNG or WebP."), code="unreadable"
        ) from error


def redraw(image: Image.Image, made_as: str, max_side: int) -> bytes:
    """Copy the pixels of the first frame onto a new sheet, which knows nothing of the old one."""
    transparent = made_as != "JPEG" and (image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info)
    upright = ImageOps.exif_transpose(image).convert("RGBA" if transparent else "RGB")
    upright.thumbnail((max_side, max_side))
    sheet = Image.new(upright.mode, upright.size)
    sheet.paste(upright)
    made = io.BytesIO()
    options = {"PNG": {"optimize": True}}.get(made_as, {"quality": 85})
    sheet.save(made, made_as, **options)
    return made.getvalue()
