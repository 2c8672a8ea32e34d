"""已受理: the number to keep, the day it is due, the papers to take along."""

from __future__ import annotations

from collections.abc import Sequence

from ui.registry import CitizenView
from ui.viewmodels.citizen import Finished
from ui.widgets.basic import put_text, show
from ui.widgets.citizen_page import CitizenPageWidget, words

OWED = "件，都写在告知书上"


class FinishedPage(CitizenPageWidget):
    """Said once more in large letters what the receipt says."""

    def __init__(self) -> None:
        super().__init__()
        self._title = words("", "c-title")
        self._label = words("受理号（查进度用）", "c-soft")
        self._number = words("", "c-large")
        self._due = words("", "c-body")
        self._papers = words("", "c-body")
        self._owed = words("", "c-strong")
        self._bye = words("请带好证件、卡和单据。", "c-soft")
        for part in (self._title, self._label, self._number, self._due, self._papers, self._owed):
            self.body.addWidget(part)
        self.body.addStretch(1)
        self.body.addWidget(self._bye)

    def draw(self, page: Finished) -> None:
        """Draw the end of a case."""
        put_text(self._title, f"✓ 已受理：{page.title}")
        put_text(self._number, page.number)
        put_text(self._due, f"应于 {page.due} 前办结" if page.due else "")
        put_text(self._papers, f"请取走：{_first(page.papers, '、', 4, '份')}" if page.papers else "")
        put_text(
            self._owed, f"还需补交：{_first(page.owed, '；', 2, '件，都写在告知书上')}" if page.owed else ""
        )
        for part in (self._due, self._papers, self._owed):
            show(part, bool(part.text()))

    def wipe(self) -> None:
        """Forget the case."""
        super().wipe()
        for part in (self._title, self._number, self._due, self._papers, self._owed):
            put_text(part, "")


def _first(told: Sequence[str], between: str, most: int, unit: str) -> str:
    """As many as a screen holds; of more, how many there are."""
    more = f" 等，共 {len(told)} {unit}" if len(told) > most else ""
    return between.join(told[:most]) + more


CITIZEN = CitizenView(Finished, FinishedPage)
