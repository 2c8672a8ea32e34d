"""The application: first a window, then everything else. Only here is QApplication made."""

from __future__ import annotations

import builtins
import gc
import logging
import sys
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import QTimer, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication, QWidget

from counter_app.settings import Settings
from ui.theme import Theme
from ui.widgets.dress import dress

if TYPE_CHECKING:
    from counter_app.services.hall.calling import Caller
    from counter_app.services.ports import Clock
    from counter_app.services.visit_view import VisitView
    from ui.faces.board import BoardWish, Painted
    from ui.hall_ports import BoardPort, GuidePort, KioskPort, ManagePort, ReviewPort
    from ui.ports import CounterPort

LOG = logging.getLogger("ui")
SWEEP_RARELY = 200  # middle sweeps before a whole one that nobody asked for: in a visit that lasts for hours
SETTLE_MS = 300  # the desk is up and drawn before it gets ready what no card waits for
NEWS_MS = 3_000  # what is new waits until the desk has settled
# How long a busy lane may keep the screen waiting for the interpreter, in seconds. A shorter turn is no
# gain: the lane asks for it back as soon, and the screen gives it away at every call into Qt.
SWITCH_S = 0.0005


def application(settings: Settings) -> tuple[QApplication, Theme]:
    """The one QApplication, dressed."""
    _import_plainly()
    found = QApplication.instance()
    app = found if isinstance(found, QApplication) else QApplication(sys.argv[:1])
    app.setApplicationName("onewindow")
    if not app.property("fusion"):  # once: setting it again under a style sheet has crashed Qt 6.12
        app.setStyle("Fusion")
        app.setProperty("fusion", True)
    app.setQuitOnLastWindowClosed(True)
    return app, dress(app, settings.theme, settings.text_scale)


def run_desk(
    make_counter: Callable[[], CounterPort],
    settings: Settings,
    demo: bool = False,
    trace: Path | None = None,
) -> int:
    """Show the desk and run until it is closed; returns the exit code.

    `make_counter` is slow (store, packs, devices) and runs on a worker after the first paint. What the desk
    did with each key is written to `trace` (`ui.faces.trace`).
    """
    gc.disable()  # until the desk is ready: a start makes much and throws little away
    gc.set_threshold(
        *gc.get_threshold()[:2], SWEEP_RARELY
    )  # whole sweeps are asked for: `ui.faces.quiet_work`
    app, theme = application(settings)
    return _until_closed(app, Starter(app, make_counter, settings, theme, demo, trace))


def _import_plainly() -> None:
    """Take the import hook of Qt for Python out again.

    It reads the source of every module imported after it, and keeps it, to find users of `__feature__`;
    nobody here is one, and it costs a tenth of a start.
    """
    plain = getattr(builtins, "__orig_import__", None)
    if plain is not None:
        builtins.__import__ = plain


class Starter:
    """From an empty window to a desk that can take a card."""

    def __init__(
        self,
        app: QApplication,
        make_counter: Callable[[], CounterPort],
        settings: Settings,
        theme: Theme,
        demo: bool,
        trace: Path | None = None,
    ) -> None:
        from ui.faces.window import DeskWindow

        self._app, self._make, self._settings, self._theme = app, make_counter, settings, theme
        self._demo, self._trace = demo, trace
        self._counter: CounterPort | None = None
        self._keeper: Any = None
        self._jobs: Any = None
        self._panel: QWidget | None = None
        self._told: Any = None
        self._settling: Any = None
        self.window = DeskWindow()
        self.window.painted.connect(self._start)
        self.window.closed.connect(app.quit)

    def show(self) -> None:
        """The window, at once; maximised where the screen is small."""
        screen = self._app.primaryScreen().availableGeometry()
        self.window.resize(min(1366, screen.width()), min(728, screen.height()))
        if screen.width() <= 1440:
            self.window.showMaximized()
        else:
            self.window.show()

    def close(self) -> None:
        """Let everything go, store last."""
        if self._panel is not None:
            self._panel.close()
        if self._told is not None:
            self._told.close()
        if self._settling is not None:
            self._settling.end()
        if self._keeper is not None:
            self._keeper.close()
        if self._jobs is not None:
            self._jobs.close()
        if self._counter is not None:
            self._counter.close()
            self._counter = None

    def calm(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None = None
    ) -> None:
        """A fault of ours: logged without values, said calmly, and the clerk goes on."""
        LOG.error("fault in the desk: %s", place_of(error))
        if self._keeper is not None:
            self._keeper.desk.show_calm()
        else:
            self.window.say("程序没能启动", f"内部错误（{kind.__name__}），请联系信息人员，并提供日志。")

    # --- starting ---------------------------------------------------------------------------
    def _start(self) -> None:
        from ui.jobs import Jobs

        self._jobs = Jobs(_no_lane)
        self._jobs.refused.connect(self._refused)
        self._jobs.broken.connect(self._broken)
        self._jobs.aside(self._made, self._ready)

    def _made(self) -> tuple[CounterPort, VisitView]:
        """On the worker: the counter and its first snapshot."""
        counter = self._make()
        return counter, counter.run(counter.visit.view).result()

    def _ready(self, made: tuple[CounterPort, VisitView]) -> None:
        from ui.faces.keeper import keep_desk

        self._counter, first = made
        self._keeper = keep_desk(self._app, self._counter, first, self._theme, self._settings.lock_after_s)
        self._keeper.jobs.broken.connect(self._broken)
        self.window.put(self._keeper.desk)
        handle = self.window.windowHandle()
        if handle is not None:
            handle.installEventFilter(self._keeper)
        if self._trace is not None:
            from ui.faces.trace import Trace

            self._told = Trace(self._keeper, self._trace)
        self._show_panel()
        QTimer.singleShot(SETTLE_MS, self.window, self._settle)
        QTimer.singleShot(NEWS_MS, self.window, self._ask_news)
        gc.freeze()  # packs, classes and widgets stay for good: no collection need walk them again
        gc.enable()

    def _settle(self) -> None:
        from ui.faces.settling import Settling

        if self._counter is not None:
            self._settling = Settling(self._app, self._keeper, self._settings.citizen_screen)

    def _ask_news(self) -> None:
        """After an upgrade, once, while nobody is served: what is new."""
        if self._counter is not None:
            self._jobs.aside(self._counter.has_news, self._show_news)

    def _show_news(self, has: bool) -> None:
        model = self._keeper.model
        if not has:
            return
        if model.page == "idle":
            model.go(aside="news")
        else:
            model.notices.tell("程序已更新", "有空时按 Ctrl+K 输入 >xgn，看这一版有什么变化。")

    def _show_panel(self) -> None:
        actions = self._counter.simulated if self._counter is not None else None
        if not self._demo or actions is None:
            return
        from ui.faces.demo_panel import DemoPanel

        self._panel = DemoPanel(self._keeper.model, actions)
        self._panel.beside(self.window)

    def _refused(self, problem: Any) -> None:
        self.window.say(problem.title, f"{problem.cause}{problem.advice}")

    def _broken(self, error: BaseException) -> None:
        self.calm(type(error), error)


