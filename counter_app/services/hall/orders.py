"""What a manager may order, as choices on the screen: what, with what, and why."""

from __future__ import annotations

from collections.abc import Sequence

from counter_app.domain.value import Value
from counter_app.services.hall.floor import FloorView, GroupRow, HelpRow, WaitRow, WindowRow

PAUSES = ("午间换班", "柜员临时离岗", "设备检修", "业务培训", "关窗停办")
OPENS = ("柜员到岗", "换班完毕", "设备已修好", "等候人多，增开窗口")
REGROUPS = ("等候人多，增开窗口", "业务量变化，调整分工", "恢复原分工", "柜员调岗")
MOVES = ("选错业务，改排", "窗口暂停，转其他窗口", "分流等候", "需专人办理")
DROPS = ("柜员请假", "窗口停办", "换班", "排错了")
ANSWERS = {
    "call_back": ("回访", "与群众沟通的情况"),
    "mend": ("整改", "采取的措施"),
    "close_bad": ("办结", "群众对整改的意见"),
}
CLOSES = ("今日号已发完，请明天再来", "窗口系统检修，暂停取号", "即将下班，停止取号")


class Choice(Value, frozen=True):
    """One thing an order may be given with: a group or a window."""

    value: str
    label: str


class Offer(Value, frozen=True):
    """One order that may be given now. `choices` "" none are needed; `many` takes several of them.

    `reasons` are offered by number, any other may be written; `needs_why` refuses to go without one.
    `hint` says what is written there. `blocked` says why it cannot be given now.
    """

    act: str
    name: str
    subject: str
    about: str
    choices: tuple[Choice, ...] = ()
    many: bool = False
    chosen: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    needs_why: bool = True
    blocked: str = ""
    hint: str = "理由"


class Order(Value, frozen=True):
    """What is to be carried out, once per `request`."""

    act: str
    subject: str
    request: str
    values: tuple[str, ...] = ()
    why: str = ""


def for_window(row: WindowRow, groups: Sequence[GroupRow]) -> tuple[Offer, ...]:
    """What may be ordered about a window."""
    about = f"{row.label} 号窗口"
    named = tuple(Choice(group.id, group.name) for group in groups)
    opened = Offer("open", "恢复叫号", row.id, about, reasons=OPENS)
    paused = Offer("pause", "暂停窗口", row.id, about, reasons=PAUSES)
    return (
        opened if row.paused else paused,
        Offer("own", "主办业务", row.id, about, named, True, row.own, REGROUPS),
        Offer("helps", "支援业务", row.id, about, named, True, row.helps, REGROUPS),
    )


def for_ticket(row: WaitRow, floor: FloorView) -> tuple[Offer, ...]:
    """What may be ordered about a number that waits."""
    about = f"{row.number} 号"
    blocked = "" if row.state == "等候" else f"已{row.state}，请由引导台恢复后再调整。"
    groups = tuple(Choice(group.id, group.name) for group in floor.groups if group.name != row.group)
    windows = tuple(
        Choice(f"window:{window.id}", f"{window.label} 号窗口")
        for window in floor.windows
        if not window.paused
    )
    return (
        Offer("move", "转到业务组", row.id, about, groups, False, (), MOVES, True, blocked),
        Offer("move", "转到窗口", row.id, about, windows, False, (), MOVES, True, blocked),
    )


def for_help(row: HelpRow) -> tuple[Offer, ...]:
    """Somebody calls: say that somebody comes."""
    act = "answer" if row.kind == "help.asked" else "stand_down"
    return (Offer(act, "已派人前往", row.place, f"{row.place}{row.name}", needs_why=False),)


def for_hall(floor: FloorView) -> tuple[Offer, ...]:
    """What may be ordered about the whole hall."""
    if floor.closed:
        return (Offer("reopen", "恢复取号", "hall", "全厅取号", needs_why=False),)
    return (Offer("close", "停止取号", "hall", "全厅取号", reasons=CLOSES),)


def for_shifts(day: str, shift: str, about: str) -> tuple[Offer, ...]:
    """What may be ordered about a day's shifts; `shift` "" when none is chosen."""
    plan = Offer("plan", "排一班", day, day, hint="窗口 工号 姓名 08:30-12:00")
    if not shift:
        return (plan,)
    return (plan, Offer("drop", "取消这一班", f"{day}|{shift}", about, reasons=DROPS))


def for_bad(follow_up: str, step: str, about: str) -> tuple[Offer, ...]:
    """The one next step towards answering a bad rating."""
    step = "close_bad" if step == "close" else step
    if step not in ANSWERS:
        return ()
    name, hint = ANSWERS[step]
    return (Offer(step, name, follow_up, about, hint=hint),)
