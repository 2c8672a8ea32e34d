"""异常处置: records that do not fit others, what somebody has to do, and how it was settled."""

from __future__ import annotations

from counter_app.services.hall.exceptions import for_exception
from ui.panes.manage_lists import ListPage
from ui.viewmodels.manage import ManageModel
from ui.viewmodels.review_words import tail
from ui.widgets.rows_table import Row, RowsTable


class OddPage(ListPage):
    """The oldest first; the task is the last column, because it is read when the row is chosen."""

    def __init__(self, model: ManageModel) -> None:
        headings = ("受理号", "事项", "异常", "情况", "怎样处理")
        super().__init__(model, RowsTable("异常处置", headings, 4), "没有待处置的异常。")

    def draw(self) -> None:
        """The open ones."""
        rows = [
            Row(
                one.id,
                (tail(one.number) or "—", one.type or "—", one.title, one.detail, one.task),
                "warn",
            )
            for one in self._model.odd
        ]
        self.put(f"待处置 {len(rows)} 件", rows)

    def offer(self) -> None:
        """Settling the chosen one."""
        key = self.table.key()
        found = next((one for one in self._model.odd if one.id == key), None)
        self._model.offer_on(for_exception(found) if found else ())
