from __future__ import annotations

import sys
import threading
import types
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import IntegrityError

from counter_app.database import open_database, open_postgres
from counter_app.database.database import Database
from counter_app.database.steps import Step
from counter_app.problems import Problem

KEY = bytes(range(32))
Make = Callable[..., types.ModuleType]


def create(connection: Connection) -> None:
    connection.execute(text("CREATE TABLE line (id integer PRIMARY KEY, word text NOT NULL)"))


def widen(connection: Connection) -> None:
    connection.execute(text("ALTER TABLE line ADD COLUMN note text"))
    connection.execute(text("UPDATE line SET note = 'old'"))


def fail(connection: Connection) -> None:
    connection.execute(text("ALTER TABLE line ADD COLUMN half text"))
    connection.execute(text("SELECT * FROM no_such_table"))


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Make:
    """Makes an importable package of steps, as `hub/upgrades` is one."""
    made: list[str] = []

    def make(*applies: Callable[[Connection], None], numbers: tuple[int, ...] = ()) -> types.ModuleType:
        name = f"steps_{len(made)}_{tmp_path.name.replace('-', '_')}"
        folder = tmp_path / name
        folder.mkdir()
        module = types.ModuleType(name)
        module.__path__ = [str(folder)]
        monkeypatch.setitem(sys.modules, name, module)
        for number, apply in zip(numbers or range(1, 99), applies, strict=False):
            (folder / f"s{number:03}.py").write_text("")
            step: Any = types.ModuleType(f"{name}.s{number:03}")
            step.STEP = Step(number, "a step", apply)
            monkeypatch.setitem(sys.modules, step.__name__, step)
        made.append(name)
        return module

    return make


def words(database: Database) -> list[str]:
    with database.read() as connection:
        return list(connection.execute(text("SELECT word FROM line ORDER BY id")).scalars())


def add(database: Database, word: str) -> None:
    with database.write() as connection:
        connection.execute(text("INSERT INTO line (word) VALUES (:word)"), {"word": word})


def pragma(connection: Connection, name: str) -> Any:
    return connection.execute(text(f"PRAGMA {name}")).scalar_one()


def test_what_was_written_is_read_and_survives_reopening(tmp_path: Path, package: Make) -> None:
    steps = package(create)
    database = open_database(tmp_path / "a.db", KEY, steps)
    add(database, "一窗")
    assert words(database) == ["一窗"]
    database.close()
    again = open_database(tmp_path / "a.db", KEY, steps)
    assert words(again) == ["一窗"]
    again.close()


def test_an_exception_takes_everything_back(tmp_path: Path, package: Make) -> None:
    database = open_database(tmp_path / "a.db", KEY, package(create))
    with pytest.raises(RuntimeError), database.write() as connection:  # noqa: PT012
        connection.execute(text("INSERT INTO line (word) VALUES ('x')"))
        raise RuntimeError("the caller changed its mind")
    add(database, "y")
    assert words(database) == ["y"]
    database.close()


def test_the_promised_pragmas_hold_on_both_lanes(tmp_path: Path, package: Make) -> None:
    database = open_database(tmp_path / "a.db", KEY, package(create))
    with database.write() as connection:
        assert pragma(connection, "journal_mode") == "wal"
        assert pragma(connection, "synchronous") == 2
        assert pragma(connection, "wal_autocheckpoint") == 4000
        assert pragma(connection, "recursive_triggers") == 1
    for lane in (database.write, database.read):
        with lane() as connection:
            assert pragma(connection, "foreign_keys") == 1
            assert pragma(connection, "temp_store") == 2
            assert pragma(connection, "trusted_schema") == 0
            assert pragma(connection, "cell_size_check") == 1
            assert pragma(connection, "mmap_size") == 0
    database.close()


def test_nothing_is_in_clear_on_disk(tmp_path: Path, package: Make) -> None:
    database = open_database(tmp_path / "a.db", KEY, package(create))
    add(database, "CANARY-一二三四五")
    for file in tmp_path.glob("a.db*"):
        assert b"CANARY" not in file.read_bytes()
        assert not file.read_bytes().startswith(b"SQLite format 3")
        assert file.stat().st_mode & 0o077 == 0
    database.close()


def test_a_wrong_key_is_refused_and_harms_nothing(tmp_path: Path, package: Make) -> None:
    steps = package(create)
    open_database(tmp_path / "a.db", KEY, steps).close()
    before = (tmp_path / "a.db").read_bytes()
    for read_only in (True, False):
        with pytest.raises(Problem) as caught:
            open_database(tmp_path / "a.db", bytes(32), steps, read_only=read_only)
        assert caught.value.code == "store-key"
    assert (tmp_path / "a.db").read_bytes() == before


def test_reading_beside_a_writer_sees_commits_and_cannot_write(tmp_path: Path, package: Make) -> None:
    steps = package(create)
    writer = open_database(tmp_path / "a.db", KEY, steps)
    reader = open_database(tmp_path / "a.db", KEY, steps, read_only=True)
    add(writer, "one")
    assert words(reader) == ["one"]
    with pytest.raises(Problem) as caught, reader.write():
        raise AssertionError("a read-only database opened for writing")
    assert caught.value.code == "store-write"
    with pytest.raises(Problem) as caught, reader.read() as connection:
        connection.execute(text("INSERT INTO line (word) VALUES ('two')"))
    assert caught.value.code == "store-write"
    reader.close()
    writer.close()


