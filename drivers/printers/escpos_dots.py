"""A line of text as dots, in whatever fonts this machine has for its characters."""

from __future__ import annotations

import subprocess
from typing import Any, Dict, Tuple

_SIZE, _STEP = 24, 30  # dots of a character, as the printer's own, and of a line
_LIMIT_S = 5


class Drawer:
    """Draws lines `dots` wide; `font` is a font file to prefer."""

    def __init__(self, dots: int, font: str = "") -> None:
        self._dots = dots
        self._font = font
        self._files: Dict[str, str] = {}
        self._loaded: Dict[str, Any] = {}

    def __call__(self, text: str) -> Tuple[int, int, bytes]:
        """Width, height and rows of a line, broken where it is too long."""
        from PIL import Image, ImageDraw

        places, x, y = [], 0, 0
        for char in text:
            wide = _SIZE // 2 if ord(char) < 0x80 else _SIZE
            if x + wide > self._dots:
                x, y = 0, y + _STEP
            places.append((char, x, y))
            x += wide
        image = Image.new("1", (self._dots, y + _STEP), 0)
        pen = ImageDraw.Draw(image)
        for char, left, top in places:
            self._draw(pen, char, left, top)
        return image.width, image.height, image.tobytes()

    def _draw(self, pen: Any, char: str, left: int, top: int) -> None:
        font = self._font_of(char)
        if font is not None:
            pen.text((left, top + _SIZE), char, fill=1, font=font, anchor="ls")
            return
        # No font here has it: its code in a box can still be looked up; an empty place could not.
        pen.rectangle((left + 1, top + 1, left + _SIZE - 2, top + _SIZE), outline=1)
        code = format(ord(char), "04X")
        for row, part in enumerate((code[:-3], code[-3:])):
            pen.text((left + 3, top + 1 + row * 11), part, fill=1)

    def _font_of(self, char: str) -> Any:
        from PIL import ImageFont

        if char not in self._files:
            self._files[char] = _file_with(char, self._font)
        file = self._files[char]
        if not file:
            return None
        if file not in self._loaded:
            self._loaded[file] = ImageFont.truetype(file, _SIZE)
        return self._loaded[file]


def _file_with(char: str, preferred: str) -> str:
    """A font file that has the character, or ""."""
    argv = ["fc-list", f":charset={ord(char):x}", "file"]
    try:
        done = subprocess.run(argv, capture_output=True, text=True, timeout=_LIMIT_S, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return preferred
    files = sorted(line.rstrip(": ") for line in done.stdout.splitlines())
    usable = [file for file in files if file.lower().endswith((".ttf", ".ttc", ".otf"))]
    return preferred if preferred in usable else next(iter(usable), "")
