"""A hall's own choices, kept in the store so that every process of a hub follows the same ones."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import msgspec
from sqlalchemy import Connection, bindparam, select, update

from counter_app.hub.quick import Quick, Write, first
from counter_app.hub.rows import upsert
from counter_app.hub.tables import halls, windows
from counter_app.problems import Problem
from counter_app.queueing.choose import Window
from counter_app.queueing.rules import Rules

SEEN_MS = 30_000
# Built once: putting a statement together costs more than running it.
_RULES = select(halls.c.rules, halls.c.closed).where(halls.c.hall == bindparam("hall"))
_RULES_HELD = _RULES.with_for_update()
_QUICK_RULES = Quick(_RULES)
_PLACE = [windows.c[name] for name in ("window", "own", "helps", "paused", "seen_ms", "clerk")]
_WINDOW = select(*_PLACE).where(windows.c.hall == bindparam("hall"), windows.c.window == bindparam("window"))
_WINDOW_HELD = (
    select(*_PLACE, halls.c.rules)
    .join_from(windows, halls, halls.c.hall == windows.c.hall)
    .where(windows.c.hall == bindparam("hall"), windows.c.window == bindparam("window"))
    .with_for_update(of=windows)
)
_QUICK_WINDOW, _QUICK_HELD = Quick(_WINDOW), Quick(_WINDOW_HELD)


def open_hall(connection: Connection, hall: str, rules: Rules) -> None:
    """Make a hall known, or give it new rules; its line and its feed stay as they are."""
    text = msgspec.json.encode(rules).decode()
    made = upsert(connection, halls).values(hall=hall, rules=text, closed="", feed_epoch=1, feed_last=0)
    connection.execute(made.on_conflict_do_update(index_elements=["hall"], set_={"rules": text}))


def rules_of(connection: Connection, hall: str) -> tuple[Rules, str]:
    """A hall's rules, and why it gives no numbers ("" = it does). Raises Problem `not-found`."""
    row = _QUICK_RULES.one(connection, {"hall": hall})
    if row is None:
        raise Problem("not-found", "hall", hall)
    return rules_in(row[0]), row[1]


@lru_cache(64)
def rules_in(text: str) -> Rules:
    """Rules as they are kept; the same text is read once."""
    return msgspec.json.decode(text, type=Rules)


def hold_hall(connection: Connection, hall: str) -> tuple[Rules, str]:
    """The same, kept to this transaction: what is counted in a hall is counted by one at a time."""
    row = connection.execute(_RULES_HELD, {"hall": hall}).first()
    if row is None:
        raise Problem("not-found", "hall", hall)
    return rules_in(row.rules), row.closed


def close_hall(connection: Connection, hall: str, why: str) -> None:
    """Say why no numbers are given; "" gives them again."""
    connection.execute(update(halls).where(halls.c.hall == hall).values(closed=why))


def window_of(connection: Connection, hall: str, window: str) -> Window:
    """A window as arranged, or one that serves everything."""
    row = _QUICK_WINDOW.one(connection, {"hall": hall, "window": window})
    return _window(row) if row is not None else Window(window)


def hold_window(connection: Connection, hall: str, window: str) -> tuple[Window, Rules]:
    """The same with the hall's rules, kept to this transaction: presses at one window wait for each other.

    Without it the second press of one call could find the last ticket locked by the first and
    answer that nobody waits. Raises Problem `not-found` for the hall.
    """
    asked = holding(hall, window)
    row = first(connection, asked)
    if row is None:
        made = upsert(connection, windows).values(**asked[1], own="[]", helps="[]", paused="")
        connection.execute(made.on_conflict_do_nothing())
        row = first(connection, asked)
    if row is None:
        raise Problem("not-found", "hall", hall)
    *place, text = row
    return _window(place), rules_in(text)


def holding(hall: str, window: str) -> Write:
    """What `hold_window` asks."""
    return _QUICK_HELD, {"hall": hall, "window": window}


def _window(row: Sequence[Any]) -> Window:
    name, own, helps, paused, seen_ms, clerk = row
    return Window(name, tuple(json.loads(own)), tuple(json.loads(helps)), paused, seen_ms, clerk)


def windows_of(connection: Connection, hall: str) -> list[Window]:
    """Every window somebody arranged or paused, or that has called."""
    names = connection.execute(select(windows.c.window).where(windows.c.hall == hall).order_by("window"))
    return [window_of(connection, hall, name) for (name,) in names]


def saw_window(connection: Connection, hall: str, place: Window, clerk: str, now: int) -> None:
    """Note a window's sign of life and who sits there; written again only when it has become old."""
    if now - place.seen_ms < SEEN_MS and clerk in ("", place.clerk):
        return
    values = {"seen_ms": now} | ({"clerk": clerk} if clerk else {})
    first = {"own": "[]", "helps": "[]", "paused": ""}
    made = upsert(connection, windows).values(hall=hall, window=place.window, **first, **values)
    connection.execute(made.on_conflict_do_update(index_elements=["hall", "window"], set_=values))


def save_window(connection: Connection, hall: str, place: Window) -> None:
    """Write a window's arrangement."""
    values = {"own": json.dumps(place.own), "helps": json.dumps(place.helps), "paused": place.paused}
    made = upsert(connection, windows).values(hall=hall, window=place.window, **values)
    connection.execute(made.on_conflict_do_update(index_elements=["hall", "window"], set_=values))
