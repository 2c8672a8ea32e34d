"""The line of a hall in its store: plain functions `(connection, actor, command)`.

The caller owns the transaction: it commits when a function returns and rolls back when it raises.
What a verb means is decided by `queueing`; here it is looked up, locked and written. On SQLite the
one writer keeps windows apart, on PostgreSQL row locks with SKIP LOCKED do; the unique indexes of
`tables.py` stand behind both.
"""

from __future__ import annotations

import hashlib
import json
import uuid
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, and_, func, insert, or_, select

from counter_app.domain.actor import Actor
from counter_app.domain.tickets import LineState, Ticket, TicketClass, TicketState
from counter_app.hub import rows
from counter_app.hub.commands import Act, Arrange, Call, Close, Day, Look, Pause, Take
from counter_app.hub.halls import close_hall, hold_window, rules_of, save_window, window_of
from counter_app.hub.rows import HALL_TIME, ticket_of, to_ms
from counter_app.hub.tables import calls, counters, requests, tickets
from counter_app.problems import Problem
from counter_app.queueing import entry as steps
from counter_app.queueing import line as model
from counter_app.queueing.choose import Window, help_lanes, order_lanes, own_lanes
from counter_app.queueing.entry import HOLDING, WINDOW_LANE, Entry
from counter_app.queueing.line import IN_LINE, Taking
from counter_app.queueing.rules import Rules

