"""Messages that go to the core platform by themselves, and how far the feed was read for them."""

from __future__ import annotations

from sqlalchemy import Connection

from counter_app.database.steps import Step

_STATEMENTS = (
    """CREATE TABLE gateway_errands (
        hall VARCHAR NOT NULL,
        errand_id VARCHAR NOT NULL,
        case_id VARCHAR NOT NULL,
        number VARCHAR NOT NULL,
        type_id VARCHAR NOT NULL,
        infno VARCHAR NOT NULL,
        field VARCHAR NOT NULL,
        undoes VARCHAR NOT NULL,
        request_id VARCHAR NOT NULL,
        state VARCHAR NOT NULL,
        told VARCHAR NOT NULL,
        because TEXT NOT NULL,
        clerk VARCHAR NOT NULL,
        attempt BIGINT NOT NULL,
        tries BIGINT NOT NULL,
        next_ms BIGINT NOT NULL,
        at_ms BIGINT NOT NULL,
        PRIMARY KEY (hall, errand_id)
    )""",
    "CREATE INDEX errands_of_case ON gateway_errands (hall, case_id)",
    "CREATE INDEX errands_due ON gateway_errands (hall, next_ms)",
    """CREATE TABLE gateway_places (
        hall VARCHAR NOT NULL,
        last BIGINT NOT NULL,
        PRIMARY KEY (hall)
    )""",
)


def _apply(connection: Connection) -> None:
    for statement in _STATEMENTS:
        connection.exec_driver_sql(statement)


STEP = Step(11, "messages to the core platform", _apply)
