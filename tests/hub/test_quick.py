"""What is pressed on the driver's own cursor behaves as SQLAlchemy's own would."""

from __future__ import annotations

import pytest
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from counter_app.hub.quick import apart, press, rows
from tests.hub.stores import HALL

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


def test_a_text_gives_its_rows(engine: Engine) -> None:
    with engine.begin() as connection:
        assert [tuple(row) for row in rows(connection, "SELECT hall FROM halls", ())] == [(HALL,)]
