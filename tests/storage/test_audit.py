from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Connection, text

from counter_app.seals import chain
from counter_app.storage import audit
from counter_app.storage.store import CounterStore
from tests.fakes.counter import accept

Tamper = Callable[[Connection], None]
AUDIT_ROW = text("SELECT * FROM audit WHERE entry = :n")
AUDIT_AGAIN = text(
    "UPDATE audit SET fact_hash = :fact_hash, prev_hash = :prev_hash, hash = :hash WHERE entry = :entry"
)
TRIGGERS = text("SELECT name FROM sqlite_master WHERE type = 'trigger'")


def sql(*statements: str) -> Tamper:
    def run(connection: Connection) -> None:
        for statement in statements:
            connection.execute(text(statement))

    return run


def edit_body(connection: Connection) -> None:
    row = connection.execute(text("SELECT envelope FROM facts WHERE entry = 5")).scalar_one()
    changed = json.loads(row)
    changed["body"]["number"] = "forged"
    connection.execute(text("UPDATE facts SET envelope = :e WHERE entry = 5"), {"e": json.dumps(changed)})


def recompute_from(entry: int) -> Tamper:
    """A forger with the key: edit one fact and make both chains and their heads right again."""

    def run(connection: Connection) -> None:
        heads: dict[str, Any] = {"fact": "", "audit": ""}
        asked = text("SELECT entry, envelope FROM facts ORDER BY entry")
        for number, envelope_text in connection.execute(asked).all():
            envelope = json.loads(envelope_text)
            if number == entry:
                envelope["body"]["forged"] = True
            envelope["prev_hash"] = heads["fact"]
            envelope["hash"], whole = chain.linked(envelope)
            heads["fact"] = envelope["hash"]
            connection.execute(
                text("UPDATE facts SET envelope = :e, hash = :h WHERE entry = :n"),
                {"e": whole, "h": envelope["hash"], "n": number},
            )
            row = dict(connection.execute(AUDIT_ROW, {"n": number}).mappings().one())
            row.pop("unit_no")
            row |= {"fact_hash": envelope["hash"], "prev_hash": heads["audit"]}
            row["hash"] = heads["audit"] = chain.link(row, chain.AUDIT_PREFIX)
            connection.execute(AUDIT_AGAIN, row)
        connection.execute(text("UPDATE device_state SET head = :fact, audit_head = :audit"), heads)

    return run


CUT_TAIL = (
    "UPDATE device_state SET entry = 10, seq = 10,"
    " head = (SELECT hash FROM facts WHERE entry = 10),"
    " audit_head = (SELECT hash FROM audit WHERE entry = 10)"
)
REMOVE_LAST = tuple(f"DELETE FROM {table} WHERE entry > 10" for table in ("outbox", "facts", "audit"))
INSERT = (
    "INSERT INTO facts SELECT 13, unit_no, epoch, 13, 'x', kind, case_id, business_date, wall_ms, hash,"
    " envelope FROM facts WHERE entry = 12"
)
SWAP = (
    "UPDATE facts SET entry = -entry WHERE entry IN (6, 7)",
    "UPDATE facts SET entry = 13 + entry WHERE entry < 0",
)


@pytest.mark.parametrize(
    ("tamper", "first_bad"),
    [
        (edit_body, "1/5"),
        (sql("UPDATE facts SET kind = 'case.withdrawn' WHERE entry = 4"), "1/4"),
        (sql("UPDATE facts SET case_id = 'x' WHERE entry = 4"), "1/4"),
        (sql("UPDATE facts SET envelope = '{' WHERE entry = 4"), "1/4"),
        (sql("UPDATE audit SET clerk_no = 'C02' WHERE entry = 7"), "1/7"),
        (sql("DELETE FROM outbox WHERE entry = 3", "DELETE FROM facts WHERE entry = 3"), "1/4"),
        (sql("DELETE FROM audit WHERE entry = 3"), "1/3"),
        (sql(*SWAP), "1/7"),
        (sql(INSERT), "1/13"),
        (sql(*REMOVE_LAST), "tail"),
        (sql(*REMOVE_LAST, CUT_TAIL), "1/11"),
        (sql("UPDATE device_state SET head = ''"), "tail"),
        (recompute_from(2), "1/2"),
        (recompute_from(12), "1/12"),
    ],
)
def test_whatever_was_changed_is_found_and_named(store: CounterStore, tamper: Tamper, first_bad: str) -> None:
    for _ in range(3):
        accept(store)
    assert audit.verify(store) == (True, 12, None)
    with store.database.write() as connection:
        connection.execute(text("PRAGMA defer_foreign_keys = ON"))
        for name in connection.execute(TRIGGERS).scalars().all():
            connection.execute(text(f"DROP TRIGGER {name}"))
        tamper(connection)
    is_whole, _, named = audit.verify(store)
    assert (is_whole, named) == (False, first_bad)


def test_an_empty_store_is_whole(store: CounterStore) -> None:
    assert audit.verify(store) == (True, 0, None)
