"""日终扎账 as a pure sum: what must be equal is compared name by name, so that a difference has names.

Two wrongs never make a right here: a missing thing and a strange one of equal number still show as two.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from counter_app.domain.days import Explained
from counter_app.domain.value import Value

DONE, MISSED, CANCELLED, CARRIED = "done", "missed", "cancelled", "carried"
OVER: Mapping[str, str] = {DONE: "办完", MISSED: "过号", CANCELLED: "取消", CARRIED: "结转"}
AWAY = "中枢未连接"  # why a thing was not checked: only the hub knows it
ONLY_HUB: Mapping[str, str] = {"numbers": "发号", "follow_ups": "差评待回访"}
_STATES: Mapping[str, str] = {
    "waiting": "仍在等候",
    "called": "已叫未办",
    "serving": "正在办理",
    "parked": "挂起",
}


class Slip(Value, frozen=True):
    """One 原件交接单: pages in its fact, pages printed on it, pages the taker counted (None: not yet)."""

    number: str
    told: int
    printed: int
    counted: int | None = None


class Spares(Value, frozen=True):
    """Blank things of one kind by their numbers: taken in the morning, used, spoilt, given back."""

    kind: str
    taken: frozenset[str] = frozenset()
    used: frozenset[str] = frozenset()
    voided: frozenset[str] = frozenset()
    returned: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Counts:
    """Everything that is counted at the end of a day. `tickets` is number → state.

    `seals_used` and `sealed` are paper number → how many seals; `notices` the cases a notice was issued
    for. `unsent` are records the hub has not; `packaged` how many of them lie in a sealed package. `served`
    are the numbers this counter knows itself that it served, `strangers` those served by hand which the hub
    has never given; `away` names what could not be asked (`ONLY_HUB`).
    """

    tickets: Mapping[str, str] = field(default_factory=dict)
    accepted: frozenset[str] = frozenset()
    notices: frozenset[str] = frozenset()
    slips: tuple[Slip, ...] = ()
    seals_used: Mapping[str, int] = field(default_factory=dict)
    sealed: Mapping[str, int] = field(default_factory=dict)
    spares: tuple[Spares, ...] = ()
    unprinted: frozenset[str] = frozenset()
    reprints: Mapping[str, int] = field(default_factory=dict)
    voids: Mapping[str, str] = field(default_factory=dict)
    unsent: int = 0
    packaged: int = 0
    due_tomorrow: int = 0
    follow_ups: int | None = None  # 差评待回访; None where only a supervisor may know
    served: tuple[str, ...] = ()
    strangers: frozenset[str] = frozenset()
    away: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """One comparison. `left` must be the sum of `parts`; `items` names what does not agree, each with why."""

    id: str
    name: str
    left: tuple[str, int]
    parts: tuple[tuple[str, int], ...]
    items: Mapping[str, str] = field(default_factory=dict)

    @property
    def difference(self) -> int:
        """How far the two sides are apart."""
        return self.left[1] - sum(count for _, count in self.parts)

    @property
    def is_even(self) -> bool:
        """Whether they agree, in number and by name."""
        return not self.difference and not self.items


class Balance(Value, frozen=True):
    """The whole sheet. `told` are counts that are only listed; `unchecked`: id and name of each not asked."""

    lines: tuple[Line, ...]
    told: tuple[tuple[str, int], ...]
    explained: tuple[Explained, ...] = ()
    unchecked: tuple[tuple[str, str], ...] = ()

    @property
    def open(self) -> tuple[tuple[Line, str], ...]:
        """What does not agree and nobody has explained: line and name."""
        known = {(one.line, one.what) for one in self.explained}
        return tuple(
            (line, what) for line in self.lines for what in line.items if (line.id, what) not in known
        )

    @property
    def may_close(self) -> bool:
        """Whether every difference has its name and its reason."""
        return not self.open


def balance(counts: Counts, explained: Iterable[Explained] = ()) -> Balance:
    """The sheet of a day."""
    lines = (
        *(() if counts.away else (_numbers(counts),)),
        _acceptances(counts),
        *_slips(counts),
        _seals(counts),
        *(_spares(one) for one in counts.spares),
        _zero("unprinted", "未打印", {number: "单据未打印" for number in sorted(counts.unprinted)}),
        _unsent(counts),
    )
    told = [
        ("补打", sum(counts.reprints.values())),
        ("作废", len(counts.voids)),
        ("明日到期", counts.due_tomorrow),
    ]
    if counts.follow_ups is not None:
        told.append(("差评待回访", counts.follow_ups))
    unchecked = tuple((each, ONLY_HUB[each]) for each in counts.away)
    return Balance(lines, tuple(told), tuple(explained), unchecked)


def balance_of_line(counts: Counts, explained: Iterable[Explained] = ()) -> Balance:
    """What was left out while the hub was away, and nothing else: the late part of a day's sheet."""
    told = (("差评待回访", counts.follow_ups),) if counts.follow_ups is not None else ()
    return Balance((_numbers(counts),), told, tuple(explained))


