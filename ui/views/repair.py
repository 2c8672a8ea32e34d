"""报修: a device of the hall is broken; one more key and somebody has to come within the region's minutes."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, QTimer

from counter_app.services.repairs import Repair
from ui.registry import Page
from ui.viewmodels import device_words as words
from ui.viewmodels.desk import DeskModel
from ui.widgets.ask_page import AskPage
from ui.widgets.basic import button

SENTENCE = "只登记本大厅的机具，不影响手上的件，不打印单据。回车即报修；到场时限按本地规定计自然分钟。"
COMMON = ("没有反应", "卡纸或缺纸", "读不出卡", "扫不出码", "连线松动")


class RepairPage(AskPage):
    """Device and trouble are filled in from what is known; Enter reports it."""

    def __init__(self, model: DeskModel) -> None:
        super().__init__(model, "机具故障报修", SENTENCE)
        self.device = self.line("机具", "机具", "哪台设备，如 读卡器")
        self.symptom = self.line("故障现象", "故障现象", "看到什么，如 插卡没有反应")
        self.common(COMMON, self.symptom)
        self.act = button("报修", self.report, "primary")
        self.close_with(self.act)

    def enter(self) -> None:
        """Fill in what is known of the device meant; with all of it known, Enter is enough."""
        super().enter()
        role = self.model.wish.subject
        self.device.setText(words.role_title(role) if role else "")
        self.symptom.setText("")
        if role:
            self.model.jobs.aside(self.model.counter.devices.roles, partial(self._known, role))

    def step(self, by: int) -> bool:
        """Enter on the last line reports."""
        if by > 0 and self.symptom.hasFocus() and self.symptom.text().strip():
            self.report()
            return True
        return super().step(by)

    def report(self) -> None:
        """Write it down, once."""
        self.act.setEnabled(False)
        call = partial(self.model.counter.visit.report_fault, self.device.text(), self.symptom.text())
        self.model.jobs.run(call, self._reported, partial(self.act.setEnabled, True))

    def _known(self, role: str, roles: object) -> None:
        if not isinstance(roles, tuple):
            return
        view = next((each for each in roles if each.role == role), None)
        if view is not None and view.where and self.device.text() == words.role_title(role):
            self.device.setText(f"{words.role_title(role)} {view.where}"[:60])
        if not self.symptom.text():
            self.symptom.setText(words.symptom(view))
        if self.symptom.text() and self.isVisible():
            QTimer.singleShot(0, self.act, partial(self.act.setFocus, Qt.FocusReason.OtherFocusReason))

    def _reported(self, repair: Repair) -> None:
        self.act.setEnabled(True)
        self.model.device_watch.put_away()
        due = f"维修人员应于 {repair.due.at:%H:%M} 前到场（{repair.due.left} 分钟）。" if repair.due else ""
        self.leave()
        self.model.notices.tell(f"已报修：{repair.device}", f"受理号 {repair.number}。{due}", "ok")


PAGE = Page("repair", "报修", RepairPage)
