"""What the tests of the screen share: a dressed application, a desk over a fake counter, the checks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from counter_app.settings import Settings
from tests.fakes import snapshots
from tests.fakes.desk import FakeCounter
from tests.fakes.stillness import until_still
from ui.app import application, open_desk


class Stand:
    """One desk in its window, and the counter behind it."""

    def __init__(self, window: QWidget, counter: FakeCounter) -> None:
        self.window: Any = window
        self.counter = counter
        self.desk: Any = window.desk  # type: ignore[attr-defined]
        self.model: Any = self.desk.model
        self.visit = counter.visit

    def page(self, step: str = "") -> Any:
        return self.desk.work.page

    def editor(self, key: str) -> Any:
        """The editor of a field of the current form."""
        return self.page().form.rows[key].editors[0]


@pytest.fixture
def qapp_dressed(qapp: QApplication) -> QApplication:
    application(Settings())
    return qapp


@pytest.fixture
def stand(qtbot: Any, qapp_dressed: QApplication) -> Iterator[Callable[..., Stand]]:
    """`stand(view, size=(w, h), theme=, scale=)` opens a desk that is closed after the test."""
    opened: list[Stand] = []

    def make(
        view: Any = snapshots.FILLING,
        size: tuple[int, int] = (1366, 728),
        theme: str = "light",
        scale: int = 100,
        simulated: Any = None,
    ) -> Stand:
        counter = FakeCounter(view, {"YD01": snapshots.YD01, "BX02": snapshots.BX02}, simulated)
        settings = Settings(theme=theme, text_scale=scale, lock_after_s=0)
        window = open_desk(qapp_dressed, counter, settings)
        window.resize(*size)
        window.show()
        qtbot.waitExposed(window)
        window.activateWindow()
        made = Stand(window, counter)
        opened.append(made)
        qtbot.waitUntil(lambda: QApplication.focusWidget() is not None, timeout=5000)
        quiet(qtbot, made)
        return made

    yield make
    for one in opened:
        if isValid(one.window):
            one.window.close()
            one.window.deleteLater()
        one.counter.close()
    gone(qapp_dressed)


def gone(app: QApplication) -> None:
    """Windows closed before are gone, not half there: Qt 6.12 has crashed on dressing such ones anew."""
    app.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    app.processEvents()


def quiet(qtbot: Any, stand: Stand) -> None:
    """Wait until nothing asked for is under way and everything is laid out."""
    until_still(qtbot, stand.model.jobs)
    form = getattr(stand.page(), "form", None)
    qtbot.waitUntil(lambda: form is None or not form.is_behind, timeout=5000)
    QApplication.processEvents()
