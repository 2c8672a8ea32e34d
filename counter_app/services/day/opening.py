"""开班: every item looked at, the seal cabinet opened by two, then the day is open."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from counter_app.domain.cases import Fact
from counter_app.domain.days import OPENING, Checked, DayState, Item
from counter_app.domain.value import Value
from counter_app.problems import Problem
from counter_app.services.day.state import CHECKED, OPENED, day_of, facts_of, me, plain, two
from counter_app.services.office import Office

_NEXT_YEAR_FROM = 11  # the next year's holidays are published in November


class Row(Value, frozen=True):
    """One item as it stands: what was found, and for one the program knows, what it found itself."""

    item: Item
    found: Checked | None
    detail: str = ""

    @property
    def is_open(self) -> bool:
        """Whether nobody has said anything yet."""
        return self.found is None


class Opening(Value, frozen=True):
    """The check of a morning."""

    rows: tuple[Row, ...]
    state: DayState

    @property
    def missing(self) -> tuple[str, ...]:
        """Names of what has not been looked at."""
        return tuple(row.item.name for row in self.rows if row.is_open)


def opening(office: Office, devices: str = "") -> Opening:
    """The check as it stands; `devices` in words is what the program sees of them."""
    state = day_of(office.ports.storage, office.today())
    return Opening(tuple(_row(office, state, item, devices) for item in OPENING), state)


def look(office: Office, item: str, ok: bool, note: str = "") -> None:
    """Write down what was found at one item. Raises Problem `not-found`, `reason-needed`, `actor-unnamed`."""
    known = next((one for one in OPENING if one.id == item), None)
    if known is None:
        raise Problem("not-found", "item", item)
    if not ok and not note.strip():
        raise Problem("reason-needed", item, known.name)
    who = me(office.actor)
    body = {"item": item, "ok": ok, "note": note.strip(), "clerk_no": who.no, "at": _now(office)}
    with office.ports.storage.unit(office.actor, office.now()) as unit:
        unit.record(Fact(CHECKED, body))


def open_day(office: Office, second: str, devices: str = "") -> DayState:
    """Open the day: two people, nothing left unlooked at; what is not in order has its reason.

    Raises Problem `actor-unnamed`, `two-needed`, `clerk-unknown`, `day-unchecked`, `day-opened`.
    """
    people = two(office, second)
    found = opening(office, devices)
    if found.state.is_open:
        raise Problem("day-opened", "day", found.state.opened_at[11:16])
    open_ones = [row.item.name for row in found.rows if row.is_open]
    if open_ones:
        raise Problem("day-unchecked", "day", "、".join(open_ones))
    items = [_told(row) for row in found.rows]
    body = {"people": [plain(one) for one in people], "at": _now(office), "items": items}
    with office.ports.storage.unit(office.actor, office.now()) as unit:
        unit.record(Fact(OPENED, body))
    return day_of(office.ports.storage, office.today())


def _row(office: Office, state: DayState, item: Item, devices: str) -> Row:
    said = state.checks.get(item.id)
    if item.id == "devices":
        return Row(item, said, devices)
    if not item.is_auto:
        return Row(item, said)
    ok, detail = _KNOWN[item.id](office)
    return Row(item, said or (Checked(item.id, True, detail) if ok else None), detail)


def _told(row: Row) -> Mapping[str, object]:
    assert row.found is not None
    return {"item": row.item.id, "ok": row.found.ok, "note": row.found.note}


# --- what the program knows itself: whether it is in order, and in words -----------------------------
def _clock(office: Office) -> tuple[bool, str]:
    odd = facts_of(office.ports.storage, office.today(), ("clock.suspect",))
    return not odd, "今日时间曾经倒退" if odd else office.now().strftime("%H:%M，未见异常")


def _pack(office: Office) -> tuple[bool, str]:
    return True, f"版本 {office.catalogue.version}，共 {len(office.catalogue.types)} 项"


def _holidays(office: Office) -> tuple[bool, str]:
    today = office.today()
    wanted = {today.year} | ({today.year + 1} if today.month >= _NEXT_YEAR_FROM else set())
    missing = sorted(wanted - office.calendar.published)
    if missing:
        return False, f"{'、'.join(map(str, missing))} 年安排未公布，到期日为暂估"
    return True, f"{'、'.join(map(str, sorted(wanted)))} 年安排已公布"


def _unsent(office: Office) -> tuple[bool, str]:
    """Only what an earlier day left: what today's own check writes is on its way."""
    count = office.ports.storage.outbox()
    oldest = datetime.fromisoformat(count.oldest).astimezone(office.now().tzinfo) if count.oldest else None
    is_old = oldest is not None and oldest.date() < office.today()
    if is_old or count.set_aside:
        return False, f"未上传 {count.waiting} 条，被退回 {count.set_aside} 条"
    return True, "没有昨日留下的未上传记录"


def _unprinted(office: Office) -> tuple[bool, str]:
    queued = office.ports.storage.queued_papers()
    return not queued, f"未打印 {len(queued)} 份" if queued else "没有未打印的单据"


def _due(office: Office) -> tuple[bool, str]:
    today = office.today()
    days = office.ports.storage.due_days()
    late = sum(n for day, n in days.items() if day is not None and day < today)
    return True, f"今日到期 {days.get(today, 0)} 件，已逾期 {late} 件"


def _now(office: Office) -> str:
    return office.now().isoformat(timespec="seconds")


_KNOWN: Mapping[str, Callable[[Office], tuple[bool, str]]] = {
    "clock": _clock,
    "pack": _pack,
    "holidays": _holidays,
    "unsent": _unsent,
    "unprinted": _unprinted,
    "due": _due,
}
