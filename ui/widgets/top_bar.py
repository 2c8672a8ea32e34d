"""A: window, clerk, the number being served, the line, and the one button that calls."""

from __future__ import annotations

import time
from functools import partial

from PySide6.QtWidgets import QFrame, QWidget

from counter_app.domain.tickets import LineState, needs_told
from counter_app.services.visit_view import TicketView, VisitView
from ui.viewmodels.desk import DeskModel
from ui.widgets.basic import Elided, button, label, put_text, row, show, style


class TopBar(QFrame):
    """Always there; elapsed time without target or countdown."""

    def __init__(self, model: DeskModel) -> None:
        super().__init__()
        self.setObjectName("bar")
        self.setAccessibleName("顶栏")
        self._since: tuple[str, float] = ("", 0.0)
        self._window = label("", "window")
        self._clerk = label("", "soft")
        self._ticket = label("", "noticket")
        self._elapsed = label("", "soft")
        self._demo = label("演示", "chip")
        self._demo.setProperty("chip", "warn")
        self._needs = label("", "chip")
        self._needs.setProperty("chip", "defer")
        self._line = Elided("", "soft")
        self.palette_button = button("找事项、人员、命令　Ctrl+K", partial(model.act.emit, "palette"))
        self.call_button = button("呼叫下一位 F9", partial(model.act.emit, "call"), "next")
        line = row(self, (14, 6, 10, 6), 12)
        parts: tuple[QWidget, ...] = (
            self._window,
            self._clerk,
            self._ticket,
            self._needs,
            self._elapsed,
            self._demo,
        )
        for part in parts:
            line.addWidget(part)
        line.addWidget(self._line, 1)
        line.addWidget(self.palette_button)
        line.addWidget(self.call_button)

    def draw(self, view: VisitView) -> None:
        """Draw what changed."""
        put_text(self._window, f"{view.window}号窗口")
        put_text(self._clerk, f"{view.clerk_name} {view.clerk_no}")
        words = view.ticket.number if view.ticket else ("无号" if view.visit_open else "空闲")
        put_text(self._ticket, words)
        style(self._ticket, role="ticket" if view.ticket else "noticket")
        self._ticket.setAccessibleName(f"当前号 {words}")
        needs = needs_told(view.ticket.needs) if view.ticket else ""
        put_text(self._needs, f"◆ {needs}" if needs else "")
        show(self._needs, bool(needs))
        self._line.put(_line(view.line))
        put_text(self._demo, "培训　不具效力" if view.training else "演示")
        show(self._demo, view.synthetic)
        self._remember(view.ticket)
        self.tick()
        put_text(
            self.call_button, "复呼 / 过号 F9" if view.ticket and not view.principals else "呼叫下一位 F9"
        )

    def tick(self) -> None:
        """Once a second: how long this number has been at the window."""
        key, since = self._since
        if not key:
            put_text(self._elapsed, "")
            return
        seconds = max(0, int(time.monotonic() - since))
        put_text(self._elapsed, f"已办 {seconds // 60:02d}:{seconds % 60:02d}")

    def _remember(self, ticket: TicketView | None) -> None:
        key = ticket.ticket_id if ticket else ""
        if key != self._since[0]:
            ago = ticket.serving_since_ms / 1000 if ticket else 0.0
            self._since = (key, time.monotonic() - ago)


def _line(line: LineState) -> str:
    words = f"等候 {line.waiting} 人"
    if line.priority:
        words += f" · 优先 {line.priority}"
    if line.longest_ms >= 60000:
        words += f" · 最久 {line.longest_ms // 60000} 分"
    return words