def _numbers(counts: Counts) -> Line:
    parts = tuple((name, sum(s == state for s in counts.tickets.values())) for state, name in OVER.items())
    left = {n: _STATES.get(s, s) for n, s in sorted(counts.tickets.items()) if s not in OVER}
    left |= dict.fromkeys(sorted(counts.strangers), "人工叫号办理，中枢没有此号")
    return Line("numbers", "发号", ("发号", len(counts.tickets)), parts, left)


def _acceptances(counts: Counts) -> Line:
    odd = {number: "受理未出通知书" for number in sorted(counts.accepted - counts.notices)}
    odd |= {number: "有通知书无受理" for number in sorted(counts.notices - counts.accepted)}
    sides = ("受理", len(counts.accepted)), (("通知书、回执", len(counts.notices)),)
    return Line("acceptances", "受理与通知书", *sides, odd)


def _slips(counts: Counts) -> tuple[Line, Line]:
    odd = {s.number: f"移交 {s.told} 页，单上 {s.printed} 页" for s in counts.slips if s.told != s.printed}
    told = ("移交原件页数", sum(s.told for s in counts.slips))
    printed = (("交接单页数", sum(s.printed for s in counts.slips)),)
    away = {s.number: _taking(s) for s in counts.slips if s.counted != s.told}
    counted = (("已签收页数", sum(s.counted or 0 for s in counts.slips)),)
    return (
        Line("originals", "原件与交接单", told, printed, odd),
        Line("taken", "原件签收", told, counted, away),
    )


def _taking(slip: Slip) -> str:
    return "未签收" if slip.counted is None else f"移交 {slip.told} 页，签收 {slip.counted} 页"


def _seals(counts: Counts) -> Line:
    odd = {}
    for number in sorted(set(counts.seals_used) | set(counts.sealed)):
        used, sealed = counts.seals_used.get(number, 0), counts.sealed.get(number, 0)
        if used != sealed:
            odd[number] = f"用章 {used} 次，盖章文书 {sealed} 份"
    sides = ("用章次数", sum(counts.seals_used.values())), (("盖章文书", sum(counts.sealed.values())),)
    return Line("seals", "用章与文书", *sides, odd)


def _spares(one: Spares) -> Line:
    away = {number: "去向不明" for number in sorted(one.taken - one.used - one.voided - one.returned)}
    away |= {number: "不在领用范围" for number in sorted((one.used | one.voided | one.returned) - one.taken)}
    twice = (one.used & one.voided) | (one.used & one.returned) | (one.voided & one.returned)
    away |= {number: "记了两次" for number in sorted(twice)}
    parts = (("已用", len(one.used)), ("作废", len(one.voided)), ("交回", len(one.returned)))
    return Line(f"spares.{one.kind}", one.kind, ("领用", len(one.taken)), parts, away)


def _zero(id_: str, name: str, items: Mapping[str, str]) -> Line:
    return Line(id_, name, (name, len(items)), (("应为", 0),), items)


def _unsent(counts: Counts) -> Line:
    left = counts.unsent - counts.packaged
    items = {f"{left} 条记录": "未上传，也未封包"} if left > 0 else {}
    return Line(
        "unsent",
        "未上传",
        ("未上传", counts.unsent),
        (("已封包", min(counts.packaged, counts.unsent)),),
        items,
    )
