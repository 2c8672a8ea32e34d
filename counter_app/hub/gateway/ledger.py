"""The ledger of what was sent to the core platform: the serial is durable before a byte leaves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, insert, select, update

from counter_app.domain.value import Value
from counter_app.hub.gateway.port import Answered
from counter_app.hub.gateway.tables import gateway_calls, gateway_serials
from counter_app.hub.rows import to_ms, to_time, upsert
from counter_app.problems import Problem
from counter_app.seals.hub_identity import HubIdentity

PLANNED, ABSENT, SETTLED = "planned", "absent", "settled"
OPEN = (PLANNED, Answered.UNKNOWN.value)
_G = gateway_calls.c
_WRAP = 10_000


class Entry(Value, frozen=True):
    """One write as the ledger has it; `fields` are what was sent."""

    serial: str
    infno: str
    subject: str
    fields: Mapping[str, Any]
    state: str
    result: str = ""
    because: str = ""
    clerk: str = ""
    at: str = ""


class Planned(Value, frozen=True):
    """A write about to be sent; the same `request_id` is the same write. `insuplc` = area of insurance."""

    request_id: str
    infno: str
    subject: str
    fields: Mapping[str, Any]
    clerk: str
    insuplc: str = ""


def plan(
    connection: Connection, hall: str, wish: Planned, org: str, at: datetime, identity: HubIdentity
) -> tuple[Entry, bool]:
    """The entry of a write, made now unless this request has one; True when it is new.

    Raises Problem `gateway-open` while another write about the same subject and message is unanswered: two of
    them on the way could both be done.
    """
    old = _by_request(connection, hall, wish.request_id, identity)
    if old is not None:
        return old, False
    same = (_G.hall == hall, _G.subject == wish.subject, _G.infno == wish.infno, _G.state.in_(OPEN))
    if wish.subject and connection.execute(select(_G.serial).where(*same)).first() is not None:
        raise Problem("gateway-open", "gateway", wish.subject)
    serial = _next_serial(connection, hall, org, at)
    row = {"hall": hall, "serial": serial, "infno": wish.infno, "subject": wish.subject}
    row |= {"request_id": wish.request_id, "clerk": wish.clerk, "state": PLANNED, "result": "", "because": ""}
    sealed = identity.keep(msgspec.json.encode(dict(wish.fields)), f"gateway|{serial}")
    now = to_ms(at)
    connection.execute(insert(gateway_calls).values(**row, input=sealed, at_ms=now, changed_ms=now))
    return _found(connection, hall, serial, identity), True


def note(
    connection: Connection,
    hall: str,
    serial: str,
    state: str,
    at: datetime,
    result: str = "",
    because: str = "",
) -> None:
    """Write down how a write stands. What is done, refused or settled stays so."""
    open_rows = (_G.hall == hall, _G.serial == serial, _G.state.in_(OPEN))
    told = {"state": state, "result": result, "because": because[:500], "changed_ms": to_ms(at)}
    connection.execute(update(gateway_calls).where(*open_rows).values(**told))


def settled(connection: Connection, hall: str, serial: str, at: datetime, because: str) -> None:
    """A person has seen to it, whatever became of it; what is done stays done."""
    ended = (_G.hall == hall, _G.serial == serial, _G.state != Answered.DONE.value)
    told = {"state": SETTLED, "because": because[:500], "changed_ms": to_ms(at)}
    connection.execute(update(gateway_calls).where(*ended).values(**told))


def find(connection: Connection, hall: str, serial: str, identity: HubIdentity) -> Entry:
    """One entry. Raises Problem `not-found`."""
    return _found(connection, hall, serial, identity)


def listed(
    connection: Connection, hall: str, identity: HubIdentity, open_only: bool = True
) -> Sequence[Entry]:
    """Writes whose end nobody knows, the oldest first: the reconciliation list (单边账)."""
    chosen = select(gateway_calls).where(_G.hall == hall)
    chosen = chosen.where(_G.state.in_(OPEN)) if open_only else chosen
    return [
        _entry(row, identity) for row in connection.execute(chosen.order_by(_G.at_ms, _G.serial)).mappings()
    ]


def _next_serial(connection: Connection, hall: str, org: str, at: datetime) -> str:
    """Institution (12), yyyyMMddHHmmss (14), four digits that count on for ever: 30 characters, unique."""
    first = upsert(connection, gateway_serials).values(hall=hall, last=1)
    grown = first.on_conflict_do_update(index_elements=["hall"], set_={"last": gateway_serials.c.last + 1})
    nth = int(connection.execute(grown.returning(gateway_serials.c.last)).scalar_one())
    return f"{org[:12]:0<12}{at:%Y%m%d%H%M%S}{nth % _WRAP:04d}"


def _by_request(connection: Connection, hall: str, request_id: str, identity: HubIdentity) -> Entry | None:
    chosen = select(gateway_calls).where(_G.hall == hall, _G.request_id == request_id)
    row = connection.execute(chosen).mappings().first()
    return None if row is None else _entry(row, identity)


def _found(connection: Connection, hall: str, serial: str, identity: HubIdentity) -> Entry:
    chosen = select(gateway_calls).where(_G.hall == hall, _G.serial == serial)
    row = connection.execute(chosen).mappings().first()
    if row is None:
        raise Problem("not-found", "serial", serial)
    return _entry(row, identity)


def _entry(row: Mapping[Any, Any], identity: HubIdentity) -> Entry:
    fields = msgspec.json.decode(identity.kept(bytes(row["input"]), f"gateway|{row['serial']}"))
    names = ("serial", "infno", "subject", "state", "result", "because", "clerk")
    return Entry(**{name: row[name] for name in names}, fields=fields, at=to_time(row["at_ms"]).isoformat())
