"""One role of the desk as a row of the device page: how it is, what to do about it, and trying it out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QPushButton, QSizePolicy

from counter_app.services.device_views import RoleView, TrialView
from ui.viewmodels import device_words as words
from ui.viewmodels.desk import DeskModel
from ui.widgets.basic import Button, Elided, column, label, put_text, row, show, style


class _Watched(Button):
    """A button that tells when it gets the focus, so that 报修 knows which device is meant."""

    def __init__(self, text: str, name: str, act: Callable[[], object], came: Callable[[], object]) -> None:
        super().__init__(text)
        self.setAccessibleName(name)
        self.clicked.connect(lambda: act())
        self._came = came

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tell it."""
        self._came()
        super().focusInEvent(event)


class RoleRow(QFrame):
    """Updated in place, so that a look every few seconds never takes the focus away."""

    def __init__(
        self, model: DeskModel, nth: int, role: str, change: Callable[[], object], came: Callable[[], object]
    ) -> None:
        super().__init__()
        self.setProperty("card", True)
        self._model, self.role, self.view = model, role, RoleView(role)
        title = words.role_title(role)
        self.setAccessibleName(title)
        self._state = label("", "chip")
        self._used, self._below = Elided("", "label"), Elided("", "label")
        self._trouble = label("", "problem", wrap=True)
        self._words = ""
        self._history = label("", "small", wrap=True)
        self._said = label("", "label", wrap=True)
        self.try_button: QPushButton = _Watched("试一试", f"试一试{title}", self.test, came)
        self._change: QPushButton = _Watched("更换", f"更换{title}", change, came)
        self._restore: QPushButton = _Watched("换回", f"{title}换回原设备", self._go_back, came)
        self._lay_out(nth, title)

    def _lay_out(self, nth: int, title: str) -> None:
        stack = column(self, (12, 6, 8, 6), 4)
        head = row(gap=8)
        name = Elided(title, "strong")
        name.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        for part in (label(str(nth), "key"), name, self._state):
            head.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)
        self._used.setAlignment(Qt.AlignmentFlag.AlignVCenter)
        head.addWidget(self._used, 1)
        for made in (self._restore, self._change, self.try_button):
            head.addWidget(made)
        stack.addLayout(head)
        stack.addWidget(self._below)
        self._below.hide()
        self._restore.hide()
        for words_ in (self._trouble, self._history, self._said):
            words_.hide()
            stack.addWidget(words_)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is no room beside the buttons, the device stands below."""
        super().resizeEvent(event)
        self._place_words()

    def _place_words(self) -> None:
        room = self._used.width() >= self.fontMetrics().horizontalAdvance("汉") * 16
        show(self._below, not room)
        self._used.put(self._words if room else "")
        self._below.put(self._words)

    def put(self, view: RoleView) -> None:
        """Show how the device is now; a quick look has no title, so the last one stays."""
        title = view.title if view.drivers or view.driver != self.view.driver else self.view.title
        self.view = view
        kind, state = words.STATES[view.state]
        put_text(self._state, state)
        style(self._state, chip=kind)
        self._words = words.used(replace(view, title=title))
        self._place_words()
        for part, text in ((self._trouble, words.trouble(view)), (self._history, words.history(view))):
            put_text(part, text)
            show(part, bool(text))
        style(self._trouble, role="problem" if view.state == "bad" else "label")
        show(self._restore, view.replaced)
        self.try_button.setEnabled(view.state != "none")

    def test(self) -> None:
        """Try the device; what came of it stands in the row."""
        self._say("quiet", words.trying(self.role))
        self.try_button.setEnabled(False)
        self._model.jobs.aside(partial(self._model.counter.devices.test, self.role), self._tested)

    def _tested(self, told: TrialView) -> None:
        self.try_button.setEnabled(True)
        self._say(*words.trial(told))
        self._model.look_at_devices()

    def _say(self, kind: str, text: str) -> None:
        put_text(self._said, text)
        style(self._said, role="problem" if kind == "err" else "label")
        show(self._said, bool(text))

    def _go_back(self) -> None:
        call = partial(self._model.counter.devices.restore, self.role)
        self._model.jobs.aside(call, lambda _: self._model.look_at_devices())
