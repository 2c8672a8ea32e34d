"""Reading a rehearsal script: TOML, every word known, every refusal with file and line."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import tomli

from counter_app.catalog.lines import Lines
from counter_app.demo import people
from counter_app.domain.value import Value
from counter_app.problems import Problem, Problems
from counter_app.rehearsal import words

_SPAN = re.compile(r"([+-])(\d+)(s|m|h|d)")
PEOPLE = {
    "person": people.PERSON_WORDS | {"known"},
    "employer": people.EMPLOYER_WORDS,
    "clerk": people.CLERK_WORDS,
}
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}


class Step(Value, frozen=True):
    """One step: who (`kind`) does what (`word`), with which arguments, on which line."""

    n: int
    kind: str
    word: str
    given: Mapping[str, Any]
    line: int


@dataclass(frozen=True, slots=True)
class Script:
    """A whole rehearsal. `start` has no zone; the hall's is Asia/Shanghai."""

    file: str
    region: str
    start: datetime
    seed: int
    online: bool
    window: str
    clerk_no: str
    slip: bool
    tables: Mapping[str, Any]
    steps: tuple[Step, ...] = field(default=())


def load(path: Path) -> Script:
    """Read and check a script. Raises Problems (`script-broken`, each with file:line)."""
    try:
        text = path.read_text("utf-8")
        given = tomli.loads(text)
    except (OSError, UnicodeDecodeError, tomli.TOMLDecodeError) as error:
        raise Problem("script-broken", str(path), str(error)) from error
    checker = _Checker(path.name, Lines(text))
    checker.tables(given)
    steps = tuple(checker.step(n, row) for n, row in enumerate(given.get("step", [])))
    if checker.found:
        raise Problems(checker.found)
    return _script(path.name, given, steps)


def span(text: str) -> timedelta:
    """`+8h`, `-30m`, `+2d`. Raises ValueError."""
    found = _SPAN.fullmatch(text.strip())
    if found is None:
        raise ValueError(text)
    sign = 1 if found[1] == "+" else -1
    return sign * timedelta(**{_UNITS[found[3]]: int(found[2])})


def _script(name: str, given: Mapping[str, Any], steps: tuple[Step, ...]) -> Script:
    hall = given.get("hall", {})
    day = hall.get("date", date(2026, 11, 23))
    at = hall.get("time", time(9, 0))
    return Script(
        file=name,
        region=str(hall.get("region", "rizhao")),
        start=datetime.combine(day, at),
        seed=int(hall.get("seed", 0)),
        online=bool(hall.get("online", True)),
        window=str(hall.get("window", "3")),
        clerk_no=str(hall.get("clerk", "")),
        slip=bool(hall.get("slip", False)),
        tables={k: given[k] for k in ("person", "employer", "clerk") if k in given},
        steps=steps,
    )


class _Checker:
    """Collects every unknown word before anything is played."""

    def __init__(self, file: str, lines: Lines) -> None:
        self._file, self._lines = file, lines
        self.found: list[Problem] = []

    def say(self, path: tuple[str | int, ...], text: str) -> None:
        self.found.append(Problem("script-broken", f"{self._file}:{self._lines.find(path)}", text))

    def tables(self, given: Mapping[str, Any]) -> None:
        for name in set(given) - words.TABLES:
            self.say((name,), f"不认识的表“{name}”")
        for word in set(given.get("hall", {})) - words.HALL:
            self.say(("hall", word), f"不认识的词“{word}”")
        for table, allowed in PEOPLE.items():
            for n, word in people.unknown_words(given.get(table, []), allowed):
                self.say((table, n, word), f"不认识的词“{word}”")
        for n, row in enumerate(given.get("person", [])):
            if "key" not in row:
                self.say(("person", n), "人员缺少 key")

    def step(self, n: int, row: Mapping[str, Any]) -> Step:
        kinds = [k for k in row if k in words.STEP]
        for word in row:
            if word not in words.STEP | words.NOTE:
                self.say(("step", n, word), f"不认识的词“{word}”")
        if len(kinds) != 1:
            self.say(("step", n), "每一步须且只能有一个动作")
            return Step(n + 1, "", "", {}, self._lines.find(("step", n)))
        kind = kinds[0]
        word, given = self._inside(n, kind, row[kind])
        return Step(n + 1, kind, word, given, self._lines.find(("step", n)))

    def _inside(self, n: int, kind: str, value: Any) -> tuple[str, Mapping[str, Any]]:
        place = ("step", n, kind)
        if kind == "kill":
            return ("kill", {}) if value is True else self._bad(place, "kill 只能是 true")
        if kind == "network":
            return (value, {}) if value in words.NETWORK else self._bad(place, f"不认识的词“{value}”")
        if kind == "clock":
            return self._clock(place, value)
        if not isinstance(value, dict):
            return self._bad(place, "应为表 { … }")
        if kind == "expect":
            self._words(place, value, words.EXPECT)
            return "expect", value
        if kind == "device":
            return self._device(place, value)
        return self._actor(place, kind, value)

    def _clock(self, place: tuple[str | int, ...], value: Any) -> tuple[str, Mapping[str, Any]]:
        try:
            span(str(value))
        except ValueError:
            return self._bad(place, f"时钟应写作 +8h、-30m：“{value}”")
        return "clock", {"span": str(value)}

    def _device(
        self, place: tuple[str | int, ...], value: Mapping[str, Any]
    ) -> tuple[str, Mapping[str, Any]]:
        self._words(place, value, words.DEVICE)
        event = str(value.get("event", ""))
        if event not in words.EVENTS:
            return self._bad(place, f"不认识的设备动作“{event}”")
        given = value.get("with", {})
        if not isinstance(given, Mapping):
            return self._bad((*place, "with"), f'with 应写作 {{ person = "…" }}：“{given}”')
        self._words((*place, "with"), given, words.EVENTS[event])
        return event, {**given, "id": value.get("id", "")}

    def _actor(
        self, place: tuple[str | int, ...], kind: str, value: Mapping[str, Any]
    ) -> tuple[str, Mapping[str, Any]]:
        verb = str(value.get("do", ""))
        allowed = words.ACTORS[kind].get(verb)
        if allowed is None:
            return self._bad(place, f"不认识的动作“{verb}”")
        self._words(place, value, allowed | {"do"})
        for word in ("fields", "cells", "answers"):
            if not isinstance(value.get(word, {}), dict):
                self.say((*place, word), f"“{word}”应为表 {{ … }}")
        return verb, {k: v for k, v in value.items() if k != "do"}

    def _words(self, place: tuple[str | int, ...], value: Mapping[str, Any], allowed: set[str]) -> None:
        for word in value:
            if word not in allowed:
                self.say((*place, word), f"不认识的词“{word}”")

    def _bad(self, place: tuple[str | int, ...], text: str) -> tuple[str, Mapping[str, Any]]:
        self.say(place, text)
        return "", {}
