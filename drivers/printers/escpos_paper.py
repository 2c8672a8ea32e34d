"""What a simulated receipt printer makes of the bytes it gets: lines of words, and a picture of the paper."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass, field
from typing import Any

_DOTS, _STEP, _LETTER = 576, 30, 24
# command -> how many bytes follow it
_ARGUMENTS = {
    b"\x1b@": 0,
    b"\x1c&": 0,
    b"\x1c.": 0,
    b"\x1ba": 1,
    b"\x1bE": 1,
    b"\x1bd": 1,
    b"\x1d!": 1,
    b"\x1dV": 2,
    b"\x1dr": 1,
    b"\x1dv": 6,
    b"\x10\x04": 1,
}


@dataclass
class Receipt:
    """One receipt until its cut: words in order, and the strips of its picture."""

    words: list[str] = field(default_factory=list)
    strips: list[Any] = field(default_factory=list)
    rasters: int = 0


class Printer:
    """A receipt printer: `feed` it, read `answers`, find what it cut off in `receipts`."""

    def __init__(self) -> None:
        self.paper = True
        self.low = False
        self.cover_closed = True
        self.receipts: list[Receipt] = []
        self._now = Receipt()
        self._bytes = bytearray()
        self._centre = self._large = self._bold = False

    def feed(self, data: bytes) -> bytes:
        """Take bytes; returns what the printer answers."""
        self._bytes += data
        answers = b""
        while (taken := self._take()) is not None:
            answers += taken
        return answers

    @property
    def busy(self) -> bool:
        """Whether a receipt hangs out uncut."""
        return bool(self._now.words or self._now.strips)

    def _take(self) -> bytes | None:
        """Play one command or line; None when more bytes are needed."""
        if not self._bytes:
            return None
        if self._bytes[0] in b"\x1b\x1c\x1d\x10":
            return self._command()
        end = self._bytes.find(b"\n")
        if end < 0:
            return None
        line = bytes(self._bytes[:end])
        del self._bytes[: end + 1]
        self._line(line.decode("gbk", "replace"))
        return b""

    def _command(self) -> bytes | None:
        name = bytes(self._bytes[:2])
        if len(name) < 2:
            return None
        length = _ARGUMENTS.get(name, 0)
        if len(self._bytes) < 2 + length:
            return None
        given = bytes(self._bytes[2 : 2 + length])
        if name == b"\x1dv":
            return self._raster(given)
        del self._bytes[: 2 + length]
        if name in (b"\x10\x04", b"\x1dr"):
            return self._status(name, given[0])
        self._style(name, given)
        return b""

    def _style(self, name: bytes, given: bytes) -> None:
        if name == b"\x1b@":
            self._centre = self._large = self._bold = False
        elif name == b"\x1ba":
            self._centre = given[0] == 1
        elif name == b"\x1bE":
            self._bold = bool(given[0] & 1)
        elif name == b"\x1d!":
            self._large = given[0] == 0x11
        elif name == b"\x1bd":
            self._now.strips.append(_blank(given[0] * _STEP))
        elif name == b"\x1dV":
            self.receipts.append(self._now)
            self._now = Receipt()

    def _status(self, name: bytes, which: int) -> bytes:
        if name == b"\x1dr":
            return bytes([(0 if self.paper else 0x0C) | (0x03 if self.low else 0)])
        if which == 2:
            return bytes([0x12 | (0 if self.cover_closed else 0x04) | (0 if self.paper else 0x20)])
        low = 0x0C if self.low and which == 4 else 0
        return bytes([0x12 | low | (0 if self.paper or which != 4 else 0x60)])

    def _line(self, text: str) -> None:
        self._now.words.append(text)
        size = _LETTER * (2 if self._large else 1)
        self._now.strips.append(_drawn(text, size, self._centre, self._bold))

    def _raster(self, given: bytes) -> bytes | None:
        from PIL import Image

        step, rows = int.from_bytes(given[2:4], "little"), int.from_bytes(given[4:6], "little")
        if len(self._bytes) < 8 + step * rows:
            return None
        data = bytes(self._bytes[8 : 8 + step * rows])
        del self._bytes[: 8 + step * rows]
        image = Image.frombytes("1", (step * 8, rows), data)
        strip = _blank(rows)
        strip.paste(0, ((_DOTS - image.width) // 2 if self._centre else 0, 0), image)
        self._now.strips.append(strip)
        self._now.rasters += 1
        return b""


def picture(receipt: Receipt) -> Any:
    """The receipt as one image, black on white."""
    paper = _blank(max(1, sum(strip.height for strip in receipt.strips)))
    top = 0
    for strip in receipt.strips:
        paper.paste(strip, (0, top))
        top += strip.height
    return paper


def _blank(rows: int) -> Any:
    from PIL import Image

    return Image.new("1", (_DOTS, rows), 1)


def _drawn(text: str, size: int, centre: bool, bold: bool) -> Any:
    from PIL import ImageDraw

    strip = _blank(size + 6)
    pen = ImageDraw.Draw(strip)
    font = _font(size)
    wide = sum(size // 2 if ord(char) < 0x80 else size for char in text)
    x = (_DOTS - wide) // 2 if centre else 0
    for char in text:
        pen.text((x, size), char, fill=0, font=font, anchor="ls", stroke_width=int(bold))
        x += size // 2 if ord(char) < 0x80 else size
    return strip


def _font(size: int) -> Any:
    from PIL import ImageFont

    if shutil.which("fc-match") is None:
        return ImageFont.load_default(size)
    argv = ["fc-match", "-f", "%{file}", ":lang=zh-cn"]
    return ImageFont.truetype(subprocess.run(argv, capture_output=True, text=True, check=True).stdout, size)
