from __future__ import annotations

from sqlalchemy import inspect

from counter_app.storage import tables
from counter_app.storage.store import CounterStore

SEARCH_ONLY = {"employer_names"}  # FTS5, spoken to in SQL


def test_the_tables_we_speak_to_are_the_tables_the_steps_made(store: CounterStore) -> None:
    with store.database.read() as connection:
        found = inspect(connection)
        names = found.get_table_names()
        made = {name for name in names if not name.startswith(tuple(SEARCH_ONLY))}
        assert made == set(tables.METADATA.tables)
        for name, table in tables.METADATA.tables.items():
            columns = {column["name"]: column for column in found.get_columns(name)}
            assert list(columns) == [column.name for column in table.columns], name
            for column in table.columns:
                assert columns[column.name]["type"].python_type is column.type.python_type, (
                    name,
                    column.name,
                )
                is_optional = columns[column.name]["nullable"] and not column.primary_key
                assert is_optional == column.nullable, (name, column.name)
            keys = found.get_pk_constraint(name)["constrained_columns"]
            assert set(keys) == {column.name for column in table.primary_key}, name
