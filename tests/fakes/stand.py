"""A desk in its window over a fake counter, wherever somebody wants to look at one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from counter_app.settings import Settings
from tests.fakes import snapshots
from tests.fakes.case_snapshots import BX02, YD01
from tests.fakes.desk import FakeCounter
from tests.fakes.stillness import until_still
from ui.app import open_desk


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


@contextmanager
def stands(bot: Any, app: QApplication) -> Iterator[Callable[..., Stand]]:
    """`make(view, size=(w, h), theme=, scale=)` opens a desk that is closed at the end."""
    opened: list[Stand] = []

    def make(
        view: Any = snapshots.FILLING,
        size: tuple[int, int] = (1366, 728),
        theme: str = "light",
        scale: int = 100,
        simulated: Any = None,
    ) -> Stand:
        counter = FakeCounter(view, {"YD01": YD01, "BX02": BX02}, simulated)
        window = open_desk(app, counter, Settings(theme=theme, text_scale=scale, lock_after_s=0))
        window.resize(*size)
        window.show()
        bot.waitExposed(window)
        window.activateWindow()
        made = Stand(window, counter)
        opened.append(made)
        bot.waitUntil(lambda: QApplication.focusWidget() is not None, timeout=20_000)
        quiet(bot, made)
        return made

    try:
        yield make
    finally:
        for one in opened:
            if isValid(one.window):
                one.window.close()
                one.window.deleteLater()
            one.counter.close()
        gone(app)


def gone(app: QApplication) -> None:
    """Windows closed before are gone, not half there: Qt 6.12 has crashed on dressing such ones anew."""
    app.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    app.processEvents()


def quiet(bot: Any, stand: Stand) -> None:
    """Wait until nothing asked for is under way, what came by itself was told, and everything is laid out."""
    until_still(bot, stand.model.jobs)
    stand.counter.told()
    until_still(bot, stand.model.jobs)
    form = getattr(stand.page(), "form", None)
    bot.waitUntil(lambda: form is None or not form.is_behind, timeout=20_000)
    QApplication.processEvents()
