"""评价: five equal buttons, none of them chosen beforehand; the two lowest may say why."""

from __future__ import annotations

from functools import partial

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QPushButton, QSizePolicy, QWidget

from drivers.protocols import LEVELS, Rating
from ui.registry import CitizenView
from ui.viewmodels.citizen import Rate
from ui.widgets.basic import column, empty, put_text, row, show
from ui.widgets.citizen_page import CitizenPageWidget, lie, touch, words

WORDS = {5: "非常满意", 4: "满意", 3: "基本满意", 2: "不满意", 1: "非常不满意"}
NOTE = "评价只用于改进服务，窗口人员看不到您的选择。"
ASKED_WHY = 2  # up to this level a reason may be given
DEVICE = "screen"


class RatePage(CitizenPageWidget):
    """Skipping is as easy as rating; the clerk sees only whether an answer was given."""

    def __init__(self) -> None:
        super().__init__()
        self._title = words("", "c-large")
        self._about = words("", "c-soft")
        self._levels = QWidget()
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self._levels)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(16)
        self.buttons = {level: self._level(level) for level in LEVELS}
        self._why = QWidget()
        self._reasons = QGridLayout(self._why)
        self._reasons.setContentsMargins(0, 0, 0, 0)
        self._reasons.setSpacing(12)
        for at in (0, 1):
            self._reasons.setColumnStretch(at, 1)
        self._ticks: dict[str, QPushButton] = {}
        self._given = 0
        self._skip = touch("不评价", partial(self._answer, Rating("skipped", 0, DEVICE)))
        self._back = touch("重选", partial(self._chosen, 0))
        self._send = touch("提交", self._send_low, "c-main")
        self._note = words(NOTE, "c-soft")
        self._build()

    def _build(self) -> None:
        self.body.addWidget(self._title)
        self.body.addWidget(self._about)
        middle = column()
        middle.addStretch(1)
        middle.addWidget(self._levels, 4)
        middle.addWidget(self._why, 6)
        middle.addStretch(1)
        self.body.addLayout(middle, 1)
        self.body.addWidget(self._note)
        end = row(gap=16)
        for button in (self._skip, self._back, self._send):
            end.addWidget(button)
        self.body.addLayout(end)

    def _level(self, level: int) -> QPushButton:
        made = touch(WORDS[level], partial(self._chosen, level))
        made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._row.addWidget(made, 1)
        return made

    def draw(self, page: Rate) -> None:
        """Draw the five levels."""
        self._given = 0
        put_text(self._about, "　".join(part for part in (page.title, page.number) if part))
        self._settle()

    def wipe(self) -> None:
        """Forget what was pressed."""
        super().wipe()
        self._given = 0
        self._ticks = {}
        empty(self._reasons)

    def too_late(self) -> object:
        """未评; a level already pressed counts, without its reasons."""
        return Rating("rated", self._given, DEVICE) if self._given else Rating("timeout", 0, DEVICE)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Upright screens have the levels one below another."""
        super().resizeEvent(event)
        lie(self._row, self.width() >= self.height())

    def _fill_reasons(self, level: int) -> None:
        """What may be ticked at a level, in two columns."""
        empty(self._reasons)
        assert isinstance(self.page, Rate)
        self._ticks = {code: self._tick(text) for at, code, text in self.page.reasons if at == level}
        for nth, tick in enumerate(self._ticks.values()):
            self._reasons.addWidget(tick, nth // 2, nth % 2)

    def _tick(self, text: str) -> QPushButton:
        made = touch(text, self.touched, "c-tick")
        made.setCheckable(True)
        made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        return made

    def _settle(self) -> None:
        low = bool(self._given)
        show(self._levels, not low)
        show(self._why, low)
        show(self._send, low)
        show(self._back, low)
        show(self._about, not low and bool(self._about.text()))
        show(self._skip, not low)
        put_text(self._title, f"您选择了“{WORDS[self._given]}”" if low else "请您评价本次服务")
        put_text(self._note, "方便说说原因吗？可选几项，也可不选，直接提交。" if low else NOTE)

    def _chosen(self, level: int) -> None:
        self.touched()
        if not level or self._asks_why(level):
            self._given = level
            self._fill_reasons(level)
            self._settle()
        else:
            self._answer(Rating("rated", level, DEVICE))

    def _asks_why(self, level: int) -> bool:
        reasons = self.page.reasons if isinstance(self.page, Rate) else ()
        return level <= ASKED_WHY and any(at == level for at, _, _ in reasons)

    def _send_low(self) -> None:
        chosen = tuple(code for code, tick in self._ticks.items() if tick.isChecked())
        self._answer(Rating("rated", self._given, DEVICE, chosen))

    def _answer(self, rating: Rating) -> None:
        self.answered.emit(rating)


CITIZEN = CitizenView(Rate, RatePage)
