"""Tables from Chinese into another language: phrases with their places filled, digits never turned.

Chinese is the key (see docs/adr/0003). Screens have their tables in `resources/languages` (the self-service
machine's pages in its folder `kiosk`, the catalogue's words in `matters`), papers theirs in
`resources/forms/tongues`, where each edition of the papers keeps its own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cache

import tomli

import resources
from counter_app.domain.value import Value

CHINESE = "zh_Hans"  # the code of the language everything is written in
SCREENS, VOICES = "languages", "languages/spoken"
BESIDE = ("languages/kiosk", "languages/matters")  # further words of the same screens
LEFT_TO_RIGHT, END = "\u2066", "\u2069"  # isolate; pop
# What stands between the parts of a list: in Chinese, in Latin letters, in Arabic ones.
_SIGNS = (("；", "; ", "؛ "), ("　", "　", "　"), ("、", ", ", "، "))
_NAMES = _SIGNS[2]
HAN = re.compile("[\u3400-\u9fff]")  # a Chinese character
_PLACE = re.compile(r"\{(\w+)\}")


class Tongue(Value, frozen=True):
    """One language: code, its own name and its Chinese one, which way it is read, its table from Chinese."""

    code: str = CHINESE
    name: str = "中文"
    is_right_to_left: bool = False
    words: Mapping[str, str] = {}
    chinese: str = "中文"

    def say(self, text: str) -> str:
        """The words for a Chinese text; the text itself, kept left to right, where there are none."""
        return self.known(text) or self._apart(text)

    def known(self, text: str) -> str:
        """The words for a Chinese text, "" where there are none."""
        found = self.words.get(text)
        if found:
            return found
        phrase, places = self._fitting(text)
        if not phrase:
            return self._listed(text) or self._named(text)
        told = {name: self.known(value) for name, value in places.items()}
        is_whole = all(told[name] or not HAN.search(value) for name, value in places.items())
        kept = {name: told[name] or self._as_it_is(value) for name, value in places.items()}
        return ("" if is_whole else self._listed(text)) or self.words[phrase].format(**kept)

    def _listed(self, text: str) -> str:
        """A list of which every part is known or needs no words, as a day or a number; "" for any other."""
        for signs in _SIGNS if HAN.search(text) else ():
            parts = text.split(signs[0])
            told = [self._part(part) for part in parts] if len(parts) > 1 else []
            if told and all(told):
                return self._joint(signs).join(told)
        return ""

    def _part(self, text: str) -> str:
        return self.known(text) if HAN.search(text) else self._apart(text)

    def _joint(self, signs: tuple[str, str, str]) -> str:
        """What stands between the parts of a list in this language."""
        return signs[0] if self.code.startswith("zh") else signs[2 if self.is_right_to_left else 1]

    def _fitting(self, text: str) -> tuple[str, Mapping[str, str]]:
        """The longest phrase with places that fits, and what stands in them; "" where none does.

        `{window} 号窗口` also fits a whole call, which a longer phrase fits better.
        """
        fitting = [(phrase, _pattern(phrase).fullmatch(text)) for phrase in self.words if "{" in phrase]
        matches = [(len(phrase), phrase, found.groupdict()) for phrase, found in fitting if found]
        if not matches:
            return "", {}
        _, phrase, kept = max(matches, key=lambda match: match[0])
        return phrase, kept

    def _named(self, text: str) -> str:
        """A label and its value, as `姓名 王敏` in a row of a table and `收费票据 1` before it; else ""."""
        label, _, value = text.partition(" ")
        found = self.words.get(label, "") if value else ""
        return f"{found} {self._kept(value)}" if found else ""

    def _kept(self, value: str) -> str:
        """What stands in a place: in words where it is a phrase itself, else as it is."""
        return self.known(value) or self._as_it_is(value)

    def _as_it_is(self, value: str) -> str:
        """What is no phrase itself: a list of names part by part, anything else kept."""
        parts = value.split(_NAMES[0])
        if len(parts) > 1:
            return self._joint(_NAMES).join(self._kept(part) for part in parts)
        return self._apart(value)

    def _apart(self, value: str) -> str:
        """What has no words, kept left to right."""
        return f"{LEFT_TO_RIGHT}{value}{END}" if self.is_right_to_left and value.strip() else value


@cache
def tongues() -> Mapping[str, Tongue]:
    """Every language of the screens by its code, Chinese first, then by file name."""
    read = [_with_folders(read_tongue(file)) for file in resources.names(SCREENS, ".toml")]
    return {CHINESE: Tongue()} | {one.code: one for one in read}


def tongue(code: str) -> Tongue:
    """A language of the screens; Chinese for an unknown code."""
    return tongues().get(code, tongues()[CHINESE])


@cache
def spoken(code: str) -> Tongue:
    """The words of a language as a voice reads them: its own table where the voice reads other letters."""
    shown = tongue(code)
    try:
        told = tomli.loads(resources.read_bytes(f"{VOICES}/{code}.toml").decode("utf-8"))
    except FileNotFoundError:
        return shown
    return replace(shown, words=dict(told["words"]))


def read_tongue(file: str) -> Tongue:
    """The language in one file of `resources`. Raises FileNotFoundError."""
    table = tomli.loads(resources.read_bytes(file).decode("utf-8"))
    about = table["about"]
    is_right = about["direction"] == "right to left"
    return Tongue(
        about["code"], about["name"], is_right, dict(table["words"]), about.get("chinese", about["name"])
    )


def _with_folders(one: Tongue) -> Tongue:
    """A language with its words of the other folders; of a phrase in two tables the first stands."""
    words = dict(one.words)
    for folder in BESIDE:
        try:
            found = tomli.loads(resources.read_bytes(f"{folder}/{one.code}.toml").decode("utf-8"))
        except FileNotFoundError:
            continue
        words = {**found["words"], **words}
    return replace(one, words=words)


def places(text: str) -> tuple[str, ...]:
    """The placeholders of a text, in alphabetical order."""
    return tuple(sorted(_PLACE.findall(text)))


@cache
def _pattern(text: str) -> re.Pattern[str]:
    """A phrase with placeholders as the pattern of what stands on a screen or a paper."""
    parts = _PLACE.split(text)
    told = [re.escape(one) if n % 2 == 0 else f"(?P<{one}>.+?)" for n, one in enumerate(parts)]
    return re.compile("".join(told), re.DOTALL)
