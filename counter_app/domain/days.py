"""A working day at the counter: the opening check, the hand-over at noon, the balance in the evening."""

from __future__ import annotations

from collections.abc import Mapping

from counter_app.domain.value import Value, field
from counter_app.problems import Problem


class Item(Value, frozen=True):
    """One thing looked at before the doors open. `is_auto`: the program knows the answer itself."""

    id: str
    name: str
    hint: str = ""
    is_auto: bool = False


# In the order of the first hour (hall_practice: 第一小时).
OPENING: tuple[Item, ...] = (
    Item("cabinet", "开柜取章", "两人同时在场开柜，清点印章，登记。"),
    Item("power", "电源、UPS、网络", "UPS 正常供电，网络指示灯正常。"),
    Item("clock", "本机时间", "", True),
    Item("devices", "设备各试一次", "读卡、扫码、高拍、签字、评价、打印各试一次，备足纸张。"),
    Item("pack", "事项目录", "", True),
    Item("holidays", "节假日安排", "", True),
    Item("unsent", "昨日未上传", "", True),
    Item("unprinted", "昨日未打印", "", True),
    Item("due", "今日到期件", "", True),
    Item("spares", "空白手册、备用号", "领用并登记起止号；断网、停机时使用。"),
    Item("briefing", "晨会", "分窗、机动、帮办人员到位；今日停办事项已知。"),
    Item("trial", "试叫", "叫一次号，屏幕显示和语音都正常。"),
)
SPARE_KINDS: Mapping[str, str] = {"booklet": "空白手册", "numbers": "预印号段", "tags": "应急号牌"}
LONGEST_BLOCK = 2000


class Checked(Value, frozen=True):
    """What was found at one item. `note` says why something is not in order, or what was counted."""

    item: str
    ok: bool
    note: str = ""
    clerk_no: str = ""
    at: str = ""


class Person(Value, frozen=True):
    """Somebody who signs, by staff number and name."""

    no: str
    name: str = ""

    @property
    def words(self) -> str:
        """As papers say them."""
        return f"{self.name}（工号 {self.no}）" if self.name else f"工号 {self.no}"


class Explained(Value, frozen=True):
    """Why one thing of a line does not agree, by whom. `what` is the thing's own name."""

    line: str
    what: str
    why: str
    by: Person


class DayState(Value, frozen=True):
    """What the facts of a day say of it: opened, handed over, explained, closed, and by whom."""

    opened_by: tuple[Person, ...] = ()
    opened_at: str = ""
    checks: Mapping[str, Checked] = field(default_factory=dict)
    hands: tuple[tuple[Person, Person, str], ...] = ()  # from, to, when
    explained: tuple[Explained, ...] = ()
    closed_by: tuple[Person, ...] = ()
    closed_at: str = ""
    sheet: str = ""  # number of the printed balance sheet

    @property
    def is_open(self) -> bool:
        """Whether the day has begun and not ended."""
        return bool(self.opened_at) and not self.closed_at


def block(first: str, last: str = "") -> tuple[str, ...]:
    """Every number of a block, from its first to its last (`S0001` to `S0020`); one alone is itself.

    Raises Problem `spare-block` when the two are not ends of one block.
    """
    first, last = first.strip().upper(), (last or first).strip().upper()
    head = first.rstrip("0123456789")
    tail, end = first[len(head) :], last[len(head) :]
    if first == last and first:
        return (first,)
    fits = last.startswith(head) and tail.isdecimal() and end.isdecimal() and len(tail) == len(end)
    if not fits or not 0 < int(end) - int(tail) < LONGEST_BLOCK:
        raise Problem("spare-block", "first", f"{first} 至 {last}")
    return tuple(f"{head}{n:0{len(tail)}d}" for n in range(int(tail), int(end) + 1))
