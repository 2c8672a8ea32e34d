"""What is pressed on the driver's own cursor behaves as SQLAlchemy's own would."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from counter_app.hub.many import Many
from counter_app.hub.quick import apart, press, rows
from counter_app.hub.tables import feed
from tests.hub.stores import HALL

_FEED = Many(feed)
_SAY = "UPDATE halls SET closed = '{}'"


def _say(connection: Connection, word: str, more: str) -> None:
    with apart(connection):
        press(connection, _SAY.format(word))
        press(connection, more)


def said(engine: Engine) -> str:
    with engine.begin() as connection:
        return str(connection.execute(text("SELECT closed FROM halls")).scalar_one())


def test_what_was_done_before_stays_and_what_failed_inside_is_undone(engine: Engine) -> None:
    with engine.begin() as connection:
        press(connection, _SAY.format("before"))
        with pytest.raises(IntegrityError):
            _say(connection, "inside", "INSERT INTO halls (hall) VALUES (NULL)")
    assert said(engine) == "before"


def test_one_inside_another_undoes_no_more_than_its_own(engine: Engine) -> None:
    with engine.begin() as connection, apart(connection):
        press(connection, _SAY.format("outer"))
        with pytest.raises(DBAPIError):
            _say(connection, "inner", "SELECT of nothing FROM nowhere")
    assert said(engine) == "outer"


def _put(connection: Connection, numbers: Sequence[int], spoils: bool = False) -> None:
    with apart(connection):
        for number in numbers:
            _FEED.put(connection, [(HALL, number, "kind", "case", "event", "device", "{}", 1)])
        if spoils:
            raise ArithmeticError


def test_rows_the_database_refuses_are_known_before_what_is_apart_ends(engine: Engine) -> None:
    """Also where rows wait for the next journey to the server."""
    with engine.begin() as connection:
        _put(connection, [9_001])
        with pytest.raises(IntegrityError):
            _put(connection, [9_002, 9_001])
        with pytest.raises((ArithmeticError, IntegrityError)):  # where it waits, nobody hears of it
            _put(connection, [9_003, 9_001], spoils=True)
        found = rows(connection, "SELECT feed_no FROM feed WHERE feed_no > 9000", ())
    assert [tuple(one) for one in found] == [(9_001,)]


def test_a_text_gives_its_rows(engine: Engine) -> None:
    with engine.begin() as connection:
        assert [tuple(row) for row in rows(connection, "SELECT hall FROM halls", ())] == [(HALL,)]
