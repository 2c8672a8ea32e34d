"""A matter has to go on at a window: why, and a number at once; nothing typed is lost."""

from __future__ import annotations

from functools import partial

from ui.kiosk_registry import Screen
from ui.viewmodels.kiosk import KioskModel
from ui.widgets.touch import Foot, TouchPage, info_band


def build(model: KioskModel) -> TouchPage:
    """The reason and two ways on."""
    foot = Foot(("返回首页", partial(model.go, "home")), ("取号", partial(model.want, "ticket")))
    page = TouchPage("这一步要到窗口办", foot=foot)
    page.body.addWidget(info_band("原因", model.view.window_only, "warn"))
    page.body.addWidget(info_band("填过的都留着", "到窗口出示证件，从这里接着办，不用重填。", "ok"))
    page.body.addStretch(1)
    return page


SCREEN = Screen("window", build, lambda model: "这一步要到窗口办，填过的都留着。请取号。")
