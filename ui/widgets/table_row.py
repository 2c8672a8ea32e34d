"""A row of a form that is itself a small table: invoices, family members, bank lines."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QSizePolicy, QWidget

from counter_app.services.visit_view import FieldView, ProblemView
from ui.viewmodels.edits import PendingEdit
from ui.viewmodels.form import cell_call, cell_problems, problem_line, total, yuan
from ui.widgets.basic import Elided, button, column, label, put_text, row, style
from ui.widgets.field_row import FieldLabel, ProblemLine
from ui.widgets.slot import Slot, make_editor

NARROW = {"date": 5.2, "month": 4.2, "money": 6.0, "int": 3.0, "bool": 3.0}  # widths in line heights
LEAST = 1.4  # of a column of words
AT_ONCE = 12  # lines built per turn of the event loop, so that nothing stalls


class TableLine:
    """The widgets of one line."""

    def __init__(self, slots: list[Slot], number: QLabel, drop: QPushButton) -> None:
        self.slots = slots
        self.number = number
        self.drop = drop

    @property
    def widgets(self) -> list[QWidget]:
        """Everything that stands in the grid."""
        return [self.number, *(slot.editor for slot in self.slots), self.drop]


class TableRow(QObject):
    """A grid of stock editors. An empty line is always there: typing into it makes the next one."""

    typed = Signal()
    left = Signal(object)
    entered = Signal(object)
    removed = Signal(str, int)
    whole_line = True  # the words stand above the editors, not beside them
    grown = Signal()

    def __init__(self, field: FieldView) -> None:
        super().__init__()
        self.key = field.key
        self.field = field
        self.title = FieldLabel()
        self.body = QWidget()
        self.problem = ProblemLine()
        self.sum = label("", "strong")
        self._lines: list[TableLine] = []
        self._problems: tuple[ProblemView, ...] = ()
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(4)
        self._grid.setVerticalSpacing(3)
        self._head()
        self.title.to_left()
        stack = column(self.body, gap=4)
        stack.addWidget(self.title)
        stack.addLayout(self._grid)
        foot = row(gap=12)
        foot.addWidget(self.sum)
        foot.addStretch(1)
        stack.addLayout(foot)
        stack.addWidget(self.problem)

    @property
    def editors(self) -> tuple[QWidget, ...]:
        """All cells, line by line."""
        return tuple(slot.editor for line in self._lines for slot in line.slots)

    def update(self, field: FieldView, problems: tuple[ProblemView, ...]) -> None:
        """Show a snapshot's lines, plus the empty one."""
        self.field, self._problems = field, problems
        wanted = len(field.rows) + (1 if field.editable else 0)
        while len(self._lines) > wanted:
            self._drop_last()
        missing = wanted - len(self._lines)
        for _ in range(min(missing, AT_ONCE)):
            self._add_line()
        if missing > AT_ONCE:
            self.grown.emit()  # the form calls again at the next turn
        self._fill()
        put_text(self.sum, self._sum_words())
        self.problem.put(field.problem, field.doubt)

    @property
    def is_behind(self) -> bool:
        """Whether lines are still to be built."""
        return len(self._lines) < len(self.field.rows)

    def pending(self) -> list[PendingEdit]:
        """Text of every cell to hand over."""
        return [edit for line in self._lines for slot in line.slots for edit in slot.pending()]

    def release(self) -> None:
        """Let snapshots show again."""
        for line in self._lines:
            for slot in line.slots:
                slot.release()

    def focus(self, place: str = "") -> None:
        """Go to a cell (`line.column`), or the first one."""
        at, _, name = place.partition(".")
        keys = [c.key for c in self.field.columns]
        if not self._lines:
            return
        line = self._lines[min(int(at), len(self._lines) - 1)] if at.isdecimal() else self._lines[0]
        slot = line.slots[keys.index(name)] if name in keys else line.slots[0]
        slot.editor.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def free(self) -> None:
        """Give the widgets back."""
        for slot in (slot for line in self._lines for slot in line.slots):
            slot.editor.let_go()
        for widget in (self.title, self.body):
            widget.hide()
            widget.deleteLater()
        self.deleteLater()

    def _head(self) -> None:
        for at, one in enumerate(self.field.columns, 1):
            made = Elided(("＊" if one.required else "") + one.label, "small")
            if one.type == "money":
                made.setAlignment(Qt.AlignmentFlag.AlignRight)
            self._grid.addWidget(made, 0, at)
            self._grid.setColumnStretch(at, 0 if one.type in NARROW else 1)
            least = made.fontMetrics().height() * NARROW.get(one.type, LEAST)
            self._grid.setColumnMinimumWidth(at, round(least))

    def _add_line(self) -> None:
        at = len(self._lines)
        number = label(str(at + 1), "small")
        number.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        drop = button(
            "删", partial(self.removed.emit, self.key, at), "quiet", f"删去{self.field.label}第 {at + 1} 行"
        )
        slots = [self._cell(at, one) for one in self.field.columns]
        line = TableLine(slots, number, drop)
        for place, widget in enumerate(line.widgets):
            self._grid.addWidget(widget, at + 1, place)
        self._lines.append(line)

    def _cell(self, at: int, one: FieldView) -> Slot:
        editor = make_editor(one)
        editor.setProperty("cell", True)
        editor.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        editor.setAccessibleName(f"{self.field.label}第 {at + 1} 行 {one.label}")
        return Slot(editor, partial(cell_call, self.key, at, one.key), self)

    def slot_typed(self) -> None:
        """The clerk changed a cell."""
        self.typed.emit()

    def slot_left(self) -> None:
        """A cell lost the focus."""
        self.left.emit(self)

    def slot_entered(self) -> None:
        """A cell got the focus."""
        self.entered.emit(self)

    def _fill(self) -> None:
        wrong = cell_problems(self._problems, self.key)
        for at, line in enumerate(self._lines):
            values = self.field.rows[at] if at < len(self.field.rows) else ("",) * len(line.slots)
            line.drop.setVisible(at < len(self.field.rows) and self.field.editable)
            for slot, one, value in zip(line.slots, self.field.columns, values, strict=True):
                slot.show(value, value)
                slot.editor.setReadOnly(not self.field.editable)
                problem = wrong.get((at, one.key))
                style(slot.editor, bad=problem is not None)
                slot.editor.setToolTip(problem_line(problem) if problem else "")

    def _drop_last(self) -> None:
        for widget in self._lines.pop().widgets:
            self._grid.removeWidget(widget)
            widget.hide()
            widget.deleteLater()

    def _sum_words(self) -> str:
        if not self.field.rows:
            return ""
        words = [f"共 {len(self.field.rows)} 行"]
        for at, one in enumerate(self.field.columns):
            amount = total(self.field.rows, at) if one.type == "money" else None
            if amount is not None:
                words.append(f"{one.label}合计 {yuan(amount)}")
        return "　".join(words)
