"""A day and an outage as the pages of the desk are given them, with long real words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from typing import Any

from counter_app.domain.days import OPENING, Checked, DayState, Explained, Person
from counter_app.domain.notices import COVER, EMERGENCY, OUTAGE, HallNow, Word, help_words
from counter_app.domain.outages import Owed, Report, Way
from counter_app.domain.tickets import Ticket, TicketState
from counter_app.policy.day_balance import Counts, Slip, Spares, balance, balance_of_line
from counter_app.services.day.closing import Closing
from counter_app.services.day.completing import Rest
from counter_app.services.day.handing import Desk
from counter_app.services.day.opening import Opening, Row

ZONE = timezone(timedelta(hours=8))
AT = datetime(2026, 11, 23, 10, 31, tzinfo=ZONE)
CHEN, HE = Person("0317", "陈静"), Person("0301", "何主任")
FOUND = {
    "cabinet": Checked("cabinet", True, "公章 1 枚、业务章 2 枚"),
    "clock": Checked("clock", True, "08:32，未见异常"),
    "devices": Checked("devices", False, "高拍仪在修，借用 4 号窗口的"),
    "pack": Checked("pack", True, "版本 2026.11.2，共 96 项"),
}
DETAIL = {
    "devices": "高拍仪 连不上",
    "holidays": "2027 年安排未公布，到期日为暂估",
    "unsent": "未上传 132 条，被退回 0 条",
}
MORNING = Opening(
    tuple(Row(item, FOUND.get(item.id), DETAIL.get(item.id, "")) for item in OPENING), DayState()
)
OPEN = DayState(
    (CHEN, HE),
    "2026-11-23T08:40:00+08:00",
    explained=(Explained("numbers", "A047", "群众去取出院记录，明日上午凭原号续办", CHEN),),
)
COUNTS = Counts(
    tickets={f"A{n:03d}": "done" for n in range(1, 46)}
    | {"A046": "missed", "A047": "parked", "A048": "called"},
    accepted=frozenset(f"261123-001-A2B-{n:04d}-K" for n in range(40)),
    notices=frozenset(f"261123-001-A2B-{n:04d}-K" for n in range(39)),
    slips=(Slip("261123-001-A2B-0051-T", 12, 12, 12), Slip("261123-001-A2B-0052-W", 31, 31)),
    seals_used={"261123-001-A2B-0001-K": 1},
    sealed={"261123-001-A2B-0001-K": 1},
    spares=(Spares("预印号段", frozenset({"Y0001", "Y0002"}), frozenset({"Y0001"})),),
    unsent=12,
    due_tomorrow=6,
)
EVENING = Closing(balance(COUNTS, OPEN.explained), COUNTS, OPEN)
ON_DESK = Desk(
    ("A047：2 件，已受理 1 件", "A031：1 件，已受理 0 件"), 1, 132, ("预印号段 18 个", "空白手册 2 个")
)
WAITING = tuple(
    Ticket(f"t{n}", f"A{n:03d}", "general", klass, TicketState.WAITING, AT)
    for n, klass in enumerate(("ordinary", "elderly", "ordinary", "maternity", "green", "booked"), 49)
)
OWED = (
    Owed("Y0001", "住院费用手工（零星）报销，李某", AT, "elderly", by_hand=True),
    Owed("261123-001-A2B-0041-K", "异地安置退休人员备案", AT, due_on=date(2026, 12, 1)),
)
REPORT = Report(AT, AT + timedelta(minutes=47), {Way.OFFLINE: 18, Way.WAIT: 9, Way.KEEP: 13}, 2, 2, 5, "陈静")
DOWN = HallNow(Word("o1", OUTAGE, AT.isoformat(), "0317", "陈静", "3", is_local=True))
HELP = HallNow(
    DOWN.outage,
    Word("c1", COVER, AT.isoformat(), "0301", "何主任"),
    (Word("e1", EMERGENCY, AT.isoformat(), "0319", "周楠", "5", help_words("5")),),
)
REST = Rest(
    date(2026, 11, 20),
    "261120-001-A2B-0071-R",
    balance_of_line(
        replace(COUNTS, strangers=frozenset({"A077"}), follow_ups=None),
        (Explained("numbers", "A077", "号票抄错一位，应为 A017", CHEN),),
    ),
)
AWAY_COUNTS = replace(
    COUNTS,
    tickets={},
    unsent=132,
    packaged=132,
    away=("numbers", "follow_ups"),
    served=("A045", "A046", "A701"),
)
EVENING_AWAY = Closing(balance(AWAY_COUNTS, OPEN.explained), AWAY_COUNTS, OPEN)
ANSWERS: dict[str, Any] = {
    "opening": MORNING,
    "look": MORNING,
    "on_desk": ON_DESK,
    "closing": EVENING,
    "days_owed": (),
    "rest_of": REST,
    "waiting": WAITING,
    "owed": OWED,
    "outage_report": REPORT,
}
