"""Which life of the hall's hub this is, told in a paper it signs, and how another life takes over.

Nothing is elected. A hub restored from a backup, or a standby with its copy, is raised by two people to
the next epoch; devices that have seen that epoch show it to whoever still speaks with the older one, and
that hub fences itself: it answers what is read and takes nothing any more. So does a restored one that is
shown what it had signed and has no longer (`heads.lost`).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update

from counter_app.domain.actor import Actor
from counter_app.domain.value import Value
from counter_app.hub.quick import Quick
from counter_app.hub.rows import to_ms, upsert
from counter_app.hub.sync_tables import fences, hub_epochs
from counter_app.hub.tables import halls
from counter_app.problems import Problem
from counter_app.seals import hub_identity
from counter_app.seals.hub_identity import HubIdentity

PAPER = "hub-epoch"
_EPOCH = Quick(select(halls.c.feed_epoch).where(halls.c.hall == bindparam("hall")))
_FENCE = Quick(select(fences.c.epoch).where(fences.c.hall == bindparam("hall")))


class Promote(Value, frozen=True):
    """Raise a hall's hub to the next epoch: who asks, who confirms, and why."""

    hall: str
    at: datetime
    second: str
    why: str


def epoch_of(connection: Connection, hall: str) -> int:
    """The epoch of this store."""
    row = _EPOCH.one(connection, {"hall": hall})
    if row is None:
        raise Problem("not-found", "hall", hall[:40])
    return int(row[0])


def fenced_by(connection: Connection, hall: str) -> int:
    """The epoch of the hub that took over (this one's own for a copy from before), 0 while none did."""
    row = _FENCE.one(connection, {"hall": hall})
    return int(row[0]) if row is not None else 0


def promote(connection: Connection, actor: Actor, command: Promote) -> int:
    """The next epoch; it is above every epoch this store has heard of.

    Raises Problem `two-needed` unless two different people are named, `reason-needed`.
    """
    first, second = actor.clerk_no.strip(), command.second.strip()
    if not first or not second or first == second:
        raise Problem("two-needed", "second", "提升大厅服务的两人")
    if not command.why.strip():
        raise Problem("reason-needed", "why", "提升大厅服务")
    hall, now = command.hall, to_ms(command.at)
    made = max(epoch_of(connection, hall), fenced_by(connection, hall)) + 1
    connection.execute(update(halls).where(halls.c.hall == hall).values(feed_epoch=made))
    named = {"first": first, "second": second, "why": command.why.strip()}
    connection.execute(insert(hub_epochs).values(hall=hall, epoch=made, at_ms=now, **named))
    connection.execute(fences.delete().where(fences.c.hall == hall))
    return made


def paper(connection: Connection, hall: str, identity: HubIdentity | None) -> dict[str, Any]:
    """`{hall, epoch}` signed by the hub; empty for a hub without keys of its own (training)."""
    if identity is None:
        return {}
    return dict(_signed(identity, hall, epoch_of(connection, hall)))


@lru_cache(maxsize=64)
def _signed(identity: HubIdentity, hall: str, epoch: int) -> Mapping[str, Any]:
    """Signed once: it says the same to everybody who hands something over."""
    return identity.paper(PAPER, {"hall": hall, "epoch": epoch})


def shown(
    connection: Connection, hall: str, identity: HubIdentity | None, told: Mapping[str, Any], at: datetime
) -> int:
    """What a device shows of a newer epoch; the epoch that fences this hub, 0 = none.

    Only a paper signed with this hub's own key counts, so nobody can stop a hub by inventing a number.
    """
    if not told or identity is None:
        return 0
    said = hub_identity.believed(told, PAPER, identity.public_key)
    epoch = said.get("epoch")
    if said.get("hall") != hall or type(epoch) is not int or epoch <= epoch_of(connection, hall):
        return 0
    fence(connection, hall, epoch, at)
    return epoch


def fence(connection: Connection, hall: str, epoch: int, at: datetime) -> None:
    """Take nothing any more: a hub of `epoch` took over; its own epoch says that it is a copy from before."""
    values = {"epoch": epoch, "at_ms": to_ms(at)}
    made = upsert(connection, fences).values(hall=hall, **values)
    connection.execute(made.on_conflict_do_update(index_elements=["hall"], set_=values))
