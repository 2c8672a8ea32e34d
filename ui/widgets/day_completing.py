"""补充核对: what a day was closed without while the hub was away, balanced now that it is back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtWidgets import QPushButton

from counter_app.domain.cases import PaperRecord
from counter_app.services.day.completing import Rest
from ui.viewmodels.desk import DeskModel
from ui.widgets.basic import button, put_text, show, style
from ui.widgets.day_closing import compared, said_of
from ui.widgets.panel import Panel, listed


class CompletingPanel(Panel):
    """One day at a time, the oldest first; the sheet that was signed then stays as it is."""

    def __init__(self, model: DeskModel) -> None:
        super().__init__(model, "补充核对")
        self._day: date | None = None
        self._chosen = ""
        self._odd: list[QPushButton] = []
        self.why, self.second = self.edits(("原因", "先按那个号的“说明”"), ("复核人", "另一人的工号"))
        self.seconds()
        self.write = button("记下原因", self._write)
        self.sign = button("两人签名，打印补充单", self._sign, "primary")
        self.leads(self.why, self.write)
        self.signs(self.second, self.sign)
        self.acts(self.write, self.sign)
        self.hint("原扎账单不改：这里只核对当时因中枢未连接没有核对的发号。")

    def fetch(self) -> None:
        """Which days are left, and the first of them as it stands."""
        self.ask(self.model.counter.visit.days_owed, self._owed)

    def first(self) -> None:
        """The first number nobody has explained, else the signature."""
        (self._odd[0] if self._odd else self.second).setFocus()

    def _owed(self, days: Sequence[date]) -> None:
        self.clear()
        show(self.below, bool(days))
        self._day = days[0] if days else None
        if self._day is None:
            self.say("没有待补充的核对。", "h3")
            self.end()
            return
        self.ask(partial(self.model.counter.visit.rest_of, self._day), self._came)

    def _came(self, found: Rest) -> None:
        self.clear()
        self._odd, self._chosen = [], ""
        put_text(self.write, "记下原因")
        self.say(f"{found.day.month} 月 {found.day.day} 日扎账　单号 {found.sheet}", "h3")
        for line in found.balance.lines:
            self.rows.addWidget(listed("✓" if line.is_even else "✕", line.name, compared(line)))
            for what, odd in line.items.items():
                said, words = said_of(found.balance, line, what, odd)
                choose = button("说明", partial(self._choose, what), "quiet", f"说明 {what}")
                self._odd += [] if said else [choose]
                self.rows.addWidget(listed("　", what, words, choose))
        self.say("　".join(f"{name} {count}" for name, count in found.balance.told), "soft")
        self.end()
        self.first()

    def _choose(self, what: str) -> None:
        self._chosen = what
        put_text(self.write, f"记下原因：{what}")
        style(self.write, kind="")
        self.why.setFocus()

    def _write(self) -> None:
        if self._day is not None:
            visit = self.model.counter.visit
            self.order(partial(visit.explain_rest, self._day, self._chosen, self.why.text()), self._written)

    def _written(self, found: Rest) -> None:
        self.why.clear()
        self._came(found)

    def _sign(self) -> None:
        if self._day is not None:
            complete = partial(self.model.counter.visit.complete_day, self._day, self.second.text())
            self.ask_two(self.second, complete, self._signed)

    def _signed(self, paper: PaperRecord) -> None:
        self.second.clear()
        self.model.notices.tell("已补充核对", f"扎账补充单 {paper.number} 已送打印，请两人签名")
        self.fetch()
