"""停机分流: each waiting number is offered one of three ways."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QPushButton

from counter_app.domain.outages import WAY_NAMES, Sorted, Way
from counter_app.domain.tickets import CLASS_NAMES, Ticket
from counter_app.problems import Problem
from ui.viewmodels.desk import DeskModel
from ui.widgets.basic import button
from ui.widgets.panel import Panel, listed

SHORT = {Way.OFFLINE: "离线受理", Way.WAIT: "等恢复", Way.KEEP: "保留号"}


class SortingPanel(Panel):
    """The numbers that wait, and a line for a number on a slip when nobody can be asked for them."""

    def __init__(self, model: DeskModel) -> None:
        super().__init__(model, "等候的号")
        self._said: dict[str, Sorted] = {}
        (self.number,) = self.edits(("号码", "连不上服务时，照号票录入，如 A012"))
        self.over = button("系统已恢复，结束公告", self._over, "primary")
        self.acts(*(button(SHORT[way], partial(self._typed, way)) for way in Way), self.over)
        self.hint("逐位询问：能先受理的离线受理；愿意等的等恢复；改日来的给保留号，来时不用再排队。")

    def fetch(self) -> None:
        """Who waits."""
        self.ask(self._waiting, self._came)

    def first(self) -> None:
        """The line for a number."""
        self.number.setFocus()

    def _waiting(self) -> Sequence[Ticket]:
        try:
            return self.model.counter.visit.waiting()
        except Problem:
            return ()

    def _came(self, found: Sequence[Ticket]) -> None:
        self.clear()
        for ticket in found:
            said = self._said.get(ticket.number)
            more = CLASS_NAMES.get(ticket.klass, ticket.klass)  # type: ignore[call-overload]
            if said is not None:
                more = f"{more}　{WAY_NAMES[said.way]}"
            acts = (self._way(ticket.number, way) for way in Way)
            self.rows.addWidget(listed("✓" if said else "●", ticket.number, more, *acts))
        if not found:
            self.say("没有等候的号，或连不上叫号服务；请照号票逐位录入。", "soft")
        self.end()
        self.first()

    def _way(self, number: str, way: Way) -> QPushButton:
        return button(SHORT[way], partial(self._sort, number, way), name=f"{number} {SHORT[way]}")

    def _typed(self, way: Way) -> None:
        self._sort(self.number.text(), way)

    def _sort(self, number: str, way: Way) -> None:
        self.order(partial(self.model.counter.visit.sort, number, way), self._sorted)

    def _sorted(self, said: Sorted) -> None:
        self.number.clear()
        self._said[said.number] = said
        words = f"保留号 {said.kept}，请抄给群众，{said.number} 作废" if said.kept else WAY_NAMES[said.way]
        self.model.notices.tell(f"{said.number}", words)
        self.fetch()

    def _over(self) -> None:
        self._said = {}
        self.model.do("outage_over")
