"""Papers: certificates made now, and those of earlier matters printed again."""

from __future__ import annotations

from functools import partial

from ui.kiosk_registry import Screen
from ui.viewmodels.kiosk import KioskModel
from ui.widgets.basic import label
from ui.widgets.touch import Foot, TileWords, TouchPage, info_band, tiles

MADE_NOW = ("CX03", "ZY01", "CX02")


def build(model: KioskModel) -> TouchPage:
    """What can be made now first, then what was made."""
    page = TouchPage("打印凭证和清单", foot=Foot(("返回", partial(model.go, "home"))))
    page.tell(model.problem)
    now = [one for one in model.offers if one.code in MADE_NOW]
    words = [TileWords(o.title, partial(model.open, o.code), o.why_not, is_able=not o.why_not) for o in now]
    grid, _ = tiles(words, model.columns)
    page.body.addLayout(grid)
    if model.view.papers:
        page.body.addWidget(label("办过的单据，点一下补打", "h2"))
        shown = model.view.papers[: max(2, (model.rows - 3) * model.columns)]
        again = [TileWords(p.title, partial(model.reprint, p.number), f"{p.case}　{p.day}") for p in shown]
        grid, _ = tiles(again, model.columns)
        page.body.addLayout(grid)
    else:
        page.body.addWidget(info_band("本机没有查到办过的单据", "在窗口办的，凭办件号到窗口补打。"))
    page.body.addStretch(1)
    return page


SCREEN = Screen("papers", build, lambda model: "请点要打印的单据。")
