"""Schema steps: one module, one `STEP`, one transaction; forward only."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Sequence
from types import ModuleType

from sqlalchemy import Connection

from counter_app.domain.value import Value
from counter_app.problems import Problem


class Step(Value, frozen=True):
    """One change of the schema. `number` counts from 1 without gaps; `apply` must not commit."""

    number: int
    title: str
    apply: Callable[[Connection], None]


def steps_of(package: ModuleType) -> Sequence[Step]:
    """Every `STEP` of a package in order. Raises ValueError unless they count 1, 2, 3 …"""
    modules = (
        importlib.import_module(f"{package.__name__}.{m.name}")
        for m in pkgutil.iter_modules(package.__path__)
    )
    found = sorted((m.STEP for m in modules if hasattr(m, "STEP")), key=lambda step: step.number)
    if [step.number for step in found] != list(range(1, len(found) + 1)):
        raise ValueError(f"the steps of {package.__name__} do not count 1, 2, 3 …")
    return found


def version(connection: Connection) -> int:
    """The number of the last step this database has taken; 0 for an empty one."""
    if connection.dialect.name == "sqlite":
        return int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())
    connection.exec_driver_sql("CREATE TABLE IF NOT EXISTS schema_version (version integer NOT NULL)")
    return int(
        connection.exec_driver_sql("SELECT coalesce(max(version), 0) FROM schema_version").scalar_one()
    )


def take(connection: Connection, step: Step) -> None:
    """Apply one step inside the transaction that is already open, and note it last.

    Raises Problem `store-write` when the step left a dangling reference; the caller rolls back.
    """
    step.apply(connection)
    if connection.dialect.name == "sqlite":
        if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
            raise Problem("store-write", "", f"升级步骤 {step.number} 留下了断开的引用")
        connection.exec_driver_sql(f"PRAGMA user_version = {step.number}")
    else:
        connection.exec_driver_sql(f"INSERT INTO schema_version VALUES ({step.number})")
