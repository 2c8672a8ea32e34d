"""kill -9 between "the serial is durable" and "it was sent": looked up, never sent again by itself."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

from counter_app.hub.gateway.simulator import Platform, Server
from counter_app.hub.hall import HallHub
from counter_app.hub.opening import open_file
from tests.fakes.message_hall import MessageHall, platform_before
from tests.hub.stores import HALL, RULES, HandClock

ROOT = Path(__file__).resolve().parents[3]


def killed(folder: Path) -> Platform:
    """What the platform had seen when the hub died."""
    platform = Platform()
    with Server(platform) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        command = [sys.executable, "-m", "tests.hub.gateway.killed_courier", str(folder), server.url]
        child = subprocess.run(command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, timeout=120)
        server.shutdown()
        thread.join()
    assert child.returncode == -signal.SIGKILL
    return platform


def test_a_hub_killed_before_it_sent_asks_and_does_not_send(tmp_path: Path) -> None:
    assert killed(tmp_path).arrived == ["1101"]
    opened, clock = open_file(tmp_path / "hub.db", bytes(32)), HandClock()
    with platform_before(
        MessageHall(HallHub(opened.database, opened.lane, HALL, clock, RULES), clock)
    ) as hall:
        assert hall.platform is not None
        [sent] = hall.hub.messages()
        assert (sent["state_name"], bool(sent["serial"])) == ("已发送", True)
        for _ in range(8):
            hall.later()
        assert set(hall.platform.arrived) == {"5301"}
        [found] = hall.hub.messages()
        assert (found["state_name"], found["serial"]) == ("对方没有", sent["serial"])
        hall.order("resend", "已查明对方没有登记")
        hall.later(0)
        assert (hall.states(), hall.sent()) == (["done"], 1)
    opened.close()
