"""Whatever devices do, the counter stands: every vendor library and a reader on a line, misbehaving wildly.

The libraries are real binaries in real hosts: they crash, hang, overrun their buffers, lie about lengths,
speak the wrong encoding, and are killed; the line breaks off, floods, and says half of what it should.
"""

from __future__ import annotations

import os
import threading
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from counter_app.problems import ROWS, Problem
from tests.fakes.hostile import Hostile, wait_gone

FEWEST_KINDS = 8


def test_hostile_calls_never_cost_the_counter(tmp_path: Path, size: Callable[[str], int]) -> None:
    before = threading.active_count(), len(list(Path("/proc/self/fd").iterdir()))
    pid = os.getpid()
    desk = Hostile(tmp_path, seed=4)
    told: Counter[str] = Counter(desk.call() for _ in range(size("hostile_calls")))
    desk.close()
    assert os.getpid() == pid
    assert told["read"] > 0
    assert {
        "driver-crashed",
        "device-timeout",
        "card-data",
        "card-none",
        "pin-locked",
        "device-broken",
    } <= set(told)
    refusals = [Problem(code, "device", "") for code in told if code != "read"]
    assert len(refusals) >= FEWEST_KINDS
    assert [refusal.code for refusal in refusals if not ROWS[refusal.code].advice] == []
    assert wait_gone(*before) == before
