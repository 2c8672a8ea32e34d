"""All answers on one page, each with 改 beside it, before anything is handed in."""

from __future__ import annotations

from functools import partial

from counter_app.services.self_view import Step
from ui import words
from ui.kiosk_registry import Screen
from ui.viewmodels.kiosk import KioskModel
from ui.widgets.basic import label, row
from ui.widgets.touch import Foot, TouchPage, big, changeable, info_band

SKIPPED = ("other", "more")


def build(model: KioskModel) -> TouchPage:
    """Names, values, 改; leaf by leaf where they are many."""
    case = model.view.visit.case
    foot = Foot(("上一步", model.back), ("没错，提交", model.confirm), (("不办了", model.home),))
    page = TouchPage("请核对，没错就提交", case.name if case else "", foot)
    page.tell(model.problem)
    shown = [step for step in model.view.steps if step.kind not in SKIPPED]
    size = max(3, model.rows - 1 - len(model.view.notices))
    leaves = max(1, -(-len(shown) // size))
    leaf = min(model.page_nth, leaves - 1)
    here = shown[leaf * size : (leaf + 1) * size]
    page.body.addWidget(changeable([(*said(step), partial(model.edit, step.key)) for step in here]))
    if leaves > 1:
        line = row(gap=14)
        line.addWidget(big("◀ 上一页", partial(model.turn, -1)))
        line.addWidget(label(f"第 {leaf + 1} 页，共 {leaves} 页", "body"))
        line.addStretch(1)
        line.addWidget(big("下一页 ▶", partial(model.turn, 1)))
        page.body.addLayout(line)
    for told in model.view.notices if leaf == leaves - 1 else ():
        page.body.addWidget(info_band(told))
    if case is not None and case.verdict is not None and case.verdict.kind == "instant":
        page.body.addWidget(info_band("提交后马上办好", "回执从出纸口出来。", "ok"))
    page.body.addStretch(1)
    return page


def said(step: Step) -> tuple[str, str]:
    """The name of an answer and the answer, in words."""
    if step.material is not None:
        return step.material.name, words.sign(words.MATERIAL, step.material.state)[1]
    if step.field is None:
        return step.title, ""
    value = step.field.display or step.field.value
    if step.field.type == "bool":
        value = {"yes": "是", "no": "不是"}.get(step.field.value, value)
    return step.field.label, value or "（没填）"


SCREEN = Screen("check", build, lambda model: "请核对屏幕上的内容，没错就点提交。")
