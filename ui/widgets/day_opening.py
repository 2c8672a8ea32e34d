"""开班检查: each item is looked at, two people sign."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QPushButton, QWidget

from counter_app.domain.days import DayState
from counter_app.services.day.opening import Opening, Row
from ui.viewmodels.desk import DeskModel
from ui.widgets.basic import button, show
from ui.widgets.panel import Panel, listed


class OpeningPanel(Panel):
    """One row an item; Enter on 正常 goes on to the next that is open."""

    def __init__(self, model: DeskModel) -> None:
        super().__init__(model, "开班检查")
        self._open: list[QPushButton] = []
        self.note, self.second = self.edits(("情况", "不正常的先写这里"), ("另一人", "在场另一人的工号"))
        self.seconds()
        self.begin = button("两人签名，开班", self._begin, "primary")
        self.acts(self.begin)
        self.hint("两人同时在场开柜取章；每一项都看过才能开班，不正常的先写明情况，再按那一项的“不正常”。")

    def fetch(self) -> None:
        """What has been looked at this morning."""
        words = "、".join(f"{role} {word}" for role, ok, word in self.model.counter.device_states() if not ok)
        self.ask(partial(self.model.counter.visit.opening, words), self._came)

    def first(self) -> None:
        """The first item nobody has looked at, else the signature."""
        (self._open[0] if self._open else self.second).setFocus()

    def _came(self, found: Opening) -> None:
        self.clear()
        self._open = []
        if found.state.is_open:
            who = "、".join(one.words for one in found.state.opened_by)
            self.say(f"✓ 今日已开班：{found.state.opened_at[11:16]}，{who}", "h3")
        for one in found.rows:
            self.rows.addWidget(self._row(one))
        self.end()
        show(self.begin, not found.state.is_open)
        self.first()

    def _row(self, one: Row) -> QWidget:
        name, found = one.item.name, one.found
        sign = "●" if found is None else ("✓" if found.ok else "✕")
        words = one.detail or one.item.hint
        if found is not None and found.note and found.note != one.detail:
            words = f"{found.note}　{one.detail}".strip()
        good = button("正常", partial(self._look, one.item.id, True), name=f"{name}：正常")
        bad = button("不正常", partial(self._look, one.item.id, False), "quiet", f"{name}：不正常")
        if found is None:
            self._open.append(good)
        return listed(sign, name, words, good, bad)

    def _look(self, item: str, ok: bool) -> None:
        note = "" if ok else self.note.text()
        self.ask(partial(self.model.counter.visit.look, item, ok, note), self._looked)

    def _looked(self, found: Opening) -> None:
        self.note.clear()
        self._came(found)

    def _begin(self) -> None:
        second = self.second.text()
        self.ask_two(second, partial(self.model.counter.visit.open_day, second), self._begun)

    def _begun(self, state: DayState) -> None:
        self.second.clear()
        self.model.notices.tell("已开班", "、".join(one.words for one in state.opened_by))
        self.fetch()
