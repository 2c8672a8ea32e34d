"""Judging one page in one look, and taking its picture."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QApplication, QWidget

from tests.album.look import Face, Limits, Room, Shown, Style
from tests.ui import checks

SCREENS = Path(__file__).resolve().parents[1] / "_screens"


def wrong(window: QWidget, room: Room, limits: Limits, theme: str) -> list[str]:
    """What a strict reviewer finds on a page; [] is a page that may be shown."""
    found = [] if (window.width(), window.height()) == room else ["the window grew beyond the screen"]
    found += [f"pale: {one}" for one in checks.pale(window, limits.contrast[theme])]
    found += [f"clipped: {one}" for one in checks.clipped(window)]
    found += [f"overlap: {one}" for one in checks.overlaps(window)]
    found += [f"outside: {one}" for one in checks.outside(window)]
    found += [f"small words: {one}" for one in checks.small_fonts(window, limits.font)]
    found += [f"small target: {one}" for one in checks.small_targets(window, limits.target)]
    found += [f"unnamed: {one}" for one in checks.unnamed(window)]
    return found


def looked_at(
    bot: Any, app: QApplication, face: Face, style: Style, chapter: str, rooms: Sequence[Room]
) -> Iterator[tuple[Shown, Room]]:
    """The pages of a chapter in a style, each in every room in turn."""
    for opened in (rooms,) if face.is_resized else ((room,) for room in rooms):
        for shown in face.show(bot, app, style, opened[0], chapter):
            for room in opened:
                shown.window.resize(*room)
                shown.settle()
                yield shown, room


def findings(
    bot: Any,
    app: QApplication,
    face: Face,
    style: Style,
    chapter: str,
    rooms: Sequence[Room],
    pictures: Path | None = None,
) -> list[str]:
    """Everything that is wrong with a chapter in a style, in words; pictures of it where asked for."""
    found = []
    for shown, room in looked_at(bot, app, face, style, chapter, rooms):
        name = f"{face.name}-{shown.name}-{style.theme}-{style.scale}-{room[0]}x{room[1]}"
        seen = [*wrong(shown.window, room, face.limits, style.theme), *shown.more()]
        found += [f"{name}: {one}" for one in seen]
        if pictures is not None:
            pictures.mkdir(parents=True, exist_ok=True)
            assert shown.window.grab().save(str(pictures / f"{name}.png"), "PNG", 80)  # quick, not small
    return found
