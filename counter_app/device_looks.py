"""From what the device room knows to what the device page draws: plain functions, no words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from counter_app.problems import Problem
from counter_app.services.device_views import DriverView, FoundView, OptionView, RoleView, Way
from drivers.found import Plugged
from drivers.place import Choice
from drivers.protocols import DeviceHealth, Fault, Option
from drivers.registry import Found, lacking
from drivers.roles import ROLES, family_of
from drivers.room import DeviceRoom

HOSTED = (
    Option("lib", "驱动库", "厂商驱动文件的完整路径"),
    Option("python", "解释器", "32 位驱动库用的 Python；空 = 本程序的"),
)  # what every driver in a host takes beside its own
WHERE = ("queue", "reader", "port", "folder", "lib", "url")  # what says which device it is


def role_view(room: DeviceRoom, role: str, rows: Sequence[Found], first: Choice | None) -> RoleView:
    """One role as it is now; with `rows`, also what else could play it."""
    now = room.choices().get(role)
    offered = tuple(
        driver_view(row, now[1] if now and now[0] == row.full_id else {}) for row in rows if _plays(row, role)
    )
    if now is None:
        return RoleView(role, replaced=first is not None, drivers=offered)
    health = next((h for h in room.states() if h.role == role), None)
    driver, config = now
    last = room.last_fault(role)
    title = next((row.driver.title for row in rows if row.full_id == driver and row.driver), driver)
    return RoleView(
        role,
        driver,
        title,
        next((str(config[key]) for key in WHERE if config.get(key)), ""),
        _state(health),
        _problem(health),
        _refusal(last[0], role) if last else None,
        last[1] if last else 0.0,
        first is None or _bare(first) != _bare(now),
        room.starts(role),
        offered,
    )


def driver_view(row: Found, config: Mapping[str, Any] | None = None) -> DriverView:
    """One driver with what is set of its configuration."""
    family = row.full_id.partition(".")[0]
    if row.driver is None:
        return DriverView(row.full_id, family, row.full_id, False, row.because)
    driver, given = row.driver, config or {}
    options = (*driver.options, *(HOSTED if driver.hosted else ()))
    views = tuple(OptionView(o.key, o.label, o.hint, str(given.get(o.key, ""))) for o in options)
    why = lacking(driver)
    return DriverView(row.full_id, family, driver.title, not why, why, views, driver.reads)


def found_views(found: Iterable[Plugged], rows: Sequence[Found]) -> tuple[FoundView, ...]:
    """What is plugged in, each device once with every use it has."""
    uses: dict[str, list[tuple[str, str, Mapping[str, Any]]]] = {}
    of = {row.full_id: row for row in rows}
    for one in found:
        roles = [role for role in ROLES if one.full_id in of and _plays(of[one.full_id], role)]
        uses.setdefault(one.title, []).extend((role, one.full_id, one.config) for role in roles)
    return tuple(FoundView(title, tuple(each)) for title, each in uses.items())


def others(role: str, found: Iterable[Plugged], now: Choice | None) -> list[Way]:
    """Other devices of the same kind that are plugged in: printers' queues, readers."""
    wanted = {"printer": "printers.system_queue", "receipt_printer": "printers.system_queue"}
    driver = wanted.get(role, "cards.pcsc" if role == "card" else "")
    kind = "reader" if role == "card" else "queue"
    ways = []
    for one in found:
        name = str(one.config.get(kind, ""))
        is_same = now is not None and now[0] == driver and now[1].get(kind) == name
        if one.full_id == driver and name and not is_same:
            ways.append(Way(kind, role, name, driver, one.config))
    return ways[:3]


def _bare(choice: Choice) -> tuple[str, dict[str, Any]]:
    """A choice without the words that say nothing."""
    return choice[0], {key: value for key, value in choice[1].items() if value not in ("", None)}


def _plays(row: Found, role: str) -> bool:
    if row.full_id.partition(".")[0] != family_of(role):
        return False
    driver = row.driver
    if driver is None:
        return True  # listed with its reason
    if role in ("card", "idcard"):
        return role in driver.reads
    if role in ("printer", "receipt_printer"):
        return ("a4" if role == "printer" else "r80") in driver.media
    return True


def _state(health: DeviceHealth | None) -> str:
    if health is None:
        return "none"
    if health.ok:
        return "low" if health.because else "ok"
    return "bad" if health.because else "opening"


def _problem(health: DeviceHealth | None) -> Problem | None:
    if health is None or not health.because:
        return None
    return Problem(health.because, health.role, health.detail)


def _refusal(fault: Fault, role: str) -> Problem:
    return Problem(fault.code, role, fault.detail)
