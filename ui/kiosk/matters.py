"""Every matter this kiosk does, in plain words, leaf by leaf."""

from __future__ import annotations

from functools import partial

from ui.kiosk_registry import Screen
from ui.viewmodels.kiosk import KioskModel
from ui.widgets.basic import label, row
from ui.widgets.touch import Foot, TileWords, TouchPage, big, tiles


def build(model: KioskModel) -> TouchPage:
    """Tiles; what cannot be done without the line says so before anybody begins."""
    page = TouchPage("您要办哪一件？", foot=Foot(("返回", partial(model.go, "home"))))
    page.tell(model.problem)
    size = model.columns * model.rows
    leaves = max(1, -(-len(model.offers) // size))
    leaf = min(model.page_nth, leaves - 1)
    shown = model.offers[leaf * size : (leaf + 1) * size]
    words = [
        TileWords(one.title, partial(model.open, one.code), one.why_not, is_able=not one.why_not)
        for one in shown
    ]
    grid, _ = tiles(words, model.columns, numbered=True)
    page.body.addLayout(grid)
    page.body.addStretch(1)
    if leaves > 1:
        line = row(gap=14)
        before, after = big("◀ 上一页", partial(model.turn, -1)), big("下一页 ▶", partial(model.turn, 1))
        before.setEnabled(leaf > 0)
        after.setEnabled(leaf < leaves - 1)
        line.addWidget(before)
        line.addWidget(label(f"第 {leaf + 1} 页，共 {leaves} 页", "body"))
        line.addStretch(1)
        line.addWidget(after)
        page.body.addLayout(line)
    return page


SCREEN = Screen("matters", build, lambda model: "请点要办的事，可以翻页。")
