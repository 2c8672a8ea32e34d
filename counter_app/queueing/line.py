"""The whole line of one hall as a frozen value: what the hub's database must agree with.

Every function gives back a new line and the facts to append; nothing is changed in place.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from counter_app.domain.actor import Actor
from counter_app.domain.tickets import TicketClass, TicketState
from counter_app.domain.value import Value
from counter_app.problems import Problem
from counter_app.queueing import entry as steps
from counter_app.queueing import guide
from counter_app.queueing.choose import Window, order_lanes
from counter_app.queueing.entry import HOLDING, WINDOW_LANE, Entry, LineFact, Step
from counter_app.queueing.keys import due_key, number_text, to_front
from counter_app.queueing.rules import Rules, class_of
from counter_app.queueing.verbs import MERGE, step

SYSTEM = Actor("", "", ("system",))
IN_LINE = (TicketState.WAITING, TicketState.CALLED)


@dataclass(frozen=True, slots=True)
class Line:
    """Everybody's tickets, the daily counters, the windows, and which request led to which ticket."""

    rules: Rules = field(default_factory=Rules)
    entries: Mapping[str, Entry] = field(default_factory=dict)
    last: Mapping[tuple[str, str], int] = field(default_factory=dict)
    windows: Mapping[str, Window] = field(default_factory=dict)
    calls: Mapping[str, tuple[str, str]] = field(default_factory=dict)  # call id -> ticket, window
    asked: Mapping[str, str] = field(default_factory=dict)  # a wish's ticket id -> the ticket they had
    closed: str = ""

    def window(self, name: str) -> Window:
        """A window as arranged, or one that serves everything."""
        return self.windows.get(name, Window(name))

    def held_by(self, window: str) -> Entry | None:
        """The person a window has now."""
        return next((e for e in self.entries.values() if e.window == window and e.state in HOLDING), None)

    def head(self, lane: str) -> Entry | None:
        """Who is first in a lane."""
        waiting = [e for e in self.entries.values() if e.state is TicketState.WAITING and e.lane == lane]
        return min(waiting, key=lambda e: e.order, default=None)

    def ahead(self, ticket_id: str) -> int:
        """How many wait before this ticket in its lane."""
        me = self.entries[ticket_id]
        return sum(
            1
            for e in self.entries.values()
            if e.state is TicketState.WAITING and e.lane == me.lane and e.order < me.order
        )


Outcome = tuple[Line, Entry, tuple[LineFact, ...]]


class Taking(Value, frozen=True):
    """A wish for a number. `ticket_id` is made from the request, so a repeated one is the same ticket.

    `booked_ms` is when the appointment `booking` begins (None = none); `carried` says that its holder has
    queued already on another day and goes to the front.
    """

    ticket_id: str
    day: str
    now: int
    group: str = ""
    klass: str = ""
    person: str = ""
    note: str = ""
    needs: str = ""
    booking: str = ""
    booked_ms: int | None = None
    carried: bool = False


def take(line: Line, wish: Taking, actor: Actor) -> Outcome:
    """Give a number; the same request or the same waiting person gets the number they have.

    Raises Problem `line-closed`, `group-unknown`, `class-unknown`.
    """
    known = line.entries.get(line.asked.get(wish.ticket_id, wish.ticket_id))
    if known is not None:
        return line, known, ()
    facts: tuple[LineFact, ...] = ()
    if wish.person:
        line, facts = tidy(line, wish.now)
    known = _in_line(line, wish.person)
    if known is not None:
        return replace(line, asked={**line.asked, wish.ticket_id: known.ticket_id}), known, facts
    group = line.rules.group(wish.group)
    place = (wish.day, group.prefix)
    nth = line.last.get(place, 0) + 1
    refuse_closed(line.closed, group.daily_limit, nth)
    made, fact = new_entry(wish, line.rules, nth, actor)
    grown = replace(line, entries={**line.entries, made.ticket_id: made}, last={**line.last, place: nth})
    return grown, made, (*facts, fact)


