"""A refusal that belongs to no question: what happened, what to do, and two ways on."""

from __future__ import annotations

from functools import partial

from ui.kiosk_registry import Screen
from ui.viewmodels.kiosk import KioskModel
from ui.widgets.touch import Foot, TouchPage


def build(model: KioskModel) -> TouchPage:
    """The words of the refusal."""
    foot = Foot(("返回首页", model.home), ("取号到窗口", partial(model.want, "ticket")))
    page = TouchPage("这一步没有办成", foot=foot)
    page.tell(model.problem)
    page.body.addStretch(1)
    return page


def say(model: KioskModel) -> str:
    """The title of the refusal."""
    return f"{model.problem.title}。请看屏幕上的办法。" if model.problem else "请看屏幕上的办法。"


SCREEN = Screen("refused", build, say)
