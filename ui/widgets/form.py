"""The form of a case: rows are kept by key, so that a snapshot touches only what it changes."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import pairwise, takewhile

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QGridLayout, QLabel, QWidget

from counter_app.services.visit_view import CaseView, FieldView, ProblemView
from ui.viewmodels.edits import Call, PendingEdit
from ui.viewmodels.fieldstate import is_masked
from ui.viewmodels.form import Place, call_for, cell_of, fields_to_show, first_open, folded, places
from ui.widgets.basic import label
from ui.widgets.field_row import FieldRow
from ui.widgets.fold_row import FoldRow
from ui.widgets.slot import editor_kind
from ui.widgets.table_row import TableRow

Row = FieldRow | TableRow | FoldRow
ROWS_AT_ONCE = 5  # built per turn of the event loop, so that nothing stalls
BREATH_MS = 6  # between two turns: what else waits, and painting, come first
AUTOSAVE_MS = 800  # after the last key; leaving a field saves at once


class Form(QWidget):
    """Two columns where there is room, one where there is not."""

    wants_flush = Signal()
    row_removed = Signal(str, int)
    entered = Signal(object)

    def __init__(self, call: Callable[[str, str], Call] = call_for) -> None:
        super().__init__()
        self.rows: dict[str, Row] = {}
        self._call = call
        self._subject = ""
        self._problems: tuple[ProblemView, ...] = ()
        self._fields: tuple[FieldView, ...] = ()
        self._all: tuple[FieldView, ...] = ()
        self._goal: tuple[FieldView, ...] = ()
        self._wanted = ""  # where the focus goes when the rows are there
        self._opened: set[str] = set()
        self._heads: list[QLabel] = []
        self._columns = 0
        self._layout_key: object = None
        self._last_line = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 6, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(6)
        self._autosave = QTimer(self, singleShot=True, interval=AUTOSAVE_MS)
        self._autosave.timeout.connect(self.wants_flush)

    # --- snapshots --------------------------------------------------------------------------
    def render_case(self, case: CaseView) -> None:
        """Show a case."""
        self.render_fields(case.case_id, fields_to_show(case), case.problems)

    def render_fields(
        self, subject: str, fields: tuple[FieldView, ...], problems: tuple[ProblemView, ...]
    ) -> None:
        """Show rows; another `subject` starts with fresh editors."""
        if self._subject != subject:
            self.clear()
        self._subject, self._all, self._problems = subject, fields, problems
        self._goal = folded(fields, self._opened)
        wanted = {field.key: field for field in self._goal}
        for key in [k for k, row in self.rows.items() if k not in wanted or _other_kind(row, wanted[k])]:
            self.rows.pop(key).free()
        # A long form is begun at the next turn: turning to its page is a turn's work by itself.
        is_long = not self._fields and len(self._goal) > ROWS_AT_ONCE
        self._build_some(0 if is_long else ROWS_AT_ONCE)

    @property
    def is_behind(self) -> bool:
        """Whether rows are still to be built at the next turns of the event loop."""
        return len(self._fields) < len(self._goal)

    def _build_some(self, most: int) -> None:
        """Build up to `most` new rows and show what there is; the rest follows at the next turns."""
        self._make(most)
        if self._fields or not self._missing():
            self._show_made()
        else:  # all at once when they are there: each laying out costs as much as several rows
            QTimer.singleShot(BREATH_MS, self, self._grow)

    def _missing(self) -> list[FieldView]:
        return [field for field in self._goal if field.key not in self.rows]

    def _make(self, most: int) -> None:
        """Build up to `most` new rows, filled but not placed yet."""
        for field in self._missing()[:most]:
            self.rows[field.key] = self._made(field)
            self.rows[field.key].update(field, self._problems)

    def _show_made(self) -> None:
        """Place and show the rows that are built, up to the first that is not."""
        self._fields = tuple(takewhile(lambda field: field.key in self.rows, self._goal))
        self._arrange()
        self._update_rows()
        if self.is_behind:
            QTimer.singleShot(0, self, self._grow)
        elif self._wanted:
            key, self._wanted = self._wanted, ""
            self.focus_place(key)

    def _grow(self) -> None:
        """Build more; lay out once, when all are there: each time costs as much as several rows."""
        if not self.is_behind:
            return
        if not self._missing():
            self._show_made()
            return
        self._make(ROWS_AT_ONCE)
        QTimer.singleShot(BREATH_MS, self, self._grow)

    def _update_rows(self) -> None:
        nth = 0
        for field in self._fields:
            nth += field.type != "fold"
            row = self.rows[field.key]
            row.title.put(field, nth)
            row.update(field, self._problems)

    def clear(self) -> None:
        """Forget what was shown."""
        self._subject = ""
        self._fields = self._all = self._goal = ()
        self._wanted = ""
        self._opened.clear()
        self._autosave.stop()
        for row in self.rows.values():
            row.free()
        self.rows = {}
        self._layout_key = None

    def pending(self) -> list[PendingEdit]:
        """Typed text the visit does not have."""
        self._autosave.stop()
        return [edit for row in self.rows.values() for edit in row.pending()]

    def reshow(self) -> None:
        """The clerk asked for other values (undo, bring over): let them show."""
        for row in self.rows.values():
            row.release()

    # --- keys -------------------------------------------------------------------------------
    def step(self, by: int) -> bool:
        """Go to the next or previous editor; False at the ends."""
        order = self._editors()
        at = self._focused_at(order)
        if at is None:
            return False
        goal = at + by
        if not 0 <= goal < len(order):
            return False
        order[goal].setFocus(Qt.FocusReason.TabFocusReason if by > 0 else Qt.FocusReason.BacktabFocusReason)
        return True

    def focus_nth(self, nth: int) -> bool:
        """Go to the nth row, counted from 1."""
        rows = [field for field in self._fields if field.type != "fold"]
        if not 1 <= nth <= len(rows):
            return False
        self.rows[rows[nth - 1].key].focus()
        return True

    def focus_place(self, where: str) -> bool:
        """Go to a problem's place: `key` or `key.line.column`."""
        key, at, name = cell_of(where)
        if self.is_behind and key not in self.rows:
            self._build_some(len(self._goal))
        hidden = next((f for f in self._all if f.key == key and key not in self.rows), None)
        if hidden is not None:
            self._unfold(hidden.group)
            self._build_some(len(self._goal))
        row = self.rows.get(key)
        if row is None:
            return False
        row.focus(f"{at}.{name}")
        return True

    def focus_first_open(self) -> bool:
        """Go to the first row that is asked for and empty, else the first that may be edited."""
        goal = first_open(self._goal)
        if goal is None:
            return False
        if self.is_behind:
            self._wanted = goal.key
            return True
        return self.focus_place(goal.key)

    def has_focus(self) -> bool:
        """Whether one of the editors has the focus."""
        return self._focused_at(self._editors()) is not None

    def masked_here(self) -> str:
        """The key of the row with the focus, where it shows a mask; "" otherwise."""
        focus = QApplication.focusWidget()
        for key, row in self.rows.items():
            held = any(one is focus or one.isAncestorOf(focus) for one in row.editors) if focus else False
            if held and (is_masked(row.field.value) or is_masked(row.field.display)):
                return key
        return ""

    def _unfold(self, group: str) -> None:
        """Show the rows of a folded group, from now on until another case."""
        self._opened.add(group)
        self.render_fields(self._subject, self._all, self._problems)

    # --- inside -----------------------------------------------------------------------------
    def resizeEvent(self, event: QResizeEvent) -> None:
        """One or two columns."""
        super().resizeEvent(event)
        self._arrange()

    def _made(self, field: FieldView) -> Row:
        row: Row
        if field.type == "fold":
            row = FoldRow(field)
            row.opened.connect(self._unfold_and_go)
        elif field.type == "table":
            row = TableRow(field)
            row.removed.connect(self.row_removed)
            row.grown.connect(partial(QTimer.singleShot, 0, self, self._go_on))
        else:
            row = FieldRow(field, self._call)
        row.typed.connect(self._autosave.start)
        row.left.connect(self._left)
        row.entered.connect(self._entered)
        for part in (row.body,) if row.whole_line else (row.title, row.body):
            part.setParent(self)
        return row

    def _unfold_and_go(self, group: str) -> None:
        first = next((f for f in self._all if f.group == group), None)
        self._unfold(group)
        if first is not None:
            self.focus_place(first.key)

    def _go_on(self) -> None:
        """Build further lines of a long table."""
        for row in self.rows.values():
            if isinstance(row, TableRow) and row.is_behind:
                row.update(row.field, self._problems)

    def _arrange(self) -> None:
        em = self.fontMetrics().height()
        columns = 2 if self.width() >= em * 30 else 1
        key = (
            columns,
            em,
            tuple((f.key, f.wide, f.group) for f in self._fields),
            tuple(map(id, self.rows.values())),
        )
        if not self._fields or key == self._layout_key:
            return
        self._layout_key = key
        self._take_apart()
        found, heads = places(self._fields, columns)
        for line, words in heads:
            head = label(words, "group")
            self._heads.append(head)
            self._grid.addWidget(head, line, 0, 1, columns * 2)
        for field, place in zip(self._fields, found, strict=True):
            self._place(self.rows[field.key], place, columns)
        for column in range(4):
            self._grid.setColumnStretch(column, column % 2 if column < columns * 2 else 0)
        self._grid.setRowStretch(self._last_line, 0)
        self._last_line = found[-1].line + 1
        self._grid.setRowStretch(self._last_line, 1)
        self._order_tabs()

    def _place(self, row: Row, place: Place, columns: int) -> None:
        at, top = place.column * 2, Qt.AlignmentFlag.AlignTop
        if row.whole_line:
            self._grid.addWidget(row.body, place.line, 0, 1, columns * 2)
        else:
            row.title.setFixedWidth(round(self.fontMetrics().height() * 5.6))
            self._grid.addWidget(row.title, place.line, at, top)
            self._grid.addWidget(row.body, place.line, at + 1, 1, place.span * 2 - 1, top)
            row.title.show()
        row.body.show()

    def _take_apart(self) -> None:
        for head in self._heads:
            head.hide()
            head.deleteLater()
        self._heads = []
        while self._grid.takeAt(0) is not None:
            pass

    def _order_tabs(self) -> None:
        order = self._editors()
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)

    def _editors(self) -> list[QWidget]:
        rows = (self.rows[field.key] for field in self._fields if field.key in self.rows)
        return [editor for row in rows for editor in row.editors if not _fixed(editor)]

    def _focused_at(self, order: list[QWidget]) -> int | None:
        focus = QApplication.focusWidget()
        for at, editor in enumerate(order):
            if focus is not None and (focus is editor or editor.isAncestorOf(focus)):
                return at
        return None

    def _left(self, row: Row) -> None:
        self.wants_flush.emit()
        row.update(row.field, self._problems)

    def _entered(self, row: Row) -> None:
        self.entered.emit(row)


def _other_kind(row: Row, field: FieldView) -> bool:
    same_columns = [c.key for c in row.field.columns] == [c.key for c in field.columns]
    return editor_kind(row.field) != editor_kind(field) or not same_columns


def _fixed(editor: QWidget) -> bool:
    read_only = getattr(editor, "isReadOnly", None)
    return bool(read_only is not None and read_only())
