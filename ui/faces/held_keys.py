"""Keys pressed before their place is there wait for it: an answer of the palette, a case being opened."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from ui import keymap
from ui.viewmodels.desk import TURNING, DeskModel
from ui.widgets.palette import Palette
from ui.widgets.work_area import WorkArea

KEYS = (QEvent.Type.KeyPress, QEvent.Type.KeyRelease, QEvent.Type.InputMethod)
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
NEVER_HELD = (Qt.Key.Key_Control, Qt.Key.Key_Shift, Qt.Key.Key_Alt, Qt.Key.Key_Meta)
WALKING = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class HeldKeys(QObject):
    """Looks at keys only while something is awaited, so that typing costs nothing otherwise.

    Held keys are played in their order as soon as the place is there: once each, never on what was
    listed before. Esc and a click drop them, and so do a refusal and a locked screen.
    """

    def __init__(
        self,
        app: QApplication,
        desk: QWidget,
        model: DeskModel,
        palette: Palette,
        work: WorkArea,
        is_covered: Callable[[], bool],
    ) -> None:
        super().__init__(desk)
        self._desk, self._model, self._palette, self._work = desk, model, palette, work
        self._is_covered = is_covered
        self._held: list[QEvent] = []
        self._places: list[QObject] = []
        self._app = app
        self._on = self._playing = False
        self.earlier: Callable[[QEvent], bool] = lambda event: False  # who looks at a key before it waits
        self._is_later = False
        palette.awaiting.connect(self._awaiting)
        palette.failed.connect(self.drop)
        model.under_way.connect(self._under_way)
        model.refused.connect(self._refused)

    @property
    def waits(self) -> bool:
        """Whether keys have to wait: for an answer, for a case, for the rows of its form."""
        return self._palette.is_awaiting or self._turns()

    @property
    def is_holding(self) -> bool:
        """Whether a key still waits for its place."""
        return bool(self._held)

    @property
    def is_playing(self) -> bool:
        """Whether keys that waited are being handed on just now."""
        return self._playing

    def drop(self) -> None:
        """Forget what was held."""
        self._held.clear()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take a key of the desk's window out of the way when it has to wait."""
        if self._playing:
            return False
        if self.earlier(event):
            return True
        if event.type() == QEvent.Type.MouseButtonPress:
            self.drop()
        return event.type() in KEYS and self._takes(event)

    def _takes(self, event: QEvent) -> bool:
        if self._is_covered():
            self.drop()
            return False
        key = event if isinstance(event, QKeyEvent) else None
        if key is not None and (key.key() in NEVER_HELD or _locks(key)):
            return False  # a screen is covered at once, whatever is awaited
        if key is not None and key.key() == Qt.Key.Key_Escape:
            return self._escapes()
        if not self._held and not self._turns() and not (key is not None and _acts(key)):
            return False  # letters go on narrowing the palette's answer
        if key is None or not self._again(key):
            self._held.append(event.clone())
        return True

    def _escapes(self) -> bool:
        had = bool(self._held)
        self.drop()
        return had and self._palette.isHidden()

    def _again(self, key: QKeyEvent) -> bool:
        """Enter or Ctrl+I once more because nothing seemed to happen: the same wish."""
        if key.type() != QEvent.Type.KeyPress or not (key.key() in ENTER or _tells(key)):
            return False
        presses = [one for one in self._held if one.type() == QEvent.Type.KeyPress]
        last = presses[-1] if presses else None
        is_same = isinstance(last, QKeyEvent) and last.keyCombination() == key.keyCombination()
        return key.isAutoRepeat() or (is_same and self._palette.is_awaiting)

    def _turns(self) -> bool:
        return any(map(self._model.is_busy, TURNING)) or (self._is_later and self._work.page.is_entering)

    def _awaiting(self, is_on: bool) -> None:
        if is_on:
            self._watch()
        else:
            self._settle()

    def _under_way(self, verb: str, is_on: bool) -> None:
        if verb not in TURNING:
            return
        if is_on:
            self._watch()
        else:
            self._is_later = True
            QTimer.singleShot(0, self, self._settle)  # the snapshot is drawn first

    def _refused(self, verb: str) -> None:
        if verb in TURNING:
            self.drop()  # what was typed was meant for a case that is not there

    def _watch(self) -> None:
        """Listen where keys arrive: at the window, and at whatever has its focus meanwhile.

        Not at the application: a filter in Python would be asked about every paint and every layout of
        the page that is being turned to, which alone took 30 ms.
        """
        if self._on:
            return
        self._on = True
        self._app.focusChanged.connect(self._listen)
        self._listen()

    def _listen(self) -> None:
        window = self._desk.window()
        focus = self._focus()
        ours = focus if focus.window() is window else None
        for place in (window.windowHandle(), window, ours):
            if place is not None and place not in self._places:
                place.installEventFilter(self)
                self._places.append(place)

    def _unwatch(self) -> None:
        if not self._on:
            return
        self._on = self._is_later = False
        self._app.focusChanged.disconnect(self._listen)
        for place in self._places:
            if isValid(place):
                place.removeEventFilter(self)
        self._places.clear()

    def _focus(self) -> QWidget:
        # A screen without a window manager makes no window active: then the window's own focus counts.
        return QApplication.focusWidget() or self._desk.window().focusWidget() or self._desk

    def _settle(self) -> None:
        """Play what was held, unless there is something to wait for (again)."""
        if self._playing:
            return
        while not self.waits and self._held:
            self._play(self._held.pop(0))
        if self._is_later and self._work.page.is_entering:
            QTimer.singleShot(0, self, self._settle)
        elif not self.waits:
            self._unwatch()

    def _play(self, event: QEvent) -> None:
        if self._is_covered():
            self.drop()
            return
        self._playing = True
        try:
            QApplication.sendEvent(self._focus(), event)
        finally:
            self._playing = False


def _acts(key: QKeyEvent) -> bool:
    """Whether a key acts on the palette's answer."""
    return key.type() == QEvent.Type.KeyPress and (key.key() in (*ENTER, *WALKING) or _tells(key))


def _locks(key: QKeyEvent) -> bool:
    chord = QKeySequence(key.keyCombination()).toString(QKeySequence.SequenceFormat.PortableText)
    return any(one.action == "lock" and one.chord == chord for one in keymap.KEYS)


def _tells(key: QKeyEvent) -> bool:
    return key.key() == Qt.Key.Key_I and key.modifiers() == Qt.KeyboardModifier.ControlModifier
