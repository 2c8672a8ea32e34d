"""The error summary above the form: one link per place to mend, in the words beside the field."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from counter_app.services.visit_view import CaseView, ProblemView
from ui.viewmodels.form import problem_line
from ui.widgets.basic import Elided, LinkButton, column, is_tight, label, put_text, row, show

SHOWN = 3
ROOMY = 720  # px of window height from which three links leave the form enough room


class ErrorSummary(QFrame):
    """Lists what must be mended; walks from place to place."""

    jump = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("band", "err")
        self._problems: tuple[ProblemView, ...] = ()
        self._at = -1
        stack = column(self, (12, 6, 10, 6), 1)
        head = row(gap=8)
        self._title = label("", "h3")
        self._more = Elided("", "small")
        head.addWidget(self._title)
        head.addWidget(self._more, 1)
        stack.addLayout(head)
        self._links: list[LinkButton] = []
        for nth in range(SHOWN):
            link = LinkButton()
            link.clicked.connect(partial(self._go, nth))
            self._links.append(link)
            stack.addWidget(link)
        self.hide()

    def put(self, case: CaseView) -> bool:
        """Show a case's problems; tells whether they have just appeared."""
        before, self._problems = self._problems, case.problems
        show(self, bool(self._problems))
        if self._problems == before:
            return False
        self._at = min(self._at, len(self._problems) - 1) if before else -1
        put_text(self._title, f"有 {len(self._problems)} 处需要改正")
        shown = 1 if is_tight(self) else SHOWN if self.window().height() >= ROOMY else SHOWN - 1
        rest = len(self._problems) - shown
        self._more.put("Alt+↓ 跳到下一处" + (f"　另有 {rest} 处" if rest > 0 else ""))
        labels = {field.key: field.label for field in case.fields}
        for link, problem in zip(self._links, self._problems, strict=False):
            name = labels.get(problem.where.partition(".")[0], "")
            words = (
                problem_line(problem, name) if not problem.where.startswith("material:") else problem.cause
            )
            link.put(words)
        for nth, link in enumerate(self._links):
            show(link, nth < min(shown, len(self._problems)))
        return not before

    def first(self) -> bool:
        """Go to the first place; False when there is none."""
        self._at = -1
        return self.walk(1)

    def walk(self, by: int) -> bool:
        """Go to the next or previous place; False when there is none."""
        if not self._problems:
            return False
        self._at = (
            (self._at + by) % len(self._problems) if self._at >= 0 or by > 0 else len(self._problems) - 1
        )
        self.jump.emit(self._problems[self._at].where)
        return True

    def _go(self, nth: int, *_: object) -> None:
        self._at = nth
        self.jump.emit(self._problems[nth].where)
