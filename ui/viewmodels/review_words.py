"""What the lights and lines behind the counter say, in words; colour only repeats it."""

from __future__ import annotations

from counter_app.services.review_view import CaseSheet, LightView, WorkRow
from ui.words import PARTY

NONE = "未设时限"
_MARK = {"green": ("ok", "●"), "yellow": ("warn", "▲"), "red": ("err", "✕"), "paused": ("quiet", "‖")}


def light_chip(name: str, light: LightView) -> tuple[str, str]:
    """Kind and words of one clock: `▲ 承诺 剩 1 天`."""
    kind, mark = _MARK.get(light.light, ("quiet", "－"))
    return kind, f"{mark} {name} {light_words(light)}"


def light_words(light: LightView) -> str:
    """How a clock stands: days left, today, late, or standing still; 约 where a calendar is not out yet."""
    if not light.light:
        return NONE
    if light.light == "paused":
        return "暂停计时"
    about = "约 " if light.provisional else " "
    if light.left == 0:
        return "今天到期"
    return f"剩{about}{light.left} 天" if light.left > 0 else f"超{about}{-light.left} 天"


def worst(row: WorkRow) -> str:
    """The kind of the light that is nearer its end, for the stripe at the row's edge."""
    kinds = {light.light for light in (row.promised, row.statutory)}
    for light in ("red", "yellow", "green"):
        if light in kinds:
            return _MARK[light][0]
    return "quiet"


def row_words(row: WorkRow) -> str:
    """The second line of a row: person, where it stands, who has it."""
    holder = "我领办" if row.mine else f"{row.holder} 领办" if row.holder else "待领"
    late = f"容缺 {row.deferred}" if row.deferred else ""
    return " · ".join(part for part in (row.person, tail(row.number), holder, late) if part)


def tail(number: str) -> str:
    """The end of a printed number, by which people name a case to one another."""
    parts = number.split("-")
    return "-".join(parts[-2:]) if len(parts) > 2 else number


def spoken(row: WorkRow) -> str:
    """A whole row for a screen reader."""
    lights = "，".join(light_chip(name, light)[1] for name, light in clocks(row))
    return f"{row.type_name}，{row.step_name}，{row_words(row)}，{lights}"


def clocks(row: WorkRow) -> tuple[tuple[str, LightView], tuple[str, LightView]]:
    """Both clocks with their names, the promise first."""
    return ("承诺", row.promised), ("法定", row.statutory)


def header_words(sheet: CaseSheet) -> str:
    """Who, how, and when: the line under the title of a case."""
    party = PARTY.get(sheet.party, "")
    agent = f"{party} {sheet.agent}".strip() if sheet.agent else party
    return "　".join(part for part in (sheet.row.person, agent, f"收件 {sheet.received_on}") if part)


def count_words(rows: tuple[WorkRow, ...]) -> str:
    """How many, and how many of them are late or about to be."""
    lights = [{row.promised.light, row.statutory.light} for row in rows]
    late = sum("red" in found for found in lights)
    soon = sum("yellow" in found and "red" not in found for found in lights)
    said = [f"共 {len(rows)} 件", f"✕ 超期 {late}" if late else "", f"▲ 快到期 {soon}" if soon else ""]
    return "　".join(part for part in said if part)
