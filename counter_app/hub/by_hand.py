"""Numbers a window served while the line was cut (人工叫号): found by number when the facts come in.

The machine that gave a spare number and the window that served its holder tell the hub in any order. Comes
the window first, its word is kept here until the number itself arrives, which is then done at once: nobody
is called who has gone home. A number nobody ever tells of becomes an exception when the day ends.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select

from counter_app.domain.actor import Actor
from counter_app.domain.tickets import TicketState
from counter_app.domain.value import Value
from counter_app.hub import rows
from counter_app.hub.hall_tables import by_hand
from counter_app.hub.halls import hold_hall
from counter_app.queueing import entry as steps
from counter_app.queueing.entry import Entry

_B = by_hand.c
_OF_DAY = (_B.hall == bindparam("hall"), _B.day == bindparam("day"))
_ONE = select(by_hand).where(*_OF_DAY, _B.number == bindparam("number"))
_GONE = delete(by_hand).where(*_OF_DAY, _B.number == bindparam("number"))
_LEFT = select(by_hand).where(_B.hall == bindparam("hall"), _B.day <= bindparam("day")).order_by(_B.at_ms)


class Word(Value, frozen=True):
    """What a window said: which number of which day it served, who there, by which fact, when."""

    day: str
    number: str
    window: str
    clerk: str
    device: str
    event_id: str
    at_ms: int


def find(connection: Connection, hall: str, day: str, number: str) -> Entry | None:
    """The ticket of a number served by hand; None when no machine has told of it yet.

    The hall is held from here on: the number cannot arrive between this look and what is noted.
    """
    hold_hall(connection, hall)
    return rows.by_number(connection, hall, day, number)


def note(connection: Connection, hall: str, word: Word) -> bool:
    """Keep the word until the number arrives; False when another window has said the same before."""
    known = _known(connection, hall, word.day, word.number)
    if known is None:
        connection.execute(insert(by_hand).values(hall=hall, **_plain(word)))
        return True
    return known.window == word.window


def arrived(connection: Connection, hall: str, entry: Entry, number: str = "") -> Entry:
    """A ticket as it reaches the hub: done at once when its number, or the spare `number` of its holder, was
    served meanwhile.
    """
    wanted = number or entry.number
    word = _known(connection, hall, entry.day, wanted)
    if word is None or entry.state is not TicketState.WAITING:
        return entry
    connection.execute(_GONE, {"hall": hall, "day": entry.day, "number": wanted})
    who = Actor(word.clerk, "", ("clerk",), word.device, word.window)
    return rows.put(connection, hall, steps.served_away(entry, max(word.at_ms, entry.taken_ms), who))


def left(connection: Connection, hall: str, day: str) -> Sequence[Word]:
    """Numbers up to a day that were served and that no machine ever told of; they are told once."""
    place = {"hall": hall, "day": day}
    found = [_word(row) for row in connection.execute(_LEFT, place).mappings()]
    for word in found:
        connection.execute(_GONE, {"hall": hall, "day": word.day, "number": word.number})
    return found


def _known(connection: Connection, hall: str, day: str, number: str) -> Word | None:
    row = connection.execute(_ONE, {"hall": hall, "day": day, "number": number}).mappings().first()
    return _word(row) if row is not None else None


def _word(row: Mapping[Any, Any]) -> Word:
    return Word(*(row[name] for name in Word.__struct_fields__))


def _plain(word: Word) -> dict[str, Any]:
    return {name: getattr(word, name) for name in Word.__struct_fields__}
