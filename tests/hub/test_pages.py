"""What one press costs a store: the pages a commit writes to a file, the questions it asks a server."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, create_engine, event, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import StaticPool

from counter_app.database.steps import steps_of
from counter_app.hub import upgrades
from counter_app.hub.hall import HallHub
from counter_app.hub.lane import Outcome
from counter_app.hub.opening import Opened, open_file, open_server
from counter_app.hub.pool import PoolLane
from counter_app.hub.upgrades import s0010_pages
from tests.hub.stores import HALL, RULES, HandClock, clerk

KEY = bytes(range(32))
IN_A_FILE, ON_A_SERVER = 40, 6  # presses of each kind: now and then a page of a file is split
FRAME = 4096 + 24  # a page in the WAL, with its header
AT_WINDOW = clerk("1")


class Presses:
    """A hall where numbers are taken, called and finished one after another."""

    def __init__(self, opened: Opened) -> None:
        self.opened = opened
        self.hub = HallHub(opened.database, opened.lane, HALL, HandClock(), RULES)
        self.ticket = ""

    def take(self, nth: int) -> None:
        self.hub.taken(f"take {nth}")

    def call(self, nth: int) -> None:
        called = self.hub.call("1", f"call {nth}", AT_WINDOW)
        assert called is not None
        self.ticket = called.ticket_id

    def done(self, nth: int) -> None:
        self.hub.act(self.ticket, "done", f"done {nth}", AT_WINDOW)

    def each(self, presses: int, cost: Callable[[], int]) -> dict[str, float]:
        """What each kind of press adds to `cost`, on the average; the first of each is not counted."""
        spent = dict.fromkeys(("take", "call", "done"), 0)
        for nth in range(presses + 1):
            for name in spent:
                before = cost()
                getattr(self, name)(nth)
                spent[name] += cost() - before if nth else 0
        return {name: total / presses for name, total in spent.items()}


def test_a_press_writes_so_many_pages_and_no_more(tmp_path: Path) -> None:
    """Each page is encrypted, hashed and written while a window waits; an index more is a page more."""
    file = tmp_path / "hub.db"
    opened = open_file(file, KEY)
    opened.database.folding = None  # or the WAL would begin anew in between
    log = file.with_name("hub.db-wal")
    found = Presses(opened).each(IN_A_FILE, lambda: log.stat().st_size // FRAME)
    opened.close()
    most = {"take": 9.0, "call": 8.6, "done": 8.6}
    assert {name: pages for name, pages in found.items() if pages > most[name]} == {}


def test_a_press_asks_a_server_so_often_and_no_more(postgres: Any) -> None:
    """Each question is a way to the server and back; begin and commit are two more."""
    opened = open_server(postgres.fresh())
    asked: list[str] = []

    def heard(c: Any, cursor: Any, statement: str, *more: Any) -> None:
        asked.append(statement)

    presses = Presses(opened)
    writer = opened.database.writer
    assert writer is not None
    event.listen(writer, "before_cursor_execute", heard)
    found = presses.each(ON_A_SERVER, lambda: len(asked))
    opened.close()
    # Watched, what is written together is counted one by one: ticket and fact, and what is remembered.
    assert found == {"take": 5, "call": 6, "done": 4}


def test_a_press_goes_to_a_server_and_back_so_often_and_no_more(postgres: Any) -> None:
    """BEGIN goes with all that is going to be asked (`hub.early`), COMMIT with what is written.

    Here nobody waits before anybody, so a number is asked whether a window is free.
    """
    opened = open_server(postgres.fresh())
    presses, lane = Presses(opened), opened.lane
    assert isinstance(lane, PoolLane)

    def pressed(press: Callable[[int], None]) -> Callable[[int], None]:
        return lambda nth: told(lane.at_once([lambda _: press(nth)]))

    for name in ("take", "call", "done"):
        setattr(presses, name, pressed(getattr(presses, name)))
    found = presses.each(ON_A_SERVER, lambda: journeys(lane))
    opened.close()
    assert found == {"take": 3, "call": 2, "done": 2}


def told(outcomes: Sequence[Outcome] | None) -> None:
    assert outcomes == [(None, None)]


def journeys(lane: PoolLane) -> int:
    link: Any = lane._pen.connection.driver_connection if lane._pen is not None else None
    return link.pipe.journeys if link is not None else 0


def filled(connection: Connection, first: int) -> dict[str, Any]:
    """Three calls, requests and facts more, in an order that is not that of their keys."""
    for nth in (first + 2, first, first + 1):
        fact = 'INSERT INTO line_facts (hall, ticket_id, kind, at_ms, clerk, "window", why, data)'
        for statement in (
            f"INSERT INTO calls VALUES ('{HALL}', 'c{nth}', 't{nth}', '1', {nth})",
            f"INSERT INTO requests VALUES ('{HALL}', 'r{nth}', 'd', 't{nth}', {nth})",
            f"{fact} VALUES ('{HALL}', 't{nth}', 'taken', {nth}, '', '', '', '')",
        ):
            connection.execute(text(statement))
    return kept(connection)


def kept(connection: Connection) -> dict[str, Any]:
    """Everything in the tables the step makes anew."""
    order = {"calls": "call_id", "requests": "request_id", "line_facts": "fact_no"}
    return {
        name: connection.execute(text(f"SELECT * FROM {name} ORDER BY {by}")).all()
        for name, by in order.items()
    }


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_the_step_keeps_what_was_there_and_what_may_not_be_edited(
    kind: str, request: pytest.FixtureRequest
) -> None:
    url = "sqlite://" if kind == "sqlite" else request.getfixturevalue("postgres").fresh()
    engine = create_engine(url, poolclass=StaticPool)
    with engine.begin() as connection:
        for step in steps_of(upgrades)[: s0010_pages.STEP.number - 1]:
            step.apply(connection)
        before = filled(connection, 1)
        s0010_pages.apply(connection)
        assert kept(connection) == before
        assert [row.fact_no for row in filled(connection, 4)["line_facts"]] == [1, 2, 3, 4, 5, 6]
    for verb in ("UPDATE line_facts SET why = 'x'", "DELETE FROM line_facts"):
        with engine.begin() as connection, pytest.raises(DBAPIError, match="never edited"):
            connection.execute(text(verb))
    engine.dispose()
