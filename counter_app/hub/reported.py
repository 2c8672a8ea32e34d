"""When a device was reported lost: what it signed before is its word, what came after is nobody's."""

from __future__ import annotations

from sqlalchemy import Connection, select

from counter_app.hub.held_tables import device_reports
from counter_app.hub.rows import upsert

_R = device_reports.c


def report(connection: Connection, hall: str, device: str, at_ms: int) -> None:
    """Note the moment a device was given up; one that joined again and is lost again has a new one."""
    made = upsert(connection, device_reports).values(hall=hall, device=device, at_ms=at_ms)
    newer = made.on_conflict_do_update(index_elements=["hall", "device"], set_={"at_ms": at_ms})
    connection.execute(newer)


def reported_ms(connection: Connection, hall: str, device: str) -> int:
    """The moment a device was reported lost, in ms; 0 = never, and nothing was signed before it."""
    chosen = select(_R.at_ms).where(_R.hall == hall, _R.device == device)
    return int(connection.execute(chosen).scalar() or 0)
