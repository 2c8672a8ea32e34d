"""Statements travel together, and whatever else is asked of the connection finds what they wrote."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

import psycopg
import pytest
from psycopg import errors
from sqlalchemy import make_url, text

from counter_app.database.postgres import PipedConnection, Said, packed, piped

ADD = "INSERT INTO kept VALUES (%(key)s::BIGINT, %(word)s::VARCHAR)"
FIND = "SELECT word, key FROM kept WHERE key = %(key)s::BIGINT AND 7 %% 4 = 3 AND key <= %(key)s::BIGINT"


@pytest.fixture
def link(postgres: Any) -> Iterator[PipedConnection]:
    made = PipedConnection.connect(postgres.fresh().replace("postgresql+psycopg", "postgresql", 1))
    made.execute("CREATE TABLE kept (key BIGINT PRIMARY KEY, word VARCHAR)")
    made.commit()
    yield made
    made.close()


def kept(key: int, word: str | None = "字") -> Said:
    return Said(ADD, {"key": key, "word": word})


def words(link: PipedConnection) -> list[str]:
    found = [word for (word,) in link.execute("SELECT word FROM kept ORDER BY key").fetchall()]
    link.rollback()
    return found


def test_begin_goes_with_the_first_and_the_commit_with_what_is_written_last(link: PipedConnection) -> None:
    before = link.pipe.journeys
    assert link.pipe.ask(Said(FIND, {"key": 1}), Said(FIND, {"key": 2})) == [[], []]
    link.pipe.later(kept(1))
    link.pipe.later(kept(2, None))
    link.commit()
    assert link.pipe.journeys - before == 2
    assert words(link) == ["字", None]
    assert link.pipe.ask(Said(FIND, {"key": 1}), Said(FIND, {"key": 2})) == [[("字", 1)], [(None, 2)]]


def test_whatever_is_asked_next_sees_what_waits(link: PipedConnection) -> None:
    link.pipe.later(kept(1, "a"))
    assert link.pipe.ask(Said(FIND, {"key": 1})) == [[("a", 1)]]
    link.pipe.later(kept(2, "b"))
    assert link.execute("SELECT count(*) FROM kept").fetchone() == (2,)
    link.pipe.later(kept(3, "c"))
    link.rollback()
    link.commit()
    assert words(link) == []


def test_what_fails_is_told_at_the_commit_and_nothing_of_it_stays(link: PipedConnection) -> None:
    for word in ("a", "b"):
        link.pipe.later(kept(1, word))
    link.pipe.later(kept(2))
    with pytest.raises(errors.UniqueViolation):
        link.commit()
    link.pipe.later(kept(3, "c"))  # the connection is as good as before
    link.commit()
    assert words(link) == ["c"]


def test_more_than_a_socket_holds_goes_both_ways(link: PipedConnection) -> None:
    long = "长" * 700_000
    for key in range(1, 4):
        link.pipe.later(kept(key, long))
    found = link.pipe.ask(*(Said(FIND, {"key": key}) for key in range(1, 4)))
    link.commit()
    assert found == [[(long, key)] for key in range(1, 4)]


def test_what_a_text_cannot_hold_never_leaves(link: PipedConnection) -> None:
    link.pipe.later(kept(1, "a\0b"))
    with pytest.raises(psycopg.DataError):
        link.commit()
    link.pipe.later(kept(1, "a"))
    link.commit()
    assert words(link) == ["a"]


def test_a_statement_that_could_not_be_prepared_is_tried_anew(link: PipedConnection) -> None:
    later = Said("SELECT word FROM made_later", {})
    with pytest.raises(errors.UndefinedTable):
        link.pipe.ask(Said(FIND, {"key": 1}), later, kept(1))
    link.rollback()
    link.execute("CREATE TABLE made_later AS SELECT 'x'::varchar AS word")
    assert link.pipe.ask(later, Said(FIND, {"key": 1})) == [[("x",)], []]


def test_a_server_that_has_gone_is_told_as_such(link: PipedConnection) -> None:
    with psycopg.connect(link.info.dsn, user=link.info.user) as other:
        other.execute("SELECT pg_terminate_backend(%s, 60000)", [link.info.backend_pid])
    link.pipe.later(kept(1))
    with pytest.raises(psycopg.OperationalError):
        link.commit()
    with pytest.raises(psycopg.OperationalError):
        link.pipe.ask(Said(FIND, {"key": 1}))


def test_an_engine_with_a_pipe_is_used_like_any_other_and_forgets_nothing(postgres: Any) -> None:
    """The driver takes back all that is prepared at a ROLLBACK, once it has prepared something itself."""
    engine = piped(make_url(postgres.fresh()))
    with engine.connect() as connection:
        with connection.begin():
            connection.exec_driver_sql("CREATE TABLE kept (key BIGINT PRIMARY KEY, word VARCHAR)")
            pipe = cast(Any, connection.connection.driver_connection).pipe
        for key in range(1, 10):
            with connection.begin():
                assert pipe.ask(Said(FIND, {"key": key})) == [[]]
                pipe.later(kept(key, "a"))
                with connection.begin_nested() as inner:
                    assert connection.execute(text("SELECT count(*) FROM kept")).scalar_one() == key
                    inner.rollback()
        with connection.begin() as spoilt:
            spoilt.rollback()
        with connection.begin():
            assert pipe.ask(Said(FIND, {"key": 9})) == [[("a", 9)]]
    engine.dispose()


COUNT = "UPDATE kept SET key = key + 1 WHERE word = %(word)s::VARCHAR RETURNING key"
BACK = "UPDATE kept SET key = key - 1 WHERE word = %(word)s::VARCHAR"


def foreseen(link: PipedConnection) -> tuple[Said, Said]:
    """A question, and one that counts up, asked before anybody does."""
    link.execute("INSERT INTO kept VALUES (1, 'a'), (10, 'z')")
    link.commit()
    find, count = Said(FIND, {"key": 1}), Said(COUNT, {"word": "z"})
    link.pipe.foresee([find, count], Said(BACK, {"word": "z"}))
    return find, count


def test_what_was_foreseen_is_answered_without_a_journey_and_once(link: PipedConnection) -> None:
    find, count = foreseen(link)
    before = link.pipe.journeys
    assert link.pipe.ask(find) == [[("a", 1)]]
    assert link.pipe.ask(count) == [[(11,)]]
    assert link.pipe.journeys == before
    assert link.pipe.ask(count) == [[(12,)]]
    link.commit()
    assert keys(link) == [1, 12]


def test_what_nobody_asked_for_is_taken_back_whatever_comes_next(link: PipedConnection) -> None:
    find, _ = foreseen(link)
    assert link.pipe.ask(find) == [[("a", 1)]]
    link.commit()  # nothing else was said
    assert keys(link) == [1, 10]
    for nth, next_one in enumerate((lambda: link.pipe.later(kept(5)), lambda: link.execute("SELECT 1"))):
        link.pipe.foresee([Said(COUNT, {"word": "z"})], Said(BACK, {"word": "z"}))
        next_one()
        assert link.pipe.ask(Said(FIND, {"key": 10})) == [[("z", 10)]]
        link.rollback() if nth else link.commit()
    assert keys(link) == [1, 5, 10]


def test_nothing_foreseen_outlives_a_write_or_the_transaction(link: PipedConnection) -> None:
    find, count = foreseen(link)
    link.pipe.later(Said("UPDATE kept SET word = 'b' WHERE key = 1", {}))
    assert link.pipe.ask(find) == [[("b", 1)]]
    assert link.pipe.ask(count) == [[(11,)]]
    link.pipe.foresee([find])
    link.rollback()
    assert link.pipe.ask(find) == [[("a", 1)]]
    assert link.pipe.ask(count) == [[(11,)]]


def keys(link: PipedConnection) -> list[int]:
    found = [key for (key,) in link.execute("SELECT key FROM kept ORDER BY key").fetchall()]
    link.rollback()
    return found


@pytest.mark.parametrize(
    ("kind", "column"),
    [("text", ["字", "", '{}\\n,"', "NULL"]), ("bigint", [0, -1, 1 << 62]), ("text", ["one"])],
)
def test_packed_values_arrive_as_they_are(link: PipedConnection, kind: str, column: list[Any]) -> None:
    """However they travel: prepared, or planned anew."""
    sql = f"SELECT one, $2::text FROM unnest($1::{kind}[]) AS asked (one)"
    given = (packed(column), packed("名"))
    for anew in (False, True, False):
        assert link.pipe.ask(Said(sql, {}, given, anew)) == [[(one, "名") for one in column]]


def test_what_no_column_holds_is_refused_as_the_driver_does() -> None:
    for value in ("a\x00b", ["fine", "a\x00b"], ["\ud800"], [1 << 63]):
        with pytest.raises(psycopg.DataError):
            packed(value)
