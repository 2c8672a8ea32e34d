"""开班检查: each item is looked at, two people sign."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QPushButton, QWidget

from counter_app.domain.days import DayState, Item
from counter_app.services.day.opening import Opening, Row
from ui.viewmodels.desk import DeskModel
from ui.widgets.basic import button, show
from ui.widgets.panel import Panel, listed

NOTE = "不正常的写在这里"


class OpeningPanel(Panel):
    """One row an item; Enter on 正常 goes on to the next that is open."""

    def __init__(self, model: DeskModel) -> None:
        super().__init__(model, "开班检查")
        self._open: list[QPushButton] = []
        self.note, self.second = self.edits(("情况", NOTE), ("另一人", "在场另一人的工号"))
        self.seconds()
        self.begin = button("两人签名，开班", self._begin, "primary")
        self.signs(self.second, self.begin)
        self.acts(self.begin)
        self.hint("两人同时在场开柜取章；每一项都看过才能开班，不正常的按“不正常”，写明情况再按一次。")

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
        self.leads(self.note, None)
        self.note.setPlaceholderText(NOTE)
        if found.state.is_open:
            who = "、".join(one.words for one in found.state.opened_by)
            self.say(f"✓ 今日已开班：{found.state.opened_at[11:16]}，{who}", "h3")
        for one in found.rows:
            self.rows.addWidget(self._row(one))
        self.end()
        show(self.begin, not found.state.is_open)
        self.first()
        if found.state.is_open:
            self.to_top()

    def _row(self, one: Row) -> QWidget:
        name, found = one.item.name, one.found
        sign = "●" if found is None else ("✓" if found.ok else "✕")
        words = one.detail or one.item.hint
        if found is not None and found.note and found.note != one.detail:
            words = f"{found.note}　{one.detail}".strip()
        kind = "" if found is None else "quiet"  # what was looked at may be looked at again
        good = button("正常", partial(self._look, one.item.id), kind, f"{name}：正常")
        bad = button("不正常", lambda: self._bad(one.item, bad), "quiet", f"{name}：不正常")
        if found is None:
            self._open.append(good)
        return listed(sign, name, words, good, bad)

    def _look(self, item: str) -> None:
        self.order(partial(self.model.counter.visit.look, item, True, ""), self._looked)

    def _bad(self, item: Item, act: QWidget) -> None:
        """Not in order: the words come first, Enter leads back here."""
        note = self.note.text()
        if note.strip():
            self.order(partial(self.model.counter.visit.look, item.id, False, note), self._looked)
            return
        self.note.setPlaceholderText(f"“{item.name}”怎样不正常")
        self.leads(self.note, act)
        self.note.setFocus()

    def _looked(self, found: Opening) -> None:
        self.note.clear()
        self._came(found)

    def _begin(self) -> None:
        call = partial(self.model.counter.visit.open_day, self.second.text())
        self.ask_two(self.second, call, self._begun)

    def _begun(self, state: DayState) -> None:
        self.second.clear()
        self.model.notices.tell("已开班", "、".join(one.words for one in state.opened_by))
        self.fetch()
