"""现场: every window, who waits, who calls for help; renewed every few seconds."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QWidget

from counter_app.services.hall import orders
from counter_app.services.hall.floor import FloorView, GroupRow, HelpRow, WaitRow, WindowRow
from ui.theme import Theme
from ui.viewmodels.manage import ManageModel
from ui.widgets.basic import card, column, label, row, show
from ui.widgets.rows_table import Row, RowsTable

WINDOWS = ("窗口", "状态", "当前号", "已用分", "业务", "柜员")
GROUPS = ("业务组", "等候", "最久分", "新到约等", "开窗")
WAITING = ("号码", "状态", "业务组", "人群", "已等分")
HELPS = ("来自", "求助", "说明", "分钟前")


class LivePage(QWidget):
    """What is chosen in one table is let go in the others, so that the order pane speaks of one thing."""

    def __init__(self, model: ManageModel) -> None:
        super().__init__()
        self._model = model
        self.windows = RowsTable(
            "窗口", ("窗口", "状态", "当前号", "已用分", "业务", "柜员"), 4, frozenset({3})
        )
        self.groups = RowsTable(
            "业务组", ("业务组", "等候", "最久", "新到约等", "开窗"), 0, frozenset({1, 2, 3, 4})
        )
        self.waiting = RowsTable("等候的号", ("号码", "状态", "业务组", "人群", "已等分"), 2, frozenset({4}))
        self.helps = RowsTable("求助", ("来自", "求助", "说明", "分钟前"), 2, frozenset({3}))
        self._help_box = _boxed("求助", self.helps)
        page = row(self, gap=8)
        left, right = column(gap=8), column(gap=8)
        left.addWidget(self._help_box, 2)
        left.addWidget(_boxed("窗口", self.windows), 7)
        right.addWidget(_boxed("业务组", self.groups), 2)
        right.addWidget(_boxed("等候的号", self.waiting), 5)
        page.addLayout(left, 11)
        page.addLayout(right, 9)
        for table in self.tables:
            table.chosen.connect(lambda key, table=table: self._chosen(table, key))
        self._help_box.hide()

    @property
    def tables(self) -> tuple[RowsTable, ...]:
        """Those one can choose in, as F6 walks them."""
        return (self.windows, self.waiting, self.helps)

    def draw(self) -> None:
        """The hall as it is now."""
        floor = self._model.floor
        self.windows.put([_window(one) for one in floor.windows])
        self.groups.put([_group(one) for one in floor.groups])
        self.waiting.put([_wait(one) for one in floor.waiting])
        self.helps.put([_help(one) for one in floor.helps])
        show(self._help_box, bool(floor.helps))
        self._offer()

    def restyle(self, theme: Theme) -> None:
        """Another theme or text size."""
        for table in (*self.tables, self.groups):
            table.restyle(theme)
        self.helps.setMinimumHeight(theme.px(28) * 2 + 6)
        self.groups.setMinimumHeight(theme.px(28) * 3 + 6)

    def focus_in(self) -> None:
        """The windows first."""
        self.windows.focus_in()

    def answer_first(self) -> bool:
        """Choose the oldest call for help; tells whether there is one."""
        helps = self._model.floor.helps
        if not helps:
            return False
        first = min(helps, key=lambda one: one.no)
        self.helps.choose(str(first.no))
        self._chosen(self.helps, str(first.no))
        return True

    def _chosen(self, table: RowsTable, key: str) -> None:
        if not key:
            return
        for other in self.tables:
            if other is not table:
                other.setCurrentIndex(other.rows_.index(-1, -1))
                other.clearSelection()
        self._offer()

    def _offer(self) -> None:
        """What may be ordered about what is chosen now."""
        self._model.offer_on(self._offers(self._model.floor))

    def _offers(self, floor: FloorView) -> tuple[orders.Offer, ...]:
        helped = next((one for one in floor.helps if str(one.no) == self.helps.key()), None)
        if helped is not None:
            return orders.for_help(helped)
        waits = next((one for one in floor.waiting if one.id == self.waiting.key()), None)
        if waits is not None:
            return orders.for_ticket(waits, floor)
        window = next((one for one in floor.windows if one.id == self.windows.key()), None)
        return orders.for_window(window, floor.groups) if window is not None else ()


def _boxed(title: str, table: RowsTable) -> QFrame:
    box = card()
    inside = column(box, (1, 6, 1, 1), 4)
    head = label(title, "group")
    head.setContentsMargins(10, 0, 10, 0)
    head.setAlignment(Qt.AlignmentFlag.AlignLeft)
    inside.addWidget(head)
    inside.addWidget(table, 1)
    return box


def _window(one: WindowRow) -> Row:
    minutes = str(one.minutes) if one.number else ""
    return Row(one.id, (one.label, one.state, one.number, minutes, one.groups, one.clerk), one.tone)


def _group(one: GroupRow) -> Row:
    wait = f"{one.low}～{one.high}" if one.waiting else "—"
    return Row(one.id, (one.name, str(one.waiting), str(one.longest), wait, str(one.at_work)))


def _wait(one: WaitRow) -> Row:
    klass = f"{one.klass}（{one.more}）" if one.more else one.klass
    return Row(one.id, (one.number, one.state, one.group, klass, str(one.minutes)), _TONES[one.state])


def _help(one: HelpRow) -> Row:
    tone = "warn" if one.kind == "help.asked" else "err"
    return Row(str(one.no), (one.place, one.name, one.words, str(one.minutes)), tone)


_TONES = {"等候": "", "挂起": "quiet", "过号": "warn"}


def headline(floor: FloorView) -> str:
    """The numbers of the top bar."""
    at_work = sum(not one.paused for one in floor.windows)
    words = f"等候 {floor.count} 人 · 最久 {floor.longest} 分 · 开窗 {at_work}/{len(floor.windows)}"
    return " · ".join((words, *floor.notices, *([f"已停止取号：{floor.closed}"] if floor.closed else [])))