def test_a_reader_sees_one_moment(tmp_path: Path, package: Make) -> None:
    database = open_database(tmp_path / "a.db", KEY, package(create))
    add(database, "one")
    with database.read() as connection:
        count = text("SELECT count(*) FROM line")
        assert connection.execute(count).scalar_one() == 1
        add(database, "two")
        assert connection.execute(count).scalar_one() == 1
    assert words(database) == ["one", "two"]
    database.close()


def test_writers_take_turns_and_readers_do_not_wait(tmp_path: Path, package: Make) -> None:
    database = open_database(tmp_path / "a.db", KEY, package(create))
    seen: list[int] = []

    def work(name: str) -> None:
        for n in range(20):
            add(database, f"{name}{n}")
            seen.append(len(words(database)))

    threads = [threading.Thread(target=work, args=(name,)) for name in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(words(database)) == 80
    assert len(seen) == 80
    database.close()


def test_steps_run_once_and_in_order(tmp_path: Path, package: Make) -> None:
    database = open_database(tmp_path / "a.db", KEY, package(create))
    add(database, "kept")
    database.close()
    told: list[tuple[int, int]] = []
    wider = package(create, widen)
    note = lambda old, new: told.append((old, new))  # noqa: E731
    open_database(tmp_path / "a.db", KEY, wider, before_upgrade=note).close()
    database = open_database(tmp_path / "a.db", KEY, wider, before_upgrade=note)
    with database.read() as connection:
        assert connection.execute(text("SELECT word, note FROM line")).one() == ("kept", "old")
    assert told == [(1, 2)]
    database.close()


def test_a_failing_step_leaves_the_old_schema(tmp_path: Path, package: Make) -> None:
    old = package(create)
    database = open_database(tmp_path / "a.db", KEY, old)
    add(database, "kept")
    database.close()
    with pytest.raises(Exception, match="no_such_table"):
        open_database(tmp_path / "a.db", KEY, package(create, fail))
    database = open_database(tmp_path / "a.db", KEY, old)
    with database.read() as connection:
        assert list(connection.execute(text("SELECT * FROM line")).keys()) == ["id", "word"]
    assert words(database) == ["kept"]
    database.close()


def test_newer_and_older_stores(tmp_path: Path, package: Make) -> None:
    old, new = package(create), package(create, widen)
    open_database(tmp_path / "a.db", KEY, old).close()
    with pytest.raises(Problem) as caught:
        open_database(tmp_path / "a.db", KEY, new, read_only=True)
    assert caught.value.code == "store-older"
    open_database(tmp_path / "a.db", KEY, new).close()
    with pytest.raises(Problem) as caught:
        open_database(tmp_path / "a.db", KEY, old)
    assert caught.value.code == "store-newer"
    assert "2" in caught.value.cause


def test_steps_with_a_gap_are_a_mistake_of_ours(tmp_path: Path, package: Make) -> None:
    with pytest.raises(ValueError, match="do not count"):
        open_database(tmp_path / "a.db", KEY, package(create, widen, numbers=(1, 3)))


def test_a_missing_file_or_folder(tmp_path: Path, package: Make) -> None:
    steps = package(create)
    with pytest.raises(Problem) as caught:
        open_database(tmp_path / "a.db", KEY, steps, read_only=True)
    assert caught.value.code == "store-missing"
    assert not (tmp_path / "a.db").exists()
    with pytest.raises(Problem) as caught:
        open_database(tmp_path / "none" / "a.db", KEY, steps)
    assert caught.value.code == "store-write"


def test_a_full_disk_is_a_refusal_and_everything_acknowledged_stays(tmp_path: Path, package: Make) -> None:
    database = open_database(tmp_path / "a.db", KEY, package(create))
    with database.write() as connection:
        pages = pragma(connection, "page_count")
        connection.execute(text(f"PRAGMA max_page_count = {pages + 5}"))
    acknowledged = 0
    with pytest.raises(Problem) as caught:  # noqa: PT012
        for _ in range(1000):
            add(database, "x" * 400)
            acknowledged += 1
    assert caught.value.code == "store-write"
    assert 0 < acknowledged == len(words(database))
    database.close()


def test_a_broken_rule_is_a_bug_without_personal_data_in_its_text(tmp_path: Path, package: Make) -> None:
    database = open_database(tmp_path / "a.db", KEY, package(create))
    with pytest.raises(IntegrityError) as caught, database.write() as connection:  # noqa: PT012
        insert = text("INSERT INTO line (id, word) VALUES (1, :word)")
        connection.execute(insert, {"word": "CANARY"})
        connection.execute(insert, {"word": "CANARY"})
    assert "CANARY" not in str(caught.value)
    database.close()


def test_the_same_face_over_postgresql(postgres: Any, package: Make) -> None:
    url = postgres.fresh()
    database = open_postgres(url, package(create))
    with database.write() as connection:
        connection.execute(text("INSERT INTO line (id, word) VALUES (1, '一窗')"))
    assert words(database) == ["一窗"]
    with pytest.raises(Exception, match="read-only"), database.read() as connection:
        connection.execute(text("INSERT INTO line (id, word) VALUES (9, 'two')"))
    database.close()
    again = open_postgres(url, package(create, widen))
    assert words(again) == ["一窗"]
    again.close()
    with pytest.raises(Problem) as caught:
        open_postgres(url, package(create))
    assert caught.value.code == "store-newer"
