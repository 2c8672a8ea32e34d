"""The hub inside the desk."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from counter_app.domain.tickets import TicketState
from counter_app.hub import batches
from counter_app.hub.local import FILE_NAME, LocalHub, read_tickets
from counter_app.problems import Problem
from counter_app.queueing.rules import Rules
from counter_app.services.hall_port import Hall as HallPort
from counter_app.services.hub_port import Hub
from tests.hub.contract import Hall, HubContract
from tests.hub.hall_contract import Floor, HallContract
from tests.hub.stores import HALL, RULES, HandClock, clerk

KEY = bytes(range(32))


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def local(tmp_path: Path, clock: HandClock) -> Iterator[LocalHub]:
    hub = LocalHub(tmp_path, KEY, HALL, clock, RULES)
    yield hub
    hub.close()


class TestLocalHub(HubContract):
    @pytest.fixture
    def hall(self, local: LocalHub, clock: HandClock) -> Hall:
        fits: Hub = local  # mypy: the port is met without importing it
        return Hall(fits, clock)


class TestLocalHall(HallContract):
    @pytest.fixture
    def floor(self, local: LocalHub, clock: HandClock) -> Floor:
        fits: HallPort = local
        return Floor(fits, clock)


def test_a_restart_forgets_nothing(tmp_path: Path, clock: HandClock) -> None:
    first = LocalHub(tmp_path, KEY, HALL, clock, RULES)
    ticket = first.take("r1", person="p", note="听障")
    called = first.call("3", "c1", clerk("3"))
    first.close()
    again = LocalHub(tmp_path, KEY, HALL, clock, RULES)
    assert again.call("3", "c1", clerk("3")) == called
    assert again.take("r2").number == "A002"
    assert again.ticket(ticket.ticket_id) == called
    assert called is not None
    assert called.note == "听障"
    again.close()


def test_other_programs_read_beside_it(local: LocalHub, tmp_path: Path, clock: HandClock) -> None:
    ticket = local.take("r1")
    assert list(read_tickets(tmp_path, KEY, HALL, clock.at.date())) == [ticket]
    clock.pass_(days=1)
    other = local.take("r2")
    assert list(read_tickets(tmp_path, KEY, HALL, clock.at.date())) == [other]
    both = read_tickets(tmp_path, KEY, HALL, None)
    assert [t.ticket_id for t in both] == [ticket.ticket_id, other.ticket_id]
    with pytest.raises(Problem, match="store-key"):
        read_tickets(tmp_path, bytes(32), HALL, clock.at.date())
    with pytest.raises(Problem, match="store-missing"):
        read_tickets(tmp_path / "elsewhere", KEY, HALL, clock.at.date())


def test_nothing_is_readable_in_the_files(local: LocalHub, tmp_path: Path) -> None:
    local.take("r1", person="CANARY-PERSON-1", note="CANARY-NOTE")
    files = [file for file in tmp_path.iterdir() if file.name.startswith(FILE_NAME)]
    assert len(files) >= 2  # the file and its WAL
    assert all(b"CANARY" not in file.read_bytes() for file in files)
    assert all(file.stat().st_mode & 0o077 == 0 for file in files)


def test_the_story_of_a_ticket_ends_quarrels(local: LocalHub, clock: HandClock) -> None:
    ticket = local.take("r1")
    local.call("3", "c1", clerk("3"))
    clock.pass_(seconds=10)
    local.act(ticket.ticket_id, "miss", "a1", clerk("3"))
    told = [(f["kind"], f["clerk"], f["window"], f["at"]) for f in local.story(ticket.ticket_id)]
    assert told == [
        ("taken", "", "", "2026-11-23T09:00:00+08:00"),
        ("called", "G003", "3", "2026-11-23T09:00:00+08:00"),
        ("missed", "G003", "3", "2026-11-23T09:00:10+08:00"),
    ]


def test_how_many_wait_before_me(local: LocalHub) -> None:
    assert [local.taken(f"r{n}").ahead for n in range(4)] == [0, 1, 2, 3]
    assert local.taken("g", klass="green").ahead == 0
    assert local.taken("r3").ahead == 4


def test_out_of_order_needs_a_supervisor_and_a_reason(local: LocalHub) -> None:
    local.take("r1")
    last = local.take("r2")
    with pytest.raises(Problem, match="supervisor-needed"):
        local.call_this("1", "c1", last.ticket_id, clerk("1"), "赶末班车")
    chief = clerk("1", "supervisor")
    with pytest.raises(Problem, match="reason-needed"):
        local.call_this("1", "c1", last.ticket_id, chief, " ")
    assert local.call_this("1", "c1", last.ticket_id, chief, "赶末班车").number == "A002"
    assert local.story(last.ticket_id)[-1]["why"] == "赶末班车"
    with pytest.raises(Problem, match="ticket-state"):
        local.call_this("2", "c2", last.ticket_id, clerk("2", "supervisor"), "再叫")


def test_a_paused_window_calls_nobody_and_holds_nobody_back(local: LocalHub) -> None:
    ticket = local.take("r1")
    local.call("1", "c1", clerk("1"))
    local.act(ticket.ticket_id, "transfer", "a1", clerk("1"), "找原经办人", "window:7")
    local.pause("7", clerk("7"), "用餐")
    with pytest.raises(Problem, match="window-paused"):
        local.call("7", "c2", clerk("7"))
    back = local.call("1", "c3", clerk("1"))
    assert back is not None
    assert back.ticket_id == ticket.ticket_id
    local.pause("7", clerk("7"), "")
    assert local.call("7", "c4", clerk("7")) is None


def test_no_more_numbers_today(local: LocalHub) -> None:
    local.take("r1")
    local.close_taking(clerk("1"), "今日号已取完，请明日再来。")
    with pytest.raises(Problem) as refused:
        local.take("r2")
    assert refused.value.cause == "今日号已取完，请明日再来。"
    assert local.take("r1").number == "A001"
    assert local.call("1", "c1", clerk("1")) is not None
    local.close_taking(clerk("1"), "")
    assert local.take("r2").number == "A002"


def test_own_groups_first_and_help_only_for_those_who_wait_long(local: LocalHub, clock: HandClock) -> None:
    local.arrange("1", clerk("1"), own=("benefit",), helps=("general",))
    local.take("r1", "general")
    assert local.call("1", "c1", clerk("1")) is None
    clock.pass_(minutes=9)
    own = local.take("r2", "benefit")
    clock.pass_(minutes=1)
    first = local.call("1", "c2", clerk("1"))
    assert first is not None
    assert first.ticket_id == own.ticket_id
    local.act(own.ticket_id, "done", "a1", clerk("1"))
    helped = local.call("1", "c3", clerk("1"))
    assert helped is not None
    assert helped.group == "general"


def test_ratings_count_once_and_never_mix(local: LocalHub) -> None:
    from counter_app.hub import ratings

    assert local.rate("q1", "case-1", 0)
    assert local.rate("q2", "case-1", 5, ("态度好",))
    assert not local.rate("q2", "case-1", 5, ("态度好",))
    assert local.rate("q3", "case-2", 1)
    assert local.rate("q4", "case-3", 0)
    for request, case, level, code in [
        ("q5", "case-1", 4, "already-rated"),
        ("q6", "case-1", 0, "already-rated"),
        ("q7", "case-3", 0, "already-rated"),
        ("q8", "case-9", 6, "rating-level"),
        ("q2", "case-9", 5, "request-reused"),
    ]:
        with pytest.raises(Problem, match=code):
            local.rate(request, case, level)
    with local.database.read() as connection:
        assert ratings.counted(connection, HALL) == {5: 1, 1: 1, 0: 1}


# --- the lane -----------------------------------------------------------------------------------


def together(count: int, work: Callable[[int], Any]) -> list[Any]:
    """Run work in `count` threads that start at the same moment; an exception fails the test."""
    gate = threading.Barrier(count)
    results: list[Any] = [None] * count

    def one(nth: int) -> None:
        gate.wait()
        try:
            results[nth] = work(nth)
        except Exception as error:
            results[nth] = error

    threads = [threading.Thread(target=one, args=(nth,)) for nth in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(3600)  # a limit for a hang, not for a slow machine
        assert not thread.is_alive()
    for result in results:
        if isinstance(result, Exception):
            raise result
    return results


def test_eight_windows_press_at_once_and_nobody_is_called_twice(
    local: LocalHub, size: Callable[[str], int]
) -> None:
    waiting = size("hub_calls")
    made = together(8, lambda n: [local.take(f"{n}-{i}").number for i in range(waiting // 8)])
    numbers = [number for some in made for number in some]
    assert sorted(numbers) == sorted(f"A{n:03d}" for n in range(1, len(numbers) + 1))

    def window(nth: int) -> list[str]:
        called: list[str] = []
        while (ticket := local.call(str(nth), f"{nth}-{len(called)}", clerk(str(nth)))) is not None:
            assert local.call(str(nth), f"{nth}-{len(called)}", clerk(str(nth))) == ticket
            local.act(ticket.ticket_id, "done", f"d{nth}-{len(called)}", clerk(str(nth)))
            called.append(ticket.number)
        return called

    shared = together(8, window)
    got = [number for some in shared for number in some]
    assert sorted(got) == sorted(numbers)
    assert all(some for some in shared)  # nobody starves at the lane


def test_one_refusal_spoils_no_neighbour(local: LocalHub, clock: HandClock) -> None:
    """What waits together is committed together, yet each stands alone."""
    hold = threading.Event()
    local.lane.submit(lambda connection: hold.wait(30))
    jobs = [local.lane.submit(lambda c, n=n: _spoil(c) if n == 2 else n) for n in range(5)]
    hold.set()
    assert [job.result(30) for job in jobs if jobs.index(job) != 2] == [0, 1, 3, 4]
    with pytest.raises(ZeroDivisionError):
        jobs[2].result(30)
    assert local.take("r1").number == "A001"  # nothing of the spoiled piece is left


def _spoil(connection: Connection) -> int:
    from counter_app.hub.tables import counters

    values = {"hall": HALL, "day": "2026-11-23", "prefix": "A", "last": 77}
    connection.execute(counters.insert().values(values))
    return 1 // 0


def test_a_failed_commit_is_told_to_everybody(local: LocalHub) -> None:
    hold = threading.Event()
    local.lane.submit(lambda connection: hold.wait(30))
    jobs = [local.lane.submit(lambda c: 1), local.lane.submit(_fails_at_commit)]
    hold.set()
    for job in jobs:
        with pytest.raises(IntegrityError):
            job.result(30)
    assert local.take("r1").number == "A001"  # and the lane goes on


def _fails_at_commit(connection: Connection) -> None:
    """A deferred reference is only looked at by COMMIT itself."""
    connection.exec_driver_sql("CREATE TABLE above (id INTEGER PRIMARY KEY)")
    connection.exec_driver_sql("CREATE TABLE below (up REFERENCES above DEFERRABLE INITIALLY DEFERRED)")
    connection.exec_driver_sql("INSERT INTO below VALUES (1)")


def test_after_closing_nothing_is_promised(tmp_path: Path, clock: HandClock) -> None:
    hub = LocalHub(tmp_path, KEY, HALL, clock)
    waiting = [hub.lane.submit(lambda c: 1) for _ in range(3)]
    hub.close()
    assert [job.result(5) for job in waiting] == [1, 1, 1]
    with pytest.raises(Problem, match="hub-away"):
        hub.take("r1")
    hub.close()


def test_rules_may_change_without_touching_the_line(tmp_path: Path, clock: HandClock) -> None:
    first = LocalHub(tmp_path, KEY, HALL, clock, Rules(recall_limit=1))
    ticket = first.take("r1")
    first.call("1", "c1", clerk("1"))
    first.close()
    again = LocalHub(tmp_path, KEY, HALL, clock, Rules(recall_limit=2))
    for n in (1, 2):
        clock.at += timedelta(seconds=6)
        again.act(ticket.ticket_id, "recall", f"a{n}", clerk("1"))
    clock.at += timedelta(seconds=6)
    with pytest.raises(Problem, match="recall-limit"):
        again.act(ticket.ticket_id, "recall", "a3", clerk("1"))
    found = again.ticket(ticket.ticket_id)
    assert found is not None
    assert found.state is TicketState.CALLED
    again.close()


def test_a_key_that_does_not_fit_is_refused(tmp_path: Path, clock: HandClock) -> None:
    LocalHub(tmp_path, KEY, HALL, clock).close()
    with pytest.raises(Problem, match="store-key"):
        LocalHub(tmp_path, os.urandom(32), HALL, clock)


def test_a_far_device_asks_how_far_it_got(local: LocalHub) -> None:
    from tests.hub.envelopes import chained

    local.push(chained(3))
    assert local.durable_upto("K7Q", 1) == 3
    assert local.durable_upto("K7Q", 2) == 0
    assert batches.ACCEPTED == "accepted"


def test_the_only_desk_keeps_whom_it_called(tmp_path: Path, clock: HandClock) -> None:
    hub = LocalHub(tmp_path, KEY, HALL, clock)
    ticket = hub.take("r1")
    hub.call("3", "c1", clerk("3"))
    clock.pass_(hours=2)
    hub.take("r2")
    again = hub.call("3", "after a crash", clerk("3"))
    assert again is not None
    assert again.ticket_id == ticket.ticket_id
    assert hub.act(ticket.ticket_id, "done", "a1", clerk("3")).state is TicketState.DONE
    hub.close()
