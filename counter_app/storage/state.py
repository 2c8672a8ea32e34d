"""The one row that says who this device is and how far its numbering has come."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy import Connection, select

from counter_app.storage import tables


@dataclass(slots=True)
class StoreState:
    """`unit_no` counts journalled commits, `entry` facts over all epochs, `seq` facts of this epoch.

    `head` and `audit_head` are the newest hashes of the two chains; times are Unix ms.
    """

    device: str
    epoch: int
    device_code: str
    hall: str
    hash_alg: str
    created_ms: int
    synthetic: int = 0
    unit_no: int = 0
    entry: int = 0
    audit_head: str = ""
    seq: int = 0
    head: str = ""
    last_event: str = ""
    last_wall_ms: int = 0

    def as_row(self) -> dict[str, Any]:
        """The row of `device_state`."""
        return {"id": 1, **{f.name: getattr(self, f.name) for f in fields(self)}}


def load(connection: Connection) -> StoreState | None:
    """The state of a store, None while it has none."""
    row = connection.execute(select(tables.device_state)).mappings().first()
    if row is None:
        return None
    return StoreState(**{name: value for name, value in row.items() if name != "id"})
