"""Pictures of the demo, drawn here: no photo shows real people or places."""

import math
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from core.attachments import FILES
from core.files import CheckedUpload, check_upload

SIZE = (1200, 750)
SCALE = 2  # drawn larger and made smaller, so that edges are soft
SKY, GRASS, PATH, WATER = "#e7f2f6", "#cfe3d6", "#e4eae8", "#b9d7e2"
WOOD, DARK_WOOD, LEAVES, DARK_LEAVES, TRUNK = "#b98a57", "#8a5f33", "#459792", "#2f7674", "#6d4f36"

Draw = ImageDraw.ImageDraw


def picture(name: str) -> CheckedUpload:
    """One of the pictures, ready to be attached; raises KeyError for an unknown one."""
    image = Image.new("RGB", (SIZE[0] * SCALE, SIZE[1] * SCALE), SKY)
    DRAWN[name](ImageDraw.Draw(image))
    content = BytesIO()
    image.resize(SIZE, Image.Resampling.LANCZOS).save(content, "PNG")
    return check_upload(SimpleUploadedFile(f"{name}.png", content.getvalue(), "image/png"), kind=FILES)


def benches(draw: Draw) -> None:
    """Four benches in half a ring around a lime tree."""
    _ground(draw, 620, PATH)
    _tree(draw, 1200, 900, 420)
    for angle in (200, 236, 304, 340):
        x = 1200 + 820 * math.cos(math.radians(angle))
        y = 820 - 430 * math.sin(math.radians(angle)) * 0.9
        _bench(draw, x, y)


def tables(draw: Draw) -> None:
    """Six picnic tables on the grass by the water."""
    _ground(draw, 560, GRASS)
    draw.rounded_rectangle((-100, 560, 2500, 760), 90, WATER)
    for x, height in ((240, 520), (620, 430), (2080, 480)):
        _tree(draw, x, 566, height / 2)
    for row in range(2):
        for column in range(3):
            _table(draw, 480 + column * 640 + row * 120, 960 + row * 300)


DRAWN = {"benches": benches, "tables": tables}


def _ground(draw: Draw, horizon: int, colour: str) -> None:
    draw.rectangle((0, horizon, SIZE[0] * SCALE, SIZE[1] * SCALE), colour)


def _tree(draw: Draw, x: float, foot: float, size: float) -> None:
    draw.rectangle((x - size * 0.07, foot - size * 0.7, x + size * 0.07, foot), TRUNK)
    for across, up, part, colour in (
        (-0.45, 1.0, 0.5, DARK_LEAVES), (0.45, 1.0, 0.5, DARK_LEAVES), (0, 1.3, 0.62, LEAVES), (0, 0.95, 0.55, LEAVES),
    ):  # fmt: skip
        radius = size * part
        middle = (x + size * across, foot - size * up)
        draw.ellipse((middle[0] - radius, middle[1] - radius, middle[0] + radius, middle[1] + radius), colour)


def _bench(draw: Draw, x: float, y: float) -> None:
    for leg in (-130, 110):
        draw.rectangle((x + leg, y - 20, x + leg + 20, y + 70), DARK_WOOD)
    for up in (110, 70):
        draw.rounded_rectangle((x - 160, y - up, x + 160, y - up + 28), 8, WOOD)
    draw.rounded_rectangle((x - 170, y - 24, x + 170, y + 8), 8, WOOD)


def _table(draw: Draw, x: float, y: float) -> None:
    for side in (-1, 1):
        draw.line((x + side * 60, y - 70, x + side * 130, y + 60), DARK_WOOD, 18)
        draw.rounded_rectangle((x + side * 190 - 60, y - 10, x + side * 190 + 60, y + 14), 8, DARK_WOOD)
    draw.rounded_rectangle((x - 200, y - 90, x + 200, y - 58), 8, WOOD)
