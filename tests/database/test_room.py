from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from counter_app.database import open_database, sqlcipher
from counter_app.database.folding import BEGUN
from counter_app.database.room import ROOM, make_room
from counter_app.storage import upgrades

KEY = bytes(32)
PUT = "INSERT INTO t VALUES (?)"
LIMIT_S = 60.0


@pytest.fixture
def link(tmp_path: Path) -> Any:
    made = sqlcipher.connect(tmp_path / "a.db", KEY)
    made.execute("CREATE TABLE t (x)")
    yield made
    made.close()


def log_of(folder: Path) -> Path:
    return folder / "a.db-wal"


def rows(folder: Path) -> list[int]:
    reader = sqlcipher.connect(folder / "a.db", KEY, read_only=True)
    found = [x for (x,) in reader.execute("SELECT x FROM t ORDER BY x")]
    reader.close()
    return found


def test_the_log_no_longer_grows_with_a_commit(link: Any, tmp_path: Path) -> None:
    make_room(link, log_of(tmp_path), room=300_000, piece=70_000)
    assert log_of(tmp_path).stat().st_size == 300_000
    for x in range(20):
        link.execute(PUT, (x,))
    assert log_of(tmp_path).stat().st_size == 300_000
    assert rows(tmp_path) == list(range(20))


def test_a_log_that_is_long_enough_is_left_alone(link: Any, tmp_path: Path) -> None:
    make_room(link, log_of(tmp_path), room=200_000)
    before = log_of(tmp_path).read_bytes()
    make_room(link, log_of(tmp_path), room=100_000)
    assert log_of(tmp_path).read_bytes() == before


def test_a_disk_that_is_nearly_full_keeps_what_it_has(link: Any, tmp_path: Path) -> None:
    before = log_of(tmp_path).stat().st_size
    make_room(link, log_of(tmp_path), spare=1 << 60)
    assert log_of(tmp_path).stat().st_size == before


def test_what_was_committed_is_found_in_a_log_with_room_after_a_crash(link: Any, tmp_path: Path) -> None:
    link.execute(PUT, (1,))
    make_room(link, log_of(tmp_path), room=200_000)
    link.execute(PUT, (2,))
    (tmp_path / "crashed").mkdir()
    for name in ("a.db", "a.db-wal"):  # as a power cut leaves them: no index of the log, nobody to close it
        (tmp_path / "crashed" / name).write_bytes((tmp_path / name).read_bytes())
    assert rows(tmp_path / "crashed") == [1, 2]


def test_a_log_of_nothing_but_room_is_an_empty_log(link: Any, tmp_path: Path) -> None:
    link.execute(PUT, (1,))
    link.close()
    log_of(tmp_path).write_bytes(bytes(200_000))
    assert rows(tmp_path) == [1]


def test_zeros_are_appended_only_under_the_write_lock(link: Any, tmp_path: Path) -> None:
    other = sqlcipher.connect(tmp_path / "a.db", KEY)
    other.execute("PRAGMA busy_timeout = 0")
    link.execute("BEGIN IMMEDIATE")
    before = log_of(tmp_path).stat().st_size
    with pytest.raises(sqlcipher.dbapi2.OperationalError, match="locked"):
        make_room(other, log_of(tmp_path))
    assert log_of(tmp_path).stat().st_size == before
    link.execute("ROLLBACK")
    make_room(other, log_of(tmp_path), room=100_000)
    assert log_of(tmp_path).stat().st_size == 100_000
    other.close()


def test_a_store_somebody_works_with_has_room(tmp_path: Path) -> None:
    database = open_database(tmp_path / "a.db", KEY, upgrades)
    assert database.folding is not None
    for _ in range(BEGUN):
        with database.write() as connection:
            connection.exec_driver_sql("UPDATE drafts SET body = ''")
    database.folding.close()  # waits for what it has begun
    assert log_of(tmp_path).stat().st_size == ROOM
    database.close()
    assert not log_of(tmp_path).exists()


def test_a_disk_without_room_stops_nobody(tmp_path: Path) -> None:
    database = open_database(tmp_path / "a.db", KEY, upgrades)
    assert database.folding is not None
    asked: list[Any] = []

    def full(link: Any) -> None:
        asked.append(link)
        raise OSError(28, "No space left on device")

    database.folding.make_room = full
    for nth in range(2 * BEGUN):
        with database.write() as connection:
            put = "INSERT INTO drafts (draft_id, body, clerk_no, saved_at) VALUES (?, '', '', '')"
            connection.exec_driver_sql(put, (str(nth),))
    database.close()
    assert len(asked) == 1
