"""A hub process, a platform process: delays, refusals, a hub killed while its question is on the way."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.fakes.message_hall import CERTNO
from tests.hub.envelopes import reviewed

ROOT = Path(__file__).resolve().parents[2]
TYPE = {"type_id": "MT01", "answers": {"certno": CERTNO, "opsp_dise_code": "M03900"}}


@contextmanager
def process(*words: str, kill: bool = False) -> Iterator[dict[str, Any]]:
    """A command that runs until it is stopped; its first line."""
    command = [sys.executable, "-m", "counter_app", *words]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as made:
        assert made.stdout is not None
        try:
            yield json.loads(made.stdout.readline())
        finally:
            made.send_signal(signal.SIGKILL if kill else signal.SIGTERM)
            assert made.wait(60) == (-signal.SIGKILL if kill else 0)


@contextmanager
def hub(folder: Path, platform: str, kill: bool = False) -> Iterator[Hub]:
    store = (
        "--database",
        str(folder / "hub.db"),
        "--key-file",
        str(folder / "hub.key"),
        "--demo-windows",
        "1",
    )
    way = ("--gateway-url", platform, "--gateway-limit-ms", "1500")
    with process("hub", "--listen", "127.0.0.1:0", *store, *way, kill=kill) as told:
        yield Hub(told)


def ask(url: str, body: Any = None, token: str = "") -> Any:
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    data = json.dumps(body).encode() if body is not None else None
    with urllib.request.urlopen(urllib.request.Request(url, data, headers), timeout=60) as reply:
        return json.load(reply)


class Hub:
    """A client of every role it takes."""

    def __init__(self, told: dict[str, Any]) -> None:
        self._url, self._others, self._people = told["url"], told["others"], told["people"]

    def done(self, seq: int) -> None:
        """A case that both reviewers agree to."""
        fact = reviewed(seq, f"N{seq}", "timed", life={"desks": ["慢特病岗"]}, told=TYPE)
        ask(f"{self._url}/v1/batches", {"envelopes": [fact]}, self._others["device"])
        for nth, (act, person) in enumerate((("claim", "0420"), ("pass", "0420"), ("second", "0421"))):
            body = {"request_id": f"m{seq}-{nth}", "act": act}
            case = ask(f"{self._url}/v1/cases/case-N{seq}/moves", body, self._people[person])
        assert case["state"] == "done"

    def state(self, seq: int) -> str:
        """How the message of a case stands, as the reviewer is told."""
        told = ask(f"{self._url}/v1/cases/case-N{seq}", token=self._people["0420"])["messages"]
        return str(told[0]["state"]) if told else ""


def until(fact: Callable[[], bool]) -> None:
    """Wait on a fact, a minute at most."""
    pause = threading.Event()
    for _ in range(600):
        if fact():
            return
        pause.wait(0.1)
    pytest.fail("it never happened")


def test_a_hub_tells_a_platform_once_through_delays_refusals_and_a_kill(tmp_path: Path) -> None:
    with process("gateway", "simulate", "--late-ms", "1000") as simulated:
        url = simulated["url"]

        def seen(which: str) -> int:
            rows = ask(f"{url}/sim/state")[which]
            return sum((row if isinstance(row, str) else row[0]) == "2503" for row in rows)

        with hub(tmp_path, url, kill=True) as made:
            ask(f"{url}/sim/plan", {"next": ["ok", "refuse", "ok", "late"]})
            made.done(1)
            until(lambda: made.state(1) == "refused")
            made.done(2)
            until(lambda: seen("arrived") == 2)  # it dawdles, and its hub is killed now
        with hub(tmp_path, url) as made:
            until(lambda: made.state(2) == "done")
            made.done(3)
            until(lambda: made.state(3) == "done")
            assert made.state(1) == "refused"
        assert seen("seen") == 2
