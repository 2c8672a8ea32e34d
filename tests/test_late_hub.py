"""The hub inside a desk is opened by whoever asks first, once, and not for saying that it is there."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from counter_app.clock import WallClock
from counter_app.hub.local import LocalHub
from counter_app.late_hub import LateHub
from counter_app.problems import Problem


class Making:
    """Counts how often a hub is made; may refuse the first time."""

    def __init__(self, folder: Path, refuses: bool = False) -> None:
        self.folder, self.refuses, self.times = folder, refuses, 0

    def __call__(self) -> LocalHub:
        self.times += 1
        if self.refuses:
            self.refuses = False
            raise Problem("store-key", "hub.db")
        return LocalHub(self.folder, bytes(32), "001", WallClock())


def test_it_is_online_without_being_opened(tmp_path: Path) -> None:
    make = Making(tmp_path)
    hub = LateHub(make)
    assert hub.online()
    hub.close()
    assert make.times == 0
    assert not (tmp_path / "hub.db").exists()


def test_many_who_ask_at_once_get_one_hub(tmp_path: Path) -> None:
    make = Making(tmp_path)
    hub = LateHub(make)
    together = threading.Barrier(4)

    def ask(_: int) -> LocalHub:
        together.wait()
        return hub.opened()

    with ThreadPoolExecutor(4) as pool:
        found = set(map(id, pool.map(ask, range(4))))
    assert len(found) == 1
    assert make.times == 1
    hub.close()


def test_what_opening_refuses_is_told_and_the_next_one_asks_again(tmp_path: Path) -> None:
    hub = LateHub(Making(tmp_path, refuses=True))
    with pytest.raises(Problem) as refused:
        hub.tickets(None)
    assert refused.value.code == "store-key"
    assert list(hub.tickets(None)) == []
    hub.close()
