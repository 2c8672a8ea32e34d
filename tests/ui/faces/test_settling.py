"""What a desk gets once it is up comes between the keys of whoever types, and comes in the end."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QApplication

from tests.fakes import snapshots as s
from tests.fakes.stand import Stand
from ui.faces.keeper import Keeper
from ui.faces.settling import MOST_WAITS, Settling


def settling(desk: Stand) -> tuple[Settling, list[str]]:
    """A desk that begins to settle; its steps are counted, and its turns are the test's."""
    done: list[str] = []
    desk.counter.settle_in = lambda: done.append("settled")  # type: ignore[method-assign]
    made: Any = Settling(
        QApplication.instance(), next(one for one in desk.window.children() if isinstance(one, Keeper)), "off"
    )
    made.end()  # no turn comes by itself
    made._steps = iter([lambda: done.append("one"), lambda: done.append("two")])
    return made, done


def test_the_hub_is_not_kept_waiting_and_the_rest_waits_for_a_quiet_desk(
    stand: Callable[..., Stand],
) -> None:
    made, done = settling(stand(s.EMPTY))
    made.work._stirred = float("inf")
    made._go_on()
    assert done == ["settled"]
    made.work._stirred = made.work._keeper.touched = float("-inf")
    made._go_on()
    assert done == ["settled", "one"]


def test_somebody_who_types_without_a_pause_is_waited_for_only_so_long(stand: Callable[..., Stand]) -> None:
    made, done = settling(stand(s.EMPTY))
    made.work._stirred = float("inf")
    for _ in range(MOST_WAITS):
        made._go_on()
    assert done == ["settled"]
    for _ in range(3):
        made._go_on()
    assert done == ["settled", "one", "two"]
