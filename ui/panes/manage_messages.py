"""对账: messages to the core platform that are not done yet, and what somebody has to do about each."""

from __future__ import annotations

from counter_app.services.hall.messages import MessageRow, for_message
from ui.panes.manage_lists import ListPage
from ui.viewmodels.manage import ManageModel
from ui.viewmodels.review_words import tail
from ui.widgets.basic import card, column, label, put_text, show
from ui.widgets.rows_table import Row, RowsTable

NOTHING = "没有待核对的报文。已办结的事项，核心系统都已登记（或本大厅没有接入核心系统）。"


class MessagesPage(ListPage):
    """The oldest first; what the platform said of the chosen one, and what to do, stand whole below."""

    def __init__(self, model: ManageModel) -> None:
        headings = ("受理号", "状态", "报文", "事项", "列入时间", "情况")
        super().__init__(model, RowsTable("对账", headings, 5, optional=(3, 4)), NOTHING)
        self._chosen, self._said, self._task = (
            label("", role, wrap=True) for role in ("strong", "label", "soft")
        )
        self._below = card()
        inside = column(self._below, (14, 8, 14, 10), 4)
        for part in (self._chosen, self._said, self._task):
            inside.addWidget(part)
        whole = self.layout()
        assert whole is not None
        whole.addWidget(self._below)
        self._below.hide()

    def draw(self) -> None:
        """The open ones."""
        found = self._model.messages
        rows = [
            Row(
                one.id,
                (
                    tail(one.number) or "—",
                    one.state_name,
                    one.title,
                    one.type,
                    _minute(one.at),
                    one.said or "—",
                ),
                one.kind,
            )
            for one in found
        ]
        urgent = sum(bool(one.kind) for one in found)
        self.put(f"待核对 {len(rows)} 笔" + (f"，其中要人处理 {urgent} 笔" if urgent else ""), rows)

    def offer(self) -> None:
        """What may be done about the chosen one, and all that is known of it."""
        key = self.table.key()
        found = next((one for one in self._model.messages if one.id == key), None)
        self._model.offer_on(for_message(found) if found else ())
        show(self._below, found is not None)
        if found is not None:
            self._tell(found)

    def _tell(self, one: MessageRow) -> None:
        put_text(self._chosen, f"{one.number}　{one.type}　{one.title}")
        put_text(self._said, f"{one.state_name}：{one.said}" if one.said else one.state_name)
        put_text(self._task, one.task + (f"（报文流水号 {one.serial}）" if one.serial else ""))


def _minute(at: str) -> str:
    """`11-23 09:05` of a moment as the hub tells it."""
    return at[5:16].replace("T", " ")
