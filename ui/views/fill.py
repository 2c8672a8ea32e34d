"""填写: the form of a case with its error summary, verdict and actions."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QFrame, QWidget

from counter_app.services.visit_view import CaseView, VisitView
from ui.registry import Page
from ui.viewmodels.desk import DeskModel
from ui.widgets.basic import Elided, button, column, is_tight, put_text, row, show, style
from ui.widgets.choice import ChoiceEdit
from ui.widgets.flow import FlowLayout
from ui.widgets.form import Form
from ui.widgets.page import PageWidget, scrolled
from ui.widgets.steps import StepChips
from ui.widgets.summary import ErrorSummary
from ui.widgets.verdict_band import VerdictBand


class FillPage(PageWidget):
    """Everything about one case that the clerk types or answers."""

    def __init__(self, model: DeskModel) -> None:
        super().__init__(model)
        self._case: CaseView | None = None
        self._is_starting = False
        self.form = Form()
        self.summary = ErrorSummary()
        self._title = Elided("", "h2")
        self._steps = StepChips()
        self._last = _LastTime(model)
        self._verdict = VerdictBand()
        self._area = scrolled(self.form, "表单")
        self._build()
        model.follow(self.form)
        model.reshow.connect(self.form.reshow)
        self.form.wants_flush.connect(model.flush)
        self.form.row_removed.connect(partial(model.do, "remove_row"))
        self.form.entered.connect(self._follow)
        self.summary.jump.connect(model.jump)
        self._area.verticalScrollBar().valueChanged.connect(_fold_list)

    def _build(self) -> None:
        page = column(self, (14, 10, 12, 10), 8)
        head = row(gap=10)
        head.addWidget(self._title, 1)
        head.addWidget(self._steps)
        page.addLayout(head)
        page.addWidget(self.summary)
        page.addWidget(self._area, 1)
        page.addWidget(self._last)
        page.addWidget(self._verdict)
        page.addWidget(self._actions())

    def _actions(self) -> QWidget:
        box = QWidget()
        line = FlowLayout(box, 8)
        self._undo = button("撤销 Ctrl+Z", partial(self.model.act.emit, "undo"))
        self._hold = button("挂起 Ctrl+H", partial(self.model.act.emit, "hold"))
        self._drop = button("撤下本件", self._drop_case, name="撤下本件，可用撤销恢复")
        self._check = button("请群众核对 F8", partial(self.model.act.emit, "check"), "primary")
        self._submit = button("提交本件 F10", partial(self.model.act.emit, "submit"))
        for made in (self._check, self._submit, self._undo, self._hold, self._drop):
            line.addWidget(made)
        return box

    def draw(self, view: VisitView) -> None:
        """Draw the case in hand."""
        case = view.case
        if case is None:
            return
        is_other = self._case is None or self._case.case_id != case.case_id
        was_scanned = not is_other and bool(_scanned(case) - _scanned(self._case))
        self._case = case
        self._title.put(case.name)
        self._steps.put(case.step)
        if self.summary.put(case):
            QTimer.singleShot(0, self, self.summary.first)
        self.form.render_case(case)
        if is_other and self.isVisible():
            self.enter()
        elif was_scanned and not case.problems:
            self.form.focus_first_open()  # what was read off a paper need not be walked over
        self._last.put(case, hidden=bool(case.problems) or is_tight(self))
        tight = is_tight(self)
        self._verdict.put(case, view.online, hidden=tight and bool(case.problems))
        for spare in (self._hold, self._drop):
            show(spare, not tight)
        put_text(self._undo, "撤销 Ctrl+Z")
        self._undo.setToolTip(view.undo_label)
        self._undo.setEnabled(bool(view.undo_label))
        style(self._check, kind="" if case.checked else "primary")
        style(self._submit, kind="primary" if case.checked else "")

    def forget(self) -> None:
        """Give the editors of the last case back."""
        self._case = None
        self._title.put("")
        self.form.clear()

    def enter(self) -> None:
        """Start at the first row that still asks for something."""
        self._is_starting = True
        QTimer.singleShot(0, self, self._start)

    @property
    def is_entering(self) -> bool:
        """Until the first row has the focus: keys would land elsewhere."""
        return self._is_starting or self.form.is_behind

    def step(self, by: int) -> bool:
        """Next or previous row; after the last one the check button."""
        if self.form.step(by):
            return True
        if self.form.has_focus() and by > 0:
            (self._submit if self._case and self._case.checked else self._check).setFocus()
            return True
        return super().step(by)

    def _start(self) -> None:
        if not self._is_starting:
            return  # somebody has gone to a place of their own meanwhile
        self._is_starting = False
        if self.model.view.prompt is not None or self.model.is_finding:
            return
        if self._case is None or not self._case.problems or not self.summary.first():
            self.form.focus_first_open()

    def jump(self, where: str) -> bool:
        """Go to a field or cell; entering the page no longer chooses one."""
        self._is_starting = False
        return self.form.focus_place(where)

    def _follow(self, row: object) -> None:
        body = getattr(row, "body", None)
        focus = QApplication.focusWidget()
        if isinstance(body, QWidget) and focus is not None:
            inside = focus if body.isAncestorOf(focus) and hasattr(row, "removed") else body
            self._area.ensureWidgetVisible(inside, 0, 12)

    def _drop_case(self) -> None:
        if self._case is not None:
            self.model.do("drop_case", self._case.case_id)


class _LastTime(QFrame):
    """What was answered last time, and the one key that brings it over."""

    def __init__(self, model: DeskModel) -> None:
        super().__init__()
        self.setProperty("band", "strip")
        line = row(self, (12, 4, 6, 4), 8)
        self._words = Elided("", "soft")
        line.addWidget(self._words, 1)
        line.addWidget(button("照上次带入 Ctrl+B", partial(model.act.emit, "bring_over")))
        self.hide()

    def put(self, case: CaseView, hidden: bool) -> None:
        """Show what could be brought over; errors to mend need the room more."""
        labels = {field.key: field.label for field in case.fields}
        said = [f"{labels.get(key, '')} {value}".strip() for key, value in case.last_time.items()]
        self._words.put("上次：" + "，".join(said))
        show(self, bool(said) and not hidden)


def _scanned(case: CaseView | None) -> set[tuple[str, str, int]]:
    """What came off a paper; another row of a table counts as new."""
    fields = case.fields if case is not None else ()
    return {(field.key, field.value, len(field.rows)) for field in fields if field.source == "scan"}


def _fold_list() -> None:
    focus = QApplication.focusWidget()
    if isinstance(focus, ChoiceEdit):
        focus.fold()


PAGE = Page("fill", "填写", FillPage)
