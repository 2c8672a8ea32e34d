"""The schema the steps make is the schema the code thinks it has, on both databases."""

from __future__ import annotations

import pkgutil
import re
from collections.abc import Sequence
from importlib import import_module
from typing import Any

from sqlalchemy import Engine, create_engine, inspect
from sqlalchemy.pool import StaticPool

import counter_app.hub
from counter_app.hub import tables


def described(engine: Engine) -> dict[str, Any]:
    found: dict[str, Any] = {}
    look = inspect(engine)
    for table in sorted(set(look.get_table_names()) - {"schema_version"}):
        # `xid` exists on PostgreSQL only, where it orders the facts for whoever follows them.
        named = [c for c in look.get_columns(table) if c["name"] != "xid"]
        columns = {c["name"]: (str(c["type"]), c["nullable"]) for c in named}
        keys = look.get_pk_constraint(table)["constrained_columns"]
        indexes = sorted(
            (str(i["name"]), tuple(map(str, i["column_names"])), bool(i["unique"]), _where(i))
            for i in look.get_indexes(table)
        )
        unique = sorted(_ordered(engine, u["column_names"]) for u in look.get_unique_constraints(table))
        found[table] = (columns, keys, indexes, unique)
    return found


def _ordered(engine: Engine, columns: Sequence[str]) -> tuple[str, ...]:
    """Columns of a unique constraint; in which order they stand matters on a server only (step 16)."""
    return tuple(sorted(columns) if engine.dialect.name == "sqlite" else columns)


def _where(index: Any) -> str:
    options = index.get("dialect_options", {})
    text = str(options.get("sqlite_where", options.get("postgresql_where", "")))
    return re.sub(r"\s+", " ", text)


def test_the_steps_lead_to_the_tables(engine: Engine, request: Any) -> None:
    if engine.dialect.name == "sqlite":
        other = create_engine("sqlite://", poolclass=StaticPool)
    else:
        other = create_engine(request.getfixturevalue("postgres").fresh())
    for module in pkgutil.walk_packages(counter_app.hub.__path__, "counter_app.hub."):
        import_module(module.name)  # one schema in many files, some of which are imported late
    tables.metadata.create_all(other)
    with other.begin() as connection:
        for statement in tables.PARTIAL:
            connection.exec_driver_sql(statement)
    assert described(engine) == described(other)
    other.dispose()


def test_every_row_has_its_hall() -> None:
    assert all("hall" in table.c for table in tables.metadata.tables.values())
