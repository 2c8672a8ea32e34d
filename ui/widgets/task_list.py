"""The tasks of a first day as a checklist: done ones keep their tick, the first open one says how."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from counter_app.services.visit_view import VisitView
from ui.viewmodels.desk import DeskModel
from ui.viewmodels.tasks import Task, is_done, tasks
from ui.widgets.basic import column, label, put_text, show


class TaskList(QWidget):
    """Looks at every snapshot; a task that was done once stays done."""

    def __init__(self, model: DeskModel) -> None:
        super().__init__()
        self.setAccessibleName("培训任务")
        self._done: set[str] = set()
        self._head = label("", "strong", wrap=True)
        self._rows = [
            (task, label("", "label", wrap=True), label(task.how, "soft", wrap=True)) for task in tasks()
        ]
        stack = column(self, (0, 0, 6, 0), 4)
        stack.addWidget(self._head)
        for _, title, how in self._rows:
            stack.addWidget(title)
            stack.addWidget(how)
        stack.addStretch(1)
        model.changed.connect(lambda before, now: self.look(now))
        self.look(model.view)

    @property
    def done(self) -> frozenset[str]:
        """Titles of the tasks that were done."""
        return frozenset(self._done)

    def look(self, view: VisitView) -> None:
        """Tick what the desk shows to be done; say how the next one is done."""
        self._done |= {task.title for task, _, _ in self._rows if is_done(task, view)}
        following = self._next()
        for nth, (task, title, how) in enumerate(self._rows, 1):
            put_text(title, f"{'✓' if task.title in self._done else '○'} {nth}. {task.title}")
            show(how, task is following)
        whole = len(self._rows)
        told = f"培训任务：已完成 {len(self._done)} / {whole}"
        put_text(self._head, "培训任务全部完成，可以请带教人员检查。" if following is None else told)

    def _next(self) -> Task | None:
        return next((task for task, _, _ in self._rows if task.title not in self._done), None)
