"""办结: the number, the papers and what became of them, and what comes next."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QWidget

from counter_app.services.home_visits import BOOKING
from counter_app.services.visit_view import CaseView, PaperView, VisitView
from ui.registry import Page
from ui.viewmodels.desk import DeskModel
from ui.widgets.basic import Elided, band, button, column, is_tight, label, put_text, row, show, style
from ui.widgets.flow import FlowLayout
from ui.widgets.page import PageWidget, scrolled
from ui.widgets.steps import StepChips
from ui.widgets.verdict_band import VerdictBand
from ui.words import OUTCOME_PAPERS, PAPER_STATE, sign


class DonePage(PageWidget):
    """A receipt exists from here on, whatever the printer says."""

    def __init__(self, model: DeskModel) -> None:
        super().__init__(model)
        self._title = Elided("", "h2")
        self._steps = StepChips()
        self._number = label("", "huge")
        self._outcome = label("", "h3", wrap=True)
        self._verdict = VerdictBand()
        self._papers_title = label("单据", "group")
        self._papers: dict[str, _PaperLine] = {}
        self._paper_box = QWidget()
        self._paper_column = column(self._paper_box, gap=6)
        self._paper_column.addStretch(1)
        self._next = button("办下一件", self._next_case, "primary")
        self._add = button("加办一件 F2", partial(model.act.emit, "add_case"))
        self._finish = button("办结本号 Ctrl+Shift+H", partial(model.act.emit, "finish"), "primary")
        self._verify = button("核实待核", partial(model.act.emit, "verify"), "primary")
        self._book = button("约上门办理的事项", partial(model.act.emit, "book_visit"))
        self._call = button("呼叫下一位 F9", partial(model.act.emit, "call"))
        self._build()

    def _build(self) -> None:
        page = column(self, (14, 10, 12, 10), 8)
        head = row(gap=10)
        head.addWidget(self._title, 1)
        head.addWidget(self._steps)
        page.addLayout(head)
        box = band("ok")
        inside = column(box, (16, 8, 12, 8), 2)
        inside.addWidget(self._outcome)
        inside.addWidget(self._number)
        page.addWidget(box)
        page.addWidget(self._verdict)
        page.addWidget(self._papers_title)
        page.addWidget(scrolled(self._paper_box, "单据"), 1)
        actions = QWidget()
        line = FlowLayout(actions, 8)
        for made in (self._verify, self._book, self._next, self._finish, self._call, self._add):
            line.addWidget(made)
        page.addWidget(actions)

    def draw(self, view: VisitView) -> None:
        """Draw what was accepted."""
        case = view.case
        if case is None:
            return
        self._title.put(case.name)
        self._steps.put("done")
        put_text(self._number, case.number)
        put_text(self._outcome, _outcome(case))
        self._number.setAccessibleName(f"受理号 {case.number}")
        tight = is_tight(self)
        style(self._number, role="h1" if tight else "huge")
        self._verdict.put(case, view.online, hidden=tight)
        show(self._papers_title, not tight)
        self._show_papers(case.papers)
        unfinished = any(not tile.number for tile in view.tiles)
        show(self._next, unfinished)
        show(self._verify, case.provisional)
        show(self._book, case.type_id == BOOKING)
        style(self._finish, kind="" if unfinished else "primary")

    def enter(self) -> None:
        """Stand on what usually comes next."""
        (self._finish if self._next.isHidden() else self._next).setFocus()

    def forget(self) -> None:
        """Drop the number and the papers."""
        self._title.put("")
        put_text(self._number, "")
        self._show_papers(())

    def _show_papers(self, papers: tuple[PaperView, ...]) -> None:
        wanted = {paper.number + paper.kind: paper for paper in papers}
        for key in [k for k in self._papers if k not in wanted]:
            old = self._papers.pop(key)
            old.hide()
            old.deleteLater()
        for nth, (key, paper) in enumerate(wanted.items()):
            if key not in self._papers:
                self._papers[key] = _PaperLine(self.model)
                self._paper_column.insertWidget(nth, self._papers[key])
            self._papers[key].put(paper)

    def _next_case(self) -> None:
        tile = next((tile for tile in self.model.view.tiles if not tile.number), None)
        if tile is not None:
            self.model.do("focus_case", tile.case_id)


class _PaperLine(QFrame):
    """One paper with its state and 补打."""

    def __init__(self, model: DeskModel) -> None:
        super().__init__()
        self.setProperty("card", True)
        self._model = model
        self._number = ""
        line = row(self, (12, 5, 8, 5), 10)
        words = column(gap=0)
        self._title = Elided("", "strong")
        self._detail = Elided("", "small")
        words.addWidget(self._title)
        words.addWidget(self._detail)
        line.addLayout(words, 1)
        self._chip: QLabel = label("", "chip")
        self._chip.setProperty("chip", "info")
        line.addWidget(self._chip, 0, Qt.AlignmentFlag.AlignVCenter)
        self._again: QPushButton = button("补打", self._reprint)
        line.addWidget(self._again)

    def put(self, paper: PaperView) -> None:
        """Show a paper."""
        self._number = paper.number
        self._title.put(paper.title)
        said = f"{paper.number}　已补打 {paper.reprints} 次" if paper.reprints else paper.number
        if paper.problem is not None:
            said = f"{paper.problem.title}：{paper.problem.advice}"
        self._detail.put(said)
        kind, words = sign(PAPER_STATE, paper.state)
        put_text(self._chip, words)
        style(self._chip, chip=kind)
        put_text(self._again, "打印" if paper.state == "failed" else "补打")
        self._again.setAccessibleName(f"{self._again.text()} {paper.title}")
        self._again.setEnabled(paper.state != "queued")

    def _reprint(self) -> None:
        self._model.do("reprint", self._number)


def _outcome(case: CaseView) -> str:
    said = next((OUTCOME_PAPERS[p.kind] for p in case.papers if p.kind in OUTCOME_PAPERS), "")
    if said:
        return f"✓ {said}"
    instant = case.verdict is not None and case.verdict.kind == "instant"
    return "✓ 已受理并办结" if instant else "✓ 已受理"


PAGE = Page("done", "办结", DonePage)
