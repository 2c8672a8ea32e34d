"""签名: a name written with a finger under what somebody has just read."""

from __future__ import annotations

from functools import partial

from ui.kiosk_registry import Screen
from ui.viewmodels.kiosk import KioskModel
from ui.widgets.basic import label
from ui.widgets.ink import InkField
from ui.widgets.touch import Foot, TouchPage

LOWEST, HIGHEST = 300, 520  # px of the field: a name of four characters fits, and is written in one line


def build(model: KioskModel) -> TouchPage:
    """The field, 重写 and 签好了; the strokes die with the page, the picture leaves with the answer."""
    step = model.at
    field = InkField()
    field.setMinimumHeight(LOWEST)
    field.setMaximumHeight(HIGHEST)
    foot = Foot(
        ("返回", partial(model.go, "question")),
        ("签好了", lambda: model.sign(field.picture()) if field.is_written else None),
        (("重写", field.wipe),),
    )
    page = TouchPage("请用手指在框内签名", foot=foot)
    page.tell(model.problem)
    if step is not None and step.material is not None:
        page.body.addWidget(label(f"签在：{step.material.name}", "body", wrap=True))
    page.body.addWidget(field, 4)
    page.body.addStretch(1)
    if page.on is not None:
        on = page.on
        on.setEnabled(False)
        field.changed.connect(lambda: on.setEnabled(field.is_written))
    return page


SCREEN = Screen("sign", build, lambda model: "请用手指在框内写您的名字，写好点签好了。")
