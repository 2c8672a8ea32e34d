from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from counter_app.problems import Problem, Problems
from drivers.protocols import Fault
from ui.jobs import Hands, Jobs


@pytest.fixture
def lane() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(1) as pool:
        yield pool


def test_the_call_runs_elsewhere_and_the_answer_comes_here(qtbot: Any, lane: ThreadPoolExecutor) -> None:
    jobs, seen = Jobs(lane.submit), []
    jobs.run(threading.get_ident, lambda there: seen.append((there, threading.get_ident())))
    qtbot.waitUntil(lambda: bool(seen))
    there, here = seen[0]
    assert here == threading.get_ident()
    assert there != here


def test_aside_runs_on_neither(qtbot: Any, lane: ThreadPoolExecutor) -> None:
    jobs, seen = Jobs(lane.submit), []
    lane_thread = lane.submit(threading.get_ident).result()
    jobs.aside(threading.get_ident, seen.append)
    qtbot.waitUntil(lambda: bool(seen))
    assert seen[0] not in (threading.get_ident(), lane_thread)


def test_answers_keep_the_order_of_the_questions(qtbot: Any, lane: ThreadPoolExecutor) -> None:
    jobs, seen = Jobs(lane.submit), []
    for n in range(50):
        jobs.run(lambda n=n: n, seen.append)
    qtbot.waitUntil(lambda: len(seen) == 50)
    assert seen == list(range(50))


@pytest.mark.parametrize(
    ("error", "codes"),
    [
        (Problem("field-date", "x"), ["field-date"]),
        (Problems([Problem("field-date"), Problem("field-money")]), ["field-date", "field-money"]),
        (Fault("card-mute", "t=0"), ["card-mute"]),
    ],
)
def test_a_refusal_is_told_as_refusals(
    qtbot: Any, lane: ThreadPoolExecutor, error: Exception, codes: list[str]
) -> None:
    jobs, told, failed = Jobs(lane.submit), [], []
    jobs.refused.connect(lambda problem: told.append(problem.code))

    def refuse() -> None:
        raise error

    jobs.run(refuse, lambda _: told.append("answered"), lambda: failed.append(True))
    qtbot.waitUntil(lambda: bool(failed))
    assert told == codes
    assert jobs.under_way == 0


def test_anything_else_is_a_fault_of_ours(qtbot: Any, lane: ThreadPoolExecutor) -> None:
    jobs = Jobs(lane.submit)
    with qtbot.waitSignal(jobs.broken) as told:
        jobs.run(lambda: 1 // 0)
    assert isinstance(told.args[0], ZeroDivisionError)


def test_after_close_nothing_is_delivered(qtbot: Any, lane: ThreadPoolExecutor) -> None:
    jobs, seen, gate = Jobs(lane.submit), [], threading.Event()
    jobs.run(lambda: gate.wait(5), seen.append)
    jobs.close()
    gate.set()
    lane.submit(lambda: None).result()
    qtbot.wait(20)
    assert seen == []


# --- aside ----------------------------------------------------------------------------------------


def test_work_aside_goes_to_a_thread_that_waits(qtbot: Any) -> None:
    hands, seen, done = Hands(idle_s=60.0), [], threading.Semaphore(0)

    def work() -> None:
        seen.append(threading.current_thread())
        done.release()

    hands.take(work)
    assert done.acquire(timeout=60)
    qtbot.waitUntil(lambda: hands._idle == 1, timeout=60_000)  # it is back from its work
    hands.take(work)
    assert done.acquire(timeout=60)
    assert seen[0] is seen[1]


def test_work_aside_never_waits_for_other_work() -> None:
    hands, gate, done = Hands(), threading.Event(), threading.Semaphore(0)

    def slow() -> None:
        gate.wait(60)

    hands.take(slow)
    for _ in range(5):
        hands.take(done.release)
        assert done.acquire(timeout=60)
    gate.set()


def test_a_thread_nobody_needs_ends() -> None:
    hands, seen, done = Hands(idle_s=0.0), [], threading.Semaphore(0)

    def work() -> None:
        seen.append(threading.current_thread())
        done.release()

    for _ in range(50):  # some of these come at the very moment it gives up
        hands.take(work)
        assert done.acquire(timeout=60)
    for thread in seen:
        thread.join(60)
        assert not thread.is_alive()
