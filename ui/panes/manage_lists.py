"""排班、到期件、差评回访: one table a page, what may be done beside it."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QWidget

from counter_app.services.hall import orders
from counter_app.services.hall.sentences import bare
from ui.theme import Theme
from ui.viewmodels.manage import ManageModel
from ui.viewmodels.review_words import light_chip, tail, worst
from ui.widgets.basic import button, card, column, label, put_text, row, show
from ui.widgets.rows_table import Row, RowsTable


class ListPage(QWidget):
    """A head, a table, and a word where there is nothing."""

    def __init__(self, model: ManageModel, table: RowsTable, nothing: str) -> None:
        super().__init__()
        self._model, self.table = model, table
        self.head: QHBoxLayout = row(gap=8)
        self._title = label("", "h3")
        self.head.addWidget(self._title, 1)
        self._nothing = label(nothing, "soft", wrap=True)
        self._nothing.setContentsMargins(12, 4, 12, 8)
        box = card()
        inside = column(box, (1, 8, 1, 1), 6)
        framed = column(margins=(10, 0, 10, 0))
        framed.addLayout(self.head)
        inside.addLayout(framed)
        inside.addWidget(self._nothing)
        inside.addWidget(table, 1)
        self.stack = column(self, gap=8)
        self.stack.addWidget(box, 1)
        table.chosen.connect(lambda key: self.offer())

    @property
    def tables(self) -> tuple[RowsTable, ...]:
        """What F6 walks."""
        return (self.table,)

    def put(self, title: str, rows: list[Row]) -> None:
        """Other rows."""
        put_text(self._title, title)
        show(self._nothing, not rows)
        self.table.put(rows)
        self.offer()

    def draw(self) -> None:
        """The page as it was fetched."""

    def offer(self) -> None:
        """What may be ordered about the chosen row."""
        self._model.offer_on(())

    def restyle(self, theme: Theme) -> None:
        """Another theme or text size."""
        self.table.restyle(theme)

    def focus_in(self) -> None:
        """The table."""
        self.table.focus_in()


class ShiftPage(ListPage):
    """Who sits where on a day; a shift is written in one line."""

    def __init__(self, model: ManageModel) -> None:
        headings = ("窗口", "时间", "工号", "姓名", "排班人")
        super().__init__(model, RowsTable("排班", headings, 3), "这一天还没有排班。按 1 排一班。")
        for words, by in (("前一天", -1), ("今天", 0), ("后一天", 1)):
            self.head.addWidget(button(words, partial(model.turn_day, by)))

    def draw(self) -> None:
        """The shifts of the day shown."""
        rows = [
            Row(one.id, (bare(one.window), f"{one.start}–{one.end}", one.clerk, one.name, one.by))
            for one in self._model.shifts
        ]
        self.put(f"{self._model.day:%Y-%m-%d} 排班 {len(rows)} 班", rows)

    def offer(self) -> None:
        """Plan one; take the chosen one back."""
        model, key = self._model, self.table.key()
        found = next((one for one in model.shifts if one.id == key), None)
        about = f"{bare(found.window)} 号窗口 {found.name} {found.start}–{found.end}" if found else ""
        model.offer_on(orders.for_shifts(model.day.isoformat(), found.id if found else "", about))


class OverduePage(ListPage):
    """Cases whose last day has passed or is near; deciding them is the work of their desk."""

    def __init__(self, model: ManageModel) -> None:
        headings = ("受理号", "承诺时限", "法定时限", "事项", "环节", "岗位", "领办")
        super().__init__(model, RowsTable("到期件", headings, 3), "没有超期或将到期的办件。")

    def draw(self) -> None:
        """The cases, nearest first."""
        rows = [
            Row(
                f"{one.case_id}|{one.part}",
                (
                    tail(one.number),
                    light_chip("", one.promised)[1].removeprefix("● ").removeprefix("▲ ").removeprefix("✕ "),
                    light_chip("", one.statutory)[1],
                    one.type_name,
                    one.step_name,
                    one.desk,
                    one.holder or "待领",
                ),
                worst(one),
            )
            for one in self._model.overdue
        ]
        self.put(f"超期和将到期 {len(rows)} 件", rows)


class BadPage(ListPage):
    """Bad ratings on their way to an answer. Neither the clerk nor the citizen is named."""

    def __init__(self, model: ManageModel) -> None:
        headings = ("受理号", "评价", "原因", "进展", "最迟", "记录")
        super().__init__(model, RowsTable("差评回访", headings, 5), "没有待回访的差评。")

    def draw(self) -> None:
        """The open ones, late ones first."""
        rows = [
            Row(
                one.id,
                (
                    tail(one.number),
                    one.level,
                    one.reasons,
                    one.state,
                    f"{one.due}{'（已超期）' if one.is_late else ''}",
                    one.said,
                ),
                "err" if one.is_late else "warn",
            )
            for one in self._model.bad
        ]
        self.put(f"待回访、待整改 {len(rows)} 件", rows)

    def offer(self) -> None:
        """The one next step."""
        key = self.table.key()
        found = next((one for one in self._model.bad if one.id == key), None)
        about = f"{tail(found.number)} {found.level}" if found else ""
        offered = orders.for_bad(found.id, found.next_act, about) if found else ()
        self._model.offer_on(offered)
