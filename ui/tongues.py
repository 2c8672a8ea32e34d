"""The languages of citizen-facing screens: words are changed on their way to the screen, nowhere else.

Every page is written in Chinese. A table in `resources/languages` gives the words of another language for the
short fixed phrases of a page; what is in no table (names, matters, legal words) stays as it is, set left to
right, so that digits, numbers of tickets and masked numbers never turn round. See docs/languages.md.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from counter_app.catalog.tongues import CHINESE, END, HAN, LEFT_TO_RIGHT, spoken, tongue
from ui.plain_words import plain

MOST_LETTERS = 110  # about eight seconds
_ASIDE = re.compile(r" ?\([^()]*\)")
_SIGNS = str.maketrans("", "", LEFT_TO_RIGHT + END)


def aloud(words: str, code: str) -> tuple[str, str]:
    """A sentence as a voice says it to whoever reads a language, and the code of the voice's, "" for Chinese.

    Nothing is said where a word of it would stay Chinese: half a sentence in another voice helps nobody.
    Of a long sentence what stands in brackets is left to the eye.
    """
    if code == CHINESE or code.startswith("zh"):
        return words, ""
    said = spoken(code).known(words).translate(_SIGNS)
    if len(said) > MOST_LETTERS:
        said = _ASIDE.sub("", said)
    return ("", code) if HAN.search(said) else (said, code)


def said_by(code: str, is_elder: bool) -> Callable[[str], str] | None:
    """How words are changed for whoever looks: another language, plain words, or (None) not at all."""
    if code != CHINESE:
        return tongue(code).say
    return plain if is_elder else None
