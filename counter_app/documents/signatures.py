"""Signatures given on a device, as they stand on a paper: ink without the paper they were written on."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import Image

# One clear pixel: keeps the place of a picture that is not at hand, so that a paper can be compared.
CLEAR = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000b4944415478da636000020000050001e9fadcd80000000049454e44ae426082"
)
DOTS = 4  # of the picture to one point of the paper: 288 dpi
_FAINT = 16  # of 255: what is lighter than this is the ground of the pad


def inked(picture: bytes, width: float, height: float) -> BytesIO:
    """A PNG of just the ink of a picture, centred in a box of this many points.

    A picture that is none keeps its place clear: the paper is printed and signed by hand.
    """
    from PIL import Image, ImageOps  # with ReportLab, when the first paper is set

    try:
        with Image.open(BytesIO(picture)) as found:
            grey = _grey(found)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return BytesIO(CLEAR)
    ink = ImageOps.invert(grey).point([0 if level < _FAINT else level for level in range(256)])
    ink = ink.crop(ink.getbbox() or (0, 0, 1, 1))
    size = (max(1, round(width * DOTS)), max(1, round(height * DOTS)))
    ink.thumbnail(size)
    mask = Image.new("L", size)
    mask.paste(ink, ((size[0] - ink.width) // 2, (size[1] - ink.height) // 2))
    page = Image.merge("LA", (Image.new("L", size), mask))
    told = BytesIO()
    page.convert("RGBA").save(told, "PNG")
    told.seek(0)
    return told


def _grey(found: Image.Image) -> Image.Image:
    """What a pad wrote, in grey on white; clear ground counts as white."""
    from PIL import Image

    clear = found.convert("RGBA")
    white = Image.new("RGBA", clear.size, "white")
    return Image.alpha_composite(white, clear).convert("L")
