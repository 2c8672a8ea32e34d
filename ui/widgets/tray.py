"""C: the cases of this visit, one card each, the current one marked."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QLabel, QWidget

from counter_app.services.visit_view import CaseTile, VisitView
from ui.viewmodels.desk import DeskModel
from ui.widgets.basic import Elided, button, column, dispatch, is_tight, label, put_text, row, show, style
from ui.widgets.page import scrolled
from ui.words import STEPS

STEP_WORDS = dict(STEPS)


class Tray(QFrame):
    """本次办理 n 件."""

    def __init__(self, model: DeskModel) -> None:
        super().__init__()
        self.setProperty("card", True)
        self.setAccessibleName("本次办理")
        self._model = model
        self._tiles: dict[str, Tile] = {}
        self._title = label("", "h3")
        self._people = label("", "chip")
        self._people.setProperty("chip", "quiet")
        inside = QWidget()
        self._column = column(inside, (0, 0, 4, 0), 6)
        self._column.addStretch(1)
        self.add = button("＋ 加办一件　F2", partial(model.act.emit, "add_case"))
        self._all = button("全部提交　Ctrl+F10", partial(model.act.emit, "submit_all"))
        self.verify = button("核实待核", partial(model.act.emit, "verify"))
        self._saved = label("", "small", wrap=True)
        stack = column(self, (10, 10, 8, 10), 8)
        head = row(gap=6)
        head.addWidget(self._title, 1)
        head.addWidget(self._people)
        stack.addLayout(head)
        stack.addWidget(scrolled(inside, "本次办理的各件"), 1)
        stack.addWidget(self.add)
        stack.addWidget(self._all)
        stack.addWidget(self.verify)
        stack.addWidget(self._saved)

    def draw(self, view: VisitView) -> None:
        """Draw what changed."""
        put_text(self._title, f"本次办理 {len(view.tiles)} 件" if view.tiles else "本次办理")
        put_text(self._people, f"{len(view.principals)} 位")
        show(self._people, len(view.principals) > 1)
        wanted = {tile.case_id: tile for tile in view.tiles}
        for case_id in [c for c in self._tiles if c not in wanted]:
            old = self._tiles.pop(case_id)
            old.hide()
            old.deleteLater()
        several = len(view.principals) > 1
        current = view.case.case_id if view.case else ""
        for nth, (case_id, tile) in enumerate(wanted.items()):
            if case_id not in self._tiles:
                made = Tile()
                made.chosen.connect(partial(self._model.do, "focus_case", case_id))
                self._tiles[case_id] = made
                self._column.insertWidget(nth, made)
            self._tiles[case_id].put(tile, case_id == current, several)
        show(self._all, sum(1 for tile in view.tiles if not tile.number) > 1)
        show(self.verify, any(tile.provisional for tile in view.tiles))
        self.add.setEnabled(bool(view.principals))
        show(self._saved, not is_tight(self))
        moment = view.saved_at[11:16]
        put_text(
            self._saved,
            f"Ctrl+1…9 切换　{moment} 已自动保存" if moment and view.visit_open else "内容随填随存",
        )

    def focus_in(self) -> None:
        """Go to the current card, or to the button that adds one."""
        goal = next((t for t in self._tiles.values() if t.property("current")), None)
        (goal or self.add).setFocus(Qt.FocusReason.ShortcutFocusReason)


class Tile(QFrame):
    """One case: its name, for whom, where it is."""

    chosen = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("tile", True)
        self.setProperty("current", False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        stack = column(self, (10, 7, 8, 7), 3)
        head = row(gap=6)
        self._nth = label("", "strong")
        self._name = label("", "strong", wrap=True)
        head.addWidget(self._nth, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self._name, 1)
        stack.addLayout(head)
        foot = row(gap=6)
        self._step = Elided("", "small")
        self._chip: QLabel = label("", "chip")
        self._chip.setProperty("chip", "quiet")
        foot.addWidget(self._step, 1)
        foot.addWidget(self._chip)
        stack.addLayout(foot)

    def put(self, tile: CaseTile, current: bool, several: bool) -> None:
        """Draw a case."""
        put_text(self._nth, str(tile.nth))
        put_text(self._name, tile.name)
        step = tile.number or STEP_WORDS.get(tile.step, tile.step)
        self._step.put(f"{tile.principal} · {step}" if several and tile.principal else step)
        kind, words = _chip(tile)
        put_text(self._chip, words)
        show(self._chip, bool(words))
        style(self._chip, chip=kind)
        style(self, current=current)
        self.setAccessibleName(f"第 {tile.nth} 件 {tile.name} {tile.principal} {words}")

    def minimumSizeHint(self) -> QSize:
        """Wraps its name: no wider than the tray."""
        hint = super().minimumSizeHint()
        hint.setWidth(60)
        return hint

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click turns to the case."""
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self.chosen.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space or Enter turns to the case."""
        if (
            event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)
            and not event.isAutoRepeat()
        ):
            self.chosen.emit()
        elif not dispatch(self, event):
            super().keyPressEvent(event)


def _chip(tile: CaseTile) -> tuple[str, str]:
    if tile.provisional:
        return "warn", "▲ 待核"
    if tile.number:
        return "ok", "✓ 已办"
    if tile.held:
        return "quiet", "● 挂起"
    if tile.problems:
        return "err", f"✕ {tile.problems} 处"
    if tile.deferred:
        return "defer", f"◆ 容缺 {tile.deferred}"
    if tile.step == "check":
        return "info", "● 可提交"
    return "quiet", ""
