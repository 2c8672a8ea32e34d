"""Opening a data folder: who may, and what is refused."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from counter_app.problems import Problem
from counter_app.storage import audit
from counter_app.storage.store import CounterStore
from tests.fakes.counter import CLERK, MORNING, Desk, accept

Opened = Callable[..., CounterStore]


def test_a_second_writer_is_refused_and_a_reader_is_not(desk: Desk, opened: Opened) -> None:
    store = opened()
    with pytest.raises(Problem) as caught:
        opened()
    assert caught.value.code == "store-locked"
    reader = opened(read_only=True)
    case = accept(store)
    assert reader.case(case.number) is not None
    assert audit.verify(reader) == (True, 4, None)
    with pytest.raises(Problem) as caught, reader.unit(CLERK, MORNING):
        raise AssertionError("a reader wrote")
    assert caught.value.code == "store-write"


def test_reading_where_nothing_is_makes_nothing(desk: Desk, opened: Opened) -> None:
    with pytest.raises(Problem) as caught:
        opened(read_only=True)
    assert caught.value.code == "store-missing"
    assert list(desk.folder.iterdir()) == []


def test_a_lost_key_is_never_replaced(desk: Desk, opened: Opened) -> None:
    opened().close()
    (desk.folder / "demo.key").unlink()
    for options in ({}, {"read_only": True}):
        with pytest.raises(Problem) as caught:
            opened(**options)
        assert caught.value.code == "store-key"
    assert not (desk.folder / "demo.key").exists()


@pytest.mark.parametrize("hall", ["1", "0O1", "0011", "o01", "一窗口"])
def test_a_wrong_hall_code_is_refused_before_anything_is_made(desk: Desk, hall: str) -> None:
    from counter_app.storage.store import open_store

    with pytest.raises(Problem) as caught:
        open_store(desk.folder, desk.keyring, hall, desk.clock)
    assert caught.value.code == "hall-code"
    assert list(desk.folder.iterdir()) == []


def test_a_new_hall_code_counts_from_the_next_number_on(desk: Desk, opened: Opened) -> None:
    from counter_app.storage.store import open_store

    store = opened()
    accept(store)
    store.close()
    moved = open_store(desk.folder, desk.keyring, "002", desk.clock)
    number = accept(moved).number
    moved.close()
    assert number.split("-")[1] == "002"
    assert opened().state.hall == "001"
