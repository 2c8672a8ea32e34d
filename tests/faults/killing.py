"""Dying at a chosen moment: kill -9 before or after the n-th call that touches a file or the database."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

from tests.fakes.counter import CLERK, MORNING, Desk, accept

# Every C call through which the store changes something outside its own memory.
TOUCHING = frozenset(
    {"execute", "executemany", "commit", "rollback", "write", "fsync", "open", "close", "ftruncate"}
    | {"posix_fallocate", "rename", "replace", "unlink", "mkdir", "flock", "connect"}
)
_CONTEXT = multiprocessing.get_context("forkserver")
_CONTEXT.set_forkserver_preload(["tests.faults.killing", "counter_app.storage.store", "pypinyin"])


class Countdown:
    """A profile function that kills its own process at the n-th touching call (counted twice: in and out)."""

    def __init__(self, at: int) -> None:
        self.left = at

    def __call__(self, frame: FrameType, event: str, called: Any) -> None:
        if event not in ("c_call", "c_return", "c_exception") or called.__name__ not in TOUCHING:
            return
        self.left -= 1
        if self.left == 0:
            os.kill(os.getpid(), signal.SIGKILL)


def one_visit(folder: Path, acknowledged: Path) -> None:
    """Open, accept one case (dropping its draft), hand over its paper; say what was promised, when it was."""
    desk = Desk(folder)
    store = desk.open()
    try:
        with store.unit(CLERK, MORNING) as unit:
            unit.save_draft("draft", "{}")
        case = accept(store, draft="draft")
        say(acknowledged, f"accepted {case.number}")
        (paper,) = store.papers(case.number)
        store.paper_left(paper.paper_id, "ab" * 32, MORNING, CLERK, reprint=False)
        say(acknowledged, f"left {case.number}")
    finally:
        store.close()


def many_visits(folder: Path, acknowledged: Path) -> None:
    """Accept until killed."""
    store = Desk(folder).open()
    say(acknowledged, "open")
    while True:
        say(acknowledged, f"accepted {accept(store, draft='d').number}")


def say(file: Path, line: str) -> None:
    """Append one line; what reached the page cache survives kill -9."""
    with file.open("a", encoding="utf-8") as out:
        print(line, file=out)


def said(file: Path, word: str) -> list[str]:
    """The numbers that were promised with a word."""
    lines = file.read_text("utf-8").splitlines() if file.exists() else []
    return [line.split(" ")[1] for line in lines if line.startswith(f"{word} ")]


def _child(act: Callable[[Path, Path], None], folder: Path, acknowledged: Path, at: int) -> None:
    if at:
        sys.setprofile(Countdown(at))
    act(folder, acknowledged)
    sys.setprofile(None)


def start(
    act: Callable[[Path, Path], None], folder: Path, acknowledged: Path, at: int = 0
) -> multiprocessing.process.BaseProcess:
    """A process doing `act`, to be killed at touching call number `at` (0: only from outside)."""
    child = _CONTEXT.Process(target=_child, args=(act, folder, acknowledged, at), daemon=True)
    child.start()
    return child
