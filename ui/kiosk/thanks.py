"""The rating was taken."""

from __future__ import annotations

from ui.kiosk_registry import Screen
from ui.viewmodels.kiosk import KioskModel
from ui.widgets.touch import Foot, TouchPage, info_band


def build(model: KioskModel) -> TouchPage:
    """Thanks, whatever it was."""
    page = TouchPage("谢谢您", foot=Foot(("再办一件", model.home), ("办完了，退出", model.wipe)))
    page.body.addWidget(info_band("已经记下", "窗口工作人员看不到您选了哪一项。"))
    page.body.addStretch(1)
    return page


SCREEN = Screen("thanks", build, lambda model: "谢谢您。请取走证件。")
