"""Days to play: read from a table of arrivals, or made from a description and a seed."""

from __future__ import annotations

import csv
import io
import math
import random
import re
from collections.abc import Mapping, Sequence
from typing import Any

import tomli

from counter_app.domain.value import Value
from counter_app.problems import Problem
from counter_app.queueing.bound import Arrival
from counter_app.queueing.choose import Window
from counter_app.queueing.rules import GENERAL, MINUTE, Group, Rules, class_of, groups_of

# The names a table may use for its columns; the first that is there counts.
_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "at": ("arrival", "arrived", "arrives", "arrived_at", "arrival_time", "taken_at", "time", "at", "到达"),
    "klass": ("class", "klass", "priority", "类别"),
    "group": ("group", "业务组"),
    "minutes": ("service_minutes", "minutes", "service_min", "service", "办理分钟"),
}
_CLOCK = re.compile(r"(?:\d{4}-\d\d-\d\d[T ])?(\d{1,2}):(\d\d)(?::(\d\d(?:\.\d+)?))?")


class PlayDay(Value, frozen=True):
    """A day with everything needed to play it; moments are ms since midnight."""

    arrivals: tuple[Arrival, ...]
    windows: tuple[Window, ...]
    rules: Rules
    gap_ms: int = 0


def read_day(text: str, name: str, windows: int, gap_ms: int = 0) -> PlayDay:
    """A day from a CSV table with arrival, class, group and service minutes.

    The groups are those that occur, and every window serves all of them. Raises Problem `day-file`
    with the line.
    """
    rows = list(csv.DictReader(io.StringIO(text.lstrip("\ufeff"))))
    if not rows:
        raise Problem("day-file", name, "没有任何到达记录")
    found = [_arrival(row, f"{name}:{nth}") for nth, row in enumerate(rows, 2)]
    groups = sorted({arrival.group for arrival in found if arrival.group})
    rules = Rules(groups=groups_of({group: group for group in groups}) or (GENERAL,))
    served = tuple(Window(str(nth)) for nth in range(1, windows + 1))
    return PlayDay(tuple(sorted(found, key=lambda a: a.at_ms)), served, rules, gap_ms)


def make_day(text: str, name: str) -> PlayDay:
    """A day from its description in TOML (see `tests/days/reference.toml`); the same seed, the same day.

    Raises Problem `day-file`.
    """
    try:
        told = tomli.loads(text)
        return _made(told)
    except (tomli.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise Problem("day-file", name, f"{type(error).__name__}: {error}") from error


def _arrival(row: Mapping[str, Any], where: str) -> Arrival:
    given = {key: _cell(row, key) for key in _COLUMNS}
    try:
        minutes = float(given["minutes"])
        klass = class_of(given["klass"])
    except ValueError as error:
        raise Problem("day-file", where, f"办理分钟“{given['minutes']}”不是数字") from error
    except Problem as problem:
        raise Problem("day-file", where, problem.cause) from problem
    if not math.isfinite(minutes) or minutes <= 0:
        raise Problem("day-file", where, f"办理分钟应大于零，现为“{given['minutes']}”")
    return Arrival(_moment(given["at"], where), given["group"], klass, round(minutes * MINUTE))


def _cell(row: Mapping[str, Any], key: str) -> str:
    named = {str(name).strip().lower(): value for name, value in row.items()}
    return next((str(named[name] or "").strip() for name in _COLUMNS[key] if name in named), "")


def _moment(text: str, where: str) -> int:
    """`08:30`, `08:30:15`, a date before it, or minutes since the hall opened."""
    match = _CLOCK.fullmatch(text)
    if match is not None:
        hours, minutes, seconds = int(match[1]), int(match[2]), float(match[3] or 0)
        return round(((hours * 60 + minutes) * 60 + seconds) * 1000)
    try:
        value = float(text)
    except ValueError as error:
        raise Problem("day-file", where, f"到达时间“{text}”无法识别") from error
    if not 0 <= value < 1e6:
        raise Problem("day-file", where, f"到达时间“{text}”无法识别")
    return round(value * MINUTE)


# --- making a day ---------------------------------------------------------------------------------
def _made(told: Mapping[str, Any]) -> PlayDay:
    chance = random.Random(told["seed"])
    gap_ms = round(told["gap_seconds"] * 1000)
    mix = [(part["group"], part["share"], part["mean_minutes"], part["spread"]) for part in told["matter"]]
    moments = _moments(told, chance, _mean_ms(mix, gap_ms))
    arrivals = tuple(Arrival(at, *_who(told["class"], mix, chance)) for at in sorted(moments))
    return PlayDay(arrivals, _windows(told["window"]), Rules(groups=_groups(told["group"])), gap_ms)


def _mean_ms(mix: Sequence[tuple[str, float, float, float]], gap_ms: int) -> float:
    return sum(share * mean for _, share, mean, _ in mix) * MINUTE + gap_ms


def _moments(told: Mapping[str, Any], chance: random.Random, mean_ms: float) -> list[int]:
    """Poisson-like moments: the busy hours get their utilisation, the rest of the day the other visitors."""
    opens, closes = (_moment(told[name], name) for name in ("opens", "closes"))
    busy = told["busy"]
    start, end = _moment(busy["from"], "from"), _moment(busy["to"], "to")
    served = sum(part["count"] for part in told["window"])
    crowd = round(busy["utilisation"] * served * (end - start) / mean_ms)
    moments = [chance.randrange(start, end) for _ in range(crowd)]
    while len(moments) < told["visitors"]:
        at = chance.randrange(opens, closes)
        if not start <= at < end:
            moments.append(at)
    return moments


def _who(
    classes: Mapping[str, float], mix: Sequence[tuple[str, float, float, float]], chance: random.Random
) -> tuple[str, str, int]:
    klass = chance.choices(list(classes), list(classes.values()))[0]
    group, _, mean, spread = chance.choices(mix, [share for _, share, _, _ in mix])[0]
    sigma = math.sqrt(math.log(1 + spread**2))
    minutes = chance.lognormvariate(math.log(mean) - sigma**2 / 2, sigma)
    return group, class_of(klass), max(1000, round(minutes * MINUTE))


def _windows(parts: Sequence[Mapping[str, Any]]) -> tuple[Window, ...]:
    made: list[Window] = []
    for part in parts:
        own, helps = tuple(part.get("own", ())), tuple(part.get("helps", ()))
        made += [Window(str(len(made) + nth), own, helps) for nth in range(1, part["count"] + 1)]
    return tuple(made)


def _groups(parts: Sequence[Mapping[str, Any]]) -> tuple[Group, ...]:
    return tuple(Group(part["code"], part["prefix"], part["name"]) for part in parts)
