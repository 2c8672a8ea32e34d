"""Lines of Arabic script as they are set: letters in their joined forms, the last word at the left.

A page is drawn from left to right, letter by letter, so what is read from the right is put in that order
beforehand; the letters' forms are characters of their own (Arabic Presentation Forms), which the PDF's map
turns back into plain letters. Uyghur and Kazakh write every vowel and have no marks: they need no more.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Any

_RIGHT = re.compile("[\u0590-\u08ff]")
_FORMS = re.compile("[\ufb50-\ufdff\ufe70-\ufefc]")
LAM_ALEFS = "\ufef5\ufef6\ufef7\ufef8\ufef9\ufefa\ufefb\ufefc"
_LAM_ALEF = re.compile(f"[{LAM_ALEFS}]")
LAM = "\u2064"  # drawn as nothing in a part of the room of the sign at its left
_ISOLATED = re.compile("(\u2066[^\u2069]*\u2069?)")  # what stays left to right, its brackets too
_MIRRORED = str.maketrans("()[]<>«»（）《》“”", ")(][><»«）（》《”“")
_ISOLATES = dict.fromkeys((*range(0x2066, 0x206A), 0x200E, 0x200F))


def is_from_right(text: str) -> bool:
    """Whether a text has letters that are read from the right, set already or not."""
    return bool(_RIGHT.search(text) or _FORMS.search(text))


def shaped(text: str) -> str:
    """One line as it is set from left to right; other scripts stay as they are. Never twice on one line."""
    if not _RIGHT.search(text):
        return text
    from bidi import get_display

    parts = _ISOLATED.split(_joiner().reshape(text))
    mirrored = "".join(part if n % 2 else part.translate(_MIRRORED) for n, part in enumerate(parts))
    turned: str = get_display(mirrored, base_dir="R")
    return _LAM_ALEF.sub(lambda found: found[0] + LAM, turned.translate(_ISOLATES))


def read_as(char: str) -> str:
    """What a character is when it is copied or searched: the letter itself, not its joined form.

    A ﻻ is two letters, and readers do not agree in which order one sign may stand for two of them: the sign
    is read as its alef, and as lam an empty character at its right (`LAM`).
    """
    if char == LAM:
        return "\u0644"
    return unicodedata.normalize("NFKC", char)[-1] if _FORMS.match(char) else char


@cache
def _joiner() -> Any:
    from arabic_reshaper import ArabicReshaper

    return ArabicReshaper({"language": "Arabic", "delete_harakat": False, "delete_tatweel": False})
