"""Names in the forms they are searched by: their endings, their characters for FTS5, pinyin initials."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import product
from math import prod
from types import ModuleType
from unicodedata import normalize

from counter_app.catalog.pinyin import library

_MOST_SPELLINGS = 32
_LONGEST = 50  # characters of an ending that are kept; a national name field has no more
WHOLE = " "  # before a whole name: no ending holds a blank
_SKIPPED = frozenset(" ·•.-'（）()")


def plain(text: str) -> str:
    """A name as it is compared: blanks and the dots inside it do not count, nor do capitals."""
    return _squeezed(text)[:_LONGEST]


def endings(text: str) -> list[str]:
    """The whole name, marked as such, and what follows each of its later characters.

    Whatever run of characters somebody types is the beginning of one of these, so that one stretch of a
    sorted table answers, however common each character is by itself.
    """
    name = _squeezed(text)
    if not name:
        return []
    later = {name[start : start + _LONGEST] for start in range(1, len(name))}
    return [WHOLE + name[:_LONGEST], *sorted(later)]


def characters(text: str) -> str:
    """A name as one token per character, for an FTS5 phrase.

    Tokens are code points in hexadecimal: FTS5's own tables stop at Unicode 6.1 and would drop
    𬱖 or a private-use character without a word. Blanks and the dots inside a name do not count.
    """
    return " ".join(f"u{ord(char):x}" for char in text.casefold() if char not in _SKIPPED)


def initials(text: str) -> list[str]:
    """Every pinyin-initial spelling of a name: 单小芳 is sxf, dxf and cxf. At most 32.

    Every reading of every character counts, because surnames (单 仇 曾 覃 解 万俟) are read unlike
    the common word; of a name with more spellings the last characters keep only their first reading.
    A character nobody can read is left out; a Latin word gives its first letter.
    """
    letters = [found for found in _letters(text) if found]
    if not letters:
        return []
    last = len(letters) - 1
    while prod(map(len, letters)) > _MOST_SPELLINGS:
        letters[last] = letters[last][:1]
        last -= 1
    return sorted({"".join(spelling) for spelling in product(*letters)})


def warm() -> None:
    """Load the pinyin tables now: a quarter of a second that must not fall into a clerk's typing."""
    initials("一")


def _squeezed(text: str) -> str:
    return "".join(char for char in text.casefold() if char not in _SKIPPED)


def _letters(text: str) -> Iterable[list[str]]:
    """The initials of each character; the commonest reading first."""
    reader = library()  # heavy: loaded at first use
    in_word = False
    for char in text.casefold():
        plain = normalize("NFKD", char)[:1].lower()  # ü counts as u
        if plain.isascii() and plain.isalnum():
            yield [] if in_word else [plain]
            in_word = True
            continue
        in_word = False
        if char not in _SKIPPED:
            readings = _readings(reader, char) if reader is not None else []
            yield list(dict.fromkeys(map(_first_letter, readings[0] if readings else [])))


def _readings(reader: ModuleType, char: str) -> list[list[str]]:
    found: list[list[str]] = reader.pinyin(char, style=reader.Style.NORMAL, heteronym=True, errors="ignore")
    return found


def _first_letter(reading: str) -> str:
    return normalize("NFKD", reading)[:1]  # ê (欸) counts as e
