"""What the guide desk does with a ticket: priority, needs, 帮办, another slip, another day, one of two."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from counter_app.domain.actor import Actor
from counter_app.domain.tickets import NEEDS, TicketState
from counter_app.problems import Problem
from counter_app.queueing.entry import Entry, Step, fact, need, need_senior, reason_of
from counter_app.queueing.keys import is_front
from counter_app.queueing.rules import Rules

FARTHEST = timedelta(days=60)  # appointments are made, and numbers kept, at most so far ahead
OPEN = (
    TicketState.WAITING,
    TicketState.CALLED,
    TicketState.SERVING,
    TicketState.PARKED,
    TicketState.MISSED,
)
NOT_AT_A_WINDOW = (TicketState.WAITING, TicketState.PARKED, TicketState.MISSED)


def promote(entry: Entry, now: int, actor: Actor, klass: str, why: str, rules: Rules) -> Step:
    """Change the class of somebody who waits, with a reason; the key is made anew from when it was taken.

    It is for the guide desk: a window does not choose whom it calls. Raises Problem `reason-needed`,
    `supervisor-needed`.
    """
    need(entry, TicketState.WAITING)
    need_senior(actor, "调整优先")
    reason_of(why, "调整优先")
    moved = entry.due_key - rules.patience_of(entry.klass) + rules.patience_of(klass)
    # An appointment's key is not made of the moment it was taken; nobody gets before what the bound allows.
    least = entry.taken_ms + min(rules.patience.values())
    changed = replace(entry, klass=klass, due_key=moved if is_front(moved) else max(moved, least))
    return changed, fact("promoted", changed, now, actor, why, {"class": klass})


def describe(entry: Entry, now: int, actor: Actor, needs: str, note: str) -> Step:
    """Keep how somebody has to be spoken to; it travels to the window. Raises Problem `need-unknown`.

    `needs` are codes of `NEEDS` with commas between; both replace what was there.
    """
    need(entry, *OPEN)
    told = replace(entry, needs=needs_of(needs.split(",")), note=note)
    return told, fact("described", told, now, actor, "", {"needs": told.needs})


def assist(entry: Entry, now: int, actor: Actor, helper: str) -> Step:
    """Say who of the staff helps this person (帮办); "" = nobody any more."""
    need(entry, *OPEN)
    helped = replace(entry, helper=helper.strip())
    return helped, fact("assisted", helped, now, actor, "", {"helper": helped.helper})


def reissue(entry: Entry, now: int, actor: Actor, why: str) -> Step:
    """Another slip for the same number, which keeps its place; the slip says 补打.

    Raises Problem `reason-needed`.
    """
    need(entry, *OPEN)
    again = replace(entry, reissues=entry.reissues + 1)
    return again, fact(
        "reissued", again, now, actor, reason_of(why, "补打号票"), {"reissues": again.reissues}
    )


def carry(entry: Entry, now: int, actor: Actor, day: str, why: str) -> Step:
    """Keep the number for another day, where nobody queues again; `day` is an ISO date after today's.

    Raises Problem `reason-needed`, `supervisor-needed`, `carry-day`.
    """
    need(entry, *OPEN)
    need_senior(actor, "保留号")
    if not _is_later(day, entry.day):
        raise Problem("carry-day", "day", day)
    kept = replace(
        entry, state=TicketState.CARRIED, lease_ms=None, ended_ms=now, why=reason_of(why, "保留号")
    )
    return kept, fact("carried", kept, now, actor, why, {"day": day})


def merge(gone: Entry, kept: Entry, now: int, actor: Actor, why: str) -> tuple[Step, Step]:
    """Two tickets of one person become one: the earlier place, both needs and notes, one number.

    Raises Problem `reason-needed`, `supervisor-needed`, `ticket-state`, `merge-same`.
    """
    need_senior(actor, "合并号票")
    if gone.ticket_id == kept.ticket_id:
        raise Problem("merge-same", "ticket", gone.number)
    if gone.person and kept.person and gone.person != kept.person:
        raise Problem("merge-others", "ticket", kept.number)
    need(gone, *NOT_AT_A_WINDOW)
    need(kept, TicketState.WAITING)
    over = replace(
        gone, state=TicketState.CANCELLED, lease_ms=None, ended_ms=now, why=reason_of(why, "合并号票")
    )
    waits = gone.state is TicketState.WAITING
    more = replace(
        kept,
        due_key=min(kept.due_key, gone.due_key) if waits else kept.due_key,
        taken_ms=min(kept.taken_ms, gone.taken_ms) if waits else kept.taken_ms,
        person=kept.person or gone.person,
        needs=needs_of([*kept.needs.split(","), *gone.needs.split(",")]),
        note="；".join(dict.fromkeys(text for text in (kept.note, gone.note) if text)),
        helper=kept.helper or gone.helper,
        booking=kept.booking or gone.booking,
    )
    return (
        (over, fact("merged", over, now, actor, why, {"into": kept.number})),
        (more, fact("absorbed", more, now, actor, why, {"from": gone.number})),
    )


def _is_later(day: str, than: str) -> bool:
    try:
        spare = date.fromisoformat(day) - date.fromisoformat(than)
    except ValueError:
        return False
    return timedelta() < spare <= FARTHEST


def needs_of(codes: Sequence[str]) -> str:
    """Codes in the order of the table, each once. Raises Problem `need-unknown`."""
    given = {code.strip() for code in codes if code.strip()}
    unknown = given - set(NEEDS)
    if unknown:
        raise Problem("need-unknown", "needs", sorted(unknown)[0])
    return ",".join(code for code in NEEDS if code in given)
