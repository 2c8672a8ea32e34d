"""The lines of the checklist are made ahead and used again; nothing of the last citizen stays in them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from tests.fakes import snapshots as s
from tests.fakes.stand import Stand
from ui.widgets.basic import label, style
from ui.widgets.materials import SPARE, Materials

POLISHED = Qt.WidgetAttribute.WA_WState_Polished


def ready(pane: Materials) -> None:
    """Let it make all the lines it makes ahead."""
    for _ in range(SPARE + 1):
        pane.prepare()


def test_lines_are_made_ahead_and_stay_out_of_sight(stand: Callable[..., Stand]) -> None:
    pane = stand(s.EMPTY).desk.materials
    ready(pane)
    assert len(pane._spare) == SPARE
    assert all(line.testAttribute(POLISHED) and line.isHidden() for line in pane._spare)
    pane.hide()
    pane.show()
    assert not any(line.isVisible() for line in pane._spare)


def test_a_case_takes_the_lines_that_are_there_and_gives_them_back_empty(stand: Callable[..., Stand]) -> None:
    pane = stand(s.EMPTY).desk.materials
    ready(pane)
    made = set(pane._spare)
    pane.draw(s.FILLING)
    used = list(pane._lines.values())
    assert used
    assert set(used) <= made
    assert all(line.isVisible() for line in used)
    pane.draw(s.EMPTY)
    assert set(pane._spare) == made
    assert not any(line.isVisible() or line.accessibleName() for line in used)
    assert not any(part.text() for line in used for part in line.findChildren(QLabel))


def test_a_line_used_again_speaks_for_its_new_material(stand: Callable[..., Stand]) -> None:
    pane = stand(s.FILLING).desk.materials
    case = s.FILLING.case
    assert case is not None
    first, *rest = case.materials
    pane.draw(s.EMPTY)
    pane.draw(replace(s.FILLING, case=replace(case, materials=(*rest, first))))
    assert list(pane._lines) == [m.code for m in (*rest, first)]
    pane._lines[first.code].entered.emit(first.code)
    pane.focus_in(rest[0].code)
    pane._lines[rest[0].code].setFocus()
    assert pane.current is not None
    assert pane._lines[pane.current.code]._code == pane.current.code


def test_what_has_no_style_yet_is_not_restyled(stand: Callable[..., Stand]) -> None:
    pane = stand(s.EMPTY).desk.materials
    chip = label("缺", "chip", parent=pane)
    assert style(chip, chip="ok")
    assert not chip.testAttribute(POLISHED)
    chip.ensurePolished()
    before = chip.palette().windowText().color()
    assert style(chip, chip="bad")
    assert chip.palette().windowText().color() != before
