"""The hall as its manager sees it: windows, groups, who waits, who calls for help. Pure values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from counter_app.domain.tickets import CLASS_NAMES, NEEDS, Ticket, TicketClass, TicketState
from counter_app.domain.value import Value
from counter_app.services.hall.sentences import bare

SILENT_MIN = 3  # a window that gave no sign of life for so long has probably lost its desk
LONG_SERVICE_MIN = 20
HELP_KINDS = {"help.asked": "求助", "emergency.pressed": "紧急求助"}
HALL_KINDS = {"outage.announced": "停机公告中", "cover.on": "全厅遮盖中", "board.text": "屏上公告中"}


class WindowRow(Value, frozen=True):
    """One window. `tone` is ok, info, warn, err or quiet; `minutes` is how long it has had its number."""

    id: str
    label: str
    state: str
    tone: str
    number: str = ""
    ticket: str = ""
    minutes: int = 0
    groups: str = ""
    own: tuple[str, ...] = ()
    helps: tuple[str, ...] = ()
    paused: str = ""
    clerk: str = ""


class GroupRow(Value, frozen=True):
    """One group's line; minutes. `low` and `high` are what a newcomer is told."""

    id: str
    name: str
    waiting: int
    longest: int
    low: int
    high: int
    at_work: int


class WaitRow(Value, frozen=True):
    """One number that waits, is parked or was missed; nobody's name."""

    id: str
    number: str
    group: str
    klass: str
    state: str
    minutes: int
    more: str = ""


class HelpRow(Value, frozen=True):
    """Somebody calls. `kind` is the hub's; `place` is where from."""

    no: int
    kind: str
    name: str
    place: str
    words: str
    minutes: int


class FloorView(Value, frozen=True):
    """Everything on the page of the live hall. `closed` is why no numbers are given."""

    windows: tuple[WindowRow, ...] = ()
    groups: tuple[GroupRow, ...] = ()
    waiting: tuple[WaitRow, ...] = ()
    helps: tuple[HelpRow, ...] = ()
    notices: tuple[str, ...] = ()
    closed: str = ""

    @property
    def longest(self) -> int:
        """The longest wait now, in minutes."""
        return max((group.longest for group in self.groups), default=0)

    @property
    def count(self) -> int:
        """How many wait."""
        return sum(group.waiting for group in self.groups)


def floor_view(
    status: Mapping[str, Any], windows: Sequence[Mapping[str, Any]], tickets: Iterable[Ticket], now: datetime
) -> FloorView:
    """The page of what the hub told at one moment."""
    names = {str(group["id"]): str(group["name"]) for group in status["groups"]}
    held = status["notices"]
    return FloorView(
        tuple(window_row(one, names, now) for one in windows),
        tuple(map(_group, status["groups"])),
        _waiting(tickets, names, now),
        tuple(_help(one, now) for one in held if one["kind"] in HELP_KINDS),
        tuple(HALL_KINDS[one["kind"]] for one in held if one["kind"] in HALL_KINDS),
        "" if status["open"] else str(status["words"]),
    )


def window_row(plain: Mapping[str, Any], names: Mapping[str, str], now: datetime) -> WindowRow:
    """One window of the hub's list."""
    own, helps = tuple(plain["own"]), tuple(plain["helps"])
    minutes = _minutes(plain["called_at"], now) if plain["number"] else 0
    state, tone = _state(plain, minutes, now)
    served = "、".join(names.get(code, code) for code in own) or "全部业务"
    helped = "、".join(names.get(code, code) for code in helps)
    return WindowRow(
        str(plain["id"]),
        bare(str(plain["id"])),
        state,
        tone,
        str(plain["number"]),
        str(plain["ticket"]),
        minutes,
        f"{served}（支援 {helped}）" if helped else served,
        own,
        helps,
        str(plain["paused"]),
        str(plain["clerk"]),
    )


def _state(plain: Mapping[str, Any], minutes: int, now: datetime) -> tuple[str, str]:
    if plain["paused"]:
        return f"暂停：{plain['paused']}", "quiet"
    if plain["state"] == TicketState.SERVING:
        return "办理中", "warn" if minutes >= LONG_SERVICE_MIN else "info"
    if plain["state"] == TicketState.CALLED:
        return "已叫号", "info"
    if plain["seen"] and _minutes(plain["seen"], now) >= SILENT_MIN:
        return "未联机", "err"
    return "空闲", "ok"


def _group(plain: Mapping[str, Any]) -> GroupRow:
    return GroupRow(
        str(plain["id"]),
        str(plain["name"]),
        int(plain["waiting"]),
        int(plain["longest_ms"]) // 60_000,
        int(plain["wait_low_min"]),
        int(plain["wait_high_min"]),
        int(plain["at_work"]),
    )


_SHOWN = {TicketState.WAITING: "等候", TicketState.PARKED: "挂起", TicketState.MISSED: "过号"}


def _waiting(tickets: Iterable[Ticket], names: Mapping[str, str], now: datetime) -> tuple[WaitRow, ...]:
    """Who waits, by due key; after them who is parked or was missed."""
    found = [one for one in tickets if one.state in _SHOWN]
    found.sort(key=lambda one: (one.state is not TicketState.WAITING, one.due_key))
    return tuple(
        WaitRow(
            one.ticket_id,
            one.number,
            names.get(one.group, one.group),
            CLASS_NAMES.get(TicketClass(one.klass), one.klass),
            _SHOWN[one.state],
            max(0, int((now - one.taken_at).total_seconds() // 60)),
            "、".join(NEEDS.get(need, need) for need in one.needs),
        )
        for one in found
    )


def _help(plain: Mapping[str, Any], now: datetime) -> HelpRow:
    kind, window = str(plain["kind"]), str(plain["window"])
    place = (
        f"{bare(window)} 号窗口" if window[:1].isdecimal() or bare(window) != window else window or "自助区"
    )
    return HelpRow(
        int(plain["no"]), kind, HELP_KINDS[kind], place, str(plain["why"]), _minutes(plain["at"], now)
    )


def _minutes(since: str, now: datetime) -> int:
    return max(0, int((now - datetime.fromisoformat(since)).total_seconds() // 60)) if since else 0
