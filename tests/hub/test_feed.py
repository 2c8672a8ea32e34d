"""The feed's numbers follow the commits: no reader ever passes a row that appears later."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine

from counter_app.database import Database, open_database
from counter_app.hub import batches, feed, upgrades
from counter_app.hub.commands import Accept, Feed
from counter_app.hub.halls import open_hall
from tests.hub.envelopes import accepted
from tests.hub.stores import HALL, RULES, START, built, clerk


def push(connection: Any, first: int, count: int = 1, device: str = "K7Q") -> None:
    made = [accepted(seq, f"{device}{seq}", device=device) for seq in range(first, first + count)]
    ruled = batches.accept(connection, clerk(), Accept(HALL, START, made))
    assert [r.verdict for r in ruled] == ["accepted"] * count


def read(connection: Any, after: int, limit: int = 500) -> feed.FeedPage:
    return feed.read_feed(connection, clerk(), Feed(HALL, after, limit))


@pytest.fixture
def file(tmp_path: Path) -> Iterator[Database]:
    database = open_database(tmp_path / "hub.db", bytes(32), upgrades)
    with database.write() as connection:
        open_hall(connection, HALL, RULES)
    yield database
    database.close()


def test_pages_follow_each_other(file: Database) -> None:
    with file.write() as connection:
        push(connection, 1, 5)
    with file.read() as connection:
        first = read(connection, 0, 2)
        second = read(connection, first.last, 2)
        third = read(connection, second.last, 2)
        assert read(connection, third.last) == feed.FeedPage(1, 5, ())
    assert [row["feed_no"] for page in (first, second, third) for row in page.rows] == [1, 2, 3, 4, 5]
    assert first.rows[0]["number"] == "K7Q1"
    assert "certno" not in str(first.rows)


def test_a_reader_beside_the_writer_never_skips(file: Database, size: Callable[[str], int]) -> None:
    """A second connection follows while the first writes, and in the end has every row in order."""
    wanted = size("feed_rows")

    def follow(seen: list[int], done: threading.Event) -> None:
        after = 0
        while True:
            finished = done.is_set()
            with file.read() as connection:
                page = read(connection, after, 7)
            seen.extend(row["feed_no"] for row in page.rows)
            after = page.last
            if finished and not page.rows:
                return

    seen: list[int] = []
    done = threading.Event()
    reader = threading.Thread(target=follow, args=(seen, done))
    reader.start()
    for first in range(1, wanted + 1, 3):
        with file.write() as connection:
            push(connection, first, 3)
    done.set()
    reader.join(60)
    assert seen == list(range(1, len(seen) + 1))
    assert len(seen) >= wanted


def test_a_rolled_back_batch_leaves_no_gap(file: Database) -> None:
    def breaks() -> None:
        with file.write() as connection:
            push(connection, 1, 3)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        breaks()
    with file.write() as connection:
        push(connection, 1, 2)
    with file.read() as connection:
        assert [row["feed_no"] for row in read(connection, 0).rows] == [1, 2]


def test_on_postgresql_the_later_commit_gets_the_later_number(postgres: Any) -> None:
    """The trap of a sequence: the slow one takes 1, the fast one 2 and commits first."""
    engine = built(create_engine(postgres.fresh()))
    slow_has_number, fast_has_tried = threading.Event(), threading.Event()
    seen: list[int] = []

    def slow() -> None:
        with engine.begin() as connection:
            push(connection, 1, 2, "SLO")
            slow_has_number.set()
            assert not fast_has_tried.wait(0.5)  # the fast one has to wait for this commit

    def fast() -> None:
        assert slow_has_number.wait(30)
        with engine.begin() as connection:
            push(connection, 1, 1, "FAS")
            fast_has_tried.set()
        with engine.begin() as connection:
            seen.extend(row["feed_no"] for row in read(connection, 0).rows)

    threads = [threading.Thread(target=work) for work in (slow, fast)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert seen == [1, 2, 3]  # when number 3 is visible, 1 and 2 are
    engine.dispose()
