"""Is a paper ours? Anybody may ask; nothing of the paper is shown but its number."""

from __future__ import annotations

from functools import partial

from ui.kiosk_registry import Screen
from ui.viewmodels.kiosk import KioskModel
from ui.widgets.touch import Foot, TouchPage, info_band


def build(model: KioskModel) -> TouchPage:
    """Wait for the scanner."""
    page = TouchPage("请把单据上的二维码对准扫码口", foot=Foot(("返回", partial(model.go, "home"))))
    page.body.addWidget(info_band("不用插卡，谁都能验", "本厅窗口和自助机打印的单据都有二维码。"))
    page.body.addStretch(1)
    return page


SCREEN = Screen("verify", build, lambda model: "请把单据上的二维码对准扫码口。")
