"""One ticket in the line and what a verb makes of it, as pure functions.

A step gets an entry, who acts and when, and gives back the changed entry with the fact to append.
It never looks at other tickets: `line.py` and the hub do that.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from counter_app.domain.actor import Actor
from counter_app.domain.tickets import STATE_NAMES, TicketState
from counter_app.domain.value import Value
from counter_app.problems import Problem
from counter_app.queueing.keys import to_front
from counter_app.queueing.rules import SECOND, Rules

WINDOW_LANE = "window:"
HOLDING = (TicketState.CALLED, TicketState.SERVING)  # a window has this person


class Entry(Value, frozen=True):
    """A ticket as the line sees it. Moments are ms since 1970 (UTC); `day` is the hall's ISO date.

    `lane` is where it waits: a group's code, or `window:5` after a transfer to a window. `person`
    is an opaque key, never a certificate number. `due_key` orders the lane, `nth` breaks ties.
    `needs` are codes of `domain.tickets.NEEDS` with commas between; `by` is who put it aside.
    `guess_ms` and `spread_ms` are what was guessed of the wait (`queueing.estimate`), 0 = nothing.
    """

    ticket_id: str
    day: str
    number: str
    nth: int
    group: str
    lane: str
    klass: str
    state: TicketState
    taken_ms: int
    due_key: int
    window: str = ""
    call_id: str = ""
    called_ms: int | None = None
    lease_ms: int | None = None
    served_ms: int | None = None
    ended_ms: int | None = None
    spoken_ms: int | None = None
    recalls: int = 0
    calls: int = 0
    transfers: int = 0
    why: str = ""
    person: str = ""
    note: str = ""
    needs: str = ""
    helper: str = ""
    by: str = ""
    reissues: int = 0
    booking: str = ""
    guess_ms: int = 0
    spread_ms: int = 0

    @property
    def order(self) -> tuple[int, int, str]:
        """What the line is sorted by."""
        return (self.due_key, self.nth, self.lane)


@dataclass(frozen=True, slots=True)
class LineFact:
    """Something that happened to a ticket; appended, never edited."""

    kind: str
    ticket_id: str
    at_ms: int
    clerk: str
    window: str
    why: str = ""
    data: Mapping[str, int | str] = field(default_factory=dict)


Step = tuple[Entry, LineFact]


def call(entry: Entry, window: str, call_id: str, now: int, actor: Actor, rules: Rules) -> Step:
    """Give a waiting ticket to a window; the lease runs from now."""
    need(entry, TicketState.WAITING)
    called = replace(
        entry,
        state=TicketState.CALLED,
        window=window,
        call_id=call_id,
        called_ms=now,
        spoken_ms=now,
        lease_ms=now + rules.lease,
        recalls=0,
        calls=entry.calls + 1,
        why="",
        by="",
    )
    waited: dict[str, int | str] = {"waited_ms": max(0, now - entry.taken_ms), "call_id": call_id}
    return called, LineFact("called", entry.ticket_id, now, actor.clerk_no, window, "", waited)


def recall(entry: Entry, now: int, actor: Actor, rules: Rules) -> Step:
    """Say the number again, not too often and not too soon.

    Raises Problem `recall-limit`, `recall-soon`, `ticket-state`, `ticket-elsewhere`.
    """
    need(entry, TicketState.CALLED)
    _own(entry, actor)
    if entry.recalls >= rules.recall_limit:
        raise Problem("recall-limit", "line", str(rules.recall_limit))
    if entry.spoken_ms is not None and 0 <= now - entry.spoken_ms < rules.recall_gap:
        raise Problem("recall-soon", "line", str(rules.recall_gap // SECOND))
    said = replace(entry, recalls=entry.recalls + 1, spoken_ms=now, lease_ms=now + rules.lease)
    return said, fact("recalled", said, now, actor, data={"recalls": said.recalls})


def serve(entry: Entry, now: int, actor: Actor, window: str) -> Step:
    """The person is at the window; a parked one may be taken up by any window."""
    need(entry, TicketState.CALLED, TicketState.PARKED)
    if entry.state is TicketState.CALLED:
        _own(entry, actor)
        window = entry.window
    served = entry.served_ms if entry.served_ms is not None else now
    begun = replace(
        entry,
        state=TicketState.SERVING,
        window=window,
        lease_ms=None,
        served_ms=served,
        why="",
        by="",
        lane=entry.group,
    )
    return begun, fact("serving", begun, now, actor)


def park(entry: Entry, now: int, actor: Actor, why: str) -> Step:
    """Put the person aside: who and why are kept. Raises Problem `reason-needed`."""
    need(entry, *HOLDING)
    _own(entry, actor)
    reason = reason_of(why, "挂起")
    parked = replace(entry, state=TicketState.PARKED, lease_ms=None, why=reason, by=actor.clerk_no)
    return parked, fact("parked", parked, now, actor, why)


def transfer(entry: Entry, now: int, actor: Actor, to: str, why: str, rules: Rules) -> Step:
    """Send the person on, to the front there: 排一次队.

    `to` is a group's code or `window:5`. Moving somebody who still waits, or one who was sent on
    too often, needs a supervisor. Raises Problem `reason-needed`, `supervisor-needed`, `group-unknown`.
    """
    need(entry, *HOLDING, TicketState.PARKED, TicketState.WAITING)
    if entry.state in HOLDING:
        _own(entry, actor)
    reason_of(why, "转移")
    waits = entry.state is TicketState.WAITING
    if waits or entry.transfers >= rules.transfers:
        need_senior(actor, "转移")
    to_window = to.startswith(WINDOW_LANE) and len(to) > len(WINDOW_LANE)
    group = entry.group if to_window else rules.group(to).code
    moved = replace(
        back(entry),
        group=group,
        lane=to if to_window else group,
        # One who never was called keeps the place in time; one who was served goes to the front.
        due_key=entry.due_key if waits else to_front(entry.due_key),
        transfers=entry.transfers + 1,
        why=why,
    )
    return moved, fact("transferred", entry, now, actor, why, {"to": moved.lane})


def miss(entry: Entry, now: int, actor: Actor) -> Step:
    """Nobody came: 过号."""
    need(entry, TicketState.CALLED)
    _own(entry, actor)
    missed = replace(entry, state=TicketState.MISSED, lease_ms=None, ended_ms=now)
    return missed, fact("missed", missed, now, actor)


def revive(entry: Entry, now: int, actor: Actor) -> Step:
    """Somebody missed or parked is back in the line.

    One who was parked goes to the front. One who missed the call keeps the key, but is due now at
    the earliest: behind everybody who is overdue already.
    """
    need(entry, TicketState.MISSED, TicketState.PARKED)
    was_parked = entry.state is TicketState.PARKED
    key = to_front(entry.due_key) if was_parked else max(entry.due_key, now)
    again = replace(back(entry), due_key=key, ended_ms=None, why="", by="")
    return again, fact("revived", again, now, actor)


def done(entry: Entry, now: int, actor: Actor) -> Step:
    """The visit is over."""
    need(entry, *HOLDING, TicketState.PARKED)
    if entry.state in HOLDING:
        _own(entry, actor)
    over = replace(entry, state=TicketState.DONE, lease_ms=None, ended_ms=now)
    return over, fact("done", over, now, actor)


def cancel(entry: Entry, now: int, actor: Actor, why: str) -> Step:
    """The person gave the number up. Raises Problem `reason-needed`."""
    need(entry, TicketState.WAITING, *HOLDING, TicketState.PARKED, TicketState.MISSED)
    if entry.state in HOLDING:
        _own(entry, actor)
    gone = replace(
        entry, state=TicketState.CANCELLED, lease_ms=None, ended_ms=now, why=reason_of(why, "取消")
    )
    return gone, fact("cancelled", gone, now, actor, why)


def lapse(entry: Entry, now: int, actor: Actor) -> Step:
    """A window gave no sign of life: its called ticket goes back to the front."""
    need(entry, TicketState.CALLED)
    again = replace(back(entry), due_key=to_front(entry.due_key))
    return again, fact("lapsed", entry, now, actor)


def put_aside(entry: Entry, now: int, actor: Actor) -> Step:
    """The window goes on to the next person although this visit was not closed: nothing is lost."""
    need(entry, TicketState.SERVING)
    parked = replace(entry, state=TicketState.PARKED, lease_ms=None, why="next-called", by=actor.clerk_no)
    return parked, fact("parked", parked, now, actor, "next-called")


def served_away(entry: Entry, now: int, actor: Actor) -> Step:
    """A window served this person while the line did not know (called by hand, offline)."""
    need(entry, TicketState.WAITING, TicketState.MISSED, TicketState.CANCELLED)
    over = replace(
        entry,
        state=TicketState.DONE,
        window=actor.window,
        lane=entry.group,
        served_ms=now,
        ended_ms=now,
        why="offline",
    )
    return over, fact("done", over, now, actor, "offline")


def expire(entry: Entry, now: int, actor: Actor) -> Step:
    """The day of this ticket is over: who was served is put aside, who waited is let go."""
    if entry.state is TicketState.SERVING:
        parked = replace(entry, state=TicketState.PARKED, why="day-over")
        return parked, fact("parked", parked, now, actor, "day-over")
    need(entry, TicketState.WAITING, TicketState.CALLED)
    gone = replace(entry, state=TicketState.CANCELLED, lease_ms=None, ended_ms=now, why="day-over")
    return gone, fact("cancelled", gone, now, actor, "day-over")


def back(entry: Entry) -> Entry:
    """The ticket waiting again, at no window."""
    return replace(entry, state=TicketState.WAITING, window="", call_id="", lease_ms=None, recalls=0)


def fact(
    kind: str,
    entry: Entry,
    now: int,
    actor: Actor,
    why: str = "",
    data: Mapping[str, int | str] | None = None,
) -> LineFact:
    """A fact of one ticket at its window."""
    return LineFact(kind, entry.ticket_id, now, actor.clerk_no, actor.window or entry.window, why, data or {})


def need(entry: Entry, *states: TicketState) -> None:
    """Refuse what the state does not allow. Raises Problem `ticket-state`."""
    if entry.state not in states:
        raise Problem("ticket-state", "line", STATE_NAMES[entry.state])


def _own(entry: Entry, actor: Actor) -> None:
    """A window touches its own person only; a supervisor or the program itself may help out."""
    if actor.window and actor.window != entry.window and not _is_senior(actor):
        raise Problem("ticket-elsewhere", "line", entry.window)


def need_senior(actor: Actor, what: str) -> None:
    """Refuse whoever is neither a supervisor nor at the guide desk. Raises Problem `supervisor-needed`."""
    if not _is_senior(actor):
        raise Problem("supervisor-needed", "line", what)


def _is_senior(actor: Actor) -> bool:
    return actor.may("supervisor") or actor.may("system")


def reason_of(why: str, what: str) -> str:
    """The reason, which must say something. Raises Problem `reason-needed`."""
    if not why.strip():
        raise Problem("reason-needed", "why", what)
    return why
