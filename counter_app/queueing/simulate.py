"""A day in fast motion: arrivals, windows that press when they are free, and what came of it.

The loop knows nothing of the line but three verbs, so the same day runs through the pure model and
through the hub's own tables (`hub.simulate`).
"""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from counter_app.domain.actor import Actor
from counter_app.domain.value import Value
from counter_app.queueing import line as model
from counter_app.queueing.bound import Arrival
from counter_app.queueing.choose import Window, help_lanes, own_lanes
from counter_app.queueing.entry import HOLDING
from counter_app.queueing.estimate import Guess, guess, told
from counter_app.queueing.pace import ARRIVED, RECENT, Finished, pace_of
from counter_app.queueing.rules import Rules


class Waited(Value, frozen=True):
    """What happened to one arrival. Estimate in minutes, the rest in ms."""

    nth: int
    arrival: Arrival
    called_ms: int
    window: str
    low_min: int
    high_min: int

    @property
    def wait_ms(self) -> int:
        """From taking the number to the call."""
        return self.called_ms - self.arrival.at_ms


class Playable(Protocol):
    """A line that can be played with."""

    def take(self, nth: int, arrival: Arrival) -> tuple[int, int]:
        """Take a number; gives the estimate, low and high minutes."""

    def call(self, window: str, now: int) -> int | None:
        """The next person for a window (the arrival's number), who is served at once; None = nobody."""

    def done(self, window: str, nth: int, now: int) -> None:
        """The visit is over."""


@dataclass(slots=True)
class _Day:
    arrivals: Sequence[Arrival]
    windows: Sequence[Window]
    rules: Rules
    line: Playable
    gap_ms: int
    events: list[tuple[int, int, str, int]] = field(default_factory=list)  # time, order, window, arrival
    idle: list[Window] = field(default_factory=list)
    told: dict[int, tuple[int, int]] = field(default_factory=dict)
    waited: list[Waited] = field(default_factory=list)
    count: int = 0

    def later(self, at: int, window: str, nth: int) -> None:
        self.count += 1
        heapq.heappush(self.events, (at, self.count, window, nth))

    def press(self, window: Window, now: int) -> bool:
        """A free window presses; it stays idle when nobody is there for it."""
        nth = self.line.call(window.window, now)
        if nth is None:
            return False
        self.waited.append(Waited(nth, self.arrivals[nth], now, window.window, *self.told[nth]))
        self.later(now + self.arrivals[nth].service_ms, window.window, nth)
        return True

    def wake(self, now: int) -> None:
        """Idle windows look again, the one that has rested longest first."""
        self.idle = [window for window in self.idle if not self.press(window, now)]


def simulate(
    arrivals: Sequence[Arrival], windows: Sequence[Window], rules: Rules, line: Playable, gap_ms: int = 0
) -> list[Waited]:
    """Play a day to its end; results in the order of the calls. Every arrival is called exactly once."""
    day = _Day(arrivals, windows, rules, line, gap_ms, idle=list(windows))
    by_name = {window.window: window for window in windows}
    for nth, arrival in enumerate(arrivals):
        day.later(arrival.at_ms, "", nth)
    while day.events:
        now, _, window, nth = heapq.heappop(day.events)
        if window and nth >= 0:
            line.done(window, nth, now)
            day.later(now + gap_ms, window, -1)
        elif window:
            day.idle.append(by_name[window])
            day.wake(now)
        else:
            _arrive(day, nth, now)
    return day.waited


def _arrive(day: _Day, nth: int, now: int) -> None:
    if nth >= 0:
        day.told[nth] = day.line.take(nth, day.arrivals[nth])
        lane = day.rules.group(day.arrivals[nth].group).code
        if any(lane in help_lanes(window, day.rules) for window in day.windows):
            day.later(now + day.rules.help_after, "", -1)  # from then on somebody else may help
    day.wake(now)


class PlayedModel:
    """The pure line behind the three verbs."""

    def __init__(self, windows: Sequence[Window], rules: Rules, day: str = "2026-11-23") -> None:
        self.line = model.Line(rules, windows={window.window: window for window in windows})
        self.finished: dict[str, list[Finished]] = {}
        self._called: dict[str, int] = {}
        self._guessed: dict[str, Guess] = {}
        self._day = day
        self._presses = 0

    def take(self, nth: int, arrival: Arrival) -> tuple[int, int]:
        """Take a number and tell the estimate."""
        wish = model.Taking(str(nth), self._day, arrival.at_ms, arrival.group, arrival.klass)
        self.line, made, _ = model.take(self.line, wish, model.SYSTEM)
        serving = {n for n, w in self.line.windows.items() if made.lane in own_lanes(w, self.line.rules)}
        held = [e for e in self.line.entries.values() if e.state in HOLDING and e.window in serving]
        since = [e.called_ms for e in held if e.called_ms is not None]
        alive = sorted(self.line.entries.values(), key=lambda e: -e.taken_ms)
        arrived = [(e.klass, e.taken_ms) for e in alive if e.group == made.group][:ARRIVED]
        pace = pace_of(
            self.finished.get(made.lane, [])[-RECENT:], arrival.at_ms, len(serving), arrived, since
        )
        ahead = self.line.ahead(made.ticket_id)
        thought = guess(ahead, made.klass, pace, self.line.rules)
        self._guessed[made.ticket_id] = thought
        return told(thought, pace, ahead, len(serving) - len(held))

    def call(self, window: str, now: int) -> int | None:
        """Call and serve at once."""
        self._presses += 1
        actor = Actor("", "", ("clerk",), "", window)
        self.line, called, _ = model.call(self.line, window, str(self._presses), now, actor)
        if called is None:
            return None
        self.line, _, _ = model.act(self.line, called.ticket_id, "serve", now, actor)
        self._called[called.ticket_id] = now
        return int(called.ticket_id)

    def done(self, window: str, nth: int, now: int) -> None:
        """The visit is over; who is done leaves the model, or a day would grow slow."""
        actor = Actor("", "", ("clerk",), "", window)
        self.line, over, _ = model.act(self.line, str(nth), "done", now, actor)
        thought = self._guessed.pop(over.ticket_id, None)
        called = self._called.pop(over.ticket_id)
        mean, spread = (thought.mean_ms, thought.spread_ms) if thought is not None else (0, 0)
        took = Finished(now - called, window, now, over.klass, over.taken_ms, mean, spread)
        self.finished.setdefault(over.lane, []).append(took)
        entries = {key: entry for key, entry in self.line.entries.items() if key != over.ticket_id}
        self.line = replace(self.line, entries=entries, calls={})
