from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from counter_app.storage.store import CounterStore
from tests.fakes.counter import Desk


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A data folder with its key and a clock that tests set."""
    return Desk(tmp_path / "data")


@pytest.fixture
def opened(desk: Desk) -> Iterator[Callable[..., CounterStore]]:
    """Opens the desk's store as often as a test likes and closes whatever is still open."""
    open_ones: list[CounterStore] = []

    def open_one(**options: bool) -> CounterStore:
        open_ones.append(desk.open(**options))
        return open_ones[-1]

    yield open_one
    for store in open_ones:
        store.close()


@pytest.fixture
def store(opened: Callable[..., CounterStore]) -> CounterStore:
    return opened()
