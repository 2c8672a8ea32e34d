"""A receipt as ESC/POS bytes for Chinese printers; free of ports.

Text goes as GBK, which every Chinese receipt printer has in its font, with our own encoder: `¥` is sent as
`￥` (A3A4), for the other is four bytes such printers spell out as digits. A line with any character outside
GBK goes as dots. Lines are broken here, so that no printer cuts a character in two.
"""

from __future__ import annotations

import unicodedata
from typing import Any, Callable, Iterator, List, Sequence, Tuple

from drivers.protocols import Fault

START = bytes.fromhex("1B40" + "1C26")  # reset; Chinese characters on
STATUS_OFFLINE, STATUS_PAPER = b"\x10\x04\x02", b"\x10\x04\x04"
STATUS_AT_END = b"\x1d\x72\x01"  # answered when everything before it has been printed
CUT = b"\x1dVB\x00"
_NEVER_FIRST = "，。、；：？！）》」』”’…,.;:?!)]}%"
_BAND = 128  # rows of dots in one command: printers have small buffers
_MOST_ROWS = 8192

Dots = Tuple[int, int, bytes]
Draw = Callable[[str], Dots]


def receipt(operations: Sequence[Tuple[Any, ...]], columns: int, draw: Draw) -> bytes:
    """The bytes of one receipt. `draw` makes dots of a line the printer's font lacks.

    Raises Fault `printer-refused` for an operation that is none.
    """
    return START + b"".join(_operation(operation, columns, draw) for operation in operations)


def plain(text: str) -> str:
    """Text as the printer can take it: no control characters, and the yuan sign it knows."""
    clean = "".join(" " if unicodedata.category(char) == "Cc" else char for char in text)
    return clean.replace("\u00a5", "\uffe5")


def needs_dots(text: str) -> bool:
    """Whether the printer's own font may lack a character."""
    try:
        text.encode("gbk")
    except UnicodeEncodeError:
        return True
    return False


def width(text: str) -> int:
    """Columns of a text: a Chinese character takes two."""
    return sum(_wide(char) for char in text)


def broken(text: str, columns: int) -> List[str]:
    """The text in lines of at most so many columns; no line begins with a closing mark, if that can be."""
    lines, line = [], ""
    for char in text:
        if width(line) + _wide(char) > columns:
            keep = len(line) - int(char in _NEVER_FIRST and len(line) > 1)
            lines.append(line[:keep])
            line = line[keep:]
        line += char
    return [*lines, line]


def _wide(char: str) -> int:
    # Ambiguous letters, such as Greek, are two columns in a GBK font as everything beyond ASCII is.
    return 1 if ord(char) < 0x80 else 2


def _operation(operation: Tuple[Any, ...], columns: int, draw: Draw) -> bytes:
    kind = operation[0] if operation else ""
    try:
        if kind == "text":
            return b"".join(_text(plain(operation[1]), operation[2].split(), columns, draw))
        if kind == "raster":
            return _raster((operation[1], operation[2], operation[3]))
        if kind == "feed":
            return b"\x1bd" + bytes([operation[1]])
    except (IndexError, TypeError, ValueError, AttributeError):
        raise Fault("printer-refused", str(kind)) from None
    if kind == "cut":
        return CUT
    raise Fault("printer-refused", str(kind)[:20])


def _text(text: str, style: Sequence[str], columns: int, draw: Draw) -> Iterator[bytes]:
    large = "large" in style
    yield b"\x1ba" + bytes([1 if "centre" in style else 0])
    if needs_dots(text):
        yield _raster(draw(text))
    else:
        yield b"\x1d!" + bytes([0x11 if large else 0]) + b"\x1bE" + bytes([int("bold" in style)])
        for line in broken(text, columns // 2 if large else columns):
            yield line.encode("gbk") + b"\n"
    yield b"\x1d!\x00\x1bE\x00\x1ba\x00"


def _raster(dots: Dots) -> bytes:
    wide, high, data = dots
    step = (wide + 7) // 8
    if not 0 < wide <= 0xFFFF or not 0 < high <= _MOST_ROWS or len(data) != step * high:
        raise Fault("printer-refused", "raster " + str(wide) + "x" + str(high))
    told = [b"\x1ba\x01"]
    for top in range(0, high, _BAND):
        rows = min(_BAND, high - top)
        told.append(b"\x1dv0\x00" + step.to_bytes(2, "little") + rows.to_bytes(2, "little"))
        told.append(bytes(data[top * step : (top + rows) * step]))
    return b"".join(told) + b"\x1ba\x00"
