"""恢复以后: what is still to be entered, in its order, and what the outage came to."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from counter_app.domain.outages import WAY_NAMES, Owed, Report
from ui.viewmodels.desk import DeskModel
from ui.widgets.basic import button
from ui.widgets.panel import Panel, listed


class AfterPanel(Panel):
    """The list above; below it which form has become which case."""

    def __init__(self, model: DeskModel) -> None:
        super().__init__(model, "补录清单")
        self._report: Report | None = None
        self.mark, self.case = self.edits(("手工单号", "如 Y0001"), ("办件编号", "补录后的受理编号"))
        entered = button("已补录", self._entered)
        self.leads(self.case, entered)
        self.acts(entered, button("宣布停机（全厅）", partial(model.act.emit, "outage")))

    def fetch(self) -> None:
        """The report first, then what is owed."""
        self.ask(self.model.counter.visit.outage_report, self._told)

    def first(self) -> None:
        """The number of a form."""
        self.mark.setFocus()

    def _told(self, report: Report | None) -> None:
        self._report = report
        self.ask(self.model.counter.visit.owed, self._came)

    def _came(self, found: Sequence[Owed]) -> None:
        self.clear()
        for words in told(self._report):
            self.say(words)
        for one in found:
            due = f"，{one.due_on.isoformat()} 到期" if one.due_on else ""
            kind = "手工单，待补录" if one.by_hand else "离线受理，待核"
            self.rows.addWidget(listed("●", one.mark, f"{one.what}　{one.since:%H:%M} {kind}{due}"))
        if not found:
            self.say("✓ 没有待补录、待核的件")
        self.end()
        self.first()

    def _entered(self) -> None:
        call = partial(self.model.counter.visit.entered, self.mark.text(), self.case.text())
        self.order(call, self._done)

    def _done(self, found: Sequence[Owed]) -> None:
        self.mark.clear()
        self.case.clear()
        self._came(found)


def told(report: Report | None) -> list[str]:
    """An outage in a few lines."""
    if report is None:
        return ["今日没有停机。"]
    lasted = f"历时 {report.minutes} 分钟" if report.minutes is not None else "尚未恢复"
    ways = "，".join(f"{WAY_NAMES[way]} {count} 人" for way, count in report.ways.items())
    return [
        f"今日 {report.began:%H:%M} 停机，{lasted}，由 {report.announced_by} 宣布。",
        f"询问 {report.sorted} 人：{ways}；保留号已回来 {report.redeemed} 人。",
        f"待补录、待核 {report.owed} 件，已补录 {report.entered} 件。",
    ]
