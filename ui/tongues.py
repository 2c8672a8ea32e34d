"""The languages of citizen-facing screens: words are changed on their way to the screen, nowhere else.

Every page is written in Chinese. A table in `resources/languages` gives the words of another language for the
short fixed phrases of a page; what is in no table (names, matters, legal words) stays as it is, set left to
right, so that digits, numbers of tickets and masked numbers never turn round. See docs/languages.md.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from importlib.resources import files

import tomli

import resources
from counter_app.domain.value import Value
from ui.plain_words import plain
from ui.viewmodels.guest import CHINESE

FOLDER = "languages"
_PLACE = re.compile(r"\{(\w+)\}")
LEFT_TO_RIGHT, END = "\u2066", "\u2069"  # isolate; pop


class Tongue(Value, frozen=True):
    """One language: its code, its own name, which way it is read, and its table from Chinese."""

    code: str = CHINESE
    name: str = "中文"
    is_right_to_left: bool = False
    words: Mapping[str, str] = {}

    def say(self, text: str) -> str:
        """The words for a Chinese text; the text itself, kept left to right, where there are none."""
        found = self.words.get(text) or self._patterned(text)
        if found:
            return found
        return f"{LEFT_TO_RIGHT}{text}{END}" if self.is_right_to_left and text.strip() else text

    def _patterned(self, text: str) -> str:
        for pattern, words in _patterns(self.code):
            found = pattern.fullmatch(text)
            if found:
                kept = {name: self._kept(value) for name, value in found.groupdict().items()}
                return words.format(**kept)
        return ""

    def _kept(self, value: str) -> str:
        return f"{LEFT_TO_RIGHT}{value}{END}" if self.is_right_to_left else value


@cache
def tongues() -> Mapping[str, Tongue]:
    """Every language by its code, Chinese first, then by file name."""
    found = {CHINESE: Tongue()}
    for file in sorted(one.name for one in (files(resources) / FOLDER).iterdir()):
        if file.endswith(".toml"):
            made = _read(file)
            found[made.code] = made
    return found


def tongue(code: str) -> Tongue:
    """A language; Chinese for an unknown code."""
    return tongues().get(code, tongues()[CHINESE])


def said_by(code: str, is_elder: bool) -> Callable[[str], str] | None:
    """How words are changed for whoever looks: another language, plain words, or (None) not at all."""
    if code != CHINESE:
        return tongue(code).say
    return plain if is_elder else None


def places(text: str) -> tuple[str, ...]:
    """The placeholders of a text, in alphabetical order."""
    return tuple(sorted(_PLACE.findall(text)))


def _read(file: str) -> Tongue:
    table = tomli.loads(resources.read_bytes(f"{FOLDER}/{file}").decode("utf-8"))
    about = table["about"]
    right = about["direction"] == "right to left"
    return Tongue(about["code"], about["name"], right, dict(table["words"]))


@cache
def _patterns(code: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    """The phrases with placeholders, as patterns of what stands on a screen."""
    return tuple((_pattern(text), words) for text, words in tongues()[code].words.items() if places(text))


def _pattern(text: str) -> re.Pattern[str]:
    parts = _PLACE.split(text)
    told = [re.escape(one) if n % 2 == 0 else f"(?P<{one}>.+?)" for n, one in enumerate(parts)]
    return re.compile("".join(told), re.DOTALL)
