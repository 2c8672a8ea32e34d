"""The first page: what somebody may want. Looking around needs no card."""

from __future__ import annotations

from functools import partial

from ui.kiosk_registry import Screen
from ui.viewmodels.kiosk import KioskModel
from ui.widgets.reworded import languages
from ui.widgets.touch import Foot, TileWords, TouchPage, info_band, tiles

WISHES = (
    ("ticket", "取号，到窗口办", "有卡没卡都能取"),
    ("balance", "看余额和待遇", "个人账户、参保情况"),
    ("matters", "自己办事", "查询、备案、换医院"),
    ("papers", "打印凭证和清单", "参保凭证、证明、办过的单据"),
    ("owed", "补交欠缺的材料", "窗口容缺的，在这里补"),
    ("verify", "验单据真假", "扫单据上的二维码"),
)

ROOM = 9  # tiles of one line; below that the second line of each wish is left out


ELDER = ("ticket", "balance", "papers")  # what older people come for; the rest is one touch away


def build(model: KioskModel) -> TouchPage:
    """Six wishes, as on the keypad."""
    known = model.view.person is not None
    foot = Foot(
        back=("办完了，退出", model.wipe) if known else None,
        more=(("评价服务", partial(model.want, "rate")),),
    )
    page = TouchPage("您要办什么？", foot=foot)
    if model.view.person is not None:
        page.body.addWidget(info_band(f"{model.view.person.name}，您好", "办完请取走证件，屏幕会马上清空。"))
    else:
        page.body.addWidget(info_band("请先插社保卡，或放身份证、扫医保码", "先看看也行，不用插卡。"))
    grid, _ = tiles(_wishes(model), model.columns, numbered=True)
    page.body.addLayout(grid, 1)
    page.body.addWidget(languages(model))
    return page


def _wishes(model: KioskModel) -> list[TileWords]:
    """All of them; in 长辈版 three, and the others behind one tile."""
    has_room = (model.is_elder and model.columns == 1) or model.rows * model.columns >= ROOM
    made = {
        wish: TileWords(title, partial(model.want, wish), hint * has_room) for wish, title, hint in WISHES
    }
    if not model.is_elder:
        return list(made.values())
    if model.page_nth:
        rest = [words for wish, words in made.items() if wish not in ELDER]
        return [*rest, TileWords("返回", partial(model.turn, -1))]
    return [*(made[wish] for wish in ELDER), TileWords("其他事情", partial(model.turn, 1))]


SCREEN = Screen("home", build, lambda model: "您好。请点要办的事，或者先插社保卡。")
