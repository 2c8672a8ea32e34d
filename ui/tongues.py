"""The languages of citizen-facing screens: words are changed on their way to the screen, nowhere else.

Every page is written in Chinese. A table in `resources/languages` gives the words of another language for the
short fixed phrases of a page; what is in no table (names, matters, legal words) stays as it is, set left to
right, so that digits, numbers of tickets and masked numbers never turn round. See docs/languages.md.
"""

from __future__ import annotations

from collections.abc import Callable

from counter_app.catalog.tongues import CHINESE, tongue
from ui.plain_words import plain


def said_by(code: str, is_elder: bool) -> Callable[[str], str] | None:
    """How words are changed for whoever looks: another language, plain words, or (None) not at all."""
    if code != CHINESE:
        return tongue(code).say
    return plain if is_elder else None
