"""退出登录 with records that are not with the hall: wait for them, or seal them away first."""

from __future__ import annotations

from counter_app.services.day.closing import Sealed
from counter_app.services.visit_view import VisitView
from ui.registry import Page
from ui.viewmodels.desk import DeskModel
from ui.widgets.ask_page import AskPage
from ui.widgets.basic import button
from ui.words import sealed_words

WORDS = (
    "网络通时请稍候，传完即可退出。确实连不上的，先导出封存包：只有本厅能打开，"
    "交本厅任一窗口收进即可；本机的记录不会删除，联网后照常上传。"
)


class SignOutPage(AskPage):
    """How many records wait, where the package goes, and leaving, with the package or without."""

    def __init__(self, model: DeskModel) -> None:
        super().__init__(model, "退出登录", WORDS)
        self._sealed: Sealed | None = None
        self.folder = self.line("存放位置", "封存包的存放位置", "留空：U 盘；没有 U 盘的，存在本机")
        self.seal = button("导出封存包", self._seal, "primary")
        self.out = button("退出登录", self._out, "", "退出登录（下班、换人）")
        self.close_with(self.seal, self.out)

    def enter(self) -> None:
        """Nothing is sealed yet."""
        super().enter()
        self._sealed = None
        self.draw(self.model.view)

    def draw(self, view: VisitView) -> None:
        """Say how much still waits; it may all be there by now."""
        left = view.unsynced
        self.name_it(f"退出登录：还有 {left} 条记录没有上传" if left else "退出登录：记录都已上传")

    def step(self, by: int) -> bool:
        """Enter on the line goes to the button."""
        if by > 0 and self.folder.hasFocus():
            self.seal.setFocus()
            return True
        return super().step(by)

    def _seal(self) -> None:
        self.said.setText("正在封存……")
        self.model.flush()
        self.model.seal_away(self.folder.text(), self._kept, self.said.clear)

    def _kept(self, sealed: Sealed) -> None:
        self._sealed = sealed if sealed.records else None
        self.said.setText(sealed_words(sealed))
        self.out.setFocus()

    def _out(self) -> None:
        given = (self._sealed,) if self._sealed is not None else ()
        self.model.do("sign_out", *given, then=self._gone)

    def _gone(self, view: VisitView) -> None:
        self._sealed = None
        self.leave()


PAGE = Page("sign_out", "退出登录", SignOutPage)
