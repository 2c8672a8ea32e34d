"""What the palette lists for what was typed: the counter's answers, plus the desk's own keys."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from counter_app.late import late
from counter_app.services.visit_view import VisitView
from ui import keymap
from ui.ports import PaletteRow
from ui.viewmodels.initials import initials

if TYPE_CHECKING:
    from counter_app.catalog import characters
else:
    characters = late("counter_app.catalog.characters")

KINDS = {
    "type": "事项",
    "person": "人员",
    "ticket": "票号",
    "case": "办件",
    "filing": "外来件",
    "verify": "待核",
    "command": "命令",
    "help": "帮助",
}
DESK_ONLY = (
    "add_person",
    "speaker",
    "basis",
    "rare",
    "theme",
    "larger",
    "smaller",
    "normal_size",
    "lock",
    "help",
    "submit_all",
)
EXTRA = {"add_person": "加一位办理对象（证件号、单位、新生儿）"}


def is_slow(text: str) -> bool:
    """Whether a look-up asks the store: people, numbers, filings, 待核 do; types and commands do not."""
    return text.startswith(("@", "#", "<", "!"))


def rows(text: str, view: VisitView, search: Callable[[str], Sequence[PaletteRow]]) -> tuple[PaletteRow, ...]:
    """Answers for a text: `>` commands, `?` keys, anything else is the counter's look-up."""
    if text.startswith("?"):
        return help_rows(text[1:])
    if text.startswith(">"):
        return command_rows(text[1:], search)
    found = tuple(search(_with_codes(text)))
    if text.strip():
        return found
    offered = {choice.code for choice in view.suggestions}
    first = tuple(PaletteRow("type", c.code, c.label, "常办") for c in view.suggestions)
    return first + tuple(row for row in found if row.code not in offered)


def _with_codes(text: str) -> str:
    """Who knows only the code of a rare character finds the person by it: `@王U+4DAE`."""
    return characters.with_codes(text) if "U+" in text.upper() else text


def command_rows(text: str, search: Callable[[str], Sequence[PaletteRow]]) -> tuple[PaletteRow, ...]:
    """The counter's commands and the desk's own, each once."""
    found = [row for row in search(">" + text) if row.kind == "command"]
    known = {row.code for row in found}
    for code in DESK_ONLY:
        title = EXTRA.get(code) or next(key.label for key in keymap.KEYS if key.action == code)
        if code not in known and _fits(text, title):
            found.append(PaletteRow("command", code, title, "", keymap.chord_for(code)))
    return tuple(found)


def help_rows(text: str) -> tuple[PaletteRow, ...]:
    """The keys that fit."""
    keys = [key for key in keymap.KEYS if not key.action[-1].isdecimal() and _fits(text, key.label)]
    return tuple(PaletteRow("help", key.action, key.label, key.group, key.chord) for key in keys)


def _fits(text: str, title: str) -> bool:
    wanted = text.strip().lower()
    return not wanted or wanted in title.lower() or initials(title).startswith(wanted)
