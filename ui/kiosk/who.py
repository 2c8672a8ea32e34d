"""Who is it? A document has to say; a number typed proves nothing."""

from __future__ import annotations

from functools import partial

from ui.kiosk_registry import Screen
from ui.viewmodels.kiosk import KioskModel
from ui.widgets.touch import Foot, TouchPage, info_band, problem_band


def build(model: KioskModel) -> TouchPage:
    """Three ways, and one for whoever has none of them."""
    foot = Foot(("返回", partial(model.go, "home")), ("都没带，取号", partial(model.want, "ticket")))
    page = TouchPage("请出示一种证件", "任选一种，机器读到就往下走。", foot)
    if model.problem is not None:
        page.body.addWidget(problem_band(model.problem))
    page.body.addWidget(info_band("社会保障卡", "芯片朝前，插到底，办完再取。"))
    page.body.addWidget(info_band("身份证", "平放在感应区，办完再拿。"))
    page.body.addWidget(info_band("医保码", "打开手机上的医保电子凭证，对准扫码口。"))
    page.body.addStretch(1)
    return page


SCREEN = Screen("who", build, lambda model: "请插社保卡，或放身份证，或扫医保码。")
