"""Materials that were let come later: which of which matter, until when."""

from __future__ import annotations

from functools import partial

from ui.kiosk_registry import Screen
from ui.viewmodels.kiosk import KioskModel
from ui.widgets.touch import Foot, TileWords, TouchPage, info_band, tiles


def build(model: KioskModel) -> TouchPage:
    """One tile for each owed material; without any, by the number of the case."""
    foot = Foot(("返回", partial(model.go, "home")), None, (("按办件号补交", partial(model.open, "FW03")),))
    page = TouchPage("补交哪一份材料？", foot=foot)
    page.tell(model.problem)
    shown = model.view.owed[: model.rows]
    words = [
        TileWords(one.name, partial(model.supply, one), f"{one.type_name}　{one.due_on} 前补交")
        for one in shown
    ]
    grid, _ = tiles(words, 1)
    page.body.addLayout(grid)
    if not shown:
        page.body.addWidget(
            info_band("本机没有查到您欠交的材料", "手里有通知书的，请按通知书上的办件号补交。")
        )
    else:
        page.body.addWidget(info_band("材料请放进收件口", "机器打印接收凭证，由工作人员核对入档。"))
    page.body.addStretch(1)
    return page


SCREEN = Screen("owed", build, lambda model: "请点要补交的材料。")
