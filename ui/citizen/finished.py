"""已受理: the number to keep, the day it is due, the papers to take along."""

from __future__ import annotations

from collections.abc import Sequence

from ui.registry import CitizenView
from ui.viewmodels.citizen import Finished
from ui.widgets.basic import put_text, show
from ui.widgets.citizen_page import CitizenPageWidget, words

FEW_PAPERS, FEW_OWED = 4, 2  # named on a screen; of more the number is said


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
        put_text(self._papers, _take(page.papers))
        put_text(self._owed, _bring(page.owed))
        for part in (self._due, self._papers, self._owed):
            show(part, bool(part.text()))

    def wipe(self) -> None:
        """Forget the case."""
        super().wipe()
        for part in (self._title, self._number, self._due, self._papers, self._owed):
            put_text(part, "")


def _take(papers: Sequence[str]) -> str:
    """As many papers as a screen holds; of more, how many there are."""
    told = "、".join(papers[:FEW_PAPERS])
    if len(papers) > FEW_PAPERS:
        return f"请取走：{told} 等，共 {len(papers)} 份"
    return f"请取走：{told}" if papers else ""


def _bring(owed: Sequence[str]) -> str:
    """The same of what is still to be brought."""
    told = "；".join(owed[:FEW_OWED])
    if len(owed) > FEW_OWED:
        return f"还需补交：{told} 等，共 {len(owed)} 件，都写在告知书上"
    return f"还需补交：{told}" if owed else ""


CITIZEN = CitizenView(Finished, FinishedPage)
