"""Nobody at the window: call the next number, take up what was put aside, or serve whoever comes."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QFrame, QWidget

from counter_app.domain.tickets import LineState
from counter_app.services.visit_view import HeldView, VisitView
from ui.registry import Page
from ui.viewmodels.desk import DeskModel
from ui.widgets.basic import Elided, button, card, column, empty, label, put_text, row, show
from ui.widgets.first_run import FirstRun
from ui.widgets.page import PageWidget, scrolled
from ui.widgets.ways import Ways


class IdlePage(PageWidget):
    """The calm page between two people."""

    def __init__(self, model: DeskModel) -> None:
        super().__init__(model)
        self._line = label("", "soft", wrap=True)
        self._ways = Ways(model)
        self._call = button("呼叫下一位　F9", partial(model.act.emit, "call"), "primary")
        self._held = _HeldList(model)
        self._first = FirstRun() if model.counter.simulated is not None else None
        self._build()

    def _build(self) -> None:
        page = column(self, (20, 16, 18, 14), 12)
        head = row(gap=10)
        words = column(gap=2)
        words.addWidget(label("窗口空闲", "h1"))
        words.addWidget(self._line)
        head.addLayout(words, 1)
        serve = partial(self.model.do, "serve_walk_in")
        head.addWidget(button("无号受理", serve, name="无号受理：来人没有取号"))
        head.addWidget(self._call)
        page.addLayout(head)
        inside = QWidget()
        below = column(inside, (0, 0, 6, 0), 12)
        below.addWidget(self._ways)
        if self._first is not None:
            below.addWidget(self._first)
        below.addWidget(self._held)
        below.addStretch(1)
        page.addWidget(scrolled(inside, "空闲"), 1)

    def draw(self, view: VisitView) -> None:
        """Draw the line and what was put aside."""
        put_text(self._line, line_words(view.line))
        self._held.put(view.held)

    def enter(self) -> None:
        """F9 needs no focus; the number can be typed at once."""
        self._ways.certno.setFocus()

    def step(self, by: int) -> bool:
        """Enter on a number looks it up."""
        return (by > 0 and self._ways.leave_number()) or super().step(by)

    def digit(self, number: int) -> bool:
        """Take up one of the visits put aside."""
        return self._held.resume(number)


class _HeldList(QFrame):
    """Visits put aside, each with the digit that takes it up."""

    def __init__(self, model: DeskModel) -> None:
        super().__init__()
        self._model = model
        self._held: tuple[HeldView, ...] = ()
        self._column = column(self, gap=6)

    def put(self, held: tuple[HeldView, ...]) -> None:
        """Show what is put aside."""
        show(self, bool(held))
        if held == self._held:
            return
        self._held = held
        empty(self._column)
        self._column.addWidget(label(f"挂起 {len(held)} 个号", "group"))
        for nth, one in enumerate(held, 1):
            self._column.addWidget(self._one(nth, one))

    def resume(self, nth: int) -> bool:
        """Take up the nth."""
        if not 1 <= nth <= len(self._held):
            return False
        return self._model.do("resume", self._held[nth - 1].visit_id)

    def _one(self, nth: int, one: HeldView) -> QFrame:
        box = card()
        line = row(box, (12, 4, 8, 4), 10)
        line.addWidget(label(str(nth), "key"))
        names = "、".join(one.names) or "未核身"
        line.addWidget(Elided(f"{one.ticket or '无号'}　{names}　{one.cases} 件", "label"), 1)
        line.addWidget(label(f"{one.saved_at[11:16]} 起" if len(one.saved_at) > 15 else "", "small"))
        line.addWidget(
            button(
                "接着办",
                partial(self._model.do, "resume", one.visit_id),
                name=f"接着办 {one.ticket or names}",
            )
        )
        return box


def line_words(line: LineState) -> str:
    """How long the line is, in one sentence."""
    if not line.waiting:
        return "现在没有人等候。来人没有号也可以直接办。"
    priority = f"，其中优先 {line.priority} 人" if line.priority else ""
    longest = f"，最久已等 {line.longest_ms // 60000} 分钟" if line.longest_ms >= 60000 else ""
    return f"等候 {line.waiting} 人{priority}{longest}。"


PAGE = Page("idle", "空闲", IdlePage)
