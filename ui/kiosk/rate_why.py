"""Why somebody was not satisfied: a few reasons, any number of them, none is fine too."""

from __future__ import annotations

from functools import partial

from counter_app.services.visit_view import ChoiceView
from ui.kiosk_registry import Screen
from ui.viewmodels.kiosk import KioskModel
from ui.widgets.touch import Foot, TouchPage
from ui.widgets.touch_lists import Leaves


def build(model: KioskModel) -> TouchPage:
    """The indicators of the hall's rating."""
    holder: list[Leaves] = []
    foot = Foot(("返回", partial(model.go, "rate")), ("提交", lambda: model.rate_why(holder[0].chosen)))
    page = TouchPage("哪里让您不满意？", "可以选几项，也可以不选。会有人给您回话。", foot)
    choices = [ChoiceView(code, words) for code, words in model.reasons]
    holder.append(Leaves(choices, (), lambda code: holder[0].toggle(code), model.columns, model.rows))
    page.body.addWidget(holder[0], 1)
    return page


SCREEN = Screen("rate_why", build, lambda model: "哪里让您不满意？可以选几项。")
