"""Every page of every face in every look: whole, legible, named; and Tab there and back at the desk."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.album import desk
from tests.album.faces import faces
from tests.album.judge import SCREENS, findings
from tests.album.look import COUNTER_ROOMS, Face, Room, Style, sample
from tests.fakes.stand import quiet
from tests.ui import checks
from ui.widgets.lock_cover import LockCover

# Something floats there that keeps Tab on purpose.
COVERED = ("sign-in", "locked", "calm", "palette", "help", "help-locked", "filings", "rare")
FACES = {face.name: face for face in faces()}


def chosen() -> list[Any]:
    """At the long size every page in every look; at the short one the same three of each page every time."""
    found = [
        pytest.param(face.name, chapter, style, face.rooms, marks=pytest.mark.long)
        for face in faces()
        for chapter in face.chapters
        for style in face.styles
    ]
    for face in faces():
        for nth, chapter in enumerate(face.chapters):
            found += [pytest.param(face.name, chapter, style, (room,)) for style, room in sample(face, nth)]
    return [pytest.param(*one.values, marks=one.marks, id=_name(*one.values)) for one in found]


def _name(face: str, chapter: str, style: Style, rooms: tuple[Room, ...]) -> str:
    where = "x".join(map(str, rooms[0])) if len(rooms) == 1 else "all"
    return f"{face}-{chapter}-{style.theme}-{style.scale}-{where}"


@pytest.mark.parametrize(("face", "chapter", "style", "rooms"), chosen())
def test_a_page_is_whole_and_legible(
    face: str, chapter: str, style: Style, rooms: tuple[Room, ...], qtbot: Any, qapp_dressed: QApplication
) -> None:
    assert findings(qtbot, qapp_dressed, FACES[face], style, chapter, rooms, SCREENS) == []


@pytest.mark.parametrize("face", FACES)
def test_the_short_sample_meets_every_page_and_every_pair(face: str) -> None:
    made: Face = FACES[face]
    met = {look for nth, _ in enumerate(made.chapters) for look in sample(made, nth)}
    for nth, chapter in enumerate(made.chapters):
        looks = sample(made, nth)
        if len(looks) > 1:
            assert {style.theme for style, _ in looks} == set(made.themes), chapter
            assert {style.scale for style, _ in looks} == set(made.scales), chapter
            assert {room for _, room in looks} == set(made.rooms), chapter
    if len(made.chapters) >= len(made.rooms) * len(made.themes):
        assert {(style.scale, room) for style, room in met} == {
            (scale, room) for scale in made.scales for room in made.rooms
        }
        assert {(style.theme, style.scale) for style, _ in met} == {
            (style.theme, style.scale) for style in made.styles
        }


def opened(name: str, stand: Any, qtbot: Any) -> Any:
    """A scene of the desk at its largest, at rest."""
    made = desk.SCENES[name](
        qtbot, lambda view, simulated=None: stand(view, COUNTER_ROOMS[-1], simulated=simulated)
    )
    quiet(qtbot, made)
    return made


@pytest.mark.long
@pytest.mark.parametrize("name", [name for name in desk.SCENES if not name.startswith(COVERED)])
def test_tab_reaches_everything_on_every_page_and_comes_back(name: str, stand: Any, qtbot: Any) -> None:
    made = opened(name, stand, qtbot)
    walked = checks.tab_walk(made.window)
    missed = [w for w in checks.tabbable(made.window) if w not in walked]
    assert [w.accessibleName() or type(w).__name__ for w in missed] == []
    walked[-1].setFocus()
    for expected in reversed(walked[:-1]):
        focus = QApplication.focusWidget()
        assert focus is not None
        QTest.keyClick(focus, Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
        assert QApplication.focusWidget() is expected


@pytest.mark.parametrize("name", [name for name in desk.SCENES if name.startswith("sign-in")])
def test_tab_stays_where_a_clerk_signs_in(name: str, stand: Any, qtbot: Any) -> None:
    """The desk behind it can be seen and not be reached."""
    made = opened(name, stand, qtbot)
    floating = made.window.findChild(LockCover)
    inside = [w for w in checks.tabbable(made.window) if floating.isAncestorOf(w)]
    assert len(inside) > 2
    assert set(checks.tab_walk(made.window)) == set(inside)
