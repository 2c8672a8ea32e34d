"""Codes, dates and sums into the words of a hall."""

from __future__ import annotations

import re
from datetime import date, datetime

from counter_app.domain import money
from counter_app.domain.filings import CHANNELS
from counter_app.domain.papers import Agency, PaperContent, PaperMaterial

SOURCES = {
    "received": "当场提交",
    "by_card": "读卡核验，免交",
    "shared": "数据共享，免交",
    "committed": "书面承诺代替",
    "deferred": "容缺",
}
FORMS = {
    "original": "原件",
    "copy": "复印件",
    "signed_form": "签字表单",
    "electronic": "电子件",
    "verify_original": "原件核验",
}
# What a citizen who asks is told about a material, by the state it may be in.
LEEWAY = {
    "by_card": "读卡即可，免交",
    "shared": "能共享的免交",
    "committed": "可书面承诺代替",
    "deferred": "可先受理后补交",
}
PARTIES = {
    "self": "本人办理",
    "guardian": "监护人办理",
    "kin": "亲友代办",
    "agent": "授权代理",
    "heir": "继承人办理",
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
HOTLINE = "12393"
DAY = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")  # as `day` writes it


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


def place(agency: Agency) -> str:
    """Where the hall is: its name and address."""
    return "，".join(part for part in (agency.hall, agency.address) if part)


def due(content: PaperContent) -> str:
    """The day by which the matter will be done, marked where the calendar is not yet known."""
    if not content.due_on:
        return ""
    return day(content.due_on) + ("（暂估）" if content.due_is_estimated else "")


def issuer(content: PaperContent) -> str:
    """The name at the head of a paper and beside its seal."""
    return content.agency.name or content.agency.region_name


def window(content: PaperContent) -> str:
    """Window and channel: 3 号窗口（定点医药机构）."""
    channel = "" if content.channel == "desk" else CHANNELS.get(content.channel, "")
    if not content.window:
        return channel
    return f"{content.window} 号窗口" + (f"（{channel}）" if channel else "")


def clerk(content: PaperContent) -> str:
    """Who took it in, with the staff number."""
    return content.clerk_name + (f"（工号 {content.clerk_no}）" if content.clerk_no else "")


def shape(item: PaperMaterial) -> str:
    """The form of a material and how many: 复印件 1 份."""
    copies = f"{item.copies} 份" if item.copies else ""
    return " ".join(part for part in (FORMS.get(item.form, item.form), copies) if part)
