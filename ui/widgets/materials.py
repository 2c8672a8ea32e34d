"""E: the materials of the case, each with its state in symbol and word and one line of evidence."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from counter_app.services.visit_view import CaseView, MaterialView, VisitView
from ui.viewmodels import incoming
from ui.viewmodels.desk import DeskModel
from ui.viewmodels.verdict import why_not
from ui.widgets.basic import button, column, label, put_text, row, show, style
from ui.widgets.drops import Dropped
from ui.widgets.material_item import Line
from ui.widgets.page import scrolled

SPARE = 8  # lines kept ready; few cases ask for more
PREPARE_MS = 30  # between two lines made ahead


class Materials(QFrame):
    """The checklist; keys act on the current line."""

    def __init__(self, model: DeskModel) -> None:
        super().__init__()
        self.setProperty("card", True)
        self.setAccessibleName("材料")
        self._model = model
        self._lines: dict[str, Line] = {}
        self._spare: list[Line] = []
        self._case: CaseView | None = None
        self._at = ""
        self._title = label("材料", "h3")
        self._keys = label("空格 收/退", "small")
        self._none = label("打开一件事项后，这里列出要收的材料。", "soft", wrap=True)
        self._inside = QWidget()
        self._column = column(self._inside, (0, 0, 4, 0), 0)
        self._column.addStretch(1)
        self._area = scrolled(self._inside, "材料清单")
        self._actions = self._make_actions()
        self._build()

    def _make_actions(self) -> QWidget:
        box = QWidget()
        grid = QGridLayout(box)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(6)
        ask = self._model.act.emit
        grid.addWidget(button("收件 F5", partial(ask, "receive")), 0, 0)
        grid.addWidget(button("容缺 F7", partial(ask, "defer")), 0, 1)
        grid.addWidget(button("承诺 Ctrl+L", partial(ask, "commit")), 1, 0)
        grid.addWidget(
            button("补正 Ctrl+G", partial(ask, "give_notice"), name="补正 Ctrl+G：出一次性补正告知书"), 1, 1
        )
        grid.addWidget(button("高拍仪拍摄 Ctrl+S", partial(ask, "photograph")), 2, 0, 1, 2)
        return box

    def _build(self) -> None:
        stack = column(self, (10, 10, 8, 10), 6)
        head = row(gap=6)
        head.addWidget(self._title, 1)
        head.addWidget(self._keys)
        stack.addLayout(head)
        stack.addWidget(self._none)
        stack.addWidget(self._area, 1)
        stack.addWidget(self._actions)

    def draw(self, view: VisitView) -> None:
        """Draw what changed."""
        case = view.case
        same = case is not None and self._case is not None and case.case_id == self._case.case_id
        if same and case is not None and self._case is not None and case.materials == self._case.materials:
            self._case = case
            return
        self._case = case
        materials = case.materials if case else ()
        if not same:
            self._at = ""
        self._show_lines(materials)
        missing = sum(1 for m in materials if m.state == "missing" and m.required)
        put_text(
            self._title,
            f"材料 {len(materials)}" + (f"　还缺 {missing}" if missing else "") if case else "材料",
        )
        open_ = case is not None and not case.number
        show(self._none, case is None)
        show(self._actions, open_)
        show(self._keys, open_ and bool(materials))

    def focus_in(self, code: str = "") -> bool:
        """Go to a line: the given one, else the first that is missing; False without materials."""
        materials = self._case.materials if self._case else ()
        missing = [m.code for m in materials if m.state == "missing"]
        goal = code or next(iter(missing or [m.code for m in materials]), "")
        line = self._lines.get(goal)
        if line is None:
            return False
        line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._area.ensureWidgetVisible(line, 0, 8)
        return True

    def act(self, verb: str) -> None:
        """`receive`, `toggle`, `defer` or `commit` the current line; say why where it cannot be."""
        material = self.current
        if material is None:
            self._model.notices.tell("没有要处理的材料")
            return
        if verb == "toggle":
            verb = "receive" if material.state in ("missing", "not_needed") else "take_back"
        reason = _reason(verb, material)
        if reason:
            self._model.notices.tell(reason, kind="warn")
            return
        self._model.do(verb, material.code, then=lambda _: self._go_on(material.code))

    def _go_on(self, code: str) -> None:
        """After an action the next missing line is current, so that one key repeated does them all."""
        materials = self._case.materials if self._case else ()
        codes = [m.code for m in materials]
        after = materials[codes.index(code) + 1 :] if code in codes else ()
        goal = next((m.code for m in after if m.state == "missing" and m.required), "")
        if goal and self._lines[code].hasFocus():
            self.focus_in(goal)
        elif goal:
            self._mark(goal)

    @property
    def current(self) -> MaterialView | None:
        """The line the keys act on: the one with the mark, else the first that is missing."""
        materials = self._case.materials if self._case else ()
        found = next((m for m in materials if m.code == self._at), None)
        return found or next((m for m in materials if m.state == "missing"), None)

    def _show_lines(self, materials: tuple[MaterialView, ...]) -> None:
        wanted = {m.code: m for m in materials}
        for code in [c for c in self._lines if c not in wanted]:
            self._put_away(self._lines.pop(code))
        for nth, (code, material) in enumerate(wanted.items()):
            if code not in self._lines:
                self._lines[code] = self._spare.pop() if self._spare else self._make()
            if self._column.indexOf(self._lines[code]) != nth:
                self._column.insertWidget(nth, self._lines[code])
            self._lines[code].put(material, nth + 1)
            show(self._lines[code], True)

    def prepare(self) -> None:
        """Work ahead, one line a turn: opening a case then only fills lines that are there."""
        if len(self._lines) + len(self._spare) >= SPARE:
            return
        made = self._make()
        made.setParent(self._inside)
        for part in (made, *made.findChildren(QWidget)):
            part.ensurePolished()
        self._spare.append(made)
        QTimer.singleShot(PREPARE_MS, self, self.prepare)

    def _make(self) -> Line:
        made = Line()
        made.hide()
        made.entered.connect(self._mark)
        made.pressed.connect(self._press)
        made.walked.connect(self._walk)
        made.brought.connect(self._bring)
        return made

    def _put_away(self, line: Line) -> None:
        line.forget()
        self._column.removeWidget(line)
        if len(self._spare) < SPARE:
            self._spare.append(line)
        else:
            line.deleteLater()

    def _mark(self, code: str) -> None:
        self._at = code
        for other, line in self._lines.items():
            style(line, current=other == code)

    def _press(self, code: str) -> None:
        self._at = code
        self.act("toggle")

    def _walk(self, code: str, by: int) -> None:
        codes = list(self._lines)
        self.focus_in(codes[(codes.index(code) + by) % len(codes)])

    def _bring(self, code: str, brought: tuple[Dropped, ...]) -> None:
        """Files or pictures let go on a line: its pages, while the case is open."""
        case = self._case
        material = next((m for m in case.materials if m.code == code), None) if case else None
        if case is None or material is None:
            return
        if case.number:
            self._model.notices.tell("这一件已经受理", "材料影像随件封存，不能再加。", kind="warn")
            return
        self._at = code
        incoming.bring_in(self._model, case.case_id, code, material.name, brought)


def _reason(verb: str, material: MaterialView) -> str:
    """Why an action makes no sense here; "" when it does."""
    if verb == "defer" and material.can_defer == "no":
        return why_not(material.why_not_defer or "material-no-defer", material.name)
    if verb == "commit" and not material.can_commit:
        return why_not("material-no-commit", material.name)
    return ""
