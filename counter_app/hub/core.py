"""The line of a hall in its store: plain functions `(connection, actor, command)`.

The caller owns the transaction: it commits when a function returns and rolls back when it raises.
What a verb means is decided by `queueing`; here it is looked up, locked and written. On SQLite the
one writer keeps windows apart, on PostgreSQL row locks with SKIP LOCKED do; the unique indexes of
`tables.py` stand behind both.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, bindparam, func, select, text

from counter_app.domain.actor import Actor
from counter_app.domain.tickets import LineState, Ticket, TicketClass, TicketState, ticket_id_of
from counter_app.domain.value import Value
from counter_app.hub import bookings, by_hand, early, fronts, memory, people_keys, rows, spares
from counter_app.hub.commands import Act, Call, Day, Look, Take
from counter_app.hub.halls import hold_window, rules_of, saw_window, window_of
from counter_app.hub.rows import HALL_TIME, business_day, ticket_of, to_ms
from counter_app.hub.tables import WAITS, tickets
from counter_app.problems import Problem
from counter_app.queueing import entry as steps
from counter_app.queueing import guide
from counter_app.queueing import line as model
from counter_app.queueing.choose import Window, help_lanes, order_lanes, own_lanes
from counter_app.queueing.entry import Entry
from counter_app.queueing.estimate import guess, told
from counter_app.queueing.line import Taking
from counter_app.queueing.rules import Rules
from counter_app.queueing.verbs import MERGE, step

_COUNTS = select(
    func.count(),
    func.count().filter(tickets.c.klass != TicketClass.ORDINARY),
    func.min(tickets.c.taken_ms),
).where(
    tickets.c.hall == bindparam("hall"),
    text(WAITS),
    tickets.c.lane.in_(bindparam("lanes", expanding=True)),
    tickets.c.taken_ms > bindparam("since"),
)


_TAKEN = memory.digest("take")


class Verdict(Value, frozen=True):
    """What became of a command. `repeated` = it had been done before and nothing was written.

    `lanes` are those of the window that called.
    """

    ticket: Ticket | None = None
    repeated: bool = False
    ahead: int = 0
    lanes: tuple[str, ...] = ()


def take(connection: Connection, actor: Actor, command: Take) -> Verdict:
    """Give a number. The same request, or a person who waits already, gets the number they have.

    Raises Problem `line-closed`, `group-unknown`, `class-unknown`, `need-unknown`, `booking-state`,
    `number-spare`, `people-key-old`.
    """
    hall = command.hall
    ticket_id = ticket_id_of(hall, command.request_id)
    early.take(connection, command, ticket_id)
    found = memory.asked(connection, hall, command.request_id, ticket_id, _TAKEN)
    rules, closed = found.rules, found.closed
    known = found.before or _waiting(connection, command, rules)
    if known is not None:
        if command.spare:
            known = by_hand.arrived(connection, hall, known, command.spare)
        return Verdict(ticket_of(known), True, rows.ahead(connection, hall, known))
    if command.spare:
        made = spares.take(connection, actor, command, ticket_id, rules)
        return Verdict(ticket_of(made), False, rows.ahead(connection, hall, made))
    wish = bookings.wish_of(connection, command, ticket_id, business_day(command.at))
    late = actor.may("supervisor") and bool(command.why.strip())
    if not late:
        model.refuse_closed(closed, 0, 0)
        rules.hours.refuse(minute_of(command.at))
    made, ahead = _new(connection, actor, command, wish, rules, late)
    return Verdict(ticket_of(made), False, ahead)


def call(connection: Connection, actor: Actor, command: Call) -> Verdict:
    """The next person for a window; nobody waits → a verdict without a ticket.

    A repeated `call_id` gets the same ticket, and so does a window that still holds a called one:
    its reply may have been lost, and nobody may vanish by that. One who was being served is put
    aside. Raises Problem `window-paused`, `call-lapsed`, `request-reused`; out of order also
    `supervisor-needed`, `reason-needed`, `ticket-state`.
    """
    hall, now = command.hall, to_ms(command.at)
    early.call(connection, command)
    place, rules = hold_window(connection, hall, command.window)
    lanes = (*own_lanes(place, rules), *help_lanes(place, rules))
    pressed = memory.pressed(connection, command, lanes)
    if pressed.before is not None:
        return Verdict(ticket_of(pressed.before), True, lanes=lanes)
    if place.paused:
        raise Problem("window-paused", "line", place.paused)
    saw_window(connection, hall, place, actor.clerk_no, now)
    if late := rows.is_late(pressed.oldest, pressed.lease, now, rules.stale):
        _tidy(connection, hall, rules, now)
    held = rows.held_by(connection, hall, command.window) if pressed.holds or late else None
    if held is not None and held.state is TicketState.CALLED:
        return Verdict(ticket_of(_again(connection, command, held, rules)), True, lanes=lanes)
    if held is not None:
        rows.put(connection, hall, steps.put_aside(held, now, actor))
    heads = fronts.look(connection, hall, lanes) if late else pressed.heads
    found = _out_of_order(connection, actor, command) or _next(connection, command, place, rules, heads)
    if found is None:
        return Verdict(lanes=lanes)
    made, fact = steps.call(found.entry, command.window, command.call_id, now, actor, rules)
    if command.ticket_id:
        fact = replace(fact, why=command.why)
    fronts.put(connection, hall, (made, fact), found.mark, memory.call_kept(command, made))
    return Verdict(ticket_of(made), lanes=lanes)


def act(connection: Connection, actor: Actor, command: Act) -> Verdict:
    """One verb on one ticket, once per request id. Raises Problem by the verb (see `queueing.entry`)."""
    hall, now = command.hall, to_ms(command.at)
    digest = memory.digest(command.verb, command.ticket_id, command.why, command.to)
    rules, before, found = memory.acted(connection, hall, command.ticket_id, command.request_id, digest)
    if before:
        return Verdict(ticket_of(found), True)
    kept = memory.kept(hall, command.request_id, digest, command.ticket_id, now)
    if command.verb == MERGE:
        other = rows.find(connection, hall, command.to)
        both = guide.merge(found, other, now, actor, command.why)
        changed, _ = (rows.put(connection, hall, *one) for one in ((both[0], kept), (both[1],)))
        return Verdict(ticket_of(changed))
    changed, fact = step(found, command.verb, now, actor, rules, command.why, command.to)
    model.refuse_second(found, changed, lambda person: rows.in_line(connection, hall, person))
    if changed.state is TicketState.SERVING:
        _free(connection, actor, hall, changed, now)
    rows.put(connection, hall, (changed, fact), kept)
    if changed.state is TicketState.CARRIED:
        bookings.carry(connection, hall, changed, command.to, rules, now)
    return Verdict(ticket_of(changed))


def look(connection: Connection, actor: Actor, command: Look) -> LineState:
    """How long the line of a window is; renews the lease of what it called."""
    hall, now = command.hall, to_ms(command.at)
    rules, _ = rules_of(connection, hall)
    held = rows.held_by(connection, hall, command.window)
    renewed = model.alive(held, now, rules) if held is not None else None
    if renewed is not None:
        rows.renew(connection, hall, renewed)
    place = window_of(connection, hall, command.window)
    saw_window(connection, hall, place, actor.clerk_no, now)
    lanes = own_lanes(place, rules)
    counted = connection.execute(_COUNTS, {"hall": hall, "lanes": lanes, "since": now - rules.stale})
    waiting, priority, oldest = counted.one()
    return LineState(waiting, priority, max(0, now - oldest) if oldest is not None else 0)


def tickets_of(connection: Connection, actor: Actor, command: Day) -> tuple[Ticket, ...]:
    """The tickets of a day (or of all days) in the order they were taken."""
    chosen = select(tickets).where(tickets.c.hall == command.hall)
    if command.day is not None:
        chosen = chosen.where(tickets.c.day == command.day.isoformat())
    if command.number:
        chosen = chosen.where(tickets.c.number == command.number)
    if command.person:
        chosen = chosen.where(tickets.c.person == command.person)
    found = connection.execute(
        chosen.order_by(tickets.c.taken_ms, tickets.c.nth, tickets.c.number)
    ).mappings()
    return tuple(ticket_of(rows.entry_of(row)) for row in found)


def ticket(connection: Connection, hall: str, ticket_id: str) -> Ticket | None:
    """One ticket, or None."""
    found = rows.seen(connection, hall, ticket_id)
    return ticket_of(found) if found is not None else None


def minute_of(at: datetime) -> int:
    """Minutes after the hall's midnight."""
    local = at.astimezone(HALL_TIME)
    return local.hour * 60 + local.minute


