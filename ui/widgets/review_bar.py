"""The bar above the work behind the counter: who works here, which desk, how much is late."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QFrame, QPushButton

from ui.viewmodels.review import ReviewModel
from ui.viewmodels.review_words import count_words
from ui.widgets.basic import Elided, button, empty, label, put_text, row, show

ALL = "全部岗位"


class ReviewBar(QFrame):
    """Always there; a hub that is away is said here, calmly, and asked again by itself."""

    def __init__(self, model: ReviewModel) -> None:
        super().__init__()
        self.setObjectName("bar")
        self.setAccessibleName("顶栏")
        self._model = model
        actor = model.port.actor
        self._place = label("后台审核", "window")
        self._who = label(f"{actor.clerk_name} {actor.clerk_no}".strip(), "soft")
        self._away = label("▲ 连不上大厅服务，正在重试", "chip")
        self._away.setProperty("chip", "warn")
        self._done = label("", "chip")
        self._done.setProperty("chip", "ok")
        self._counts = Elided("", "soft")
        self._again = button("刷新", model.refresh)
        line = row(self, (14, 6, 10, 6), 12)
        for part in (self._place, self._who, self._away, self._done):
            line.addWidget(part)
        line.addWidget(self._counts, 1)
        line.addWidget(self._again)
        line.addWidget(button("领下一件 F9", partial(model.act.emit, "call"), "next"))
        self._away.hide()
        self._done.hide()
        model.done.connect(self._tell)
        model.away_changed.connect(partial(show, self._away))
        model.rows_changed.connect(self.draw)

    def _tell(self, words: str) -> None:
        """What has just been done, until something else is."""
        put_text(self._done, words)
        show(self._done, bool(words))

    def draw(self) -> None:
        """How much there is, and how much of it is late."""
        self._counts.put(count_words(self._model.rows))


class DeskTabs(QFrame):
    """The desks with how much lies on each; the chosen one is pressed."""

    def __init__(self, model: ReviewModel) -> None:
        super().__init__()
        self.setAccessibleName("岗位")
        self._model = model
        self._line = row(self, gap=4)
        self._drawn: object = None
        self._buttons: list[QPushButton] = []
        model.rows_changed.connect(self.draw)

    def draw(self) -> None:
        """One button for each desk that has work, and one for all."""
        model = self._model
        desks = [("", sum(count for _, count in model.desks)), *model.desks]
        if model.desk and model.desk not in dict(model.desks):
            desks.append((model.desk, 0))
        if self._drawn == (desks, model.desk):
            return
        had = next((n for n, one in enumerate(self._buttons) if one.hasFocus()), -1)
        self._drawn = (desks, model.desk)
        empty(self._line)
        self._buttons = [self._button(desk, count) for desk, count in desks]
        self._line.addStretch(1)
        if 0 <= had < len(self._buttons):
            self._buttons[had].setFocus()

    def _button(self, desk: str, count: int) -> QPushButton:
        made = button(f"{desk or ALL} {count}", partial(self._model.choose_desk, desk), "toggle")
        made.setCheckable(True)
        made.setChecked(desk == self._model.desk)
        made.clicked.connect(lambda: made.setChecked(desk == self._model.desk))
        self._line.addWidget(made)
        return made
