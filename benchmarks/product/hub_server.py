"""Ours: a hub as its command starts it, with so many people waiting already.

usage: hub_server.py DATABASE KEY_FILE WAITING

Prints `{"port": …, "tokens": […]}` and serves until it is killed.
"""

from __future__ import annotations

import json
import sys
import threading
import uuid
from pathlib import Path

from sqlalchemy import Connection, insert

from counter_app.domain.actor import Actor
from counter_app.hub import memory, opening, rows
from counter_app.hub.clock import HallTime
from counter_app.hub.hall import HallHub
from counter_app.hub.server import serving
from counter_app.hub.tables import tickets
from counter_app.hub.tokens import Bearer
from counter_app.queueing import line as model
from counter_app.queueing.rules import Rules

HALL, WINDOWS, TOGETHER = "001", 8, 5_000


def fill(connection: Connection, first: int, last: int) -> None:
    """People who wait already, as `take` would have written them."""
    now = HallTime().now()
    day, clerk, made = rows.business_day(now), Actor("", ""), []
    for nth in range(first, last + 1):
        wish = model.Taking(str(uuid.uuid4()), day, rows.to_ms(now) - 3_600_000 + nth)
        entry, _ = model.new_entry(wish, Rules(), nth, clerk)
        made.append({"hall": HALL, **rows.values_of(entry)})
    connection.execute(insert(tickets), made)
    memory.count_on(connection, HALL, day, "A", last)


def main(database: str, key_file: str, waiting: int) -> None:
    """Fill, serve, wait."""
    if opening.is_server(database):
        opened = opening.open_server(database)
    else:
        opened = opening.open_file(Path(database), opening.key_in(Path(key_file)))
    hub = HallHub(opened.database, opened.lane, HALL, HallTime())
    for first in range(1, waiting + 1, TOGETHER):
        opened.lane.do(lambda c, first=first: fill(c, first, min(waiting, first + TOGETHER - 1)))  # type: ignore[misc]
    names = [f"w{nth}" for nth in range(1, WINDOWS + 1)]
    tokens = [hub.issue(Bearer(HALL, "window", name)) for name in names]
    with serving({HALL: hub}) as served:
        print(json.dumps({"port": served.port, "tokens": tokens}), flush=True)
        threading.Event().wait()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