def new_entry(wish: Taking, rules: Rules, nth: int, actor: Actor) -> Step:
    """The ticket of a wish, once its daily number is known."""
    group = rules.group(wish.group)
    klass, due = due_of(wish, rules)
    made = Entry(
        ticket_id=wish.ticket_id,
        day=wish.day,
        number=number_text(group.prefix, nth),
        nth=nth,
        group=group.code,
        lane=group.code,
        klass=klass,
        state=TicketState.WAITING,
        taken_ms=wish.now,
        due_key=due,
        person=wish.person,
        note=wish.note,
        needs=guide.needs_of(wish.needs.split(",")),
        booking=wish.booking,
    )
    told: dict[str, int | str] = {"group": group.code, "class": klass}
    return made, LineFact("taken", made.ticket_id, wish.now, actor.clerk_no, actor.window, "", told)


def due_of(wish: Taking, rules: Rules) -> tuple[str, int]:
    """The class and the due key of a wish. An appointment counts from its time on, never before.

    Who comes early is due when the appointment is, unless the own class is due sooner; who comes more
    than `booked_late` after it has no appointment any more.
    """
    klass = class_of(wish.klass)
    due = due_key(wish.now, rules.patience_of(klass))
    if wish.carried:
        return klass, to_front(due)
    if wish.booked_ms is None or wish.now > wish.booked_ms + rules.booked_late:
        return klass, due
    kept = due_key(max(wish.now, wish.booked_ms), rules.patience_of(TicketClass.BOOKED))
    if kept >= due:
        return klass, due
    return (str(TicketClass.BOOKED) if wish.now >= wish.booked_ms else klass), kept


def refuse_closed(closed: str, daily_limit: int, nth: int) -> None:
    """No more numbers: closed for the day, or the group's daily count is used up."""
    if closed:
        raise Problem("line-closed", "line", closed)
    if daily_limit and nth > daily_limit:
        raise Problem("line-closed", "line", "今日号已取完。")


def call(
    line: Line, window: str, call_id: str, now: int, actor: Actor
) -> tuple[Line, Entry | None, tuple[LineFact, ...]]:
    """The next person for a window, or None.

    A repeated `call_id` gets the same ticket; so does a window that holds a called ticket (its
    reply may have been lost). One who was being served is put aside. Raises Problem
    `window-paused`, `call-lapsed`, `request-reused`.
    """
    if call_id in line.calls:
        ticket_id, its_window = line.calls[call_id]
        return line, repeated(line.entries[ticket_id], its_window, window), ()
    place = line.window(window)
    if place.paused:
        raise Problem("window-paused", "line", place.paused)
    line, facts = tidy(line, now)
    held = line.held_by(window)
    if held is not None and held.state is TicketState.CALLED:
        again = replace(held, lease_ms=now + line.rules.lease)
        return _called(line, again, window, call_id), again, facts
    if held is not None:
        line, facts = _put(line, steps.put_aside(held, now, actor), facts)
    heads = {lane: e for lane in _lanes(line) if (e := line.head(lane)) is not None}
    order = order_lanes(heads, place, line.rules, now)
    if not order:
        return line, None, facts
    called, fact = steps.call(heads[order[0]], window, call_id, now, actor, line.rules)
    return _called(line, called, window, call_id), called, (*facts, fact)


def repeated(entry: Entry, its_window: str, window: str) -> Entry:
    """The ticket of an earlier call, unless this window has it no longer."""
    if its_window != window:
        raise Problem("request-reused", "call_id", its_window)
    if entry.window != window:
        raise Problem("call-lapsed", "line", entry.number)
    return entry


def act(
    line: Line, ticket_id: str, verb: str, now: int, actor: Actor, why: str = "", to: str = ""
) -> Outcome:
    """One verb on one ticket. Raises Problem `not-found`, `verb-unknown` and what the step refuses."""
    found = _entry(line, ticket_id)
    if verb == MERGE:
        gone, kept = guide.merge(found, _entry(line, to), now, actor, why)
        line, facts = _put(line, gone, ())
        line, facts = _put(line, kept, facts)
        return line, gone[0], facts
    changed, fact = step(found, verb, now, actor, line.rules, why, to)
    refuse_second(found, changed, lambda person: _in_line(line, person))
    facts = ()
    if changed.state is TicketState.SERVING:
        line, facts = _free(line, changed, now, actor)
    line, facts = _put(line, (changed, fact), facts)
    return line, changed, facts


def refuse_second(before: Entry, after: Entry, in_line: Callable[[str], Entry | None]) -> None:
    """Nobody comes back into the line beside a ticket of their own that is in it already."""
    if before.state in IN_LINE or after.state not in IN_LINE:
        return
    other = in_line(after.person)
    if other is not None and other.ticket_id != after.ticket_id:
        raise Problem("ticket-twice", "line", other.number)


