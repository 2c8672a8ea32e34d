"""签名: a name written by hand under one sentence."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent

from drivers.protocols import Signature
from ui.registry import CitizenView
from ui.viewmodels.citizen import GivenUp, Sign
from ui.widgets.basic import put_text, row
from ui.widgets.citizen_page import CitizenPageWidget, lie, touch, words
from ui.widgets.ink import InkField

DEVICE = "screen"


class SignPage(CitizenPageWidget):
    """The picture leaves with the answer; the strokes are forgotten with the page."""

    def __init__(self) -> None:
        super().__init__()
        self._title = words("", "c-title")
        self._words = words("", "c-body")
        self.field = InkField()
        self.field.changed.connect(self._changed)
        self._no = touch("不签", lambda: self.answered.emit(GivenUp(late=False)))
        self._again = touch("重写", self.field.wipe)
        self._done = touch("签好了", self._finish, "c-main")
        self.body.addWidget(self._title)
        self.body.addWidget(self._words)
        self.body.addWidget(self.field, 1)
        self._deciding, beside = row(gap=16), row(gap=16)
        for button in (self._no, self._again):
            beside.addWidget(button)
        self._deciding.addLayout(beside, 2)
        self._deciding.addWidget(self._done, 1)
        self.body.addLayout(self._deciding)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Upright, the words of three buttons have no room side by side."""
        super().resizeEvent(event)
        lie(self._deciding, self.width() > self.height())

    def draw(self, page: Sign) -> None:
        """Draw an empty field."""
        put_text(self._title, page.title)
        put_text(self._words, page.words)
        self.field.wipe()

    def wipe(self) -> None:
        """Forget the strokes."""
        super().wipe()
        self.field.wipe()

    def _changed(self) -> None:
        self.touched()
        self._done.setEnabled(self.field.is_written)
        put_text(self._done, self.say("签好了" if self.field.is_written else "请在框内签名"))

    def _finish(self) -> None:
        if self.field.is_written:
            self.answered.emit(Signature(self.field.picture(), self.field.strokes(), DEVICE))


CITIZEN = CitizenView(Sign, SignPage)
