"""Codes into the words of a hall, and the fixed sentences of `resources/forms/*.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from typing import Any

import resources
from counter_app.domain import money

SOURCES = {
    "received": "当场提交",
    "by_card": "读卡（证）核验，免交",
    "shared": "数据共享，免交",
    "committed": "告知承诺",
    "deferred": "容缺",
}
FORMS = {
    "original": "原件",
    "copy": "复印件",
    "signed_form": "签字表单",
    "electronic": "电子件",
    "verify_original": "原件核验",
}
PARTIES = {
    "self": "本人",
    "guardian": "监护人",
    "kin": "亲友代办",
    "agent": "授权代理",
    "heir": "继承人",
    "employer": "单位经办",
}
INSURANCE = {
    "310": "职工基本医疗保险",
    "390": "城乡居民基本医疗保险",
    "510": "生育保险",
    "410": "长期护理保险",
    "320": "公务员医疗补助",
    "330": "大额医疗费用补助",
    "340": "离休人员医疗保障",
}
UNVERIFIED = {"identity": "身份信息", "insurance": "参保状态与待遇", "name": "姓名与参保登记是否一致"}
CHANNELS = {"desk": "窗口", "kiosk": "自助终端", "online": "网上", "import": "批量导入"}


@cache
def form(name: str) -> Mapping[str, Any]:
    """The fixed sentences of one paper (or `common`)."""
    return tomllib.loads(resources.read_bytes(f"forms/{name}.toml").decode("utf-8"))


def day(text: str) -> str:
    """2026-11-23 as 2026年11月23日."""
    if not text:
        return ""
    given = date.fromisoformat(text[:10])
    return f"{given.year}年{given.month}月{given.day}日"


def moment(text: str) -> str:
    """An ISO moment to the minute."""
    if not text:
        return ""
    given = datetime.fromisoformat(text)
    return f"{given.year}年{given.month}月{given.day}日 {given:%H:%M}"


def yuan(amount: int | None) -> str:
    """分 as 1,234.56 元."""
    return "" if amount is None else f"{money.display(amount)} 元"


def working_days(days: int | None) -> str:
    """A number of working days; 0 is done on the spot."""
    if days is None:
        return ""
    return "即时办结" if days == 0 else f"{days} 个工作日"
