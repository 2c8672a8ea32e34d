"""A day played through the hub's own tables, and what is to be said about it."""

from __future__ import annotations

import contextlib
import secrets
import statistics
import tempfile
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from counter_app.domain.actor import Actor
from counter_app.hub.local import LocalHub
from counter_app.hub.rows import HALL_TIME
from counter_app.problems import Problem
from counter_app.queueing.bound import Arrival, day_bounds, pools_of
from counter_app.queueing.days import PlayDay
from counter_app.queueing.rules import HOUR, MINUTE, class_of
from counter_app.queueing.simulate import Waited, simulate

_HALL = "SIM"
_BUSY = (9 * HOUR, 11 * HOUR)
_MIDNIGHT = datetime(2026, 11, 23, tzinfo=HALL_TIME)


class PlayedHub:
    """A real hub behind the three verbs of the simulation; its clock is the day that is played."""

    def __init__(self, folder: Path, day: PlayDay) -> None:
        self._now = _MIDNIGHT
        self._hub = LocalHub(folder, secrets.token_bytes(32), _HALL, self, day.rules)
        _never_sync(self._hub)
        self._nth: dict[str, int] = {}
        self._ids: dict[int, str] = {}
        self._presses = 0
        for window in day.windows:
            self._hub.arrange(window.window, _clerk(window.window), window.own, window.helps)

    def now(self) -> datetime:
        """The moment of the played day."""
        return self._now

    def take(self, nth: int, arrival: Arrival) -> tuple[int, int]:
        """Take a number; gives the estimate."""
        self._at(arrival.at_ms)
        given = self._hub.taken(f"arrival {nth}", arrival.group, arrival.klass)
        self._nth[given.ticket.ticket_id] = nth
        self._ids[nth] = given.ticket.ticket_id
        return given.low_min, given.high_min

    def call(self, window: str, now: int) -> int | None:
        """Call and serve at once."""
        self._at(now)
        self._presses += 1
        ticket = self._hub.call(window, f"call {self._presses}", _clerk(window))
        if ticket is None:
            return None
        self._hub.act(ticket.ticket_id, "serve", f"serve {self._presses}", _clerk(window))
        return self._nth[ticket.ticket_id]

    def done(self, window: str, nth: int, now: int) -> None:
        """The visit is over."""
        self._at(now)
        self._hub.act(self._ids[nth], "done", f"done {nth}", _clerk(window))

    def close(self) -> None:
        """Close the hub."""
        self._hub.close()

    def _at(self, ms: int) -> None:
        self._now = _MIDNIGHT + timedelta(milliseconds=ms)


def _never_sync(hub: LocalHub) -> None:
    """The store of a played day is thrown away: nothing in it need outlive the power."""
    if hub.database.writer is not None:
        with contextlib.closing(hub.database.writer.raw_connection()) as link:
            link.cursor().execute("PRAGMA synchronous = OFF")


def play(day: PlayDay) -> Mapping[str, Any]:
    """Play a day through the hub and report; the bound is worked out before anybody is called.

    Raises Problem `usage` when windows share some groups but not all (there is no simple bound then).
    """
    stated = day_bounds(day.arrivals, pools_of(day.windows, day.rules), day.rules, day.gap_ms)
    with tempfile.TemporaryDirectory(prefix="onewindow-") as folder:
        hub = PlayedHub(Path(folder), day)
        try:
            waited = simulate(day.arrivals, day.windows, day.rules, hub, day.gap_ms)
        finally:
            hub.close()
    return report(day, stated, waited)


def report(day: PlayDay, stated: Sequence[int], waited: Sequence[Waited]) -> Mapping[str, Any]:
    """Everything the hall is promised, in minutes; `items` has one row per visitor in order of arrival."""
    if not waited:
        raise Problem("day-file", "", "没有任何到达记录")
    classes = {class_of(w.arrival.klass) for w in waited}
    by_class = {klass: [w for w in waited if class_of(w.arrival.klass) == klass] for klass in classes}
    covered = [w.low_min <= w.wait_ms / MINUTE <= w.high_min for w in waited]
    busy = {v.window: sum(w.arrival.service_ms for w in waited if w.window == v.window) for v in day.windows}
    return {
        "visitors": len(waited),
        "windows": len(day.windows),
        "patience_min": {str(klass): ms / MINUTE for klass, ms in day.rules.patience.items()},
        "bound_min": {"max": _minutes(max(stated)), "median": _minutes(statistics.median(stated))},
        "beyond_bound": sum(w.wait_ms > stated[w.nth] for w in waited),
        "classes": {
            str(klass): _spread([w.wait_ms for w in of], [stated[w.nth] for w in of])
            for klass, of in sorted(by_class.items())
        },
        "morning": {str(klass): _morning(of) for klass, of in sorted(by_class.items())},
        "estimate": {
            "covered": round(statistics.mean(covered), 4),
            "median_width_min": statistics.median(w.high_min - w.low_min for w in waited),
            "median_wait_min": _minutes(statistics.median(w.wait_ms for w in waited)),
        },
        "busy_min": {window: _minutes(ms) for window, ms in busy.items()},
        "items": [_row(w, stated[w.nth]) for w in sorted(waited, key=lambda w: w.nth)],
    }


def _spread(waits: Sequence[int], bounds: Sequence[int]) -> Mapping[str, float]:
    ordered = sorted(waits)
    return {
        "visitors": len(ordered),
        "median_min": _minutes(statistics.median(ordered)),
        "p90_min": _minutes(ordered[(len(ordered) * 9) // 10]),
        "max_min": _minutes(ordered[-1]),
        "bound_min": _minutes(max(bounds)),
    }


def _morning(waited: Sequence[Waited]) -> float | None:
    """The median wait of those who came between 9 and 11, the busiest hours; None when nobody did."""
    came = [w.wait_ms for w in waited if _BUSY[0] <= w.arrival.at_ms < _BUSY[1]]
    return _minutes(statistics.median(came)) if came else None


def _row(waited: Waited, bound: int) -> Mapping[str, Any]:
    return {
        "id": waited.nth + 1,
        "class": class_of(waited.arrival.klass),
        "group": waited.arrival.group,
        "arrived": _clock(waited.arrival.at_ms),
        "called": _clock(waited.called_ms),
        "window": waited.window,
        "service_min": _minutes(waited.arrival.service_ms),
        "wait_min": _minutes(waited.wait_ms),
        "bound_min": _minutes(bound),
        "wait_low_min": waited.low_min,
        "wait_high_min": waited.high_min,
    }


def _minutes(ms: float) -> float:
    return round(ms / MINUTE, 2)


def _clock(ms: int) -> str:
    return (datetime(2026, 1, 1, tzinfo=UTC) + timedelta(milliseconds=ms)).strftime("%H:%M:%S")


def _clerk(window: str) -> Actor:
    return Actor("SIM", "", ("clerk",), "", window)
