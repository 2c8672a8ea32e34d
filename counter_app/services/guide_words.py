"""The words of the guide desk: what happened to a number, forms of materials, what can stand for one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, tzinfo
from typing import Any

from counter_app.domain.tickets import CLASS_NAMES, needs_told
from counter_app.services.guide_view import StoryLine

WHAT: Mapping[str, str] = {
    "taken": "取号",
    "issued": "取号",
    "called": "叫号",
    "recalled": "复呼",
    "serving": "开始办理",
    "served": "开始办理",
    "parked": "挂起",
    "transferred": "转办",
    "missed": "过号",
    "revived": "过号恢复",
    "done": "办完",
    "cancelled": "取消",
    "promoted": "调整优先",
    "described": "记下沟通需要",
    "assisted": "安排帮办",
    "reissued": "补打号票",
    "carried": "保留到他日",
    "merged": "合并",
    "lapsed": "窗口失去响应，回到队首",
    "released": "回到队首",
    "displaced": "窗口改办他号",
    "expired": "当日结束",
}
FORMS: Mapping[str, str] = {
    "original": "原件",
    "copy": "复印件",
    "signed_form": "签字原表",
    "electronic": "电子件",
    "verify_original": "看原件",
}
EASE: Mapping[str, str] = {
    "by_card": "读卡就行，不用交",
    "shared": "联网查得到的不用交",
    "committed": "没带可以承诺",
    "deferred": "可以以后补交",
}


def story_line(fact: Mapping[str, Any], zone: tzinfo | None) -> StoryLine:
    """One fact of a number in words; a kind nobody has named yet is shown as it is."""
    at, data = fact["at"], fact.get("data") or {}
    moment = (datetime.fromisoformat(at) if isinstance(at, str) else at).astimezone(zone)
    why = str(fact.get("why", ""))
    more = [CLASS_NAMES.get(data["class"], "")] if "class" in data and fact["kind"] == "promoted" else []
    more += [needs_told(str(data["needs"]).split(","))] if data.get("needs") else []
    more += [str(data["helper"])] if data.get("helper") else []
    told = "；".join(part for part in (*more, why) if part)
    kind = str(fact["kind"])
    return StoryLine(
        f"{moment:%H:%M:%S}", WHAT.get(kind, kind), str(fact["clerk"]), str(fact["window"]), told
    )
