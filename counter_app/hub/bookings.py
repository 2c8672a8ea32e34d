"""预约: a place at a time on a day. It becomes a ticket when its holder comes and takes a number."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, func, insert, select, update

from counter_app.domain.actor import Actor
from counter_app.hub.commands import Book, Take, Unbook
from counter_app.hub.hall_tables import bookings
from counter_app.hub.halls import hold_hall
from counter_app.hub.quick import Quick, Write, first
from counter_app.hub.rows import HALL_TIME, business_day, to_ms, to_time
from counter_app.problems import Problem
from counter_app.queueing.entry import Entry
from counter_app.queueing.guide import FARTHEST, needs_of
from counter_app.queueing.line import Taking
from counter_app.queueing.rules import Rules, class_of, clock

OPEN, USED, CANCELLED = "open", "used", "cancelled"
STATES: Mapping[str, str] = {OPEN: "有效", USED: "已使用", CANCELLED: "已取消"}
_IDS = uuid.UUID("6f6e6577-696e-646f-7720-626f6f6b696e")  # the namespace "onewindow bookin(g)"
_MORNING = 8 * 60 + 30  # when a hall opens that has not said so
_B = bookings.c
_MINE = select(bookings).where(_B.hall == bindparam("hall"))
_BY_ID = _MINE.where(_B.booking_id == bindparam("booking_id")).with_for_update()
_OF_PERSON = Quick(
    _MINE.where(
        _B.day == bindparam("day"), _B.person == bindparam("person"), _B.state == OPEN
    ).with_for_update()
)
_NAMES = [column.name for column in _B]
_OF_DAY = _MINE.where(_B.day == bindparam("day")).order_by(_B.start_ms, _B.group, _B.booking_id)
_TOGETHER = select(func.count()).where(
    _B.hall == bindparam("hall"),
    _B.day == bindparam("day"),
    _B.start_ms == bindparam("start_ms"),
    _B.group == bindparam("group"),
    _B.state != CANCELLED,
)


def book(connection: Connection, actor: Actor, command: Book) -> Mapping[str, Any]:
    """Make an appointment; the same request is the same one.

    Raises Problem `booking-time`, `booking-full`, `booking-twice`, `group-unknown`, `class-unknown`.
    """
    rules, _ = hold_hall(connection, command.hall)
    booking_id = str(uuid.uuid5(_IDS, f"{command.hall}|{command.request_id}"))
    known = _known(connection, command.hall, booking_id)
    if known is not None:
        return shown(known)
    values = _values(command, booking_id, rules)
    _refuse(connection, command, values, rules)
    connection.execute(insert(bookings).values(values))
    return shown(values)


def unbook(connection: Connection, actor: Actor, command: Unbook) -> Mapping[str, Any]:
    """Give an appointment up; doing so twice changes nothing. Raises Problem `not-found`, `booking-state`."""
    known = _known(connection, command.hall, command.booking_id)
    if known is None:
        raise Problem("not-found", "booking", command.booking_id)
    if known["state"] == USED:
        raise Problem("booking-state", "booking", STATES[USED])
    _mark(connection, command.hall, command.booking_id, CANCELLED, "")
    return shown({**known, "state": CANCELLED})


def bookings_of(connection: Connection, hall: str, day: date) -> Sequence[Mapping[str, Any]]:
    """The appointments of a day by time."""
    found = connection.execute(_OF_DAY, {"hall": hall, "day": day.isoformat()}).mappings()
    return [shown(dict(row)) for row in found]


def wish_of(connection: Connection, command: Take, ticket_id: str, day: str) -> Taking:
    """The wish of a command with the appointment it keeps: the one named, or the person's of today.

    Raises Problem `booking-state` for one that is used, cancelled or of another day, `not-found`.
    """
    found, plain = _kept(connection, command, day), plain_wish(command, ticket_id, day)
    if found is None:
        return plain
    return Taking(
        ticket_id,
        day,
        plain.now,
        command.group or found["group"],
        command.klass or found["klass"],
        command.person or found["person"],
        "；".join(text for text in (command.note, found["note"]) if text),
        ",".join(text for text in (command.needs, found["needs"]) if text),
        found["booking_id"],
        found["start_ms"],
        bool(found["source"]),
    )


def plain_wish(command: Take, ticket_id: str, day: str) -> Taking:
    """The wish of somebody without an appointment."""
    return Taking(
        ticket_id, day, to_ms(command.at), command.group, command.klass, command.person, command.note,
        command.needs,
    )  # fmt: skip


def asking(hall: str, day: str, person: str) -> Write:
    """What asks for a person's appointment of a day."""
    return _OF_PERSON, {"hall": hall, "day": day, "person": person}


