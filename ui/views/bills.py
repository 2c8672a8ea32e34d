"""电子票据: bills that came as files (OFD, XML, PDF) become rows of the claim."""

from __future__ import annotations

from counter_app.domain.invoices import Invoice
from ui.registry import Page
from ui.viewmodels.desk import DeskModel
from ui.widgets.ask_page import AskPage
from ui.widgets.basic import button
from ui.widgets.takes_file import TakesFile

WORDS = "文件为 OFD、XML 或 PDF，可拖到这里；填文件夹，读其中全部。纸质票据直接扫票面上的二维码。"


class BillsPage(TakesFile, AskPage):
    """One line and one button; each bill lands in the table of the case in hand."""

    def __init__(self, model: DeskModel) -> None:
        super().__init__(model, "读电子票据", WORDS)
        self.file = self.line("文件", "电子票据的文件或文件夹", "文件或文件夹")
        self.take = button("读进明细表", self._take, "primary")
        self.setAcceptDrops(True)
        self.close_with(self.take)

    def step(self, by: int) -> bool:
        """Enter on the line reads."""
        if by > 0 and self.file.hasFocus() and self.file.text().strip():
            self._take()
            return True
        return super().step(by)

    def _take(self) -> None:
        self.said.setText("正在读票据……")
        self.model.read_bills(self.file.text(), self._came, self.said.clear)

    def _came(self, found: tuple[Invoice, ...]) -> None:
        told = self.done("票据已读入", f"共 {len(found)} 张，请核对金额。")
        self.model.do("add_invoices", found, then=told)


PAGE = Page("bills", "读电子票据", BillsPage)
