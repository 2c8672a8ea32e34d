"""The case a reviewer reads: who, the form, the materials with their pages, the sum; and its life so far."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from counter_app.domain import money
from counter_app.services.review_view import AnswerLine, CaseSheet, MaterialLine, ObjectionLine, SumView
from ui.viewmodels.review import ReviewModel
from ui.viewmodels.review_words import clocks, header_words, light_chip
from ui.widgets.basic import Elided, band, button, card, column, empty, hair, label, put_text, row, show
from ui.widgets.chips import ChipRow
from ui.widgets.flow import FlowLayout
from ui.widgets.page import scrolled
from ui.words import FORM, MATERIAL

REVEAL = "完整信息 Ctrl+R"
WIDE = 12  # characters from which an answer has a line of its own
NARROW = 22  # heights of a line; a pane less wide than this has one column of answers
_MARKS = {"err": "✕", "warn": "▲", "quiet": "…", "ok": "✓"}  # of a message, the worst first
EMPTY = "从左边选一件，或按 F9 领下一件。"


class CasePane(QFrame):
    """Header, form, materials and sum, one below the other; nothing here can be edited."""

    def __init__(self, model: ReviewModel) -> None:
        super().__init__()
        self.setProperty("card", True)
        self.setAccessibleName("办件")
        self._model = model
        self._title, self._number = Elided("", "h2"), label("", "small")
        self._who, self._chips = Elided("", "soft"), ChipRow()
        self._reveal = button(REVEAL, model.reveal, "quiet")
        self._nothing, self._hair = label(EMPTY, "soft", wrap=True), hair()
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        inside = QWidget()
        self._column = column(inside, (0, 0, 8, 0), 8)
        self._scroll = scrolled(inside, "表单与材料")
        self._pages: list[QWidget] = []
        self._is_narrow = False
        self._build()
        model.sheet_changed.connect(self.draw)
        self.draw()

    def _build(self) -> None:
        stack = column(self, (16, 12, 8, 10), 6)
        head, under = row(gap=8), row(gap=8)
        head.addWidget(self._title, 1)
        head.addWidget(self._reveal)
        under.addWidget(self._number)
        under.addWidget(self._who, 1)
        stack.addLayout(head)
        stack.addLayout(under)
        for part in (self._chips, self._hair, self._nothing):
            stack.addWidget(part)
        stack.addWidget(self._scroll, 1)

    def draw(self) -> None:
        """Draw the case, or that none is chosen."""
        sheet = self._model.sheet
        for part in self._shown():
            show(part, sheet is not None)
        show(self._nothing, sheet is None)
        if sheet is None:
            return
        self._title.put(sheet.row.type_name)
        put_text(self._number, sheet.row.number)
        self._who.put(header_words(sheet))
        put_text(self._reveal, "完整信息，5 秒" if sheet.revealed else REVEAL)
        self._chips.put(_chips(sheet))
        place = self._scroll.verticalScrollBar().value()
        self._fill(sheet)
        self._scroll.verticalScrollBar().setValue(place)

    def _shown(self) -> tuple[QWidget, ...]:
        head = (self._title, self._number, self._who, self._chips, self._hair)
        return (*head, self._scroll, self._reveal)

    def focus_in(self) -> None:
        """To the first page that can be looked at, else to the button above."""
        (self._pages[0] if self._pages else self._reveal).setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Answers stand one below the other where two do not fit beside each other."""
        super().resizeEvent(event)
        if self._model.sheet is not None and self._narrow() != self._is_narrow:
            self.draw()

    def _narrow(self) -> bool:
        return self.width() < self.fontMetrics().height() * NARROW

    def _fill(self, sheet: CaseSheet) -> None:
        empty(self._column)
        self._pages = []
        if sheet.sum is not None or sheet.amount is not None:
            self._column.addWidget(label("金额", "group"))
            self._column.addWidget(sum_card(sheet))
        if sheet.objections:
            self._column.addWidget(label("异议（窗口记录的“我认为有误”）", "group"))
            self._column.addWidget(objections_card(sheet.objections))
        self._column.addWidget(label("填报内容", "group"))
        self._is_narrow = self._narrow()
        self._column.addLayout(_answers(sheet.answers, self._is_narrow))
        self._column.addWidget(label("材料", "group"))
        for line in sheet.materials:
            self._column.addLayout(self._material(line))
        self._column.addStretch(1)

    def _material(self, line: MaterialLine) -> QGridLayout:
        kind, words = MATERIAL.get(line.state, ("quiet", line.state))
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(1, 1)
        chip = label(words, "chip")
        chip.setProperty("chip", kind)
        grid.addWidget(chip, 0, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(label(line.name, "label", wrap=True), 0, 1)
        grid.addWidget(label(_shape(line), "small", wrap=True), 1, 1)
        if line.pages:
            grid.addLayout(self._page_buttons(line), 2, 1)
        return grid

    def _page_buttons(self, line: MaterialLine) -> FlowLayout:
        flow = FlowLayout(gap=4)
        for nth, ref in enumerate(line.pages, 1):
            caption = f"{line.name} 第 {nth} 页"
            look = partial(self._model.look_at, ref, caption)
            made = button(f"第 {nth} 页", look, "person", f"看影像：{caption}")
            flow.addWidget(made)
            self._pages.append(made)
        return flow


class LifePane(QFrame):
    """What has happened to the case, newest first."""

    def __init__(self, model: ReviewModel) -> None:
        super().__init__()
        self.setProperty("card", True)
        self.setAccessibleName("经过")
        self._model = model
        inside = QWidget()
        self._column = column(inside, (0, 0, 6, 0), 4)
        stack = column(self, (14, 10, 8, 10), 6)
        stack.addWidget(label("经过", "h3"))
        stack.addWidget(scrolled(inside, "办理经过"), 1)
        model.sheet_changed.connect(self.draw)

    def draw(self) -> None:
        """Draw the turns and, where several desks share the case, each desk."""
        empty(self._column)
        sheet = self._model.sheet
        if sheet is None:
            return
        if len(sheet.parts) > 1:
            for part in sheet.parts:
                holder = f"（{part.holder}）" if part.holder else ""
                self._column.addWidget(label(f"联办 {part.desk}{holder}", "small", wrap=True))
        for told in sheet.messages:
            self._column.addWidget(label(f"核心系统　{told.title}", "strong", wrap=True))
            self._column.addWidget(label(told.words, "small", wrap=True))
        for turn in reversed(sheet.history):
            self._column.addWidget(label(f"{turn.at}　{turn.name}", "strong", wrap=True))
            said = "　".join(part for part in (turn.who, turn.desk, turn.words) if part)
            self._column.addWidget(label(said, "small", wrap=True))
        if not sheet.history:
            self._column.addWidget(label("受理后还没有办理记录。", "soft", wrap=True))
        self._column.addStretch(1)


def sum_card(sheet: CaseSheet) -> QFrame:
    """What was settled and paid, and the trial calculation with every step."""
    box = card("sum")
    stack = column(box, (12, 8, 12, 8), 4)
    if sheet.amount is not None:
        paid = f"，已付 {money.display(sheet.paid)} 元" if sheet.paid else ""
        stack.addWidget(label(f"核定 {money.display(sheet.amount)} 元{paid}", "h3", wrap=True))
    for role, words in sum_lines(sheet.sum):
        stack.addWidget(label(words, role, wrap=True))
    return box


def objections_card(said: tuple[ObjectionLine, ...]) -> QFrame:
    """What was objected to, in the words of the counter: whoever decides reads it before the form."""
    box = band("warn")
    stack = column(box, (12, 8, 12, 8), 4)
    for one in said:
        stack.addWidget(label(f"▲ {one.about}：{one.words}", "strong", wrap=True))
        ground = f"当时的依据：{one.basis}" if one.basis else ""
        stack.addWidget(label("　".join(part for part in (one.at, ground) if part), "small", wrap=True))
    return box


def sum_lines(found: SumView | None) -> list[tuple[str, str]]:
    """The trial calculation as lines: role and words; never an amount of 0 for an unknown."""
    if found is None:
        return []
    if found.because:
        return [("soft", found.because)]
    head = f"试算 {found.caption} {money.display(found.amount)} 元" if found.amount is not None else "试算"
    steps = [
        f"{n}. {one.text}" + (f"〔{one.ground}〕" if one.ground else "")
        for n, one in enumerate(found.lines, 1)
    ]
    return [("strong", head), *(("label", step) for step in steps)]


def _chips(sheet: CaseSheet) -> list[tuple[str, str]]:
    found = [light_chip(name, light) for name, light in clocks(sheet.row)]
    if not sheet.online:
        found.append(("warn", "▲ 离线受理，待核"))
    if sheet.objections:
        found.append(("warn", f"▲ 异议 {len(sheet.objections)} 条"))
    if sheet.row.deferred:
        found.append(("defer", f"◆ 容缺 {sheet.row.deferred} 件"))
    if sheet.commitments:
        found.append(("defer", f"◆ 承诺 {len(sheet.commitments)} 项"))
    if sheet.messages:
        worst = min(sheet.messages, key=lambda one: list(_MARKS).index(one.kind))
        found.append((worst.kind, f"{_MARKS[worst.kind]} 核心系统 {worst.state}"))
    return [*found, ("info", f"● {sheet.row.step_name}")]


def _answers(lines: tuple[AnswerLine, ...], is_narrow: bool) -> QGridLayout:
    """Two answers to a line where both are short and there is room."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(10)
    grid.setVerticalSpacing(4)
    for side in (1, 3):
        grid.setColumnStretch(side, 1)
    at, second = 0, False
    for line in lines:
        words = f"{line.value}　{line.because}" if line.because else line.value
        is_wide = is_narrow or len(line.label + words) > WIDE + 4
        if is_wide and second:
            at, second = at + 1, False
        name, value = label(line.label, "soft"), label(words, "label", wrap=True)
        if line.because:
            name.setAlignment(Qt.AlignmentFlag.AlignTop)
        if is_narrow and len(line.label) > WIDE // 2:
            name.setWordWrap(True)
            grid.addWidget(name, at, 0, 1, 4)
            at += 1
            grid.addWidget(value, at, 1, 1, 3)
        elif is_wide and len(line.label) > WIDE // 2:
            grid.addWidget(name, at, 0, 1, 2)
            grid.addWidget(value, at, 2, 1, 2)
        else:
            grid.addWidget(name, at, 2 if second else 0)
            grid.addWidget(value, at, 3 if second else 1, 1, 3 if is_wide else 1)
        at, second = (at + 1, False) if is_wide or second else (at, True)
    return grid


def _shape(line: MaterialLine) -> str:
    copies = f"{line.copies} 份" if line.copies else ""
    due = f"{line.due_on} 前" if line.due_on else ""
    return " ".join(part for part in (FORM.get(line.form, line.form), copies, due) if part)
