"""What a board shows: the last calls, who waits how long, one notice. No name, no matter, no person.

Folded from what the hub tells: first the tickets of the day, then one fact after another.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from counter_app.domain.notices import COVER_WORDS, OUTAGE_OVER_WORDS, OUTAGE_VOICE, OUTAGE_WORDS
from counter_app.domain.tickets import Ticket, TicketState
from counter_app.domain.value import Value
from counter_app.services.hall.sentences import bare

KEPT = 24  # calls that are remembered; how many are shown is the layout's affair
CALLS = ("called", "recalled")
FRESH_MS = 60_000  # a call this old is not said after the fact, when nobody waits for it any more
_ALOUD = {"outage.announced": OUTAGE_VOICE, "outage.ended": OUTAGE_OVER_WORDS}
_UNSAID = (TicketState.WAITING, TicketState.CANCELLED)
_GONE = ("cancelled", "transferred", "lapsed", "released")


class Shout(Value, frozen=True):
    """One call as it is shown. `serial` is the number of the hub's fact, 0 for one found at the start.

    `times` counts how often this ticket was called out; `is_missed` is 过号.
    """

    ticket_id: str
    number: str
    window: str
    at_ms: int
    serial: int = 0
    times: int = 1
    is_missed: bool = False


class GroupLine(Value, frozen=True):
    """A group's line: how many wait, and how long somebody who comes now will wait, in minutes."""

    name: str
    waiting: int
    low_min: int = 0
    high_min: int = 0


class BoardView(Value, frozen=True):
    """One state of the board. `lost_ms` is when the hub was last heard, 0 while it is there.

    `headline` takes the place of the largest call (停机、媒体到厅), `closed` is why no more numbers are
    given; both "" on ordinary days.
    """

    shouts: tuple[Shout, ...] = ()
    groups: tuple[GroupLine, ...] = ()
    headline: str = ""
    lost_ms: int = 0
    closed: str = ""


def shout_of(fact: Mapping[str, Any]) -> Shout | None:
    """The call in a live event; None for everything else, and for what does not look like one."""
    if fact.get("kind") not in CALLS:
        return None
    number, window = str(fact.get("number") or ""), bare(str(fact.get("window") or ""))
    if not number or not window:
        return None
    return Shout(
        str(fact.get("ticket_id", "")), number, window, int(fact["at_ms"]), int(fact.get("fact_no", 0))
    )


def with_shout(view: BoardView, shout: Shout) -> BoardView:
    """A new call on top; a ticket that was called before moves up and counts."""
    before = next((one for one in view.shouts if one.ticket_id == shout.ticket_id), None)
    if before is not None:
        if before.serial == shout.serial or before.at_ms > shout.at_ms:
            return view
        shout = replace(shout, times=before.times + 1)
    rest = tuple(one for one in view.shouts if one.ticket_id != shout.ticket_id)
    return replace(view, shouts=_ordered((shout, *rest)))


def with_fact(view: BoardView, fact: Mapping[str, Any]) -> BoardView:
    """What one live event changes."""
    shout = shout_of(fact)
    if shout is not None:
        return with_shout(view, shout)
    kind, ticket_id = fact.get("kind"), fact.get("ticket_id")
    if kind in _GONE:
        kept = tuple(one for one in view.shouts if one.ticket_id != ticket_id)
        return replace(view, shouts=kept) if len(kept) != len(view.shouts) else view
    if kind in ("missed", "revived"):
        told = tuple(
            replace(one, is_missed=kind == "missed") if one.ticket_id == ticket_id else one
            for one in view.shouts
        )
        return replace(view, shouts=told)
    return view


def with_tickets(view: BoardView, tickets: Iterable[Ticket]) -> BoardView:
    """The calls of the day as its tickets tell them; what the board knows better stays."""
    known = {one.ticket_id: one for one in view.shouts}
    for ticket in tickets:
        window = bare(ticket.window)
        if ticket.called_at is None or not window or ticket.state in _UNSAID or ticket.ticket_id in known:
            continue
        known[ticket.ticket_id] = Shout(
            ticket.ticket_id,
            ticket.number,
            window,
            int(ticket.called_at.timestamp() * 1000),
            times=ticket.recalls + 1,
            is_missed=ticket.state is TicketState.MISSED,
        )
    return replace(view, shouts=_ordered(known.values()))


def is_said(fact: Mapping[str, Any], now_ms: int) -> bool:
    """Whether a call is still worth saying: it is fresh, or the window still waits for whoever it called."""
    return fact.get("state") == TicketState.CALLED or now_ms - int(fact["at_ms"]) < FRESH_MS


def headline_of(notices: Iterable[Mapping[str, Any]]) -> str:
    """The word to the whole hall among what is in force: an outage, the cover, or the hall's own text."""
    told = {str(one["kind"]): str(one.get("why") or "") for one in notices}
    if "outage.announced" in told:
        return OUTAGE_WORDS
    if "cover.on" in told:
        return COVER_WORDS
    return told.get("board.text", "")


def hall_words(fact: Mapping[str, Any]) -> str:
    """What is said aloud when something is announced to the hall; "" for everything else."""
    return _ALOUD.get(str(fact.get("kind")), "")


def line_of(group: Mapping[str, Any]) -> GroupLine:
    """A group of the hub's board as a line."""
    wait = int(group["wait_low_min"]), int(group["wait_high_min"])
    return GroupLine(str(group["name"]), int(group["waiting"]), *(wait if group["waiting"] else (0, 0)))


def _ordered(shouts: Iterable[Shout]) -> tuple[Shout, ...]:
    return tuple(sorted(shouts, key=lambda one: (-one.at_ms, -one.serial)))[:KEPT]
