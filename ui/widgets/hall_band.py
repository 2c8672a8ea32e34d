"""One strip under the top bar while something holds for the whole hall; nothing on ordinary days."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QFrame

from counter_app.domain.notices import HallNow
from counter_app.services.visit_view import VisitView
from ui.viewmodels.desk import DeskModel
from ui.widgets.basic import Elided, button, row, show, style


class HallBand(QFrame):
    """Outage, cover and calls for help, in one line, with the way to the page about them."""

    def __init__(self, model: DeskModel) -> None:
        super().__init__()
        self.setAccessibleName("全厅通知")
        self._words = Elided("", "strong")
        line = row(self, (14, 3, 10, 3), 10)
        line.addWidget(self._words, 1)
        line.addWidget(button("处置", partial(model.act.emit, "hall_page"), "quiet", "处置全厅通知"))
        self.hide()

    def draw(self, view: VisitView) -> None:
        """Draw what holds."""
        words = lines(view.hall_now)
        show(self, bool(words))
        self._words.put("　".join(words))
        style(self, band="err" if view.hall_now.helps or view.hall_now.outage else "warn")


def lines(now: HallNow) -> list[str]:
    """What holds, the most urgent first."""
    made = [f"✕ {word.text}（{word.at[11:16]}）" for word in now.helps]
    if now.outage is not None:
        who = f"，{now.outage.clerk_name}宣布" if now.outage.clerk_name else ""
        where = "，仅本机知道" if now.outage.is_local else ""
        made.append(f"✕ 停机公告中（{now.outage.at[11:16]} 起{who}{where}）")
    if now.cover is not None:
        made.append("▲ 全厅遮盖中：姓名、证件已隐藏，只由主管接待来访")
    return made