def open_desk(app: QApplication, counter: CounterPort, settings: Settings | None = None) -> QWidget:
    """A desk over a counter that is ready; for other faces and tests. Closing it lets go of the lanes."""
    from ui.faces.keeper import keep_desk
    from ui.faces.window import DeskWindow

    settings = settings or Settings()
    theme = dress(app, settings.theme, settings.text_scale)
    first = counter.run(counter.visit.view).result()
    keeper = keep_desk(app, counter, first, theme, settings.lock_after_s)
    window = DeskWindow()
    window.put(keeper.desk)
    if settings.citizen_screen == "window":
        keeper.join_citizen(app, settings.citizen_screen)
    keeper.ask_citizens()
    keeper.look()
    keeper.setParent(window)
    window.closed.connect(keeper.close)
    return window


def run_review(make_port: Callable[[], ReviewPort], settings: Settings, desk: str = "") -> int:
    """Show the desk behind the counter and run until it is closed; returns the exit code.

    `make_port` is slow (packs, hub) and runs on a worker after the first paint.
    """
    from ui.faces.review_window import ReviewStarter

    app, theme = application(settings)
    return _until_closed(app, ReviewStarter(app, make_port, theme, desk))


def run_manage(make_port: Callable[[], ManagePort], settings: Settings, folder: Path) -> int:
    """Show the manager's desk and run until it is closed; tables are written into `folder`.

    `make_port` is slow (packs, hub) and runs on a worker after the first paint.
    """
    from ui.faces.manage_window import ManageStarter

    app, theme = application(settings)
    return _until_closed(app, ManageStarter(app, make_port, theme, folder))


def run_board(
    port: BoardPort,
    settings: Settings,
    wish: BoardWish,
    clock: Clock,
    caller: Caller | None = None,
    painted: Painted | None = None,
) -> int:
    """Show a board on its monitor and run until it is closed; returns the exit code."""
    from ui.faces.board import BoardKeeper, BoardStarter

    app, theme = application(settings)
    say = caller.call if caller is not None else _unsaid
    keeper = BoardKeeper(port, clock, theme, wish, say, painted)
    return _until_closed(app, BoardStarter(app, keeper, wish, caller))


def run_kiosk(make_port: Callable[[], KioskPort], settings: Settings) -> int:
    """Show the self-service machine until the manager's PIN; returns the exit code.

    `make_port` is slow (store, packs, devices) and runs on a worker after the first paint.
    """
    from ui.faces.kiosk_window import KioskStarter

    app, theme = application(settings)
    return _until_closed(app, KioskStarter(app, make_port, settings, theme))


def run_guide(make_port: Callable[[], GuidePort], settings: Settings) -> int:
    """Show the guide desk and run until it is closed; returns the exit code.

    `make_port` is slow (packs, hub) and runs on a worker after the first paint.
    """
    from ui.faces.guide_window import GuideStarter

    app, theme = application(settings)
    return _until_closed(app, GuideStarter(app, make_port, theme))


class _Face(Protocol):
    """What every program with a window has in common."""

    def calm(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None = None
    ) -> None:
        """What it says of a fault of ours."""

    def show(self) -> None:
        """Its window."""

    def close(self) -> None:
        """Let everything go."""


def _until_closed(app: QApplication, face: _Face) -> int:
    sys.setswitchinterval(SWITCH_S)
    qInstallMessageHandler(_qt_said)
    sys.excepthook = face.calm
    face.show()
    code = app.exec()
    face.close()
    return code


def _unsaid(utterance: object) -> None:
    """A board without a voice."""


def place_of(error: BaseException) -> str:
    """Kind and place of a fault, without the values that may be personal."""
    steps = []
    trace = error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        steps.append(f"{code.co_filename.rsplit('/', 1)[-1]}:{trace.tb_lineno} {code.co_name}")
        trace = trace.tb_next
    return f"{type(error).__name__} at {' < '.join(reversed(steps[-8:]))}"


def _no_lane(call: object) -> Any:
    raise RuntimeError("the counter is not there yet")


def _qt_said(kind: QtMsgType, context: object, message: str) -> None:
    """Qt's own complaints go to the log."""
    if kind in (QtMsgType.QtWarningMsg, QtMsgType.QtCriticalMsg, QtMsgType.QtFatalMsg):
        LOG.warning("qt: %s", message)
