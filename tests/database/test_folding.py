from __future__ import annotations

import shutil
import threading
from pathlib import Path

from sqlcipher3 import dbapi2

from counter_app.database import open_database, sqlcipher
from counter_app.database.folding import AT_LATEST, BEGUN, COMMITS, ROWS, Folding
from counter_app.storage import upgrades

PUT = "INSERT INTO drafts (draft_id, body, clerk_no, saved_at) VALUES (?, ?, '', '')"
LIMIT_S = 60.0


class Link:
    """Stands in for the second connection and tells when it is asked to fold, and when it is closed."""

    def __init__(self, fault: Exception | None = None) -> None:
        self.fault, self.asked, self.closed = fault, threading.Semaphore(0), threading.Event()

    def execute(self, sql: str) -> Link:
        assert sql == "PRAGMA wal_checkpoint(PASSIVE)"
        self.asked.release()
        if self.fault is not None:
            raise self.fault
        return self

    def fetchall(self) -> list[object]:
        return []

    def close(self) -> None:
        self.closed.set()


def committed(folding: Folding, times: int) -> None:
    for _ in range(times):
        folding.committed()


def test_it_folds_once_enough_was_written_and_it_is_quiet() -> None:
    link = Link()
    folding = Folding(lambda: link, quiet_s=0.01)
    committed(folding, BEGUN - 1)
    assert folding._thread is None
    committed(folding, COMMITS - BEGUN)
    assert not link.asked.acquire(timeout=0.05)
    for _ in range(2):
        committed(folding, COMMITS)
        assert link.asked.acquire(timeout=LIMIT_S)
    folding.close()
    assert link.closed.is_set()
    assert not [t for t in threading.enumerate() if t is folding._thread]


def test_it_folds_at_last_where_nobody_ever_pauses() -> None:
    link = Link()
    folding = Folding(lambda: link, quiet_s=LIMIT_S)
    committed(folding, AT_LATEST)
    assert link.asked.acquire(timeout=LIMIT_S / 2)
    folding.close()


def test_large_commits_are_folded_after_few_of_them() -> None:
    """What a batch of facts leaves in the log would make some later commit wait for all of it."""
    link = Link()
    folding = Folding(lambda: link, quiet_s=LIMIT_S)
    for _ in range(AT_LATEST // 8):
        assert not link.asked.acquire(blocking=False)
        folding.committed(8 * ROWS)
    assert link.asked.acquire(timeout=LIMIT_S / 2)
    folding.close()


def test_a_store_counts_what_it_writes(tmp_path: Path) -> None:
    database = open_database(tmp_path / "a.db", bytes(32), upgrades)
    assert database.folding is not None
    before = database.folding._commits
    for rows in (1, 3 * ROWS):
        with database.write() as connection:
            connection.exec_driver_sql(PUT, [(f"{rows}-{nth}", "x") for nth in range(rows)])
    assert database.folding._commits == before + 1 + 3
    database.close()


def test_closing_does_not_wait_for_quiet_and_folds_no_more() -> None:
    link = Link()
    folding = Folding(lambda: link, quiet_s=LIMIT_S)
    committed(folding, COMMITS)
    folding.close()
    assert not link.asked.acquire(blocking=False)
    committed(folding, AT_LATEST)


def test_a_full_disk_is_tried_again_later() -> None:
    link = Link(dbapi2.OperationalError("database or disk is full"))
    folding = Folding(lambda: link, quiet_s=0.01)
    for _ in range(2):
        committed(folding, COMMITS)
        assert link.asked.acquire(timeout=LIMIT_S)
    folding.close()
    assert link.closed.is_set()


def test_rows_come_into_the_file_while_the_store_is_open(tmp_path: Path) -> None:
    path, key, folded = tmp_path / "a.db", bytes(32), threading.Event()
    database = open_database(path, key, upgrades)
    assert database.folding is not None
    database.folding.quiet_s = 0.01
    database.folding.done = folded.set
    for nth in range(COMMITS):
        with database.write() as connection:
            connection.exec_driver_sql(PUT, (str(nth), "x" * 3000))
    assert folded.wait(LIMIT_S)
    (tmp_path / "copy").mkdir()
    shutil.copy(path, tmp_path / "copy")  # the file alone, without its WAL
    alone = sqlcipher.connect(tmp_path / "copy" / "a.db", key)
    assert alone.execute("SELECT count(*) FROM drafts").fetchone() == (COMMITS,)
    alone.close()
    database.close()


def test_a_fold_is_synced_as_a_commit_is(tmp_path: Path) -> None:
    database = open_database(tmp_path / "a.db", bytes(32), upgrades)
    assert database.folding is not None
    link = database.folding.connect()
    assert link.execute("PRAGMA synchronous").fetchone() == (2,)
    link.close()
    database.close()