def pause(line: Line, window: str, why: str, now: int) -> tuple[Line, tuple[LineFact, ...]]:
    """Pause a window with a reason, or open it with "". Who was sent to it waits for its group again."""
    paused = replace(line.window(window), paused=why)
    line = replace(line, windows={**line.windows, window: paused})
    facts: tuple[LineFact, ...] = ()
    if why:
        stranded = [
            e
            for e in line.entries.values()
            if e.lane == WINDOW_LANE + window and e.state is TicketState.WAITING
        ]
        for entry in stranded:
            line, facts = _put(line, release(entry, now), facts)
    return line, facts


def release(entry: Entry, now: int) -> Step:
    """Somebody sent to a window that does not call any more waits at the front of the group."""
    back = replace(entry, lane=entry.group, due_key=to_front(entry.due_key))
    return back, LineFact("released", entry.ticket_id, now, "", "", "", {"to": entry.group})


def tidy(line: Line, now: int) -> tuple[Line, tuple[LineFact, ...]]:
    """What time alone does: leases run out, and tickets of a day that is over leave the line."""
    facts: tuple[LineFact, ...] = ()
    for entry in sorted(line.entries.values(), key=lambda e: e.ticket_id):
        made = due_step(entry, now, line.rules)
        if made is not None:
            line, facts = _put(line, made, facts)
    return line, facts


def due_step(entry: Entry, now: int, rules: Rules) -> Step | None:
    """What time alone does to one ticket, or None."""
    if entry.state in (*IN_LINE, TicketState.SERVING) and entry.taken_ms <= now - rules.stale:
        return steps.expire(entry, now, SYSTEM)
    if entry.state is TicketState.CALLED and entry.lease_ms is not None and entry.lease_ms <= now:
        return steps.lapse(entry, now, SYSTEM)
    return None


def beat(line: Line, window: str, now: int) -> Line:
    """A window is alive: the lease of what it called runs anew."""
    held = line.held_by(window)
    renewed = alive(held, now, line.rules) if held is not None else None
    return line if renewed is None else replace(line, entries={**line.entries, renewed.ticket_id: renewed})


def alive(held: Entry, now: int, rules: Rules) -> Entry | None:
    """The entry with its lease renewed; None while more than half of it is left (no write is needed)."""
    if (
        held.state is not TicketState.CALLED
        or held.lease_ms is None
        or held.lease_ms - now >= rules.lease // 2
    ):
        return None
    return replace(held, lease_ms=now + rules.lease)


def _free(line: Line, serving: Entry, now: int, actor: Actor) -> tuple[Line, tuple[LineFact, ...]]:
    """Taking up one person puts aside another the window still had; a called one must be dealt with."""
    held = line.held_by(serving.window)
    if held is None or held.ticket_id == serving.ticket_id:
        return line, ()
    return _put(line, displaced(held, now, actor), ())


def displaced(held: Entry, now: int, actor: Actor) -> Step:
    """What becomes of the person a window had when it takes up another. Raises Problem `visit-open`."""
    if held.state is TicketState.CALLED:
        raise Problem("visit-open", "line", held.number)
    return steps.put_aside(held, now, actor)


def _entry(line: Line, ticket_id: str) -> Entry:
    found = line.entries.get(ticket_id)
    if found is None:
        raise Problem("not-found", "ticket", ticket_id)
    return found


def _in_line(line: Line, person: str) -> Entry | None:
    if not person:
        return None
    return next((e for e in line.entries.values() if e.person == person and e.state in IN_LINE), None)


def _lanes(line: Line) -> set[str]:
    return {e.lane for e in line.entries.values() if e.state is TicketState.WAITING}


def _put(line: Line, made: Step, facts: tuple[LineFact, ...]) -> tuple[Line, tuple[LineFact, ...]]:
    entry, fact = made
    return replace(line, entries={**line.entries, entry.ticket_id: entry}), (*facts, fact)


def _called(line: Line, entry: Entry, window: str, call_id: str) -> Line:
    entries = {**line.entries, entry.ticket_id: entry}
    return replace(line, entries=entries, calls={**line.calls, call_id: (entry.ticket_id, window)})
