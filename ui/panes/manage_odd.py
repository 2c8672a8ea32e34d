"""异常处置: records that do not fit others, what somebody has to do, and how it was settled."""

from __future__ import annotations

from functools import partial

from counter_app.domain.exceptions import HELD
from counter_app.services.hall.exceptions import ExceptionRow, for_exception
from counter_app.services.hall.held_rows import HeldRow
from ui.panes.manage_lists import ListPage
from ui.theme import Theme
from ui.viewmodels.manage import ManageModel
from ui.viewmodels.review_words import tail
from ui.widgets.basic import card, column, label, put_text, show
from ui.widgets.rows_table import Row, RowsTable


class OddPage(ListPage):
    """The oldest first; the task is the last column, because it is read when the row is chosen."""

    def __init__(self, model: ManageModel) -> None:
        headings = ("受理号", "事项", "异常", "情况", "怎样处理")
        super().__init__(model, RowsTable("异常处置", headings, 4), "没有待处置的异常。")
        acts = ("签署时间", "所办", "受理号", "事项", "当事人", "报失前后")
        self.acts, self._acts_title = RowsTable("已报失设备的记录", acts, 3), label("", "h3")
        self._acts_box, self._asked = card(), ("", "")
        inside = column(self._acts_box, (1, 8, 1, 1), 6)
        titled = column(margins=(10, 0, 10, 0))
        titled.addWidget(self._acts_title)
        inside.addLayout(titled)
        inside.addWidget(self.acts, 1)
        self.stack.addWidget(self._acts_box, 1)
        self._acts_box.hide()

    @property
    def tables(self) -> tuple[RowsTable, ...]:
        """What F6 walks: the exceptions, and the records of the chosen one."""
        return (self.table, self.acts)

    def restyle(self, theme: Theme) -> None:
        """Another theme or text size."""
        super().restyle(theme)
        self.acts.restyle(theme)

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
        self._look_into(found if found is not None and found.id.endswith(f"|{HELD}") else None)

    def _look_into(self, found: ExceptionRow | None) -> None:
        """The records of a lost device are fetched when its exception is chosen, and when there are more."""
        wanted = (found.id, found.detail) if found else ("", "")
        if wanted == self._asked:
            return
        self._asked = wanted
        self._acts_box.hide()
        if found is not None:
            self._model.ask_held(found.id, partial(self._acts_came, wanted))

    def _acts_came(self, asked: tuple[str, str], rows: tuple[HeldRow, ...]) -> None:
        if asked == self._asked:
            self.acts.put([_act(one) for one in rows])
            put_text(self._acts_title, "已报失设备的记录（未收录，姓名已遮盖；请与受理单逐件核对）")
            show(self._acts_box, bool(rows))


def _act(one: HeldRow) -> Row:
    when = ("报失前", "") if one.early else ("报失后", "warn")
    cells = (one.at, one.act, tail(one.number) or "—", one.matter or "—", one.person or "—", when[0])
    return Row(one.id, cells, when[1])
