"""Deciding about the records of a lost device: two people let them in, or one discards them with a reason."""

from __future__ import annotations

from sqlalchemy import Connection, insert

from counter_app.domain.actor import Actor
from counter_app.domain.exceptions import DISCARD, HELD_WAYS
from counter_app.hub import batches, held, rows
from counter_app.hub.commands import Accept
from counter_app.hub.exceptions import Settle, conclude, named_with_reason
from counter_app.hub.held import Lot
from counter_app.hub.held_tables import held_orders
from counter_app.hub.rows import to_ms
from counter_app.hub.senders import strangers
from counter_app.problems import Problem
from counter_app.queueing.entry import LineFact
from counter_app.seals.hub_identity import HubIdentity

_PIECE = 100


def settle(connection: Connection, actor: Actor, command: Settle, identity: HubIdentity | None) -> bool:
    """Take one person's word about a lot; False when it was settled so before.

    To let it in takes the word of two: the first is written down and the exception stays open. Raises
    Problem `not-found`, `exception-way`, `reason-needed`, `actor-unnamed`, `exception-settled`,
    `two-needed` (the same person again), `held-late` (nothing of it was signed before the report).
    """
    lot = held.lot_named(command.hall, command.event_id)
    if lot is None or command.way not in HELD_WAYS:
        raise Problem("exception-way" if lot is not None else "not-found", "way", command.way)
    named_with_reason(actor, command)
    if command.way == DISCARD:
        if not conclude(connection, actor, command):
            return False
        _discard(connection, actor, command, lot)
        return True
    return _let_in(connection, actor, command, lot, identity)


def _let_in(
    connection: Connection, actor: Actor, command: Settle, lot: Lot, identity: HubIdentity | None
) -> bool:
    total, early = held.counted(connection, lot)
    first = held.asked_by(connection, lot)
    if total and not early:
        raise Problem("held-late", "way")
    if total and not first:
        _ask(connection, actor, command, lot, early)
        return True
    if first == actor.clerk_no.strip():
        raise Problem("two-needed", "clerk", "提出放行的和确认放行的")
    if not conclude(connection, actor, command):
        return False
    _release(connection, actor, command, lot, identity)
    return True


def _ask(connection: Connection, actor: Actor, command: Settle, lot: Lot, count: int) -> None:
    now = to_ms(command.at)
    row = {"hall": lot.hall, "lot_id": lot.id, "clerk": actor.clerk_no.strip(), "why": command.why.strip()}
    connection.execute(insert(held_orders).values(**row, at_ms=now))
    held.tell(connection, lot, now)
    _note(connection, actor, command, "held.asked", count)


def _release(
    connection: Connection,
    actor: Actor,
    command: Settle,
    lot: Lot,
    identity: HubIdentity | None,
) -> None:
    """The ordinary way for what was signed before the report; the rest is an exception of its own."""
    now, found = to_ms(command.at), held.in_time(connection, lot)
    stores = {one["device"] for one in found.records}
    foreign = strangers(connection, lot.hall, lot.member, stores, now)
    for start in range(0, len(found.records), _PIECE):
        piece = found.records[start : start + _PIECE]
        rulings = batches.accept(connection, actor, Accept(lot.hall, command.at, piece, foreign, identity))
        if any(ruling.verdict == batches.RETRY_LATER for ruling in rulings):
            raise Problem("hub-busy", "hub", "1")  # nothing of this is written: it is asked again
    held.mark(connection, lot, found.digests, "released")
    held.move_on(connection, lot, now)
    _note(connection, actor, command, "held.released", len(found.records))


def _discard(connection: Connection, actor: Actor, command: Settle, lot: Lot) -> None:
    """They stay where they are, for whoever looks later; nothing of them ever counts."""
    count = held.discard(connection, lot)
    _note(connection, actor, command, "held.discarded", count)


def _note(connection: Connection, actor: Actor, command: Settle, kind: str, count: int) -> None:
    data: dict[str, int | str] = {"lot": command.event_id, "records": count}
    fact = LineFact(kind, "", to_ms(command.at), actor.clerk_no, "", command.why.strip(), data)
    rows.note(connection, command.hall, fact)
