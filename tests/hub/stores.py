"""Hub stores for tests: a bare SQLite in memory, or a fresh database of a real PostgreSQL."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import StaticPool

from counter_app.database.steps import steps_of
from counter_app.domain.actor import Actor
from counter_app.hub import upgrades
from counter_app.hub.halls import open_hall
from counter_app.hub.rows import HALL_TIME
from counter_app.queueing.rules import Group, Rules

HALL = "001"
START = datetime(2026, 11, 23, 9, 0, tzinfo=HALL_TIME)
GROUPS = (
    Group("general", "A", "综合服务"),
    Group("benefit", "B", "待遇支付"),
    Group("employer", "C", "单位", 3),
)
RULES = Rules(groups=GROUPS)


def clerk(window: str = "1", *roles: str) -> Actor:
    """A synthetic clerk at a window."""
    return Actor(f"G{window:0>3}", "演示柜员", ("clerk", *roles), "K7Q", window)


def memory() -> Engine:
    """An empty store that lives as long as its engine; transactions as the product opens them."""
    engine = create_engine("sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False})

    @event.listens_for(engine, "connect")
    def _autocommit(link: Any, record: Any) -> None:
        link.isolation_level = None

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return built(engine)


def built(engine: Engine) -> Engine:
    """The schema as its steps make it, and one hall."""
    with engine.begin() as connection:
        for step in steps_of(upgrades):
            step.apply(connection)
        open_hall(connection, HALL, RULES)
    return engine


class HandClock:
    """Time that moves when the test says so."""

    def __init__(self, at: datetime = START) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at

    def mono_ms(self) -> int:
        return int(self.at.timestamp() * 1000)

    def pass_(self, **by: float) -> None:
        self.at += timedelta(**by)
