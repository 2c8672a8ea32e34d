"""扎账: what must be equal, what is not by name, and two signatures."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QPushButton

from counter_app.domain.cases import PaperRecord
from counter_app.domain.days import Explained
from counter_app.policy.day_balance import AWAY, Balance, Line
from counter_app.services.day.closing import Closing, Sealed
from ui.viewmodels.desk import DeskModel
from ui.widgets.basic import button, put_text, show, style
from ui.widgets.panel import Panel, listed
from ui.words import sealed_words


def compared(line: Line) -> str:
    """The two sides of a comparison, as the day's page and its supplement say them."""
    parts = " + ".join(f"{name} {count}" for name, count in line.parts)
    words = f"{line.left[0]} {line.left[1]} ＝ {parts}" if line.parts else f"{line.left[1]}"
    return words if line.is_even else words.replace("＝", "≠") + f"　差 {line.difference}"


def said_of(found: Balance, line: Line, what: str, odd: str) -> tuple[Explained | None, str]:
    """Whether somebody has said why a thing differs, and the words of its row."""
    said = next((one for one in found.explained if (one.line, one.what) == (line.id, what)), None)
    return said, f"{odd}　已说明：{said.why}　{said.by.words}" if said else odd


class ClosingPanel(Panel):
    """The balance above; a difference is chosen, its reason written, then it is written down."""

    def __init__(self, model: DeskModel) -> None:
        super().__init__(model, "扎账")
        self._chosen = ("", "")
        self._sealed: Sealed | None = None
        self._odd: list[QPushButton] = []
        self.why, self.second = self.edits(("原因", "先按那一项的“说明”"), ("复核人", "另一人的工号"))
        self.seconds()
        self.write = button("记下原因", self._write)
        self.sign = button("两人签名，扎账打印", self._sign, "primary")
        self.seal = button("封存未上传的", self._seal, "", "把未上传的记录导出为封存包")
        self.leads(self.why, self.write)
        self.signs(self.second, self.sign)
        self.acts(self.write, self.seal, self.sign)
        self.hint("账不能强行做平：每一处差异都要查明，写明原因和说明人。")

    def fetch(self) -> None:
        """The balance as it stands now."""
        self.ask(partial(self.model.counter.visit.closing, self._sealed), self._came)

    def first(self) -> None:
        """The first difference nobody has explained, else the signature."""
        (self._odd[0] if self._odd else self.second).setFocus()

    def _came(self, found: Closing) -> None:
        self.clear()
        self._odd, self._chosen = [], ("", "")
        is_over = bool(found.state.closed_at)
        show(self.below, not is_over)
        show(self.seal, any(line.id == "unsent" and not line.is_even for line in found.balance.lines))
        if is_over:  # what comes after the sheet, its own record among it, is of no balance
            who = "、".join(one.words for one in found.state.closed_by)
            self.say(f"✓ 今日已扎账：{found.state.closed_at[11:16]}，{who}，单号 {found.state.sheet}", "h3")
            self.say("账目以两人签名的扎账单为准。", "soft")
        for _, name in () if is_over else found.balance.unchecked:
            self.rows.addWidget(listed("—", name, f"未核（{AWAY}）"))
        if found.balance.unchecked and not is_over:
            self.say("现在可以先扎账：未核的项目照实印在单上，中枢恢复后再核对，另出补充单。", "soft")
        for line in () if is_over else found.balance.lines:
            self._draw(line, found.balance)
        self.say("　".join(f"{name} {count}" for name, count in found.balance.told), "soft")
        self.end()
        self.first()

    def _draw(self, line: Line, found: Balance) -> None:
        words = compared(line)
        self.rows.addWidget(listed("✓" if line.is_even else "✕", line.name, words))
        for what, odd in line.items.items():
            said, words = said_of(found, line, what, odd)
            choose = button("说明", partial(self._choose, line.id, what), "quiet", f"说明 {what}")
            if said is None and line.id != "unsent":
                self._odd.append(choose)
            self.rows.addWidget(listed("　", what, words, *([choose] if line.id != "unsent" else [])))

    def _choose(self, line: str, what: str) -> None:
        self._chosen = (line, what)
        put_text(self.write, f"记下原因：{what}")
        style(self.write, kind="")
        self.why.setFocus()

    def _write(self) -> None:
        call = partial(self.model.counter.visit.explain, *self._chosen, self.why.text())
        self.order(call, self._written)

    def _written(self, found: Closing) -> None:
        self.why.clear()
        put_text(self.write, "记下原因")
        self._came(found)

    def _sign(self) -> None:
        second = self.second.text()
        close = partial(self.model.counter.visit.close_day, second, self._sealed)
        self.ask_two(self.second, close, self._signed)

    def _seal(self) -> None:
        """Onto a stick, or into this desk's own folder; the sheet counts it as packaged from then on."""
        self.model.seal_away("", self._kept)

    def _kept(self, sealed: Sealed) -> None:
        self._sealed = sealed if sealed.records else None
        self.model.notices.tell("封存包", sealed_words(sealed))
        self.fetch()

    def _signed(self, paper: PaperRecord) -> None:
        self.second.clear()
        self._sealed = None
        self.model.notices.tell("已扎账", f"日终扎账单 {paper.number} 已送打印，请两人签名")
        self.fetch()
