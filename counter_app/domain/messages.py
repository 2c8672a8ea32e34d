"""Where a message to the core platform stands, in words, and what the staff of a hall do about it."""

from __future__ import annotations

from collections.abc import Mapping

from counter_app.domain.value import Value

OVER = ("done", "settled", "dropped")  # nothing is left to do


class MessageState(Value, frozen=True):
    """A state by its name on the screen, what is to be done, and which acts are open in it."""

    name: str
    task: str
    acts: tuple[str, ...] = ()


STATES: Mapping[str, MessageState] = {
    "waiting": MessageState("待发送", "系统会自动发送；核心系统恢复后也可立即发送。", ("ask", "settle")),
    "sent": MessageState("已发送", "正在等答复；没有答复的，系统会自动查询。", ("ask", "settle")),
    "unknown": MessageState("不明", "不要在别处重办；先查询对方是否已经登记。", ("ask", "settle")),
    "absent": MessageState("对方没有", "已经查明对方没有登记，可以重发。", ("resend", "settle")),
    "refused": MessageState(
        "被拒", "请按对方说明的原因处理后重发，或在核心系统里办好再办结。", ("resend", "settle")
    ),
    "done": MessageState("成功", ""),
    "settled": MessageState("人工办结", ""),
    "dropped": MessageState("不再发送", ""),
}
