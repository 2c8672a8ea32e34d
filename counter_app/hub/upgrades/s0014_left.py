"""Records of devices that were reported lost: kept apart until two people let them in."""

from __future__ import annotations

from sqlalchemy import Connection

from counter_app.database.steps import Step

_TABLES = (
    """CREATE TABLE device_reports (
        hall VARCHAR NOT NULL,
        device VARCHAR NOT NULL,
        at_ms BIGINT NOT NULL,
        PRIMARY KEY (hall, device)
    )""",
    # Devices given up earlier: the first key that was renewed for one since it joined; else when it joined.
    """INSERT INTO device_reports (hall, device, at_ms)
        SELECT d.hall, d.device, COALESCE((
            SELECT MIN(k.at_ms) FROM people_keys k
            WHERE k.hall = d.hall AND k.why = 'a device left' AND k.at_ms >= d.at_ms
        ), d.at_ms)
        FROM devices d WHERE d.revoked <> ''""",
    """CREATE TABLE held_records (
        hall VARCHAR NOT NULL,
        member VARCHAR NOT NULL,
        digest VARCHAR NOT NULL,
        lot BIGINT NOT NULL,
        device VARCHAR NOT NULL,
        epoch BIGINT NOT NULL,
        seq BIGINT NOT NULL,
        wall_ms BIGINT NOT NULL,
        state VARCHAR NOT NULL,
        size BIGINT NOT NULL,
        text TEXT NOT NULL,
        at_ms BIGINT NOT NULL,
        PRIMARY KEY (hall, member, digest)
    )""",
    """CREATE TABLE held_orders (
        hall VARCHAR NOT NULL,
        lot_id VARCHAR NOT NULL,
        clerk VARCHAR NOT NULL,
        why TEXT NOT NULL,
        at_ms BIGINT NOT NULL,
        PRIMARY KEY (hall, lot_id)
    )""",
)


def _apply(connection: Connection) -> None:
    for text in _TABLES:
        connection.exec_driver_sql(text)


STEP = Step(14, "records of devices that were reported lost", _apply)
