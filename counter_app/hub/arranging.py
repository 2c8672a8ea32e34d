"""Windows and the giving of numbers, opened and closed: each a fact with time, person and reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from counter_app.domain.actor import Actor
from counter_app.hub import rows
from counter_app.hub.commands import Arrange, Close, Pause
from counter_app.hub.halls import close_hall, rules_of, save_window, window_of
from counter_app.hub.rows import to_ms
from counter_app.queueing import line as model
from counter_app.queueing.entry import WINDOW_LANE, LineFact


def arrange(connection: Connection, actor: Actor, command: Arrange) -> None:
    """Say which groups a window serves and helps. Raises Problem `group-unknown`."""
    rules, _ = rules_of(connection, command.hall)
    own = tuple(rules.group(code).code for code in command.own)
    helps = tuple(rules.group(code).code for code in command.helps)
    place = window_of(connection, command.hall, command.window)
    save_window(connection, command.hall, replace(place, own=own, helps=helps))
    told = {"own": ",".join(own), "helps": ",".join(helps)}
    if (own, helps) != (place.own, place.helps):
        _tell(
            connection, actor, command.hall, command.at, "window.arranged", command.window, command.why, told
        )


def pause(connection: Connection, actor: Actor, command: Pause) -> None:
    """Pause a window with a reason, or open it with a note; whoever was sent to it goes to the front."""
    place, why = window_of(connection, command.hall, command.window), command.why.strip()
    save_window(connection, command.hall, replace(place, paused=why))
    if why != place.paused:
        kind = "window.paused" if why else "window.opened"
        _tell(connection, actor, command.hall, command.at, kind, command.window, why or command.note.strip())
    if not why:
        return
    for stranded in rows.sent_to(connection, command.hall, WINDOW_LANE + command.window):
        rows.put(connection, command.hall, model.release(stranded, to_ms(command.at)))


def close(connection: Connection, actor: Actor, command: Close) -> None:
    """No more numbers today, with the words the kiosk shows; "" opens again."""
    _, before = rules_of(connection, command.hall)
    close_hall(connection, command.hall, command.why)
    if command.why != before:
        kind = "line.closed" if command.why else "line.opened"
        _tell(connection, actor, command.hall, command.at, kind, "", command.why)


def _tell(
    connection: Connection,
    actor: Actor,
    hall: str,
    at: datetime,
    kind: str,
    window: str,
    why: str,
    data: Mapping[str, int | str] | None = None,
) -> None:
    """A fact of the hall, not of a ticket."""
    fact = LineFact(kind, "", to_ms(at), actor.clerk_no, window, why, data or {})
    rows.note(connection, hall, fact)
