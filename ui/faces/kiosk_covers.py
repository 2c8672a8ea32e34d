"""What lies over a page of the kiosk: 还在吗, 已经叫人, the manager's PIN, a fault of ours."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QWidget

from ui.page_help import help_for
from ui.tongues import aloud, said_by
from ui.viewmodels.kiosk import KioskModel
from ui.widgets.basic import column, empty, label, row
from ui.widgets.reworded import reword
from ui.widgets.touch import big
from ui.widgets.touch_keys import NumberPad

SAID = {
    "still_here": "您还在办吗？不办了，屏幕会清空。",
    "helped": "已经叫工作人员，请稍等。",
    "calm": "机器出了点问题，请叫工作人员来。",
}


class KioskCover(QFrame):
    """Covers the whole face. Only its own buttons can be touched."""

    def __init__(self, model: KioskModel, face: QWidget) -> None:
        super().__init__(face)
        self._model, self._face = model, face
        self.setObjectName("cover")
        self.setAutoFillBackground(True)
        self._page = column(self, (40, 24, 40, 24), 16)
        self._pad: NumberPad | None = None
        model.covered.connect(self.draw)
        self.hide()

    def draw(self) -> None:
        """Show what is to lie over the page, or nothing."""
        empty(self._page)
        self._pad = None
        builders: dict[str, Callable[[], None]] = {
            "still_here": self._still_here,
            "helped": self._helped,
            "pin": self._pin,
            "calm": self._calm,
            "guide": self._guide,
        }
        build = builders.get(self._model.cover)
        if build is None:
            self.hide()
            return
        self._page.addStretch(1)
        build()
        self._page.addStretch(2)
        reword(self, said_by(self._model.guest.tongue, self._model.is_elder))
        self.show()
        self.spread_again()
        if self._model.cover in SAID:
            self._say(SAID[self._model.cover])

    def spread_again(self) -> None:
        """Cover everything, whatever the size is now."""
        if not self.isHidden():
            self.setGeometry(self._face.rect())
            self.raise_()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """No key reaches what is underneath."""
        event.accept()

    def _tell(self, title: str, text: str) -> None:
        for words, role in ((title, "h1"), (text, "body")):
            if not words:
                continue
            made = label(words, role, wrap=True)
            made.setAlignment(Qt.AlignmentFlag.AlignCenter)
            self._page.addWidget(made)

    def _buttons(self, *given: tuple[str, Callable[[], object], str]) -> None:
        line = row(gap=24)
        line.addStretch(1)
        for words, act, kind in given:
            made = big(words, act, kind)
            made.setMinimumWidth(280)
            line.addWidget(made)
        line.addStretch(1)
        self._page.addLayout(line)

    def _still_here(self) -> None:
        self._tell("您还在办吗？", "没有人应答，屏幕会清空。没办完的会替您留着，下次出示证件接着办。")
        self._buttons(("不办了", self._model.wipe, ""), ("还在办", lambda: self._model.lay(""), "primary"))

    def _helped(self) -> None:
        self._tell("已经叫工作人员", "引导台收到了，请在这里稍等。")
        self._buttons(("知道了", lambda: self._model.lay(""), "primary"))

    def _calm(self) -> None:
        self._tell("机器出了点问题", "已经办好的都有效。请叫工作人员来，或到窗口办理。")
        self._buttons(("回到首页", self._model.wipe, "primary"))

    def _guide(self) -> None:
        """怎么用: what the page underneath is for, said aloud, and what to do in trouble."""
        told = help_for("kiosk", self._model.place)
        if told is None:
            self._model.lay("")
            return
        self._tell(f"怎么用：{told.title}", told.about)
        for words in told.wrong:
            self._tell("", words)
        self._buttons(("知道了", lambda: self._model.lay(""), "primary"))
        self._say(told.about)

    def _say(self, words: str) -> None:
        said, code = aloud(words, self._model.guest.tongue)
        if said:
            self._model.port.say(said, code)

    def _pin(self) -> None:
        self._pad = NumberPad("", masked=True, longest=12)
        self._tell("请输入管理口令", "")
        if self._model.pin_problem is not None:
            told = self._model.pin_problem
            self._page.addWidget(label(f"✕ {told.title}。{told.cause}{told.advice}", "body", wrap=True))
        self._page.addWidget(self._pad)
        self._buttons(("取消", self._cancel, ""), ("退出自助终端", self._try, "primary"))

    def _cancel(self) -> None:
        self._model.pin_problem = None
        self._model.lay("")

    def _try(self) -> None:
        pin = self._pad.text if self._pad is not None else ""
        self._model.try_pin(pin)
