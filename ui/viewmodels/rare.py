"""生僻字: what was typed, the candidates for it, and what is missing on this machine to find more."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from counter_app.late import late
from ui.jobs import Jobs

if TYPE_CHECKING:
    from counter_app.catalog import characters, han_table
    from counter_app.catalog.characters import Found
else:  # nobody needs them before a name is rarer than the input method
    characters, han_table = late("counter_app.catalog.characters"), late("counter_app.catalog.han_table")

HOW = "读音 yan　读音加笔画 yan 9　部件 龙天　部首加余画 石 5　编码 U+20C8E"
NONE = "没有找到。换一种说法：部件、部首加余画，或按身份证背面、户口簿上的编码。"
LOADING = "正在装入字表…"
Answer = tuple[tuple["Found", ...], tuple[str, ...]]  # candidates; packages that are not installed
WITHOUT = "本机没有字表（{}），可按编码输入。"


class RareModel(QObject):
    """Looks characters up on a worker; an answer that comes late is forgotten."""

    changed = Signal()

    def __init__(self, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self.find: Callable[[str], Answer] = look_up
        self.text, self.said = "", HOW
        self.found: tuple[Found, ...] = ()

    def look(self, text: str) -> None:
        """Find what a text means; "" finds nothing and says how to ask."""
        self.text, self.found = text, ()
        if text.strip():
            self.said = LOADING
            self._jobs.aside(partial(self.find, text), partial(self._came, text), partial(self._failed, text))
        else:
            self.said = HOW
        self.changed.emit()

    def _came(self, text: str, answer: Answer) -> None:
        if text != self.text:
            return
        self.found, lacks = answer
        missing = WITHOUT.format("、".join(lacks)) if lacks else ""
        self.said = missing or (HOW if self.found else NONE)
        self.changed.emit()

    def _failed(self, text: str) -> None:
        self._came(text, ((), ()))


def look_up(text: str) -> Answer:
    """Candidates by this machine's tables, and the packages it lacks; on a worker."""
    table = han_table.han_table()
    return characters.find(table, text), table.lacks


def words_of(one: Found) -> str:
    """Reading and strokes of a candidate: `yǎn　9 画`."""
    strokes = f"{one.strokes} 画" if one.strokes else ""
    return "　".join(part for part in (one.reading, strokes) if part)
