"""正在办理: the number, the masked name and the matters of whoever is served."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.registry import CitizenView
from ui.viewmodels.citizen import Matter, Served
from ui.widgets.basic import Elided, column, empty, put_text, row, show
from ui.widgets.citizen_page import CitizenPageWidget, words

FEW = 2  # matters whose names may take several lines
MOST = 5  # matters shown; of more the number is said
LONG = 10  # characters of a name that fills the line it stands on
APART, CLOSE = 16, 4  # between matters; close where each keeps to one line, which Arabic letters make tall


class ServedPage(CitizenPageWidget):
    """Says who is meant and what is being done, nothing else about them."""

    def __init__(self) -> None:
        super().__init__()
        self._title = words("", "c-title")
        self._who = words("", "c-large")
        self._by = words("", "c-soft")
        self._list = QWidget()
        self._lines = column(self._list, (0, 8, 0, 0), APART)
        self._hint = words("", "c-soft")
        for part in (self._title, self._who, self._by, self._list):
            self.body.addWidget(part)
        self.body.addStretch(1)
        self.body.addWidget(self._hint)

    def draw(self, page: Served) -> None:
        """Draw the visit."""
        put_text(self._title, f"正在为 {page.ticket} 号办理" if page.ticket else "正在为您办理")
        put_text(self._who, page.name or "请出示社保卡、身份证或医保码")
        put_text(self._by, f"由 {page.by} 代为办理" if page.by else "")
        show(self._by, bool(page.by))
        empty(self._lines)
        self._lines.setSpacing(CLOSE if len(page.matters) > FEW else APART)
        most = MOST - bool(page.by) - (len(page.name) > LONG)
        for nth, matter in enumerate(page.matters[:most], 1):
            self._lines.addLayout(_line(nth, matter, len(page.matters) > FEW))
        more = len(page.matters) - most
        if more > 0:
            self._lines.addWidget(words(f"另有 {more} 件", "c-soft"))
        put_text(self._hint, "姓名已部分隐去。如不是您本人，请立即告诉工作人员。" if page.name else "")

    def wipe(self) -> None:
        """Forget the name."""
        super().wipe()
        for part in (self._who, self._by, self._title):
            put_text(part, "")
        empty(self._lines)


def _line(nth: int, matter: Matter, is_one_of_many: bool) -> QHBoxLayout:
    """One matter; among many its name keeps to one line, so that all of them are seen."""
    line = row(gap=16)
    told = f"{nth}. {matter.name}"
    name = Elided(told, "c-body") if is_one_of_many else words(told, "c-body")
    state = words(("✓ " if matter.done else "") + matter.state, "c-strong")
    state.setWordWrap(False)
    line.addWidget(name, 1)
    line.addWidget(state, 0, Qt.AlignmentFlag.AlignTop)
    return line


CITIZEN = CitizenView(Served, ServedPage)
