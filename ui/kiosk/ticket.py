"""The number: on paper, or on the screen and said aloud. With neither it does not count."""

from __future__ import annotations

from PySide6.QtCore import Qt

from counter_app.domain.ticket_slip import SPARE
from ui.kiosk_registry import Screen
from ui.viewmodels.kiosk import KioskModel
from ui.widgets.basic import label
from ui.widgets.touch import Foot, TouchPage, info_band


def build(model: KioskModel) -> TouchPage:
    """The number as large as there is room, how many wait before, and how long about."""
    slip = model.slip
    page = TouchPage("您的号", foot=Foot(None, ("好了", model.wipe)))
    if slip is None:
        return page
    number = label(slip.number, "number")
    number.setAlignment(Qt.AlignmentFlag.AlignCenter)
    page.body.addWidget(number)
    wait = f"前面还有 {slip.ahead} 人，大约等 {slip.low} 至 {slip.high} 分钟"
    words = label("　".join(one for one in (slip.group, slip.klass and f"{slip.klass}优先") if one), "h2")
    words.setAlignment(Qt.AlignmentFlag.AlignCenter)
    page.body.addWidget(words)
    if slip.is_spare:
        page.body.addWidget(info_band(*SPARE, "warn"))
    else:
        page.body.addWidget(info_band(wait, "请在大厅就坐，听到叫号、看到大屏再过去。"))
    if not model.slip_is_printed:
        told = info_band(
            "号票没有打出来，请记住上面的号", "这个号有效。可以拍照，或请引导台补打一张。", "warn"
        )
        page.body.addWidget(told)
    page.body.addStretch(1)
    return page


def say(model: KioskModel) -> str:
    """The number digit by digit; twice where there is no paper."""
    if model.slip is None:
        return ""
    number = model.slip.spoken
    if model.slip_is_printed:
        return f"您的号是 {number}，请取号票。"
    return f"您的号是 {number}，没有纸，请记住，{number}。"


SCREEN = Screen("ticket", build, say)
