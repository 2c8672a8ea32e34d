"""核对: everything the citizen has to agree to, read aloud or shown, with 改 beside each line."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from counter_app.services.visit_view import CaseView, VisitView
from ui.registry import Page
from ui.viewmodels.checking import answer_lines, people_lines
from ui.viewmodels.desk import DeskModel
from ui.viewmodels.form import fields_to_show
from ui.viewmodels.verdict import material_line, material_sign
from ui.widgets.basic import Elided, button, column, label, put_text, row
from ui.widgets.check_list import CheckLine, CheckList
from ui.widgets.flow import FlowLayout
from ui.widgets.page import PageWidget, scrolled
from ui.widgets.steps import StepChips
from ui.widgets.verdict_band import VerdictBand


class CheckPage(PageWidget):
    """The same list the paper will carry. F8 goes back, F10 says the citizen agrees and submits."""

    def __init__(self, model: DeskModel) -> None:
        super().__init__(model)
        self._drawn: object = None
        self._title = Elided("", "h2")
        self._steps = StepChips()
        self._list = CheckList()
        self._list.mended.connect(self._go_back)
        self._verdict = VerdictBand()
        self._back = button("返回修改 F8", partial(model.go, checking=False))
        self._later = button("已确认，先不提交", partial(model.act.emit, "confirm"))
        self._sign = button("请群众签字", partial(model.act.emit, "sign"))
        self._finger = button("按指纹", partial(model.act.emit, "finger"))
        self._attest = button("不识字…", partial(model.act.emit, "attest"), name="不识字：念读、见证、按指印")
        self._submit = button("群众确认无误，提交 F10", partial(model.act.emit, "submit"), "primary")
        self._build()

    def _build(self) -> None:
        page = column(self, (14, 10, 12, 10), 8)
        head = row(gap=10)
        head.addWidget(self._title, 1)
        head.addWidget(self._steps)
        page.addLayout(head)
        page.addWidget(label("请逐项读给群众听，或把屏幕转给群众看；有误的按“改”。", "soft", wrap=True))
        self._area = scrolled(self._list, "核对内容")
        page.addWidget(self._area, 1)
        page.addWidget(self._verdict)
        actions = QWidget()
        line = FlowLayout(actions, 8)
        for made in (self._submit, self._back, self._later, self._sign, self._finger, self._attest):
            line.addWidget(made)
        page.addWidget(actions)

    def draw(self, view: VisitView) -> None:
        """Draw the answers of the case in hand."""
        case = view.case
        if case is None:
            return
        self._title.put(f"请核对：{case.name}")
        self._steps.put("check")
        put_text(self._sign, "✓ 已签字，重签" if "sign" in case.signed else "请群众签字")
        self._finger.setVisible(self.model.counter.can("finger"))  # a reader may come while the page is up
        put_text(self._finger, "✓ 已按指纹，重按" if "finger" in case.signed else "按指纹")
        put_text(self._attest, "✓ 已念读见证" if case.witnesses else "不识字…")
        self._verdict.put(case, view.online)
        key = (case.fields, case.materials, case.questions, case.situation, view.principals, view.speaker)
        if key != self._drawn:
            self._drawn = key
            self._list.fill(self._lines(view, case))

    def forget(self) -> None:
        """Drop the list."""
        self._drawn = None
        self._title.put("")
        self._list.clear()

    def enter(self) -> None:
        """Stand on the way back, so that a stray Enter changes nothing."""
        self._back.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Page up and down read on."""
        steps = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}
        if event.key() in steps:
            bar = self._area.verticalScrollBar()
            bar.setValue(bar.value() + steps[Qt.Key(event.key())] * bar.pageStep() * 4 // 5)
        else:
            super().keyPressEvent(event)

    def _lines(self, view: VisitView, case: CaseView) -> list[CheckLine]:
        lines = [CheckLine(name, words) for name, words in people_lines(view, case)]
        for field in fields_to_show(case):
            key = field.key if field.editable else ""
            lines += [
                CheckLine(name, words, wide, key, field.label) for name, words, wide in answer_lines(field)
            ]
        for material in case.materials:
            if material.state != "not_needed":
                words = f"{material.name}　{material_line(material)}"
                lines.append(CheckLine("材料", words, sign=material_sign(material)))
        return lines

    def _go_back(self, key: str) -> None:
        self.model.go(checking=False)
        self.model.jump.emit(key)


PAGE = Page("check", "核对", CheckPage)
