"""Dots for receipt printers: QR codes, and lines with characters a printer's own font may lack."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from counter_app.documents import fonts
from counter_app.documents.shaping import LAM, is_from_right
from counter_app.documents.signatures import DOTS as INK_DOTS
from counter_app.documents.signatures import inked

DOTS = 4  # printer dots to one module of the QR
LINE = 576  # printable dots of an 80 mm head at 8 dots/mm
INKED = (288, 96)  # dots a signature has room in
SIZE = 24  # dots of a character, as the printer's own


def needs_dots(text: str) -> bool:
    """Whether a line holds a character outside GBK, which every Chinese receipt printer has in its font."""
    try:
        text.encode("gbk")
    except UnicodeEncodeError:
        return True
    return False


def qr_dots(matrix: Sequence[Sequence[bool]]) -> tuple[Any, ...]:
    """The QR as black-and-white rows, eight dots to a byte, most significant first."""
    size = len(matrix) * DOTS
    rows = bytearray()
    for line in matrix:
        bits = "".join(("1" if dark else "0") * DOTS for dark in line)
        bits += "0" * (-len(bits) % 8)
        rows += bytes(int(bits[i : i + 8], 2) for i in range(0, len(bits), 8)) * DOTS
    return ("raster", size, size, bytes(rows))


def text_dots(text: str) -> tuple[Any, ...]:
    """A line of text as dots, set in our own fonts; it wraps as the page does."""
    from PIL import Image, ImageDraw

    from counter_app.documents.lines import wrap

    lines = wrap(text, SIZE, LINE)
    step = SIZE + 6
    image = Image.new("1", (LINE, step * len(lines)), 0)
    draw = ImageDraw.Draw(image)
    for nth, line in enumerate(lines):
        x = LINE - fonts.width(line, SIZE) if is_from_right(line) else 0.0
        for run in fonts.runs(line):
            wide = fonts.width(run.text, SIZE)
            if run.face is None:
                _code(draw, run.text, x, nth * step, wide)
            else:
                draw.text(
                    (x, nth * step + SIZE),
                    run.text.replace(LAM, ""),
                    fill=1,
                    font=_font(run.face),
                    anchor="ls",
                )
            x += wide
    return ("raster", image.width, image.height, image.tobytes())


def ink_dots(picture: bytes) -> tuple[Any, ...]:
    """A signature as dots, half the width of the paper: ink or nothing, for a head that knows no grey."""
    from PIL import Image

    with Image.open(inked(picture, INKED[0] / INK_DOTS, INKED[1] / INK_DOTS)) as drawn:
        mask = drawn.convert("RGBA").getchannel("A").point([0 if level < 96 else 255 for level in range(256)])
    bits = mask.convert("1")
    return ("raster", bits.width, bits.height, bits.tobytes())


def _font(face: fonts.Face) -> Any:
    from PIL import ImageFont

    # Lines are in the order they are set; an engine that turns Arabic round would turn it a second time.
    return ImageFont.truetype(str(fonts.path(face)), SIZE, layout_engine=ImageFont.Layout.BASIC)


def _code(draw: Any, char: str, x: float, y: float, wide: float) -> None:
    """A box with the code point for a character no font has."""
    from PIL import ImageFont

    if wide:
        draw.rectangle((x + 1, y + 2, x + wide - 2, y + SIZE), outline=1)
        small = ImageFont.truetype(str(fonts.path(fonts.TEXT)), 11)
        draw.text((x + 5, y + 7), f"{ord(char):X}", fill=1, font=small)
