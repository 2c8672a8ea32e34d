"""Pictures that simulated devices give: a line of handwriting, the ridges of a finger; nobody's."""

from __future__ import annotations

import math
from functools import cache

from drivers.png import grey_png


@cache
def handwriting(seed: int = 0, width: int = 480, height: int = 160) -> bytes:
    """A name written in a hurry, as the PNG of a sign pad; another seed is another hand."""
    page = bytearray(b"\xff" * width * height)
    loops, lean = 5 + seed % 3, 0.6 + seed % 5 * 0.15
    for step in range(3000):
        part = step / 3000
        turn = part * loops * 2 * math.pi
        x = 40 + part * (width - 90) + 22 * math.sin(turn * 2 + seed)
        y = height / 2 + (34 - 14 * part) * math.sin(turn) + 16 * math.sin(turn * lean * 3)
        _dot(page, width, round(x), round(y), 2 if math.cos(turn) > 0 else 1)
    return grey_png(bytes(page), width)


@cache
def ridges(width: int, height: int) -> bytes:
    """Grey pixels of a finger on its glass: a whorl, paler to the edge."""
    made = bytearray(b"\xff" * width * height)
    for y in range(height):
        for x in range(width):
            across, down = (x - width / 2) / (width / 2), (y - height / 2) / (height / 2)
            if across * across + down * down < 0.85:
                wave = math.sin(math.hypot(across * 1.3, down) * 60 + math.atan2(down, across) * 2)
                made[y * width + x] = 70 if wave > 0 else 210
    made[0] = 0xFE  # white at the first pixel is an empty glass
    return bytes(made)


def _dot(page: bytearray, width: int, x: int, y: int, size: int) -> None:
    for row in range(y - size, y + size + 1):
        for column in range(x - size, x + size + 1):
            page[row * width + column] = 30