def use(connection: Connection, hall: str, made: Entry) -> None:
    """The appointment has become a ticket."""
    _mark(connection, hall, made.booking, USED, made.ticket_id)


def carry(connection: Connection, hall: str, kept: Entry, day: str, rules: Rules, now: int) -> None:
    """A number kept for another day is an appointment for its opening, under the ticket's own id."""
    midnight = datetime.combine(date.fromisoformat(day), datetime.min.time(), HALL_TIME)
    start = midnight + timedelta(minutes=rules.hours.opens or _MORNING)
    values = {
        "hall": hall,
        "booking_id": kept.ticket_id,
        "day": day,
        "start_ms": to_ms(start),
        "group": kept.group,
        "klass": kept.klass,
        "person": _free_person(connection, hall, day, kept.person),
        "needs": kept.needs,
        "note": kept.note,
        "state": OPEN,
        "ticket_id": "",
        "source": kept.ticket_id,
        "at_ms": now,
    }
    connection.execute(insert(bookings).values(values))


def shown(row: Mapping[str, Any]) -> Mapping[str, Any]:
    """An appointment for whoever asks; the person's key is not in it."""
    start = to_time(row["start_ms"])
    return {
        "id": row["booking_id"],
        "day": row["day"],
        "start": start.isoformat(),
        "group": row["group"],
        "class": row["klass"],
        "needs": [code for code in row["needs"].split(",") if code],
        "note": row["note"],
        "state": row["state"],
        "ticket": row["ticket_id"],
        "carried": bool(row["source"]),
    }


def _kept(connection: Connection, command: Take, day: str) -> Mapping[str, Any] | None:
    if command.booking:
        found = _known(connection, command.hall, command.booking)
        if found is None:
            raise Problem("not-found", "booking", command.booking)
        if found["state"] != OPEN or found["day"] != day:
            told = STATES[found["state"]] if found["state"] != OPEN else f"预约日期 {found['day']}"
            raise Problem("booking-state", "booking", told)
        return found
    for mark in (command.person, *command.was) if command.person else ():
        row = first(connection, asking(command.hall, day, mark))
        if row is not None:
            return dict(zip(_NAMES, row, strict=True))
    return None


def _values(command: Book, booking_id: str, rules: Rules) -> dict[str, Any]:
    return {
        "hall": command.hall,
        "booking_id": booking_id,
        "day": business_day(command.start),
        "start_ms": to_ms(command.start),
        "group": rules.group(command.group).code,
        "klass": class_of(command.klass),
        "person": command.person,
        "needs": needs_of(command.needs.split(",")),
        "note": command.note,
        "state": OPEN,
        "ticket_id": "",
        "source": "",
        "at_ms": to_ms(command.at),
    }


def _refuse(connection: Connection, command: Book, values: Mapping[str, Any], rules: Rules) -> None:
    start, minute = command.start.astimezone(HALL_TIME), values["start_ms"] - to_ms(command.at)
    if minute <= 0 or command.start - command.at > FARTHEST:
        raise Problem("booking-time", "start", "预约时间应在现在之后、六十天之内。")
    hours, asked = rules.hours, start.hour * 60 + start.minute
    if (hours.opens and asked < hours.opens) or (hours.closes and asked >= hours.closes):
        told = f"预约时间应在 {clock(hours.opens)} 至 {clock(hours.closes or 24 * 60)} 之间。"
        raise Problem("booking-time", "start", told)
    if _free_person(connection, command.hall, values["day"], command.person) != command.person:
        raise Problem("booking-twice", "person", values["day"])
    where = {name: values[name] for name in ("hall", "day", "start_ms", "group")}
    if rules.slot and connection.execute(_TOGETHER, where).scalar_one() >= rules.slot:
        raise Problem("booking-full", "start", start.strftime("%H:%M"))


def _free_person(connection: Connection, hall: str, day: str, person: str) -> str:
    """The person's key, or "" when they have an appointment that day already."""
    if not person:
        return ""
    return "" if first(connection, asking(hall, day, person)) is not None else person


def _known(connection: Connection, hall: str, booking_id: str) -> Mapping[str, Any] | None:
    row = connection.execute(_BY_ID, {"hall": hall, "booking_id": booking_id}).mappings().first()
    return dict(row) if row is not None else None


def _mark(connection: Connection, hall: str, booking_id: str, state: str, ticket_id: str) -> None:
    chosen = update(bookings).where(_B.hall == hall, _B.booking_id == booking_id)
    connection.execute(chosen.values(state=state, ticket_id=ticket_id))
