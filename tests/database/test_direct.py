from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import event
from sqlalchemy.exc import IntegrityError

from counter_app.database import Database, open_database
from counter_app.database.direct import ask, press
from counter_app.storage import upgrades

PUT = "INSERT INTO clerks (clerk_no, unit_no, name, roles, active) VALUES (:no, 1, :name, '[]', 1)"
GET = "SELECT name FROM clerks WHERE clerk_no = ?"


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = open_database(tmp_path / "a.db", bytes(32), upgrades)
    yield opened
    opened.close()


@pytest.mark.parametrize("is_watched", [False, True])
def test_what_is_pressed_is_part_of_the_transaction(database: Database, is_watched: bool) -> None:
    seen: list[str] = []

    def watch(*told: object) -> None:
        seen.append(str(told[2]))

    assert database.writer is not None
    if is_watched:
        event.listen(database.writer, "before_cursor_execute", watch)
    with pytest.raises(RuntimeError), database.write() as connection:  # noqa: PT012
        press(connection, PUT, [{"no": "0317", "name": "张敏"}])
        assert tuple(ask(connection, GET, ("0317",)) or ()) == ("张敏",)
        raise RuntimeError("the caller changed its mind")
    with database.write() as connection:
        assert ask(connection, GET, ("0317",)) is None
        press(connection, PUT, [{"no": "1", "name": "甲"}, {"no": "2", "name": "乙"}])
    with database.write() as connection:
        assert tuple(ask(connection, GET, ("2",)) or ()) == ("乙",)
    assert bool(PUT in seen) is is_watched


def test_an_error_has_its_usual_name_and_no_values(database: Database) -> None:
    with database.write() as connection:
        press(connection, PUT, [{"no": "1", "name": "甲"}])
    with pytest.raises(IntegrityError) as caught, database.write() as connection:
        press(connection, PUT, [{"no": "1", "name": "CANARY"}])
    assert "CANARY" not in str(caught.value)
    with pytest.raises(IntegrityError), database.write() as connection:
        press(connection, PUT, [{"no": "3", "name": "丙"}, {"no": "1", "name": "丁"}])
    with database.write() as connection:
        assert ask(connection, GET, ("3",)) is None