_TICKET_IDS = uuid.UUID("6f6e6577-696e-646f-7720-7469636b6574")  # the namespace "onewindow ticket"
_EVERYBODY_IN = [str(state) for state in IN_LINE]
_COUNTED = 999
_HELD = [str(state) for state in HOLDING]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a command. `repeated` = it had been done before and nothing was written."""

    ticket: Ticket | None = None
    repeated: bool = False
    ahead: int = 0


def take(connection: Connection, actor: Actor, command: Take) -> Verdict:
    """Give a number. The same request, or a person who waits already, gets the number they have.

    Raises Problem `line-closed`, `group-unknown`, `class-unknown`.
    """
    rules, closed = rules_of(connection, command.hall)
    now, hall = to_ms(command.at), command.hall
    ticket_id = str(uuid.uuid5(_TICKET_IDS, f"{hall}|{command.request_id}"))
    known = _taken_before(connection, command, ticket_id, rules)
    if known is not None:
        return Verdict(ticket_of(known), True, _ahead(connection, hall, known))
    day = business_day(command.at)
    wish = Taking(ticket_id, day, now, command.group, command.klass, command.person, command.note)
    group = rules.group(command.group)
    model.refuse_closed(closed, 0, 0)
    nth = _next_number(connection, hall, day, group.prefix)
    model.refuse_closed(closed, group.daily_limit, nth)
    made = rows.add(connection, hall, *model.new_entry(wish, rules, nth, actor))
    return Verdict(ticket_of(made), False, _ahead(connection, hall, made))


def call(connection: Connection, actor: Actor, command: Call) -> Verdict:
    """The next person for a window; nobody waits → a verdict without a ticket.

    A repeated `call_id` gets the same ticket, and so does a window that still holds a called one:
    its reply may have been lost, and nobody may vanish by that. One who was being served is put
    aside. Raises Problem `window-paused`, `call-lapsed`, `request-reused`; out of order also
    `supervisor-needed`, `reason-needed`, `ticket-state`.
    """
    hall, now = command.hall, to_ms(command.at)
    place = hold_window(connection, hall, command.window)
    before = _called_before(connection, command)
    if before is not None:
        return Verdict(ticket_of(before), True)
    rules, _ = rules_of(connection, hall)
    if place.paused:
        raise Problem("window-paused", "line", place.paused)
    _tidy(connection, hall, rules, now)
    held = _held_by(connection, hall, command.window)
    if held is not None and held.state is TicketState.CALLED:
        again = replace(held, lease_ms=now + rules.lease)
        rows.renew(connection, hall, again)
        return _remember_call(connection, command, again, repeated=True)
    if held is not None:
        rows.put(connection, hall, steps.put_aside(held, now, actor))
    found = _out_of_order(connection, actor, command) or _next(connection, command, place, rules)
    if found is None:
        return Verdict()
    made, fact = steps.call(found, command.window, command.call_id, now, actor, rules)
    if command.ticket_id:
        fact = replace(fact, why=command.why)
    rows.put(connection, hall, (made, fact))
    return _remember_call(connection, command, made, repeated=False)


def act(connection: Connection, actor: Actor, command: Act) -> Verdict:
    """One verb on one ticket, once per request id. Raises Problem by the verb (see `queueing.entry`)."""
    hall, now = command.hall, to_ms(command.at)
    digest = _digest(command.verb, command.ticket_id, command.why, command.to)
    if _subject(connection, hall, command.request_id, digest):
        return Verdict(ticket_of(rows.find(connection, hall, command.ticket_id)), True)
    rules, _ = rules_of(connection, hall)
    found = rows.find(connection, hall, command.ticket_id)
    changed, fact = model.step(found, command.verb, now, actor, rules, command.why, command.to)
    model.refuse_second(found, changed, lambda person: _in_line(connection, hall, person))
    if changed.state is TicketState.SERVING:
        _free(connection, actor, hall, changed, now)
    rows.put(connection, hall, (changed, fact))
    _remember(connection, hall, command.request_id, digest, command.ticket_id, now)
    return Verdict(ticket_of(changed))


def look(connection: Connection, actor: Actor, command: Look) -> LineState:
    """How long the line of a window is; renews the lease of what it called."""
    hall, now = command.hall, to_ms(command.at)
    rules, _ = rules_of(connection, hall)
    held = _held_by(connection, hall, command.window)
    renewed = model.alive(held, now, rules) if held is not None else None
    if renewed is not None:
        rows.renew(connection, hall, renewed)
    lanes = own_lanes(window_of(connection, hall, command.window), rules)
    counted = select(
        func.count(),
        func.count().filter(tickets.c.klass != TicketClass.ORDINARY),
        func.min(tickets.c.taken_ms),
    ).where(_waits(hall), tickets.c.lane.in_(lanes), tickets.c.taken_ms > now - rules.stale)
    waiting, priority, oldest = connection.execute(counted).one()
    return LineState(waiting, priority, max(0, now - oldest) if oldest is not None else 0)


def arrange(connection: Connection, actor: Actor, command: Arrange) -> None:
    """Say which groups a window serves and helps. Raises Problem `group-unknown`."""
    rules, _ = rules_of(connection, command.hall)
    own = tuple(rules.group(code).code for code in command.own)
    helps = tuple(rules.group(code).code for code in command.helps)
    place = window_of(connection, command.hall, command.window)
    save_window(connection, command.hall, replace(place, own=own, helps=helps))


def pause(connection: Connection, actor: Actor, command: Pause) -> None:
    """Pause a window with a reason; whoever was sent to it waits at the front of the group."""
    place = window_of(connection, command.hall, command.window)
    save_window(connection, command.hall, replace(place, paused=command.why))
    if not command.why:
        return
    lane = tickets.c.lane == WINDOW_LANE + command.window
    for stranded in rows.every(connection, command.hall, lane, tickets.c.state == TicketState.WAITING):
        rows.put(connection, command.hall, model.release(stranded, to_ms(command.at)))


def close(connection: Connection, actor: Actor, command: Close) -> None:
    """No more numbers today, with the words the kiosk shows; "" opens again."""
    close_hall(connection, command.hall, command.why)


def tickets_of(connection: Connection, actor: Actor, command: Day) -> tuple[Ticket, ...]:
    """The tickets of a day in the order they were taken."""
    chosen = select(tickets).where(tickets.c.hall == command.hall, tickets.c.day == command.day.isoformat())
    found = connection.execute(
        chosen.order_by(tickets.c.taken_ms, tickets.c.nth, tickets.c.number)
    ).mappings()
    return tuple(ticket_of(rows.entry_of(row)) for row in found)


def ticket(connection: Connection, hall: str, ticket_id: str) -> Ticket | None:
    """One ticket, or None."""
    found = rows.first(connection, hall, tickets.c.ticket_id == ticket_id)
    return ticket_of(found) if found is not None else None


def business_day(at: datetime) -> str:
    """The hall's calendar day of a moment."""
    local: date = at.astimezone(HALL_TIME).date()
    return local.isoformat()


# --- the next person ------------------------------------------------------------------------------
def _next(connection: Connection, command: Call, place: Window, rules: Rules) -> Entry | None:
    heads = {}
    for lane in (*own_lanes(place, rules), *help_lanes(place, rules)):
        head = _head(connection, command.hall, lane)
        if head is not None:
            heads[lane] = head
    # Several tries: between the look and the lock another window may have taken a whole lane.
    for lane in order_lanes(heads, place, rules, to_ms(command.at)):
        found = _head(connection, command.hall, lane)
        if found is not None:
            return found
    return None


def _head(connection: Connection, hall: str, lane: str) -> Entry | None:
    order = (tickets.c.due_key, tickets.c.nth)
    return rows.first(connection, hall, _waits(hall), tickets.c.lane == lane, order=order, skip=True)


def _out_of_order(connection: Connection, actor: Actor, command: Call) -> Entry | None:
    if not command.ticket_id:
        return None
    if not actor.may("supervisor"):
        raise Problem("supervisor-needed", "line", "跳号呼叫")
    if not command.why.strip():
        raise Problem("reason-needed", "why", "跳号呼叫")
    return rows.find(connection, command.hall, command.ticket_id)


