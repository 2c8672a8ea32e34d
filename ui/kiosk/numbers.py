"""Taking a number: a group, or nothing. Never a transaction type."""

from __future__ import annotations

from functools import partial

from ui.kiosk_registry import Screen
from ui.viewmodels.kiosk import KioskModel
from ui.widgets.touch import Foot, TileWords, TouchPage, info_band, tiles


def build(model: KioskModel) -> TouchPage:
    """The groups of this hall, and one button for whoever does not know."""
    foot = Foot(("返回", partial(model.go, "home")))
    page = TouchPage("您要办哪一类？", "不清楚没关系，一个号能办几件事。", foot)
    page.tell(model.problem)
    words = [TileWords("不清楚，帮我安排", partial(model.take_number, ""), "到窗口再说")]
    if len(model.groups) > 1:
        words += [TileWords(name, partial(model.take_number, code)) for code, name in model.groups]
    grid, _ = tiles(words, 1 if len(words) < 4 else model.columns)
    page.body.addLayout(grid)
    if model.view.person is None:
        page.body.addWidget(
            info_band(
                "老年人、残疾人、孕产妇、军人优先", "插卡或放身份证再取，老年人自动优先；其他请到引导台。"
            )
        )
    page.body.addStretch(1)
    return page


SCREEN = Screen("groups", build, lambda model: "请点要办的类别，不清楚就点第一个。")
