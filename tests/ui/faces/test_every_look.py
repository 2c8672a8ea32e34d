"""Every page in every look: contrast in both themes at every size, and Tab there and back on each of them."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.fakes.stand import quiet
from tests.ui import checks
from tests.ui.faces.test_screens import SCENES, SCREENS

LOOKS = [(theme, scale) for theme in ("light", "contrast") for scale in (100, 125, 150)]
ROOMS = ((1280, 672), (1366, 728), (1920, 1040))
LEAST = {"light": 4.5, "contrast": 7.0}
COVERED = ("locked", "calm", "palette", "help", "filings")  # something floats there that keeps Tab on purpose
ALWAYS = ("bills", "contrast", 125, 1280, 672)


def looks() -> list[Any]:
    """Everything at the long size; one look at a page at the short one."""
    found = [(name, *look, *room) for name in SCENES for look in LOOKS for room in ROOMS]
    return [pytest.param(*one, marks=() if one == ALWAYS else pytest.mark.long) for one in found]


def opened(name: str, look: tuple[str, int, int, int], stand: Any, qtbot: Any) -> Any:
    theme, scale, width, height = look

    def make(view: Any, simulated: Any = None) -> Any:
        return stand(view, (width, height), theme, scale, simulated)

    made = SCENES[name](qtbot, make)
    quiet(qtbot, made)
    return made


@pytest.mark.parametrize(("name", "theme", "scale", "width", "height"), looks())
def test_a_page_is_whole_and_legible(
    name: str, theme: str, scale: int, width: int, height: int, stand: Any, qtbot: Any
) -> None:
    made = opened(name, (theme, scale, width, height), stand, qtbot)
    SCREENS.mkdir(exist_ok=True)
    made.window.grab().save(str(SCREENS / f"{name}.{width}x{height}.{scale}.{theme}.png"))
    assert made.window.size() == QSize(width, height), "the window grew beyond the screen"
    assert checks.pale(made.window, LEAST[theme]) == []
    assert checks.clipped(made.window) == []
    assert checks.overlaps(made.window) == []
    assert checks.small_targets(made.window) == []
    assert checks.unnamed(made.window) == []


@pytest.mark.long
@pytest.mark.parametrize("name", [name for name in SCENES if not name.startswith(COVERED)])
def test_tab_reaches_everything_on_every_page_and_comes_back(name: str, stand: Any, qtbot: Any) -> None:
    made = opened(name, ("light", 100, 1920, 1040), stand, qtbot)
    walked = checks.tab_walk(made.window)
    missed = [w for w in checks.tabbable(made.window) if w not in walked]
    assert [w.accessibleName() or type(w).__name__ for w in missed] == []
    walked[-1].setFocus()
    for expected in reversed(walked[:-1]):
        focus = QApplication.focusWidget()
        assert focus is not None
        QTest.keyClick(focus, Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
        assert QApplication.focusWidget() is expected
