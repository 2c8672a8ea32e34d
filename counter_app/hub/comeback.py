"""A device that was given up comes back, enrolled anew or as a disk in another machine: two people let it.

Whoever gives out a code is one person; what a lost device signed would be believed as a whole by their word
alone. So its coming back is an exception for the manager, like the records it sends by itself (`held`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, func, insert, select

from counter_app.domain.actor import Actor
from counter_app.domain.exceptions import BACK, BACK_WAYS, LET_BACK
from counter_app.hub import rows
from counter_app.hub.batches import RETRY_LATER, Ruling
from counter_app.hub.exceptions import Settle, conclude, named_with_reason
from counter_app.hub.hall_tables import devices
from counter_app.hub.held_tables import held_orders
from counter_app.hub.reported import reported_ms
from counter_app.hub.rows import to_ms, upsert
from counter_app.hub.sync_tables import device_owners, settled_doubts
from counter_app.hub.tables import doubts
from counter_app.problems import Problem
from counter_app.queueing.entry import LineFact

Plain = Mapping[str, Any]
_D, _O, _S, _H = devices.c, device_owners.c, settled_doubts.c, held_orders.c


def is_out(connection: Connection, hall: str, device: str) -> bool:
    """Whether a device was given up and two people have not let it back since."""
    chosen = select(_D.revoked).where(_D.hall == hall, _D.device == device)
    if not connection.execute(chosen).scalar():
        return False
    mine = _S.event_id.startswith(_begins(connection, hall, device), autoescape=True)
    let = select(_S.way).where(_S.hall == hall, _S.code == BACK, mine, _S.way == LET_BACK)
    return connection.execute(let.limit(1)).first() is None


def stores_out(connection: Connection, hall: str, stores: Iterable[str], at_ms: int) -> frozenset[str]:
    """Which of these stores belong to a device that was given up; that one wants to come back, it is told."""
    owned = select(_O.device, _O.member).where(_O.hall == hall, _O.device.in_(sorted(stores)))
    found = {row.device: row.member for row in connection.execute(owned)}
    out = {store: member for store, member in found.items() if is_out(connection, hall, member)}
    for member in sorted(set(out.values())):
        tell(connection, hall, member, at_ms)
    return frozenset(out)


def but(envelopes: Sequence[Any], out: frozenset[str]) -> Sequence[Any]:
    """What was handed over without the facts of these stores."""
    return [one for one in envelopes if not _is_of(one, out)]


def with_waiting(envelopes: Sequence[Any], out: frozenset[str], verdicts: Sequence[Plain]) -> list[Plain]:
    """The verdicts on what was taken in, and on the rest that it waits, as they were handed over."""
    given = iter(verdicts)
    return [_waits(one) if _is_of(one, out) else next(given) for one in envelopes]


def _is_of(envelope: Any, stores: frozenset[str]) -> bool:
    return isinstance(envelope, Mapping) and envelope.get("device") in stores


def _waits(envelope: Mapping[str, Any]) -> Plain:
    return Ruling(str(envelope.get("event_id", "")), RETRY_LATER, "store-lost").as_dict()


def tell(connection: Connection, hall: str, device: str, at_ms: int) -> None:
    """Raise the exception that it wants to come back, or bring its words up to date."""
    begins = _begins(connection, hall, device)
    done = select(func.count()).where(
        _S.hall == hall, _S.code == BACK, _S.event_id.startswith(begins, autoescape=True)
    )
    event_id = f"{begins}{int(connection.execute(done).scalar_one()) + 1}"
    name = connection.execute(select(_D.name).where(_D.hall == hall, _D.device == device)).scalar()
    asked = asked_by(connection, hall, event_id)
    words = str(name or "") or device[:8]
    words += f"；工号 {asked} 已提出准许，待另一人确认" if asked else ""
    about = {"event_id": event_id, "code": BACK, "subject": device, "detail": words}
    made = upsert(connection, doubts).values(hall=hall, at_ms=at_ms, **about)
    keys = ["hall", "event_id", "code"]
    connection.execute(made.on_conflict_do_update(index_elements=keys, set_={"detail": words}))


def asked_by(connection: Connection, hall: str, event_id: str) -> str:
    """The 工号 of who asked to let it back, "" while nobody has."""
    chosen = select(_H.clerk).where(_H.hall == hall, _H.lot_id == event_id)
    return str(connection.execute(chosen).scalar() or "")


def settle(connection: Connection, actor: Actor, command: Settle) -> bool:
    """Take one person's word about a device that wants to come back; False when it was settled so before.

    To let it back takes two: the first is written down and the exception stays open. Raises Problem
    `exception-way`, `reason-needed`, `actor-unnamed`, `not-found`, `exception-settled`, `two-needed`.
    """
    if command.way not in BACK_WAYS:
        raise Problem("exception-way", "way", command.way)
    named_with_reason(actor, command)
    device = _asked_about(connection, command)
    if command.way == LET_BACK and device and not _is_settled(connection, command):
        first = asked_by(connection, command.hall, command.event_id)
        if not first:
            _ask(connection, actor, command, device)
            return True
        if first == actor.clerk_no.strip():
            raise Problem("two-needed", "clerk", "提出准许的和确认准许的")
    if not conclude(connection, actor, command):
        return False
    _note(connection, actor, command, "back.let" if command.way == LET_BACK else "back.refused")
    return True


def _ask(connection: Connection, actor: Actor, command: Settle, device: str) -> None:
    now = to_ms(command.at)
    row = {"hall": command.hall, "lot_id": command.event_id, "clerk": actor.clerk_no.strip()}
    connection.execute(insert(held_orders).values(**row, why=command.why.strip(), at_ms=now))
    tell(connection, command.hall, device, now)
    _note(connection, actor, command, "back.asked")


def _asked_about(connection: Connection, command: Settle) -> str:
    d = doubts.c
    here = (d.hall == command.hall, d.event_id == command.event_id, d.code == BACK)
    return str(connection.execute(select(d.subject).where(*here)).scalar() or "")


def _is_settled(connection: Connection, command: Settle) -> bool:
    here = (_S.hall == command.hall, _S.event_id == command.event_id, _S.code == BACK)
    return connection.execute(select(_S.way).where(*here)).first() is not None


def _begins(connection: Connection, hall: str, device: str) -> str:
    """What the names of its exceptions since it was last given up begin with."""
    return f"back.{device}.{reported_ms(connection, hall, device)}."


def _note(connection: Connection, actor: Actor, command: Settle, kind: str) -> None:
    data: dict[str, int | str] = {"exception": command.event_id}
    fact = LineFact(kind, "", to_ms(command.at), actor.clerk_no, "", command.why.strip(), data)
    rows.note(connection, command.hall, fact)
