"""What came of looking at a paper's QR."""

from __future__ import annotations

from functools import partial

from ui.kiosk_registry import Screen
from ui.viewmodels.kiosk import KioskModel
from ui.widgets.touch import Foot, TouchPage, info_band


def build(model: KioskModel) -> TouchPage:
    """Ours or not, in words and not by colour alone."""
    found = model.checked
    foot = Foot(("返回首页", partial(model.go, "home")), ("再验一张", partial(model.go, "verify")))
    page = TouchPage("验真结果", foot=foot)
    if found is not None and found.ok:
        told = ("✓ 签名相符，是本单位签发的单据", f"编号 {found.number}。请再看纸上的编号是否一样。")
        page.body.addWidget(info_band(*told, kind="ok"))
    elif found is not None:
        page.body.addWidget(info_band("✕ 没有通过验真", f"{found.because}有疑问请叫工作人员来。", "err"))
    page.body.addStretch(1)
    return page


def say(model: KioskModel) -> str:
    """The verdict."""
    return "单据是真的。" if model.checked and model.checked.ok else "单据没有通过验真，请问工作人员。"


SCREEN = Screen("verified", build, say)
