"""One question of a matter. The kind of its field chooses what is touched."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from counter_app.catalog.tongues import CHINESE
from counter_app.services.self_view import Step
from counter_app.services.visit_view import ChoiceView, FieldView
from ui.kiosk_registry import Screen
from ui.viewmodels.kiosk import KioskModel
from ui.widgets.touch import Foot, TileWords, TouchPage, info_band, tiles
from ui.widgets.touch_days import day_shown, shortcuts
from ui.widgets.touch_keys import NumberPad, WordPad
from ui.widgets.touch_lists import NARROW_FROM, Leaves

LONGEST_SAID = 40  # characters of a question that a voice reads
YES_NO = (ChoiceView("yes", "是"), ChoiceView("no", "不是"))
NUMBERS = {
    "int": "",
    "money": ".",
    "ratio": ".",
    "phone": "",
    "date": "",
    "month": "",
    "datetime": "",
    "cert_no": "X",
    "bank_card": "",
}
MATERIAL_WAYS = {
    "sign": ("我看清楚了，同意，去签名", "下一页用手指写您的名字，会印在单据上"),
    "promise": ("没带，按承诺书办", "马上能办；不实要承担责任，之后会核查"),
    "commit": ("没带，我书面承诺属实", "不实要承担责任，之后会核查"),
    "defer": ("没带，以后补交", "补交期限会打印在单据上"),
    "window": ("到窗口交", "填过的都留着，到窗口接着办"),
}


def build(model: KioskModel) -> TouchPage:
    """The page of the question the model is at."""
    step = model.at
    if step is None:
        return TouchPage("请稍候")
    if step.kind == "material":
        return _material(model, step)
    if step.kind in ("more", "ask") or (step.field is not None and step.field.type == "bool"):
        return _yes_no(model, step)
    if step.kind == "other":
        return _other(model, step)
    assert step.field is not None
    if step.field.choices:
        return _choice(model, step, step.field)
    if step.field.type in NUMBERS:
        return _number(model, step, step.field)
    return _word(model, step, step.field)


def _page(model: KioskModel, step: Step, on: Callable[[], object] | None = None) -> TouchPage:
    foot = Foot(("上一步", model.back), ("下一步", on) if on is not None else None)
    hint = step.hint if step.kind != "cell" else ""
    page = TouchPage(step.title, hint, foot)
    page.tell(model.problem)
    return page


def _yes_no(model: KioskModel, step: Step) -> TouchPage:
    page = _page(model, step)
    now = step.field.value if step.field is not None else ""
    words = [TileWords(c.label, partial(model.answer, c.code), is_on=c.code == now) for c in YES_NO]
    grid, _ = tiles(words, 2)
    page.body.addLayout(grid)
    page.body.addStretch(1)
    return page


def _other(model: KioskModel, step: Step) -> TouchPage:
    page = _page(model, step)
    page.body.addWidget(info_band("您的卡不要取走", "家人的身份证放在旁边的感应区就行。"))
    grid, _ = tiles([TileWords("没带家人的证件，我自己填", model.skip)], 1)
    page.body.addLayout(grid)
    page.body.addStretch(1)
    return page


def _choice(model: KioskModel, step: Step, field: FieldView) -> TouchPage:
    is_several = field.type == "multi_enum"
    holder: list[Leaves] = []
    page = _page(model, step, (lambda: model.answer(",".join(holder[0].chosen))) if is_several else None)
    chosen = field.value.split(",") if field.value else []
    take = (lambda code: holder[0].toggle(code)) if is_several else model.answer
    rows = model.rows - (3 if len(field.choices) > NARROW_FROM else 0) - (1 if model.problem else 0)
    holder.append(Leaves(field.choices, chosen, take, model.list_columns, max(2, rows)))
    page.body.addWidget(holder[0], 1)
    return page


def _number(model: KioskModel, step: Step, field: FieldView) -> TouchPage:
    shown = day_shown(field.type, model.guest.tongue == CHINESE)
    start = "" if "*" in field.value or model.problem else "".join(c for c in field.value if c not in "- :")
    pad = NumberPad(start, NUMBERS[field.type], show_as=shown)
    page = _page(model, step, lambda: model.answer(pad.text))
    quick = shortcuts(field.type, model.today)
    if quick:
        grid, _ = tiles([TileWords(words, partial(pad.put, text)) for words, text in quick], len(quick))
        page.body.addLayout(grid)
    page.body.addWidget(pad, 1)
    return page


def _word(model: KioskModel, step: Step, field: FieldView) -> TouchPage:
    pad = WordPad("" if "*" in field.value else field.value)
    page = _page(model, step, lambda: model.answer(pad.text))
    page.body.addWidget(pad, 1)
    return page


def _material(model: KioskModel, step: Step) -> TouchPage:
    assert step.material is not None
    page = _page(model, step)
    for told in step.notices:
        page.body.addWidget(info_band(told))
    words = [
        TileWords(MATERIAL_WAYS[way][0], _chosen(model, way), MATERIAL_WAYS[way][1]) for way in step.ways
    ]
    grid, _ = tiles(words, 1)
    page.body.addLayout(grid)
    if step.material.note:
        page.body.addWidget(info_band(step.material.note))
    page.body.addStretch(1)
    return page


def _chosen(model: KioskModel, way: str) -> Callable[[], object]:
    """Agreeing leads to the field to write in; every other way is taken at once."""
    return partial(model.go, "sign") if way == "sign" else partial(model.settle, way)


def say(model: KioskModel) -> str:
    """The question itself; a long one is cut at a pause."""
    return (model.at.title if model.at is not None else "")[:LONGEST_SAID]


SCREEN = Screen("question", build, say)
