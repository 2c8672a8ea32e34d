"""Something was left unfinished: go on with it, or begin anew."""

from __future__ import annotations

from functools import partial

from ui.kiosk_registry import Screen
from ui.viewmodels.kiosk import KioskModel
from ui.widgets.touch import Foot, TileWords, TouchPage, tiles

MOST = 4


def build(model: KioskModel) -> TouchPage:
    """The newest first."""
    foot = Foot(None, ("不接着办，看别的", partial(model.go, "home")))
    page = TouchPage("您上次有没办完的", "填过的都在，点一下接着办。到任何窗口也能接着办。", foot)
    words = [
        TileWords(one.title, partial(model.resume, one.filing_id), f"{one.begun} 开始的")
        for one in model.view.unfinished[:MOST]
    ]
    grid, _ = tiles(words, 1)
    page.body.addLayout(grid)
    page.body.addStretch(1)
    return page


SCREEN = Screen("unfinished", build, lambda model: "您上次有没办完的事，可以接着办。")
