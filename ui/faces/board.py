"""The board's window: full screen on its own monitor, wherever that is, and calm about everything."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from types import TracebackType

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeyEvent, QScreen
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from counter_app.domain.value import Value
from counter_app.problems import Problem
from counter_app.services.hall.board import BoardView, Shout
from counter_app.services.hall.calling import Caller, Utterance
from counter_app.services.ports import Clock
from ui.faces.board_words import TURN_S
from ui.faces.boards.pieces import Layout, Scene, layouts
from ui.hall_ports import BoardPort
from ui.jobs import Jobs
from ui.theme import Theme
from ui.viewmodels.board import BoardModel
from ui.widgets.board_canvas import BoardCanvas

CLOCK_MS = 1_000
LOG = logging.getLogger("ui")
Painted = Callable[[Shout, int, int], None]  # the call, heard and painted (CLOCK_MONOTONIC ns)


class BoardWish(Value, frozen=True):
    """How one board looks. `screen` is a number from 1 or a monitor's name; "" takes the second where
    there is one. `notice` is the hall's own words, one paragraph a line. `aside` is a small word for
    the staff, `tongues` the hall's other languages. `size` in logical pixels makes it a window instead
    of a full screen.
    """

    hall: str
    layout: str = "big"
    screen: str = ""
    notice: str = ""
    aside: str = ""
    size: tuple[int, int] = (0, 0)
    tongues: tuple[str, ...] = ()


class BoardWindow(QWidget):
    """One canvas over the whole monitor; Esc or closing ends the program."""

    def __init__(self, canvas: BoardCanvas) -> None:
        super().__init__()
        self.setWindowTitle("一窗 · 叫号屏")
        self.setCursor(Qt.CursorShape.BlankCursor)
        self.canvas = canvas
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(canvas)
        self.on_close: list[Callable[[], None]] = []

    def spread(self, screen: QScreen | None) -> None:
        """Take the whole of a monitor."""
        if screen is None:
            return
        self.setGeometry(screen.geometry())
        self.setScreen(screen)
        self.showFullScreen()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves: a board asks nobody anything."""
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Let go of hub and voice."""
        for close in self.on_close:
            close()
        super().closeEvent(event)


class BoardKeeper(QObject):
    """Joins what is heard, what is shown and what is said, as long as the window lives."""

    def __init__(
        self,
        port: BoardPort,
        clock: Clock,
        theme: Theme,
        wish: BoardWish,
        say: Callable[[Utterance], None] = lambda utterance: None,
        painted: Painted | None = None,
    ) -> None:
        super().__init__()
        self._wish, self._clock, self._painted = wish, clock, painted
        self._unpainted: list[tuple[Shout, int]] = []
        self.jobs = Jobs(_no_lane, self)
        self.jobs.refused.connect(_not_now)
        self.model = BoardModel(port, clock, self.jobs, say)
        self.canvas = BoardCanvas(theme, chosen_layout(wish.layout))
        self.window = BoardWindow(self.canvas)
        self.canvas.painted.connect(self._on_screen)
        self.model.changed.connect(self._show)
        self.model.called.connect(self._call)
        self.model.refused.connect(self._kept_out)
        self._tick = QTimer(self, interval=CLOCK_MS)
        self._tick.timeout.connect(self._turn)
        self._minute, self._seconds = "", 0
        self._show(self.model.view)

    def start(self) -> None:
        """Follow the hub and keep the clock."""
        self._tick.start()
        self.model.start()

    def close(self) -> None:
        """Stop, voice last."""
        self._tick.stop()
        self.model.stop()
        self.jobs.close()

    def _show(self, view: BoardView) -> None:
        now = self._clock.now()
        self._minute = f"{now:%H:%M}"
        wish = self._wish
        turn = self._seconds // TURN_S
        self.canvas.put(Scene(view, wish.hall, now, wish.notice, "", wish.aside, wish.tongues, turn))

    def _call(self, shout: Shout, heard: int) -> None:
        self._unpainted.append((shout, heard))
        self.canvas.flash(shout.ticket_id)

    def _on_screen(self) -> None:
        """What was asked for before this painting is on the screen now."""
        done, self._unpainted = self._unpainted, []
        now = time.monotonic_ns()
        for shout, heard in done:
            if self._painted is not None:
                self._painted(shout, heard, now)

    def _turn(self) -> None:
        """A second later: the next minute, or the next language beside the Chinese."""
        self._seconds += 1
        scene = self.canvas.scene
        if f"{self._clock.now():%H:%M}" != self._minute:
            self._show(self.model.view)
        elif scene is not None and scene.turn != self._seconds // TURN_S and len(scene.tongues) > 1:
            self.canvas.put(replace(scene, turn=self._seconds // TURN_S))

    def _kept_out(self, problem: Problem) -> None:
        LOG.info("the hub refuses this board: %s", problem.code)
        self.canvas.say(f"{problem.title}　{problem.advice}")


class BoardStarter:
    """From nothing to a board on its monitor; a fault of ours costs one picture, not the board."""

    def __init__(
        self, app: QApplication, keeper: BoardKeeper, wish: BoardWish, caller: Caller | None
    ) -> None:
        self.keeper, self._caller = keeper, caller
        self._wish = wish
        self.window = keeper.window
        self.window.on_close.append(app.quit)
        app.screenAdded.connect(lambda screen: self._spread())
        app.screenRemoved.connect(lambda screen: self._spread())

    def show(self) -> None:
        """On its monitor, at once; the last calls follow."""
        self._spread()
        self.keeper.start()

    def close(self) -> None:
        """Let everything go."""
        self.keeper.close()
        if self._caller is not None:
            self._caller.close()

    def calm(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None = None
    ) -> None:
        """A fault of ours: logged without values; the board stays."""
        from ui.app import place_of

        LOG.error("fault in the board: %s", place_of(error))

    def _spread(self) -> None:
        if self._wish.size[0]:
            self.window.resize(*self._wish.size)
            self.window.show()
            return
        self.window.spread(chosen_screen(self._wish.screen))


def chosen_screen(wish: str) -> QScreen | None:
    """The monitor of a number from 1 or a name; without one the second, or the only one."""
    screens = QGuiApplication.screens()
    if not screens:
        return None
    named = next((screen for screen in screens if wish and screen.name() == wish), None)
    if named is not None:
        return named
    nth = int(wish) - 1 if wish.isdecimal() else 1
    return screens[nth] if 0 <= nth < len(screens) else screens[-1]


def chosen_layout(name: str) -> Layout:
    """A layout by its name. Raises Problem `setting-value`."""
    found = layouts().get(name)
    if found is None:
        known = "、".join(f"{one.id}（{one.title}）" for one in layouts().values())
        raise Problem("setting-value", "board_layout", f"“{name}”不在其中：{known}。")
    return found


def _not_now(problem: Problem) -> None:
    LOG.info("a board asked in vain: %s", problem.code)


def _no_lane(call: object) -> Future[object]:
    raise RuntimeError("a board has no services lane")
