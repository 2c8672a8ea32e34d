"""Windows as separate processes behind a barrier: nobody twice, nobody lost, no number twice."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from counter_app.sync.remote_hall import RemoteHall
from tests.hub.stores import clerk

ROOT = Path(__file__).resolve().parents[2]


@contextmanager
def hub_process(*arguments: str) -> Iterator[dict[str, Any]]:
    """A hub as the command line starts it, killed hard at the end."""
    command = [sys.executable, "-m", "counter_app", "hub", "--listen", "127.0.0.1:0", *arguments]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        try:
            yield json.loads(running.stdout.readline())
        finally:
            running.terminate()
            running.wait(20)


def crowd(told: dict[str, Any], many: int) -> list[str]:
    """Numbers taken at two kiosks at once, each request sent twice now and then."""

    def kiosk(nth: int) -> list[str]:
        hall, numbers = RemoteHall(told["url"], told["others"]["kiosk"]), []
        for n in range(many // 2):
            made = hall.take(f"k{nth}-{n}", klass="elderly" if n % 7 == 0 else "")
            if n % 11 == 0:
                assert hall.take(f"k{nth}-{n}").number == made.number
            numbers.append(made.number)
        hall.close()
        return numbers

    with ThreadPoolExecutor(2) as pool:
        return [number for some in pool.map(kiosk, range(2)) for number in some]


def today(hall: RemoteHall) -> date:
    """The hub's own day."""
    return date.fromisoformat(hall.status()["day"])


def window(told: dict[str, Any], nth: int, seed: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.hub.barrier_window", told["url"], told["tokens"][f"w{nth}"]]
    command += [f"w{nth}", str(seed)]
    return subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=dict(os.environ)
    )


def finished(running: subprocess.Popen[str]) -> tuple[list[str], bool]:
    """Whom this window finished, and whether it came to its end (and was not killed)."""
    assert running.stdin is not None
    assert running.stdout is not None
    running.stdin.write("go\n")
    running.stdin.flush()
    lines = running.stdout.read().split("\n")
    code = running.wait()
    assert code in (0, -9), lines[-3:]
    running.stdin.close()
    running.stdout.close()
    return [line.removeprefix("done ") for line in lines if line.startswith("done ")], "end" in lines


def press(told: dict[str, Any], windows: int) -> list[str]:
    """Every window presses until the line is empty; one that was killed is started again."""
    done: list[str] = []
    waiting = list(range(1, windows + 1))
    for seed in range(200):
        running = [window(told, nth, seed * 100 + nth) for nth in waiting]
        for one in running:
            assert one.stdout is not None
            assert one.stdout.readline() == "ready\n"
        with ThreadPoolExecutor(len(running)) as pool:
            ends = list(pool.map(finished, running))
        done += [number for some, _ in ends for number in some]
        waiting = [nth for nth, (_, ended) in zip(waiting, ends, strict=True) if not ended]
        if not waiting:
            return done
    raise AssertionError("the line never ends")


def store_of(kind: str, folder: Path, request: pytest.FixtureRequest) -> list[str]:
    if kind == "postgresql":
        url = request.getfixturevalue("postgres").fresh().replace("postgresql+psycopg://", "postgresql://", 1)
        return ["--database", url]
    return ["--database", str(folder / "hub.db"), "--key-file", str(folder / "hub.key")]


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_processes_behind_a_barrier(
    kind: str, tmp_path: Path, request: pytest.FixtureRequest, size: Callable[[str], int]
) -> None:
    for windows in (2, 4, 8, 32)[: size("barrier_arrangements")]:
        folder = tmp_path / str(windows)
        folder.mkdir()
        many = size("barrier_calls") // 2 * 2
        with hub_process("--demo-windows", str(windows), *store_of(kind, folder, request)) as told:
            numbers = crowd(told, many)
            assert sorted(numbers) == sorted(f"A{n:03d}" for n in range(1, many + 1))
            done = press(told, windows)
            hall = RemoteHall(told["url"], told["others"]["device"])
            tickets = hall.find(today(hall))
            # A killed window's person was parked by its next call: nobody lost, and finished by hand.
            parked = [ticket for ticket in tickets if ticket.state == "parked"]
            for nth, ticket in enumerate(parked):
                hall.act(ticket.ticket_id, "done", f"late {nth}", clerk(""))
            doubled = {number: count for number, count in Counter(done).items() if count > 1}
            assert doubled == {}
            states = Counter(str(ticket.state) for ticket in hall.find(today(hall)))
            assert states == {"done": many}
            calls = [f for t in tickets for f in hall.story(t.ticket_id) if f["kind"] == "called"]
            assert len({fact["data"]["call_id"] for fact in calls}) == len(calls)
            hall.close()
