"""The desk behind the counter in its window, over a port that answers what a test says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.fakes.reviewing import FakeReviewing
from tests.fakes.stand import gone
from tests.fakes.stillness import until_still
from ui.faces.review_window import ReviewKeeper, ReviewWindow
from ui.widgets.dress import dress


class Place:
    """One window with its port behind it."""

    def __init__(self, window: ReviewWindow, keeper: ReviewKeeper, port: FakeReviewing) -> None:
        self.window, self.keeper, self.port = window, keeper, port
        self.desk, self.model = keeper.desk, keeper.model

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifiers)

    def words(self) -> str:
        """Everything that can be read in the decision."""
        found = [
            w.text() for w in self.desk.decide.findChildren(object) if hasattr(w, "text") and not w.isHidden()
        ]
        return "\n".join(found)


def settle(bot: Any, made: Place) -> None:
    until_still(bot, made.keeper.jobs)


@contextmanager
def places(bot: Any, app: QApplication) -> Iterator[Callable[..., Place]]:
    """`make(port, size=, scale=, theme=, case=)` opens a window that is closed at the end."""
    opened: list[Place] = []

    def make(
        port: FakeReviewing | None = None,
        size: tuple[int, int] = (1366, 728),
        scale: int = 100,
        theme: str = "light",
        case: str = "",
    ) -> Place:
        port = port or FakeReviewing()
        keeper = ReviewKeeper(app, port, dress(app, theme, scale))
        window = ReviewWindow()
        window.put(keeper.desk)
        window.resize(*size)
        window.show()
        bot.waitExposed(window)
        window.activateWindow()
        made = Place(window, keeper, port)
        opened.append(made)
        settle(bot, made)
        if case:
            keeper.desk.list.choose(case)
            settle(bot, made)
        return made

    try:
        yield make
    finally:
        for one in opened:
            one.keeper.close()
            one.window.close()
            one.window.deleteLater()
        gone(app)
        dress(app, "light", 100)
        app.processEvents()
