"""What the palette lists besides transaction types."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PaletteRow:
    """One answer of the palette. `kind`: type person ticket case command help."""

    kind: str
    code: str
    title: str
    hint: str = ""
    shortcut: str = ""


# code, title, shortcut, initials; the code is a verb the face knows
COMMANDS = (
    ("call_next", "呼叫下一位", "F9", "hjxyw"),
    ("serve_walk_in", "受理无号群众", "", "slwhqz"),
    ("recall", "复呼", "", "fh"),
    ("miss", "过号", "", "gh"),
    ("hold", "挂起当前号", "Ctrl+H", "gqdqh"),
    ("finish", "办结离开", "", "bjlk"),
    ("toggle_help", "帮办标志", "", "bbbz"),
    ("tell_once", "出一次性告知单", "Ctrl+I", "cycxgzd"),
    ("give_notice", "出一次性补正告知书", "", "cycxbzgzs"),
    ("receive_only", "只收件，出材料接收凭证", "", "zsjcljspz"),
    ("refuse", "不予受理", "", "bysl"),
    ("add_child", "新生儿（无证件号）", "", "xse"),
    ("add_employer", "单位", "", "dw"),
    ("reports", "报表", "", "bb"),
    ("theme", "切换高对比度", "", "qhgdbd"),
    ("lock", "锁屏", "F12", "sp"),
)


def command_rows(text: str) -> tuple[PaletteRow, ...]:
    """Commands whose title, initials or code begin with or contain the text."""
    wanted = text.strip().lower()
    return tuple(
        PaletteRow("command", code, title, "", keys)
        for code, title, keys, initials in COMMANDS
        if not wanted or wanted in title or initials.startswith(wanted) or code.startswith(wanted)
    )