def _called_before(connection: Connection, command: Call) -> Entry | None:
    chosen = select(calls).where(calls.c.hall == command.hall, calls.c.call_id == command.call_id)
    row = connection.execute(chosen).first()
    if row is None:
        return None
    return model.repeated(rows.find(connection, command.hall, row.ticket_id), row.window, command.window)


def _remember_call(connection: Connection, command: Call, made: Entry, *, repeated: bool) -> Verdict:
    values = {"call_id": command.call_id, "ticket_id": made.ticket_id, "window": command.window}
    connection.execute(insert(calls).values(hall=command.hall, at_ms=to_ms(command.at), **values))
    return Verdict(ticket_of(made), repeated)


# --- taking -----------------------------------------------------------------------------------------
def _taken_before(connection: Connection, command: Take, ticket_id: str, rules: Rules) -> Entry | None:
    """The ticket of this very request, or the one this person waits with."""
    hall, digest = command.hall, _digest("take")
    asked = _subject(connection, hall, command.request_id, digest)
    known = rows.first(connection, hall, tickets.c.ticket_id == (asked or ticket_id))
    if known is not None:
        return known
    _tidy(connection, hall, rules, to_ms(command.at))
    waiting = _in_line(connection, hall, command.person)
    if waiting is not None:
        # Remembered, or a repeat after that ticket is done would quietly give a new one.
        _remember(connection, hall, command.request_id, digest, waiting.ticket_id, to_ms(command.at))
    return waiting


# --- small shared steps ---------------------------------------------------------------------------
def _waits(hall: str) -> Any:
    return and_(tickets.c.hall == hall, tickets.c.state == TicketState.WAITING)


def _next_number(connection: Connection, hall: str, day: str, prefix: str) -> int:
    first = rows.upsert(connection, counters).values(hall=hall, day=day, prefix=prefix, last=1)
    grown = first.on_conflict_do_update(
        index_elements=["hall", "day", "prefix"], set_={"last": counters.c.last + 1}
    )
    return int(connection.execute(grown.returning(counters.c.last)).scalar_one())


def _in_line(connection: Connection, hall: str, person: str) -> Entry | None:
    if not person:
        return None
    return rows.first(connection, hall, tickets.c.person == person, tickets.c.state.in_(_EVERYBODY_IN))


def _held_by(connection: Connection, hall: str, window: str) -> Entry | None:
    return rows.first(connection, hall, tickets.c.window == window, tickets.c.state.in_(_HELD))


def _free(connection: Connection, actor: Actor, hall: str, serving: Entry, now: int) -> None:
    held = _held_by(connection, hall, serving.window)
    if held is not None and held.ticket_id != serving.ticket_id:
        rows.put(connection, hall, model.displaced(held, now, actor))


def _tidy(connection: Connection, hall: str, rules: Rules, now: int) -> None:
    """Do what time alone does, before anybody looks at the line."""
    alive = [*_EVERYBODY_IN, TicketState.SERVING]
    stale = and_(tickets.c.state.in_(alive), tickets.c.taken_ms <= now - rules.stale)
    lapsed = and_(tickets.c.state == TicketState.CALLED, tickets.c.lease_ms <= now)
    for entry in rows.every(connection, hall, or_(stale, lapsed)):
        made = model.due_step(entry, now, rules)
        if made is not None:
            rows.put(connection, hall, made)


def _ahead(connection: Connection, hall: str, me: Entry) -> int:
    """How many wait before this ticket in its lane."""
    earlier = or_(
        tickets.c.due_key < me.due_key, and_(tickets.c.due_key == me.due_key, tickets.c.nth < me.nth)
    )
    counted = (
        select(func.count()).select_from(tickets).where(_waits(hall), tickets.c.lane == me.lane, earlier)
    )
    return int(connection.execute(counted).scalar_one()) if me.state is TicketState.WAITING else 0


def _digest(*parts: str) -> str:
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()


def _subject(connection: Connection, hall: str, request_id: str, digest: str) -> str:
    """What an earlier request was about, "" if there was none. Raises Problem `request-reused`."""
    chosen = select(requests).where(requests.c.hall == hall, requests.c.request_id == request_id)
    row = connection.execute(chosen).first()
    if row is not None and row.digest != digest:
        raise Problem("request-reused", "request_id", request_id)
    return str(row.subject) if row is not None else ""


def _remember(
    connection: Connection, hall: str, request_id: str, digest: str, subject: str, now: int
) -> None:
    values = {"request_id": request_id, "digest": digest, "subject": subject}
    connection.execute(insert(requests).values(hall=hall, at_ms=now, **values))
