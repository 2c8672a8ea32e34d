"""Balance and entitlement: what the hall knows now, masked, with its date."""

from __future__ import annotations

from functools import partial

from ui import words
from ui.kiosk_registry import Screen
from ui.viewmodels.kiosk import KioskModel
from ui.widgets.touch import Foot, TouchPage, info_band, pairs


def build(model: KioskModel) -> TouchPage:
    """Names and values; the proof is a paper of its own."""
    foot = Foot(("返回", partial(model.go, "home")), ("打印查询单", partial(model.open, "CX02")))
    page = TouchPage("余额和待遇", foot=foot)
    person = model.view.person
    if person is None:
        return page
    known = [
        ("姓名", person.name),
        ("证件号码", person.certno),
        ("个人账户余额", money(person.balance)),
        ("参保险种", words.say(words.INSURANCE, person.insutype)),
        ("参保状态", words.say(words.INSURED_STATE, person.insured_state)),
        ("人员类别", words.say(words.PERSON_TYPE, person.psn_type)),
        ("参保地", person.insuplc),
        ("待遇标志", "、".join(words.say(words.FLAGS, flag) for flag in person.flags)),
    ]
    page.body.addWidget(pairs([(name, value) for name, value in known if value]))
    if person.unverified or not model.view.visit.online:
        page.body.addWidget(
            info_band("没有联网核对", f"数据截至 {day_of(person.as_of)}，以联网查询为准。", "warn")
        )
    elif person.as_of:
        page.body.addWidget(
            info_band(f"数据截至 {day_of(person.as_of)}", "屏幕上的内容不是证明，要证明请打印。")
        )
    page.body.addStretch(1)
    return page


def money(fen: int | None) -> str:
    """分 as 元, "" when it is not known."""
    if fen is None:
        return ""
    told = f"{fen // 100:,}.{fen % 100:02d}"
    return f"{told} 元"


def day_of(moment: str) -> str:
    """The day of an ISO moment; unknown is said."""
    return moment[:10] or "日期不详"


SCREEN = Screen("balance", build, lambda model: "您的余额和待遇在屏幕上，请注意遮挡。")
