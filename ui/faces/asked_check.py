"""核对 on a customer screen (柜外清): while the clerk's check page is up, the citizen reads the same lines.

Who has a second screen uses that (`ui.faces.citizen_side`); a desk with neither turns its own.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from drivers.protocols import Fault
from ui.viewmodels.citizen import CHECK_MS, check_lines, objection

if TYPE_CHECKING:
    from ui.faces.desk import Desk

Wish = tuple[str, str, tuple[tuple[str, str], ...]]  # case, title, lines
CALLED_OFF = "citizen-cancelled"


class AskedCheck(QObject):
    """Asks when the check page is turned to, calls off when it is left; the same lines are asked once."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._model = desk, desk.model
        self._asked: Wish | None = None  # what the screen shows, or showed last on this page
        self._busy = False
        self._model.changed.connect(self._look)
        self._model.page_changed.connect(self._look)

    def _wish(self) -> Wish | None:
        view, side = self._model.view, self._desk.citizen
        case = view.case
        if self._model.page != "check" or case is None or case.checked or view.locked:
            return None
        if not self._model.counter.can("confirm") or (side is not None and side.is_open):
            return None
        return case.case_id, case.name, check_lines(view, case)

    def _look(self, *_: object) -> None:
        if self._model.view.opened and not self._model.view.locked:
            return  # what the clerk opened for five seconds is for the clerk's eyes
        wish = self._wish()
        if wish == self._asked:
            return
        if self._busy:
            self._model.jobs.aside(partial(self._model.counter.call_off, "confirm"))
            return  # what is wanted now is looked at again when that call is back
        self._asked = wish
        if wish is not None:
            self._busy = True
            self._model.jobs.aside(partial(self._ask, wish), partial(self._said, wish), self._failed)
            self._model.notices.tell("请群众在客户屏上核对", "确认或提出有误后，这里会有提示。")

    def _ask(self, wish: Wish) -> bool | None:
        """On a worker: the citizen's word; None when the question was called off, by whomever."""
        try:
            return self._model.counter.confirm_on_device(wish[1], wish[2], CHECK_MS)
        except Fault as fault:
            if fault.code == CALLED_OFF:
                return None
            raise

    def _said(self, wish: Wish, yes: bool | None) -> None:
        """Written down like the clerk's own word, never submitted by it."""
        self._busy = False
        if self._wish() == wish and yes is not None:
            self._take(yes)
        self._look()

    def _take(self, yes: bool) -> None:
        if yes:
            self._model.do("check", True)
            self._model.notices.tell("群众已在客户屏确认无误", "请按 F10 提交。")
        else:
            self._model.go(checking=False)
            self._model.do("object_to", *objection("客户屏"))
            self._model.notices.tell("群众表示内容有误", "请问清是哪一项，改好后再按 F8 请群众核对。")

    def _failed(self) -> None:
        """Nobody answered, or the screen did not; its refusal was told, and the clerk goes on by mouth."""
        self._busy = False
        self._look()
