"""What a hand does in a rehearsal: a name written on the pad, a sheet laid under the document camera."""

from __future__ import annotations

from io import BytesIO

_PAD, _SHEET = (240, 80), (160, 220)


def written() -> bytes:
    """A stroke as a signature pad gives it (PNG)."""
    return _drawn("PNG", _PAD, [(20, 60), (70, 20), (110, 60), (220, 30)])


def sheet() -> bytes:
    """A small photographed form (JPEG)."""
    return _drawn("JPEG", _SHEET, [(20, 30), (140, 30), (140, 190), (20, 190)])


def _drawn(kind: str, size: tuple[int, int], stroke: list[tuple[int, int]]) -> bytes:
    from PIL import Image, ImageDraw  # only a rehearsal in which somebody writes

    page, told = Image.new("L", size, 255), BytesIO()
    ImageDraw.Draw(page).line(stroke, fill=0, width=3)
    page.save(told, kind)
    return told.getvalue()
