"""The clerk's desk: one scene per page, with the longest words there are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from PySide6.QtWidgets import QApplication

from tests.album.desk import beside, covers, devices, hall, hands, longest, visit
from tests.album.look import COUNTER_ROOMS, Face, Limits, Room, Shown, Style
from tests.fakes.stand import quiet, stands

SCENES = {
    **visit.SCENES,
    **longest.SCENES,
    **beside.SCENES,
    **devices.SCENES,
    **hands.SCENES,
    **hall.SCENES,
    **covers.SCENES,
}


def show(bot: Any, app: QApplication, style: Style, room: Room, chapter: str) -> Iterator[Shown]:
    """One scene."""
    with stands(bot, app) as stand:

        def make(view: Any, simulated: Any = None) -> Any:
            return stand(view, room, style.theme, style.scale, simulated)

        made = SCENES[chapter](bot, make)
        quiet(bot, made)
        yield Shown(chapter, made.window, lambda: quiet(bot, made))


FACE = Face("desk", COUNTER_ROOMS, tuple(SCENES), show, Limits())
