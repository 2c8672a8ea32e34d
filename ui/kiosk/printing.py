"""A paper was wished for again: where it comes out, and what if it does not."""

from __future__ import annotations

from functools import partial

from ui.kiosk_registry import Screen
from ui.viewmodels.kiosk import KioskModel
from ui.widgets.touch import Foot, TouchPage, info_band


def build(model: KioskModel) -> TouchPage:
    """Nothing to decide here."""
    foot = Foot(("再打一份别的", partial(model.go, "papers")), ("办完了，退出", model.wipe))
    page = TouchPage("正在打印", foot=foot)
    failed = [note for note in model.view.visit.notices if note.code.startswith("printer")]
    if failed:
        page.body.addWidget(info_band(failed[-1].title, "单据没有丢，请叫工作人员来。", "warn"))
    else:
        page.body.addWidget(info_band("请到出纸口取单据", "补打的单据上写着“补打”，一样有效。"))
    page.body.addStretch(1)
    return page


SCREEN = Screen("printing", build, lambda model: "正在打印，请到出纸口取。")
