"""The manager's desk: every page over a hall in the middle of a morning, and an order begun."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from counter_app.domain.exceptions import HELD
from tests.album.look import COUNTER_ROOMS, Face, Limits, Room, Shown, Style
from tests.fakes.hall import open_hall
from tests.fakes.lost_device import handed_in
from tests.fakes.manage_messages import every_way, messages_in
from tests.fakes.manage_place import Place, fill, places, settle
from ui.viewmodels.manage import PAGES


def show(bot: Any, app: QApplication, style: Style, room: Room, chapter: str) -> Iterator[Shown]:
    """Every page in turn."""
    with tempfile.TemporaryDirectory(prefix="ow-album-") as folder, open_hall(Path(folder)) as hall:
        if chapter == "busy":
            fill(hall)
        with places(bot, app, hall, Path(folder) / "tables") as place:
            made = place(room, style.scale, style.theme)
            if chapter == "lost":
                yield from _lost(bot, made)
                return
            for page, _ in PAGES:
                if page == "messages" and chapter == "busy":
                    with messages_in(hall) as told:
                        every_way(told)
                made.model.open(page)
                settle(bot, made)
                if page == "messages":
                    made.desk.page.focus_in()
                    settle(bot, made)
                if page == "floor" and chapter == "busy":
                    _begin(made)
                    settle(bot, made)
                yield Shown(f"{chapter}-{page}", made.window, lambda: settle(bot, made))


def _lost(bot: Any, made: Place) -> Iterator[Shown]:
    """What a lost device sent, below its exception."""
    event = handed_in(made.hall)
    made.model.open("odd")
    settle(bot, made)
    made.desk.page.table.choose(f"{event}|{HELD}")
    settle(bot, made)
    yield Shown("lost-odd", made.window, lambda: settle(bot, made))


def _begin(made: Place) -> None:
    """An order for a window, with its groups and reasons to choose from."""
    made.desk.page.windows.choose("w2")
    made.press(Qt.Key.Key_2)


FACE = Face("manage", COUNTER_ROOMS, ("busy", "empty", "lost"), show, Limits())
