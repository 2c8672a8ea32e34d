"""Records of a device that was reported lost: kept apart, none of the hall's state, until somebody decides.

A laptop that comes back may hold acceptances whose papers citizens have in hand; so nothing it signed is
thrown away, and nothing of it counts. Each lot is one exception for the manager: two people let in what was
signed before the report, or one discards it with a reason (`settle`).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, delete, func, select, update

from counter_app.domain.exceptions import HELD
from counter_app.domain.value import Value
from counter_app.hub.envelopes import Judged, judge_all
from counter_app.hub.hall_tables import devices
from counter_app.hub.held_tables import held_orders, held_records
from counter_app.hub.many import Many
from counter_app.hub.reported import reported_ms
from counter_app.hub.rows import upsert
from counter_app.hub.sync_tables import settled_doubts
from counter_app.hub.tables import doubts

MOST, MOST_BYTES = 20_000, 64 << 20  # of one device; the rest stays on it, for it was told nothing is taken
_PUT = Many(held_records, " ON CONFLICT DO NOTHING RETURNING digest")
_H, _O = held_records.c, held_orders.c


class Lot(Value, frozen=True):
    """What one device sent since the last decision about it."""

    hall: str
    member: str
    nth: int

    @property
    def id(self) -> str:
        """What its exception is called."""
        return f"held.{self.member}.{self.nth}"


class InTime(Value, frozen=True):
    """The records of a lot that were signed before the report, in the order of their chains."""

    records: tuple[Any, ...]
    digests: tuple[str, ...]


def lot_named(hall: str, lot_id: str) -> Lot | None:
    """The lot an exception is about; None for what is no such name."""
    mark, _, rest = lot_id.partition(".")
    member, _, nth = rest.rpartition(".")
    if mark != "held" or not member or not (nth.isascii() and nth.isdecimal() and len(nth) < 10):
        return None
    return Lot(hall, member, int(nth))


def hold(connection: Connection, hall: str, member: str, given: Sequence[Any], at_ms: int) -> int:
    """Keep what a device sends that the hall gave up, each record once; how many of these are kept now.

    Its signature was checked. Whoever asked before to let the lot in asks again: they saw less of it. What
    is no whole record, and what is beyond `MOST`, is not taken.
    """
    good = [one for one in judge_all(given) if not one.code]
    lot = _open_lot(connection, hall, member)
    count, size = _room(connection, hall, member)
    rows: list[tuple[Any, ...]] = []
    for one in good:
        taken = len(one.text.encode("utf-8"))
        if count + len(rows) >= MOST or size + taken > MOST_BYTES:
            break
        size += taken
        rows.append(_row(lot, one, taken, at_ms))
    if rows and _PUT.told(connection, rows):
        connection.execute(delete(held_orders).where(_O.hall == hall, _O.lot_id == lot.id))
        tell(connection, lot, at_ms)
    asked = [one.digest for one in good]
    kept = select(func.count()).where(_H.hall == hall, _H.member == member, _H.digest.in_(asked))
    return int(connection.execute(kept).scalar_one()) if asked else 0


def in_time(connection: Connection, lot: Lot) -> InTime:
    """What of a lot was signed before the report: each chain up to its first record that was not.

    A clock that was set back afterwards frees nothing: what follows a late record is as late as it.
    """
    from_seq = _late(connection, lot)
    texts, digests = [], []
    chosen = select(_H.digest, _H.device, _H.epoch, _H.seq, _H.text).where(*_of(lot))
    for row in connection.execute(chosen.order_by(_H.device, _H.epoch, _H.seq, _H.digest)):
        if row.seq < from_seq.get((row.device, row.epoch), row.seq + 1):
            texts.append(json.loads(row.text))
            digests.append(row.digest)
    return InTime(tuple(texts), tuple(digests))


def counted(connection: Connection, lot: Lot) -> tuple[int, int]:
    """How many records a lot has, and how many of them are in time."""
    total = int(connection.execute(select(func.count()).where(*_of(lot))).scalar_one())
    late = 0
    for (device, epoch), seq in _late(connection, lot).items():
        behind = (_H.device == device, _H.epoch == epoch, _H.seq >= seq)
        late += int(connection.execute(select(func.count()).where(*_of(lot), *behind)).scalar_one())
    return total, total - late


def mark(connection: Connection, lot: Lot, digests: Sequence[str], state: str) -> None:
    """Say what became of records of a lot."""
    for start in range(0, len(digests), 500):
        mine = update(held_records).where(*_of(lot), _H.digest.in_(digests[start : start + 500]))
        connection.execute(mine.values(state=state))


def discard(connection: Connection, lot: Lot) -> int:
    """Nothing of a lot ever counts; how many records it has."""
    return connection.execute(update(held_records).where(*_of(lot)).values(state="discarded")).rowcount


def move_on(connection: Connection, lot: Lot, at_ms: int) -> None:
    """What is left of a lot that was settled is the next one, an exception of its own."""
    after = Lot(lot.hall, lot.member, lot.nth + 1)
    if connection.execute(update(held_records).where(*_of(lot)).values(lot=after.nth)).rowcount:
        tell(connection, after, at_ms)


def asked_by(connection: Connection, lot: Lot) -> str:
    """The 工号 of who asked to let a lot in, "" while nobody has."""
    chosen = select(_O.clerk).where(_O.hall == lot.hall, _O.lot_id == lot.id)
    return str(connection.execute(chosen).scalar() or "")


def tell(connection: Connection, lot: Lot, at_ms: int) -> None:
    """Raise the exception of a lot, or bring its words up to date."""
    (total, early), asked = counted(connection, lot), asked_by(connection, lot)
    named = select(devices.c.name).where(devices.c.hall == lot.hall, devices.c.device == lot.member)
    name = str(connection.execute(named).scalar() or "") or lot.member[:8]
    words = f"{name}：共 {total} 条，报失前 {early} 条"
    if total >= MOST:
        words += "，已达保管上限"
    if asked:
        words += f"；工号 {asked} 已提出放行，待另一人确认"
    about = {"event_id": lot.id, "code": HELD, "subject": lot.member, "detail": words}
    made = upsert(connection, doubts).values(hall=lot.hall, at_ms=at_ms, **about)
    keys = ["hall", "event_id", "code"]
    connection.execute(made.on_conflict_do_update(index_elements=keys, set_={"detail": words}))


def _of(lot: Lot) -> tuple[Any, ...]:
    return _H.hall == lot.hall, _H.member == lot.member, _H.lot == lot.nth, _H.state == ""


def _late(connection: Connection, lot: Lot) -> dict[tuple[str, int], int]:
    """By chain the first record that was not signed before the report, whatever was decided about it."""
    until = reported_ms(connection, lot.hall, lot.member)
    chosen = select(_H.device, _H.epoch, func.min(_H.seq)).group_by(_H.device, _H.epoch)
    mine = chosen.where(_H.hall == lot.hall, _H.member == lot.member, _H.wall_ms >= until)
    return {(device, epoch): int(seq) for device, epoch, seq in connection.execute(mine)}


def _open_lot(connection: Connection, hall: str, member: str) -> Lot:
    """The lot nobody has settled yet: the first without a decision."""
    s, mine = settled_doubts.c, f"held.{member}."
    done = select(func.count()).where(s.hall == hall, s.code == HELD, s.event_id.startswith(mine))
    return Lot(hall, member, int(connection.execute(done).scalar_one()) + 1)


def _room(connection: Connection, hall: str, member: str) -> tuple[int, int]:
    held = select(func.count(), func.coalesce(func.sum(_H.size), 0))
    count, size = connection.execute(held.where(_H.hall == hall, _H.member == member)).one()
    return int(count), int(size)


def _row(lot: Lot, one: Judged, size: int, at_ms: int) -> tuple[Any, ...]:
    """In the order of the table's columns."""
    device, epoch, seq = one.place
    told = one.envelope["wall_ms"], "", size, one.text, at_ms
    return lot.hall, lot.member, one.digest, lot.nth, device, epoch, seq, *told
