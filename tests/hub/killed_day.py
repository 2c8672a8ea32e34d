"""A short day at a hub, run as a process of its own that can be killed at any statement.

`python -m tests.hub.killed_day FOLDER TICK FIRST` starts with question number FIRST; at tick number
TICK (a statement, a commit, or the moment before a reply is told) it kills itself with SIGKILL.
Tick 0 never comes. Every reply is one line.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import event

from counter_app.hub.local import LocalHub
from counter_app.problems import Problem
from tests.hub.envelopes import accepted, chained
from tests.hub.stores import HALL, RULES, START, HandClock, clerk

KEY = bytes(range(32))


class Ticker:
    """Counts down to the end."""

    def __init__(self, last: int) -> None:
        self.last = last
        self.now = 0

    def tick(self, *_: Any, **__: Any) -> None:
        self.now += 1
        if self.now == self.last:
            os.kill(os.getpid(), signal.SIGKILL)


def script(hub: LocalHub) -> list[Callable[[], Any]]:
    """What is asked, always with the same ids."""

    def act(
        number: str, verb: str, request: str, window: str, why: str = "", to: str = ""
    ) -> Callable[[], Any]:
        def run() -> Any:
            day = hub.tickets(START.date())
            chosen = next(t for t in day if t.number == number)
            return hub.act(chosen.ticket_id, verb, request, clerk(window), why, to)

        return run

    served = [*chained(2), accepted(3, "N1"), accepted(4, "N2")]
    later = [accepted(5, "N3"), accepted(6, "N4")]
    return [
        lambda: hub.take("r1", person="p1"),
        lambda: hub.take("r2", klass="elderly"),
        lambda: hub.take("r3", "benefit"),
        lambda: hub.take("r4", person="p1"),
        lambda: hub.call("1", "c1", clerk("1")),
        lambda: hub.call("2", "c2", clerk("2")),
        act("A002", "recall", "a1", "1"),
        act("A002", "serve", "a2", "1"),
        act("A001", "miss", "a3", "2"),
        lambda: [v["durable_upto"] for v in hub.push(served) if v["verdict"] in ("accepted", "duplicate")],
        act("A001", "revive", "a4", "2"),
        act("A002", "transfer", "a5", "1", "改办待遇", "benefit"),
        lambda: hub.call("1", "c3", clerk("1")),
        act("A002", "park", "a6", "1", "去复印"),
        lambda: hub.call("1", "c4", clerk("1")),
        act("A002", "serve", "a7", "3"),
        lambda: hub.call("3", "c5", clerk("3")),
        act("A002", "done", "a8", "3"),
        lambda: hub.rate("q1", "case-N1", 4) in (True, False),
        lambda: hub.take("r5", person="p5"),
        lambda: hub.take("r6", "benefit", person="p6"),
        lambda: hub.take("r7", klass="elderly", person="p7"),
        lambda: [v["durable_upto"] for v in hub.push(later) if v["verdict"] in ("accepted", "duplicate")],
        lambda: hub.rate("q2", "case-N3", 5) in (True, False),
        lambda: hub.take("r8", person="p5"),
    ]


def main(folder: str, last: str, first: str) -> None:
    clock, ticker = HandClock(), Ticker(int(last))
    hub = LocalHub(Path(folder), KEY, HALL, clock, RULES)
    writer = hub.database.writer
    for name in ("before_cursor_execute", "commit"):
        event.listen(writer, name, ticker.tick)
    for nth, ask in list(enumerate(script(hub)))[int(first) :]:
        clock.at = START + timedelta(seconds=10 * nth)
        try:
            reply = ask()
        except Problem as problem:
            reply = problem.code
        ticker.tick()
        sys.stdout.write(json.dumps([nth, reply], default=_told) + "\n")
        sys.stdout.flush()
    sys.stdout.write(json.dumps(["ticks", ticker.now]) + "\n")
    hub.close()


def _told(value: Any) -> Any:
    """What must be the same when it is asked again (the state may have gone on)."""
    return value.number


if __name__ == "__main__":
    main(*sys.argv[1:])
