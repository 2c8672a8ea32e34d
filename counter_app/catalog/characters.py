"""生僻字: any character of a name by its code, its reading, its strokes or its parts, or by several of them.

`U+20C8E` names one character. `yan 9` is read yan and has 9 strokes; `石 5` is 石 with 5 strokes more;
`龙天` is made of both. Every word narrows what the words before it found. Characters that an input method
may not know come first.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from counter_app.catalog.han_table import END, HanTable, plain
from counter_app.domain.value import Value

FIRST = 0x3400  # no Han character stands below
MOST = 200  # candidates of one question; a narrower question shows the rest
_CODE = re.compile(r"u\+?([0-9a-f]{4,6})|([0-9a-f]{5})")
_WORD = re.compile(r"[a-zü]+|\d+|[^\sa-zü\d]+")
_IN_TEXT = re.compile(r"[Uu]\+([0-9A-Fa-f]{4,6})")
_NO_CHARACTER = ("Cc", "Cf", "Cs", "Cn", "Zl", "Zp")


class Found(Value, frozen=True):
    """One candidate: the character, its code point, one reading, all its strokes (0 = not known)."""

    char: str
    code: str
    reading: str = ""
    strokes: int = 0


def find(table: HanTable, text: str) -> tuple[Found, ...]:
    """Candidates for what was typed, the likeliest first; at most `MOST`, none for what means nothing."""
    asked = text.strip().lower()
    code = _CODE.fullmatch(asked)
    if code is not None:
        char = character(code[1] or code[2])
        if char or code[1]:
            return (_found(table, char),) if char else ()
    words = _WORD.findall(asked)
    if not words:
        return ()
    said = {plain(word) for word in words if word[0].isalpha() and word[0] < "\u0100"}
    best = sorted(_all_of(table, words), key=lambda char: _rank(table, char, said))
    return tuple(_found(table, char) for char in best[:MOST])


def character(code: str) -> str:
    """The character of a hexadecimal code point, "" where that is none a name could have.

    Private-use characters are some: that is how rare names stand on old cards.
    """
    at = int(code, 16)
    if at > 0x10FFFF:
        return ""
    char = chr(at)
    is_new = 0x20000 <= at < END  # planes of Han characters that are younger than this Python
    return char if is_new or unicodedata.category(char) not in _NO_CHARACTER else ""


def with_codes(text: str) -> str:
    """A text whose `U+4DAE` have become the characters themselves; what is no character stays."""
    return _IN_TEXT.sub(lambda found: character(found[1]) or found[0], text)


def _all_of(table: HanTable, words: list[str]) -> set[str]:
    """What every word means; a number beside a radical alone counts the strokes beside it, else all."""
    chars: set[str] | None = None
    numbers = [int(word) for word in words if word.isdecimal()]
    for word in words:
        if not word.isdecimal():
            meant = _by_word(table, word)
            if numbers and len(words) == 2 and len(word) == 1 and _radical(table, word):
                meant = _beyond(table, word, numbers)
            elif numbers:
                meant = _with_strokes(table, meant, numbers)
            chars = meant if chars is None else chars & meant
    if chars is None:
        chars = _places(table.strokes, numbers[0])
    return chars


def _by_word(table: HanTable, word: str) -> set[str]:
    if word.isascii() or "ü" in word:
        return set(table.sounds.get(plain(word), ""))
    found: set[str] | None = None
    for part in word:
        wholes = _made_of(table, part)
        found = wholes if found is None else found & wholes
    return found or set()


def _made_of(table: HanTable, part: str) -> set[str]:
    """Everything a part is in, however deep, and what stands under it as a radical; the part itself too."""
    seen, waiting = {part}, [part]
    while waiting:
        for whole in table.upward.get(waiting.pop(), ""):
            if whole not in seen:
                seen.add(whole)
                waiting.append(whole)
    seen = {char for char in seen if FIRST <= ord(char) < END}
    return seen | _places(table.radical, _radical(table, part))


def _beyond(table: HanTable, part: str, numbers: Iterable[int]) -> set[str]:
    """Characters of a radical with so many strokes beside it, as dictionaries order them."""
    rests = set(numbers)
    return {char for char in _places(table.radical, _radical(table, part)) if table.rest[ord(char)] in rests}


def _places(row: bytes, number: int) -> set[str]:
    """The characters of which a row says this number; 0 is said of none."""
    found: set[str] = set()
    at = row.find(number) if 0 < number < 256 else -1
    while at >= 0:
        found.add(chr(at))
        at = row.find(number, at + 1)
    return found


def _radical(table: HanTable, char: str) -> int:
    """The number of a radical, 0 for what is none."""
    at = ord(char)
    return table.radical[at] if at < END and table.rest[at] == 0 else 0


def _with_strokes(table: HanTable, chars: Iterable[str], numbers: Iterable[int]) -> set[str]:
    wanted = set(numbers)
    return {char for char in chars if ord(char) < END and table.strokes[ord(char)] in wanted}


def _rank(table: HanTable, char: str, said: set[str]) -> tuple[int, bool, int, int]:
    """Names first: standard characters no input method of GB 2312 has, then the rare, then the common;

    among them what is usually read so.
    """
    at = ord(char)
    kind = 2 if _is_common(char) else 0 if char in table.listed else 1
    is_other = bool(said) and plain(table.said.get(char, "")) not in said
    return kind, is_other, table.strokes[at] if at < END else 0, at


def _is_common(char: str) -> bool:
    try:
        char.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def _found(table: HanTable, char: str) -> Found:
    at = ord(char)
    return Found(char, f"U+{at:04X}", table.said.get(char, ""), table.strokes[at] if at < END else 0)