# --- the next person ------------------------------------------------------------------------------
def _next(
    connection: Connection, command: Call, place: Window, rules: Rules, heads: Mapping[str, fronts.Head]
) -> fronts.Head | None:
    # Several tries: between the look and the lock another window may have taken a whole lane.
    for lane in order_lanes(heads, place, rules, to_ms(command.at)):
        found = fronts.first(connection, command.hall, lane, heads[lane])
        if found is not None:
            return found
    return None


def _again(connection: Connection, command: Call, held: Entry, rules: Rules) -> Entry:
    """The window has somebody it called: the reply may have been lost."""
    again = replace(held, lease_ms=to_ms(command.at) + rules.lease)
    rows.renew(connection, command.hall, again)
    memory.remember_call(connection, command, again)
    return again


def _out_of_order(connection: Connection, actor: Actor, command: Call) -> fronts.Head | None:
    if not command.ticket_id:
        return None
    if not actor.may("supervisor"):
        raise Problem("supervisor-needed", "line", "跳号呼叫")
    if not command.why.strip():
        raise Problem("reason-needed", "why", "跳号呼叫")
    return fronts.Head(rows.find(connection, command.hall, command.ticket_id), "")


# --- small shared steps ---------------------------------------------------------------------------
def _waiting(connection: Connection, command: Take, rules: Rules) -> Entry | None:
    """The ticket this person waits with already."""
    if not command.person:
        return None
    _tidy(connection, command.hall, rules, to_ms(command.at))
    if not command.spare:  # what was given while the hub was away may carry the mark of that time
        people_keys.refuse_old(connection, command.hall, command.person)
    marks = (command.person, *command.was)
    lines = (rows.in_line(connection, command.hall, mark) for mark in marks)
    waiting = next((one for one in lines if one is not None), None)
    if waiting is not None:
        # Remembered, or a repeat after that ticket is done would quietly give a new one.
        about, now = waiting.ticket_id, to_ms(command.at)
        memory.remember(connection, command.hall, command.request_id, _TAKEN, about, now)
    return waiting


