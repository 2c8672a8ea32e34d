"""How loud the hall is at which hour: `08:00=80 12:00=40 13:30=80 18:00=0`."""

from __future__ import annotations

from datetime import time

from counter_app.domain.value import Value
from counter_app.problems import Problem

LOUDEST = 100


class Volume(Value, frozen=True):
    """Steps of the day, each valid until the next; before the first the last of the day before holds."""

    steps: tuple[tuple[time, int], ...] = ((time(0, 0), LOUDEST),)

    def at(self, moment: time) -> int:
        """How loud, in percent: 0 is silence, 100 as loud as the machine."""
        begun = [percent for start, percent in self.steps if start <= moment]
        return begun[-1] if begun else self.steps[-1][1]


def volume(text: str) -> Volume:
    """Read a setting; "" is always loudest, one bare number holds all day. Raises Problem `setting-value`."""
    if not text.strip():
        return Volume()
    return Volume(tuple(sorted(_step(part) for part in text.replace(",", " ").split())))


def _step(part: str) -> tuple[time, int]:
    clock, _, percent = part.rpartition("=")
    try:
        start, loud = time.fromisoformat(clock or "00:00"), int(percent)
    except ValueError as error:
        raise Problem("setting-value", "board_volume", _HOW.format(part)) from error
    if not 0 <= loud <= LOUDEST or start.tzinfo is not None:
        raise Problem("setting-value", "board_volume", _HOW.format(part))
    return start, loud


_HOW = "“{}”应写作 时刻=音量，如 08:00=80，音量 0 至 100。"
