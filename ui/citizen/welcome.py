"""欢迎: nobody is served; which window this is and what to get ready."""

from __future__ import annotations

from ui.registry import CitizenView
from ui.viewmodels.citizen import Welcome
from ui.widgets.basic import put_text, show
from ui.widgets.citizen_page import CitizenPageWidget, words


class WelcomePage(CitizenPageWidget):
    """A calm page that can be read from the chairs."""

    def __init__(self) -> None:
        super().__init__()
        self._hall = words("", "c-soft", centred=True)
        self._window = words("", "c-huge", centred=True)
        self._words = words("", "c-large", centred=True)
        self._hint = words("", "c-body", centred=True)
        self._clerk = words("", "c-soft", centred=True)
        self.body.addStretch(2)
        for part in (self._hall, self._window, self._words, self._hint, self._clerk):
            self.body.addWidget(part)
        self.body.addStretch(3)

    def draw(self, page: Welcome) -> None:
        """Draw the welcome."""
        put_text(self._hall, page.hall)
        put_text(self._window, f"{page.window} 号窗口")
        put_text(self._words, "暂停服务，请稍候" if page.paused else "请持号等候叫号")
        put_text(self._clerk, f"工作人员工号 {page.clerk}" if page.clerk else "")
        show(self._clerk, bool(page.clerk))
        ready = "请提前备好社保卡、身份证或医保码"
        put_text(self._hint, "请留意叫号，或到其他窗口办理" if page.paused else ready)


CITIZEN = CitizenView(Welcome, WelcomePage)
