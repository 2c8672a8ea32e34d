"""The only mouth: whatever a face says beside its pages is said here, never by a modal dialog."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from counter_app.domain.value import Value
from counter_app.problems import Problem
from counter_app.services.visit_view import ProblemView


class Notice(Value, frozen=True):
    """One message. `kind`: err (a refusal), ok, info. `code` is the refusal's code or ""."""

    kind: str
    title: str
    text: str = ""
    code: str = ""


class Notices(QObject):
    """Keeps what is being said; the bar on the window draws it, a test reads it."""

    changed = Signal()
    LIMIT = 3

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._own: list[Notice] = []
        self._from_visit: tuple[Notice, ...] = ()

    @property
    def current(self) -> tuple[Notice, ...]:
        """What stands on the screen now, oldest first."""
        told = [n for n in self._own if n not in self._from_visit]
        return (*self._from_visit, *told)[-self.LIMIT :]

    def refuse(self, problem: Problem | ProblemView) -> None:
        """Say a refusal: what happened, why, and what to do."""
        self._add(_of(problem))

    def tell(self, title: str, text: str = "", kind: str = "info") -> None:
        """Say something that needs no answer."""
        self._add(Notice(kind, title, text))

    def adopt(self, problems: tuple[ProblemView, ...]) -> None:
        """Show the refusals the visit itself keeps."""
        notices = tuple(_of(problem) for problem in problems)
        if notices != self._from_visit:
            self._from_visit = notices
            self.changed.emit()

    def move_on(self) -> None:
        """Somebody else or another matter is at the window: what was only said in passing goes."""
        kept = [notice for notice in self._own if notice.kind != "info"]
        if kept != self._own:
            self._own = kept
            self.changed.emit()

    def clear(self) -> bool:
        """Take away what was said; tells whether there was anything."""
        had = bool(self.current)
        self._own.clear()
        self._from_visit = ()
        if had:
            self.changed.emit()
        return had

    def _add(self, notice: Notice) -> None:
        self._own = [n for n in self._own if (n.code, n.title) != (notice.code, notice.title)]
        self._own.append(notice)
        self.changed.emit()


def _of(problem: Problem | ProblemView) -> Notice:
    return Notice("err", problem.title, f"{problem.cause}{problem.advice}", problem.code)