def _new(
    connection: Connection, actor: Actor, command: Take, wish: Taking, rules: Rules, late: bool
) -> tuple[Entry, int]:
    """The next number of the group, counted on from the last one anybody has seen."""
    hall, group = command.hall, rules.group(wish.group)
    seen = spares.nth_of(command.seen, group.prefix)
    if seen and seen > memory.last_number(connection, hall, wish.day, group.prefix):
        memory.count_on(connection, hall, wish.day, group.prefix, seen)
    nth, ahead = spares.next_free(connection, hall, wish.day, group, model.due_of(wish, rules)[1])
    if not late and group.daily_limit:
        aside = spares.aside(connection, hall, wish.day, group.prefix)
        model.refuse_closed("", group.daily_limit, nth + aside.count)
    entry, fact = model.new_entry(wish, rules, nth, actor)
    if command.pace is not None:
        thought = guess(ahead, entry.klass, command.pace, rules)
        entry = replace(entry, guess_ms=thought.mean_ms, spread_ms=thought.spread_ms)
        if not late:
            rules.hours.refuse(minute_of(command.at), told(thought, command.pace, ahead)[0])
    made = rows.add(connection, hall, entry, replace(fact, why=command.why) if command.why else fact)
    if made.booking:
        bookings.use(connection, hall, made)
    return made, ahead


def _free(connection: Connection, actor: Actor, hall: str, serving: Entry, now: int) -> None:
    held = rows.held_by(connection, hall, serving.window)
    if held is not None and held.ticket_id != serving.ticket_id:
        rows.put(connection, hall, model.displaced(held, now, actor))


def _tidy(connection: Connection, hall: str, rules: Rules, now: int) -> None:
    """Do what time alone does, before anybody looks at the line."""
    for entry in rows.overdue(connection, hall, now, rules.stale):
        made = model.due_step(entry, now, rules)
        if made is not None:
            rows.put(connection, hall, made)
