"""Breaking text into lines as Chinese is set: no 。 at the start of a line, no （ at its end, words whole."""

from __future__ import annotations

import re
from collections.abc import Iterator

from counter_app.documents import fonts
from counter_app.documents.shaping import shaped

_OPEN = r"（《〈【〔“‘\(\[\{￥¥"
_CLOSE = r"，。、；：？！）》〉】〕”’…—·%℃,.;:?!\)\]\}"
_WORD = r"[A-Za-z0-9][A-Za-z0-9@._/:+*,-]*(?: [个份号项])?"
# What stays together: a date, a number or Latin word, else one character; with the marks that cling to it.
_UNIT = re.compile(
    rf"[{_OPEN}]*(?:\d{{4}}年\d+月\d+日|{_WORD}|[\u0600-\u08ff]+|.)[{_CLOSE}]*",
    re.DOTALL,
)
_PRINTABLE = {code: " " for code in (*range(32), 0x7F, 0xA0) if code != 10}


def wrap(text: str, size: float, room: float) -> list[str]:
    """The lines of a text at a size in a room (both in points), as they are set; at least one."""
    text = text.translate(_PRINTABLE)
    if "\n" not in text and fonts.width(text, size) <= room:
        return [shaped(text)]
    return [shaped(line) for part in text.split("\n") for line in _fill(part, size, room)]


def _fill(text: str, size: float, room: float) -> Iterator[str]:
    line, used = "", 0.0
    for unit in _units(text, size, room):
        wide = fonts.width(unit, size)
        if line and used + wide > room + 0.01:
            yield line.rstrip(" ")
            line, used = "", 0.0
            unit = unit.lstrip(" ")
            wide = fonts.width(unit, size)
        line, used = line + unit, used + wide
    yield line.rstrip(" ")


def _units(text: str, size: float, room: float) -> Iterator[str]:
    """The units of a text; one wider than the room is given up and broken anywhere."""
    for found in _UNIT.finditer(text):
        unit = found.group()
        if fonts.width(unit, size) <= room:
            yield unit
        else:
            yield from unit
