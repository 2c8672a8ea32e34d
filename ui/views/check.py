"""核对: everything the citizen has to agree to, read aloud or shown, with 改 beside each line."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from counter_app.services.visit_view import CaseView, FieldView, VisitView
from ui.registry import Page
from ui.viewmodels.desk import DeskModel
from ui.viewmodels.form import ASK, fields_to_show
from ui.viewmodels.people import banner, speaker
from ui.viewmodels.verdict import material_line, material_sign
from ui.widgets.basic import Elided, button, column, hair, label, row, style
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
        self._list = QWidget()
        self._grid = QGridLayout(self._list)
        self._grid.setContentsMargins(0, 0, 6, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(5)
        self._verdict = VerdictBand()
        self._back = button("返回修改 F8", partial(model.go, checking=False))
        self._later = button("已确认，先不提交", partial(model.act.emit, "confirm"))
        self._submit = button("群众确认无误，提交 F10", partial(model.act.emit, "submit"), "primary")
        self._build()

    def _build(self) -> None:
        page = column(self, (14, 10, 12, 10), 8)
        head = row(gap=10)
        head.addWidget(self._title, 1)
        head.addWidget(self._steps)
        page.addLayout(head)
        page.addWidget(label("请逐项读给群众听，或把屏幕转给群众看；有误的按“改”。", "soft", wrap=True))
        page.addWidget(scrolled(self._list, "核对内容"), 1)
        page.addWidget(self._verdict)
        actions = QWidget()
        line = FlowLayout(actions, 8)
        for made in (self._submit, self._back, self._later):
            line.addWidget(made)
        page.addWidget(actions)

    def draw(self, view: VisitView) -> None:
        """Draw the answers of the case in hand."""
        case = view.case
        if case is None:
            return
        self._title.put(f"请核对：{case.name}")
        self._steps.put("check")
        self._verdict.put(case, view.online)
        key = (case.fields, case.materials, case.questions, case.situation, view.principals, view.speaker)
        if key != self._drawn:
            self._drawn = key
            self._fill(view, case)

    def enter(self) -> None:
        """Stand on the way back, so that a stray Enter changes nothing."""
        self._back.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fill(self, view: VisitView, case: CaseView) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        line = self._people(view, case)
        for field in fields_to_show(case):
            line = self._field(line, field)
        self._grid.addWidget(hair(), line, 0, 1, 3)
        line += 1
        for material in case.materials:
            if material.state == "not_needed":
                continue
            kind, words = material_sign(material)
            chip = label(words, "chip")
            chip.setProperty("chip", kind)
            self._line(line, "材料", f"{material.name}　{material_line(material)}", chip)
            line += 1
        self._grid.setColumnStretch(1, 1)
        self._grid.setRowStretch(line, 1)

    def _people(self, view: VisitView, case: CaseView) -> int:
        person = next((p for p in view.principals if p.key == case.principal_key), None)
        if person is None:
            return 0
        words = banner(person)
        self._line(0, "办理人", f"{words.name}　{words.about}　{words.certno}", None)
        self._line(1, "由谁办理", speaker(view.speaker).title, None)
        return 2

    def _field(self, line: int, field: FieldView) -> int:
        if field.type == "table":
            for nth, cells in enumerate(field.rows, 1):
                said = "　".join(f"{c.label} {v}" for c, v in zip(field.columns, cells, strict=True) if v)
                self._line(line, f"{field.label} {nth}", said, self._mend(field) if nth == 1 else None)
                line += 1
            return line
        value = field.display or field.value
        if field.key.startswith(ASK) or field.type == "bool":
            value = {"yes": "是", "no": "否"}.get(field.value, "")
        if not value:
            return line
        self._line(line, field.label, value, self._mend(field) if field.editable else None)
        return line + 1

    def _mend(self, field: FieldView) -> QWidget:
        return button("改", partial(self._go_back, field.key), "link", f"改 {field.label}")

    def _line(self, line: int, name: str, value: str, last: QWidget | None) -> None:
        words = label(name, "soft", wrap=True)
        words.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        words.setMaximumWidth(self.fontMetrics().height() * 9)
        said = label(value, "value", wrap=True)
        style(words, role="soft")
        self._grid.addWidget(words, line, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(said, line, 1, Qt.AlignmentFlag.AlignTop)
        if last is not None:
            self._grid.addWidget(last, line, 2, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight)

    def _go_back(self, key: str) -> None:
        self.model.go(checking=False)
        self.model.jump.emit(key)


PAGE = Page("check", "核对", CheckPage)
