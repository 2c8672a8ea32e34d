"""好差评: five equal buttons, none chosen, none larger; skipping is as easy. The lowest two say why."""

from __future__ import annotations

from functools import partial

from ui.kiosk_registry import Screen
from ui.viewmodels.kiosk import KioskModel
from ui.widgets.touch import Foot, TileWords, TouchPage, info_band, tiles

LEVELS = ((5, "非常满意"), (4, "满意"), (3, "基本满意"), (2, "不满意"), (1, "非常不满意"))
BAD = 2  # from this level down a reason is asked for


def build(model: KioskModel) -> TouchPage:
    """The newest case of today that has not been rated."""
    found = model.view.rateable
    if not found:
        page = TouchPage("评价服务", foot=Foot(("返回首页", partial(model.go, "home"))))
        page.body.addWidget(info_band("没有可以评价的办件", "一件事评一次；今天办过的事可以在这里评价。"))
        page.body.addStretch(1)
        return page
    case = found[0]
    skip = ("不评价", partial(model.rate, case.case_id, 0))
    page = TouchPage("您对这次服务满意吗？", f"{case.title}　{case.number}", Foot(more=(skip,)))
    words = [TileWords(words, partial(_chosen, model, case.case_id, level)) for level, words in LEVELS]
    grid, _ = tiles(words, 1)
    page.body.addLayout(grid)
    page.body.addStretch(1)
    return page


def _chosen(model: KioskModel, case_id: str, level: int) -> None:
    if level > BAD:
        model.rate(case_id, level)
    else:
        model.ask_why(case_id, level)


SCREEN = Screen("rate", build, lambda model: "请评价这次服务，也可以不评。")
