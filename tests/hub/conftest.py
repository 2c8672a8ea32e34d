"""A hub store on each database."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, create_engine

from counter_app.database import postgres
from tests.hub.stores import built, memory


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """The store on SQLite and on a real PostgreSQL."""
    if request.param == "sqlite":
        made = memory()
    else:
        made = create_engine(request.getfixturevalue("postgres").fresh())
        postgres.pipe_all(made)  # as a hub writes
        built(made)
    yield made
    made.dispose()
