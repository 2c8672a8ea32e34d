"""A small chip with the code point, for a character no font can draw; strokes, not text."""

from __future__ import annotations

from typing import Any

# Seven segments (x0, y0, x1, y1) in a cell of 1 x 2, lit by hexadecimal digit.
_SEGMENTS = {
    "a": (0, 2, 1, 2),
    "b": (1, 2, 1, 1),
    "c": (1, 1, 1, 0),
    "d": (0, 0, 1, 0),
    "e": (0, 1, 0, 0),
    "f": (0, 2, 0, 1),
    "g": (0, 1, 1, 1),
}
_DIGITS = {
    "0": "abcdef",
    "1": "bc",
    "2": "abged",
    "3": "abgcd",
    "4": "fgbc",
    "5": "afgcd",
    "6": "afgedc",
    "7": "abc",
    "8": "abcdefg",
    "9": "abcdfg",
    "A": "abcefg",
    "B": "fgcde",
    "C": "afed",
    "D": "bgcde",
    "E": "afged",
    "F": "afge",
}


def draw(canvas: Any, char: str, x: float, y: float, width: float, size: float, grey: float = 0) -> None:
    """Draw the chip of a character with its baseline at y. The text layer is the caller's work."""
    code = f"{ord(char):X}"
    canvas.saveState()
    canvas.setLineWidth(size * 0.04)
    canvas.setStrokeGray(grey)
    canvas.roundRect(x + size * 0.06, y - size * 0.12, width - size * 0.12, size * 0.96, size * 0.1)
    cell = (width - size * 0.4) / len(code)
    for place, digit in enumerate(code):
        left = x + size * 0.2 + place * cell
        for segment in _DIGITS[digit]:
            x0, y0, x1, y1 = _SEGMENTS[segment]
            across, up = cell * 0.62, size * 0.24
            canvas.line(
                left + x0 * across, y + size * 0.12 + y0 * up, left + x1 * across, y + size * 0.12 + y1 * up
            )
    canvas.restoreState()
