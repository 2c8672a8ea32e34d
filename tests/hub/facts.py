"""Facts handed over to a store, and what it then holds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Engine, func, select

from counter_app.hub import batches, tables
from counter_app.hub.commands import Accept
from tests.hub.stores import HALL, START, clerk


def push(engine: Engine, envelopes: Sequence[Any]) -> list[batches.Ruling]:
    with engine.begin() as connection:
        return list(batches.accept(connection, clerk(), Accept(HALL, START, envelopes)))


def verdicts(engine: Engine, envelopes: Sequence[Any]) -> list[str]:
    return [ruling.verdict for ruling in push(engine, envelopes)]


def rows(engine: Engine, table: Any) -> list[dict[str, Any]]:
    with engine.begin() as connection:
        return [dict(row) for row in connection.execute(select(table)).mappings()]


def count(engine: Engine, table: Any) -> int:
    with engine.begin() as connection:
        return int(connection.execute(select(func.count()).select_from(table)).scalar_one())


def doubts(engine: Engine, but: str = "chain-fork") -> list[tuple[str, str]]:
    """The doubts raised; most tests here do not chain their envelopes."""
    return [(row["code"], row["detail"]) for row in rows(engine, tables.doubts) if row["code"] != but]
