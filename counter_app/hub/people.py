"""What a hall knows of a person by an opaque key: cases of every window, and tickets. It knows no names."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, select

from counter_app.hub.tables import cases, tickets

_MOST = 200
_SHOWN = {"id": "case_id", "number": "number", "type": "type_id", "state": "state", "date": "business_date"}


def person_of(connection: Connection, hall: str, key: str) -> dict[str, Any]:
    """Cases of a key, newest first, and its tickets; both empty for a key nobody has."""
    mine = select(cases).where(cases.c.hall == hall, cases.c.person == key, cases.c.person != "")
    held = select(tickets.c.ticket_id, tickets.c.day, tickets.c.number, tickets.c.state)
    held = held.where(tickets.c.hall == hall, tickets.c.person == key, tickets.c.person != "")
    found = connection.execute(mine.order_by(cases.c.at_ms.desc()).limit(_MOST)).mappings()
    told = connection.execute(held.order_by(tickets.c.taken_ms.desc()).limit(_MOST)).mappings()
    return {
        "id": key,
        "cases": [{name: row[column] for name, column in _SHOWN.items()} for row in found],
        "tickets": [dict(row) for row in told],
    }
