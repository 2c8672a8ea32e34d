"""Done: the number of the case, what became of its papers, and taking the card."""

from __future__ import annotations

from functools import partial

from ui import words
from ui.kiosk_registry import Screen
from ui.viewmodels.kiosk import KioskModel
from ui.widgets.touch import Foot, TouchPage, info_band, pairs


def build(model: KioskModel) -> TouchPage:
    """What was done, by when, and where the paper is."""
    case = model.view.visit.case
    foot = Foot(
        ("再办一件", model.home), ("办完了，退出", model.wipe), (("评价服务", partial(model.go, "rate")),)
    )
    page = TouchPage("办好了", foot=foot)
    if case is None:
        return page
    rows = [("事项", case.name), ("办件号", case.number)]
    if case.verdict is not None and case.verdict.due_on:
        rows.append(("最晚办结日", case.verdict.due_on))
    rows += [(paper.title, words.sign(words.PAPER_STATE, paper.state)[1]) for paper in case.papers]
    page.body.addWidget(pairs(rows))
    if any(paper.state == "failed" for paper in case.papers):
        told = ("单据没打出来，事情已经办好", "办件号有效。可在任何窗口补打，或叫工作人员来。")
        page.body.addWidget(info_band(*told, kind="warn"))
    if case.provisional:
        page.body.addWidget(info_band("现在没有联网", "已受理，联网后自动办结，请留好回执。", "warn"))
    if model.view.person is not None and model.view.person.card_present:
        page.body.addWidget(info_band("请取走您的证件和单据", "取走证件，屏幕马上清空。"))
    page.body.addStretch(1)
    return page


SCREEN = Screen("done", build, lambda model: "办好了。请取走单据和证件。")
