"""What nobody waits for keeps out of the way of whoever uses the desk."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from concurrent.futures import Future

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent

from drivers.protocols import DeviceHealth
from tests.fakes import snapshots as s
from tests.fakes.stand import Stand
from ui.faces.keeper import Keeper
from ui.faces.quiet_work import QuietWork

Made = tuple[Stand, QuietWork, list["Future[bool]"]]


@pytest.fixture
def made(stand: Callable[..., Stand]) -> Iterator[Made]:
    """A desk with somebody at it, whose steps end when the test says so, and that nobody has touched."""
    desk = stand(s.FILLING)
    steps: list[Future[bool]] = []

    def begin() -> Future[bool]:
        steps.append(Future())
        return steps[-1]

    desk.counter.get_ready = begin  # type: ignore[method-assign]
    keeper = next(one for one in desk.window.children() if isinstance(one, Keeper))
    work = QuietWork(keeper)
    work._timer.stop()  # the test looks by itself
    hush(work)
    yield desk, work, steps
    work.end()


def hush(work: QuietWork) -> None:
    """Nobody has touched anything for long."""
    work._stirred = work._keeper.touched = float("-inf")


def sweeps(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Notes when everything is looked through, instead of doing it."""
    done: list[str] = []
    monkeypatch.setattr(gc, "collect", lambda: done.append("whole"))
    monkeypatch.setattr(gc, "freeze", lambda: done.append("kept"))
    return done


def test_one_step_at_a_time_until_nothing_is_left(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    done = sweeps(monkeypatch)
    _, work, steps = made
    work._look()
    work._look()
    assert len(steps) == 1  # the first is still under way
    steps[0].set_result(True)
    work._look()
    assert len(steps) == 2
    assert done == []
    steps[1].set_result(False)
    work._look()
    work._look()
    assert len(steps) == 2
    assert not work.has_steps
    assert done == ["kept"]  # once


def test_a_step_that_fails_is_the_last_and_disturbs_nobody(made: Made) -> None:
    _, work, steps = made
    work._look()
    steps[0].set_exception(OSError("no font"))
    work._look()
    assert not work.has_steps
    assert len(steps) == 1


@pytest.mark.parametrize("touch", ["key", "device", "snapshot"])
def test_no_step_is_begun_while_somebody_uses_the_desk(made: Made, touch: str) -> None:
    desk, work, steps = made
    if touch == "key":
        work._keeper.eventFilter(desk.window, _pressed())
    elif touch == "device":
        work._keeper.bridge.arrived.emit(DeviceHealth("card", True, ""))
    else:
        desk.model.changed.emit(desk.model.view, desk.model.view)
    assert not work.is_quiet()
    work._look()
    assert steps == []
    hush(work)
    work._look()
    assert len(steps) == 1


def test_everything_is_looked_through_once_after_a_visit_and_not_in_the_next_one(
    made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = sweeps(monkeypatch)
    desk, work, _ = made
    work.has_steps = False
    served = desk.model.view
    assert served.visit_open
    away = s.replace(served, visit_open=False, revision=served.revision + 1)
    work._look()
    assert done == []
    for before, after, expected in ((served, away, 1), (away, served, 1), (served, away, 2)):
        desk.model.view = after
        work._follow(before, after)
        work._look()  # the desk was only just touched
        hush(work)
        work._look()
        work._look()
        assert done == ["whole"] * expected


def _pressed() -> QKeyEvent:
    return QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_F24, Qt.KeyboardModifier.NoModifier)
