"""Keeps a keyboard-wedge scanner's characters out of every field: the window's side of the wedge.

Listens at the window and at whatever has its focus, never at the application: a filter there is asked about
every paint and layout. Only where a hall has such a scanner; elsewhere typing costs nothing.
"""

from __future__ import annotations

import time
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from drivers.key_scanner import KeyScanner, Stroke, Verdict
from ui.faces.held_keys import ENTER, KEYS, NEVER_HELD, HeldKeys

_TYPED = (Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.KeypadModifier)
_REPEAT_MS = 8
_ENDINGS = {**dict.fromkeys(map(int, ENTER), "\r"), int(Qt.Key.Key_Tab): "\t"}


class TypedCodes(QObject):
    """Holds each stroke until the scanner has said whose it is, then types it or throws it away."""

    def __init__(self, app: QApplication, desk: QWidget, held: HeldKeys) -> None:
        super().__init__(desk)
        self._app, self._desk, self._others = app, desk, held
        self._scanner: KeyScanner | None = None
        self._held: list[tuple[QEvent, bool]] = []  # whether it counts as a stroke
        self._places: list[QObject] = []
        self._seen = 0
        self._moment = _Moment()
        self._playing = False
        self._timer = QTimer(self, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._late)
        held.earlier = self.takes  # codes are taken out before keys wait for their place

    def follow(self, scanner: KeyScanner | None) -> None:
        """Ask this scanner from now on; None listens to nothing any more."""
        if scanner is self._scanner:
            return
        if self._scanner is not None:
            self._app.focusChanged.disconnect(self._listen)
            self._leave()
        self._scanner = scanner
        if scanner is not None:
            self._app.focusChanged.connect(self._listen)
            self._listen()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take a stroke out of the way until it is known whose it is."""
        return self.takes(event)

    def takes(self, event: QEvent) -> bool:
        """The same for those who listen before us."""
        kind = event.type()
        if kind not in KEYS or self._scanner is None or self._playing or self._others.is_playing:
            return False
        if isinstance(event, QKeyEvent):
            return self._key(self._scanner, event)
        if isinstance(event, QInputMethodEvent):
            at_ms = self._moment.of(0)
            stroke = Stroke(event.commitString(), event.preeditString(), at_ms)
            return self._do(self._scanner.stroke(stroke), event)
        return False

    def _key(self, scanner: KeyScanner, event: QKeyEvent) -> bool:
        if event.type() == QEvent.Type.KeyRelease:
            if self._held:
                self._held.append((event.clone(), False))
            return bool(self._held)
        if event.key() in NEVER_HELD:
            return False  # Shift belongs to the capital that follows
        text = _ENDINGS.get(event.key(), event.text())
        at_ms, passed = self._moment.of(event.timestamp()), self._moment.passed
        # A window system calls a doubled digit of a very quick scanner a repeat; a held key repeats slower.
        if not _is_typed(event, text) or (event.isAutoRepeat() and passed > _REPEAT_MS):
            return self._do(scanner.other(), event)
        return self._do(scanner.stroke(Stroke(text, "", at_ms)), event)

    def _do(self, verdict: Verdict, event: QEvent | None) -> bool:
        """Carry a verdict out; tells whether the event is out of the way."""
        self._release(verdict.released)
        if verdict.code is not None:
            self._drop()
        if event is not None and verdict.own == "held":
            self._held.append((event.clone(), True))
            self._seen += 1
        patience = self._scanner.patience_ms if self._scanner is not None else None
        if patience is None:
            self._timer.stop()
        else:
            self._timer.start(patience)
        return verdict.own != "passed"

    def _late(self) -> None:
        """Time is up; but what the system has already delivered comes first, when we were busy."""
        QTimer.singleShot(0, self, partial(self._silent, self._seen))

    def _silent(self, seen: int) -> None:
        if self._scanner is not None and seen == self._seen:
            self._do(self._scanner.silence(), None)

    def _release(self, strokes: int) -> None:
        while self._held and (strokes or not self._held[0][1]):
            event, is_stroke = self._held.pop(0)
            strokes -= is_stroke
            self._play(event)

    def _drop(self) -> None:
        composed = any(isinstance(event, QInputMethodEvent) for event, _ in self._held)
        self._held.clear()
        if composed:
            QGuiApplication.inputMethod().reset()

    def _play(self, event: QEvent) -> None:
        popup = QApplication.activePopupWidget()
        focus = (popup.focusWidget() or popup) if popup else QApplication.focusWidget()
        self._playing = True
        try:
            QApplication.sendEvent(focus or self._desk.window().focusWidget() or self._desk, event)
        finally:
            self._playing = False

    def _listen(self, *_: object) -> None:
        """Listen at the window, and at whatever has its focus now."""
        window = self._desk.window()
        focus = QApplication.focusWidget() or window.focusWidget()
        ours = focus if focus is not None and focus.window() is window else None
        wanted = [place for place in (window.windowHandle(), window, ours) if place is not None]
        for place in [place for place in self._places if place not in wanted]:
            self._places.remove(place)
            if isValid(place):
                place.removeEventFilter(self)
        for place in wanted:
            if place not in self._places:
                place.installEventFilter(self)
                self._places.append(place)

    def _leave(self) -> None:
        self._timer.stop()
        self._release(len(self._held))
        for place in self._places:
            if isValid(place):
                place.removeEventFilter(self)
        self._places.clear()


class _Moment:
    """When strokes happened: by the keyboard's own stamps where it gives any, else by their arrival.

    A busy event loop hands over late what was typed in peace; by arrival alone it would look like a scanner.
    """

    def __init__(self) -> None:
        self._at = self._stamp = self._arrived = self.passed = 0

    def of(self, stamp: int) -> int:
        """Milliseconds of a steady clock for an event with this stamp (0 = it has none)."""
        now = time.monotonic_ns() // 1_000_000
        self.passed = max(0, stamp - self._stamp if stamp and self._stamp else now - self._arrived)
        self._at += self.passed
        self._stamp, self._arrived = stamp, now
        return self._at


def _is_typed(event: QKeyEvent, text: str) -> bool:
    """Whether a key press is a character, or the end of a code."""
    held = event.modifiers()
    for modifier in _TYPED:
        held &= ~modifier
    is_plain = held == Qt.KeyboardModifier.NoModifier
    return is_plain and (text in _ENDINGS.values() or (len(text) == 1 and text.isprintable()))
