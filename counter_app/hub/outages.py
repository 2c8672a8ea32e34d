"""Sorting those who wait in an outage, and numbers kept for another day."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, RowMapping, insert, select, update

from counter_app.domain.actor import Actor
from counter_app.domain.numbers import ALPHABET, check_character, normal_number
from counter_app.domain.outages import KEPT_DAYS, WAY_NAMES, Kept, Sorted, Way
from counter_app.domain.tickets import Ticket, TicketState
from counter_app.hub import core, memory, rows
from counter_app.hub.commands import Act, Take
from counter_app.hub.day_commands import Redeem, Sort
from counter_app.hub.day_tables import kept_numbers, sorted_people
from counter_app.hub.rows import HALL_TIME, ticket_of, to_ms, to_time
from counter_app.problems import Problem
from counter_app.queueing import entry as steps
from counter_app.queueing.entry import Entry, LineFact

_WAITS = (TicketState.WAITING, TicketState.CALLED, TicketState.PARKED, TicketState.MISSED)
_FREE = (TicketState.WAITING, TicketState.PARKED, TicketState.MISSED)  # no window has this person
_K, _S = kept_numbers.c, sorted_people.c
_CODE = 7
_NOBODY = {"group": "", "klass": "", "person": ""}


def sort(connection: Connection, actor: Actor, command: Sort) -> Sorted:
    """Say what one waiting person is offered; a later word replaces it, a kept number stays kept.

    Raises Problem `outage-none`, `not-found`, `ticket-state`, `kept-already`, `request-reused`.
    """
    hall, now = command.hall, to_ms(command.at)
    mine = memory.digest("sort", command.outage, command.ticket_id, command.way.value, command.note)
    if memory.subject(connection, hall, command.request_id, mine):
        return _one(connection, hall, command.outage, command.ticket_id)
    if not command.outage:
        raise Problem("outage-none", "line")
    found = rows.find(connection, hall, command.ticket_id)
    kept = _kept_of(connection, hall, command.ticket_id)
    if kept is not None:
        raise Problem("kept-already", "line", kept["code"])
    if found.state not in _WAITS:
        raise Problem("ticket-state", "line", found.state.value)
    _write(connection, actor, command, found)
    if command.way is Way.KEEP:
        _keep(connection, actor, command, found)
    memory.remember(connection, hall, command.request_id, mine, command.outage, now)
    told: dict[str, int | str] = {"way": command.way.value, "outage": command.outage}
    fact = LineFact(
        "sorted", found.ticket_id, now, actor.clerk_no, actor.window, WAY_NAMES[command.way], told
    )
    rows.note(connection, hall, fact)
    return _one(connection, hall, command.outage, found.ticket_id)


def redeem(connection: Connection, actor: Actor, command: Redeem) -> Ticket:
    """A kept number becomes a ticket of today, at the place its day gave it: before those of today.

    Raises Problem `kept-unknown`, `kept-used`, `kept-expired`, `line-closed`.
    """
    hall, code = command.hall, normal_number(command.code)
    chosen = select(kept_numbers).where(_K.hall == hall, _K.code == code).with_for_update()
    kept = connection.execute(chosen).mappings().first()
    if kept is None:
        raise Problem("kept-unknown", "code", code)
    today = command.at.astimezone(HALL_TIME).date()
    known = core.ticket(connection, hall, kept["ticket_id"]) if kept["ticket_id"] else None
    if known is not None:
        if memory.subject(connection, hall, command.request_id, memory.digest("take")):
            return known
        raise Problem("kept-used", "code", known.number)
    if today > date.fromisoformat(kept["valid_to"]):
        raise Problem("kept-expired", "code", kept["valid_to"])
    return _redeemed(connection, actor, command, kept)


def sorted_in(connection: Connection, hall: str, outage: str) -> Sequence[Sorted]:
    """Everybody sorted in an outage, in the order they were asked."""
    chosen = select(sorted_people).where(_S.hall == hall, _S.outage == outage)
    found = connection.execute(chosen.order_by(_S.at_ms, _S.number)).mappings()
    codes = {row["source"]: row["code"] for row in _kept_in(connection, hall, outage)}
    return tuple(_sorted(row, codes.get(row["ticket_id"], "")) for row in found)


def kept_in(connection: Connection, hall: str, outage: str) -> tuple[int, int]:
    """How many numbers were kept in an outage, and how many of them have come back."""
    found = _kept_in(connection, hall, outage)
    return len(found), sum(bool(row["ticket_id"]) for row in found)


def kept_by_code(connection: Connection, hall: str, code: str) -> Kept:
    """What a kept number says, for its slip. Raises Problem `kept-unknown`."""
    chosen = select(kept_numbers).where(_K.hall == hall, _K.code == normal_number(code))
    row = connection.execute(chosen).mappings().first()
    if row is None:
        raise Problem("kept-unknown", "code", code)
    return Kept(row["code"], row["number"], row["group"], row["klass"], date.fromisoformat(row["valid_to"]))


def told(connection: Connection, hall: str, envelope: Mapping[str, Any]) -> None:
    """A desk sorted somebody while this hub was away: the number it kept is good here from now on."""
    body, day = envelope["body"], envelope["business_date"]
    code, number = str(body.get("kept", ""))[:16], str(body.get("number", ""))[:16]
    if not code or not number:
        return
    found = rows.by_number(connection, hall, day, number)
    source = found.ticket_id if found is not None else f"paper:{day}:{number}"
    if _kept_of(connection, hall, source) is not None:
        return
    kept = {"outage": str(body.get("outage", ""))[:128], "code": code, "number": number, "ticket_id": ""}
    person = {"group": found.group, "klass": found.klass, "person": found.person} if found else _NOBODY
    due = found.due_key if found is not None else envelope["wall_ms"]
    made = rows.upsert(connection, kept_numbers).values(
        hall=hall,
        source=source,
        **kept,
        **person,
        due_key=due,
        valid_to=str(body.get("valid_to", day))[:10],
        at_ms=envelope["wall_ms"],
    )
    connection.execute(made.on_conflict_do_nothing())
    if found is not None and found.state in _FREE:
        actor = Actor(str(body.get("clerk_no", "")), "", ("clerk", "supervisor"), envelope["device"])
        rows.put(connection, hall, steps.cancel(found, envelope["wall_ms"], actor, WAY_NAMES[Way.KEEP]))


# --- inside -----------------------------------------------------------------------------------------
def _write(connection: Connection, actor: Actor, command: Sort, found: Entry) -> None:
    place = {"hall": command.hall, "outage": command.outage, "ticket_id": found.ticket_id}
    values = {"number": found.number, "klass": found.klass, "way": command.way.value}
    values |= {"clerk": actor.clerk_no, "note": command.note}
    made = rows.upsert(connection, sorted_people).values(**place, **values, at_ms=to_ms(command.at))
    changed = {**values, "at_ms": to_ms(command.at)}
    connection.execute(made.on_conflict_do_update(index_elements=list(place), set_=changed))


def _keep(connection: Connection, actor: Actor, command: Sort, found: Entry) -> None:
    """The ticket ends here; its place in the line goes on under a code."""
    front = "K" + "".join(secrets.choice(ALPHABET) for _ in range(_CODE))
    last = command.at.astimezone(HALL_TIME).date() + timedelta(days=KEPT_DAYS)
    values = {
        "code": front + check_character(front),
        "outage": command.outage,
        "source": found.ticket_id,
        "number": found.number,
        "group": found.group,
        "klass": found.klass,
        "person": found.person,
        "due_key": found.due_key,
        "valid_to": last.isoformat(),
        "ticket_id": "",
        "at_ms": to_ms(command.at),
    }
    connection.execute(insert(kept_numbers).values(hall=command.hall, **values))
    ask = f"{command.request_id}:keep"[:128]
    why = WAY_NAMES[Way.KEEP]
    core.act(connection, actor, Act(command.hall, command.at, found.ticket_id, "cancel", ask, why))


def _redeemed(connection: Connection, actor: Actor, command: Redeem, kept: RowMapping) -> Ticket:
    hall, now = command.hall, to_ms(command.at)
    wish = Take(hall, command.at, command.request_id, kept["group"], kept["klass"], kept["person"], "保留号")
    given = core.take(connection, actor, wish)
    assert given.ticket is not None
    entry = rows.find(connection, hall, given.ticket.ticket_id)
    before = replace(entry, due_key=min(entry.due_key, kept["due_key"]))
    told: dict[str, int | str] = {"kept": kept["code"], "was": kept["number"]}
    fact = LineFact("redeemed", entry.ticket_id, now, actor.clerk_no, actor.window, "保留号", told)
    rows.put(connection, hall, (before, fact))
    if not given.repeated:
        memory.remember(connection, hall, command.request_id, memory.digest("take"), entry.ticket_id, now)
    chosen = update(kept_numbers).where(_K.hall == hall, _K.code == kept["code"])
    connection.execute(chosen.values(ticket_id=entry.ticket_id))
    return ticket_of(before)


def _one(connection: Connection, hall: str, outage: str, ticket_id: str) -> Sorted:
    chosen = select(sorted_people).where(_S.hall == hall, _S.outage == outage, _S.ticket_id == ticket_id)
    row = connection.execute(chosen).mappings().one()
    kept = _kept_of(connection, hall, ticket_id)
    return _sorted(row, kept["code"] if kept is not None else "")


def _kept_of(connection: Connection, hall: str, ticket_id: str) -> RowMapping | None:
    chosen = select(kept_numbers).where(_K.hall == hall, _K.source == ticket_id)
    return connection.execute(chosen).mappings().first()


def _kept_in(connection: Connection, hall: str, outage: str) -> Sequence[RowMapping]:
    chosen = select(kept_numbers).where(_K.hall == hall, _K.outage == outage)
    return connection.execute(chosen).mappings().all()


def _sorted(row: RowMapping, kept: str) -> Sorted:
    return Sorted(
        row["ticket_id"],
        row["number"],
        row["klass"],
        Way(row["way"]),
        to_time(row["at_ms"]),
        row["clerk"],
        row["note"],
        kept,
    )
