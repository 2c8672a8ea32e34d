"""收外来件包: a signed package from a stick or a folder, taken in while the desk runs."""

from __future__ import annotations

from counter_app.services.filings import Received
from ui.registry import Page
from ui.viewmodels.desk import DeskModel
from ui.widgets.ask_page import AskPage
from ui.widgets.basic import button
from ui.widgets.takes_file import TakesFile

WORDS = (
    "文件为 .ow1p，可拖到这里。不填文件，取 U 盘上最新的一个；填文件夹，取其中最新的一个。"
    "同一个包收两次不会重复。"
)
MOST = 100  # refusals shown


class PackagePage(TakesFile, AskPage):
    """One line that may stay empty, one button; what came of it stays on the page."""

    def __init__(self, model: DeskModel) -> None:
        super().__init__(model, "收外来件包", WORDS)
        self.file = self.line("文件", "外来件包的文件", "留空：U 盘上最新的 .ow1p")
        self.take = button("收进外来件单", self._take, "primary")
        self.setAcceptDrops(True)
        self.close_with(self.take)

    def step(self, by: int) -> bool:
        """Enter on the line goes to the button."""
        if by > 0 and self.file.hasFocus():
            self.take.setFocus()
            return True
        return super().step(by)

    def _take(self) -> None:
        self.said.setText("正在核对签名……")
        self.model.take_package(self.file.text(), self._taken, self.said.clear)

    def _taken(self, received: Received) -> None:
        self.said.setText("\n".join(package_lines(received)))


def package_lines(received: Received) -> list[str]:
    """What came of a package, and each filing that was not taken with its reason."""
    known = f"，此前已收过 {len(received.known)} 件" if received.known else ""
    refused = f"，未收 {len(received.problems)} 件" if received.problems else ""
    renewed = f"，更新 {len(received.renewed)} 件" if received.renewed else ""
    lines = [f"✓ 收进 {len(received.new)} 件{renewed}{known}{refused}。按 Ctrl+K 输入 < 取到窗口。"]
    lines += [
        f"{one.where}　{one.title}：{one.cause}{one.advice}"
        for one in (*received.changed, *received.problems)[:MOST]
    ]
    return lines


PAGE = Page("package", "收外来件包", PackagePage)
