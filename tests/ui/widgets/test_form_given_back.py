"""A visit that is over leaves nothing on its pages, and a row that goes tells nobody anything."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget

from tests.fakes import snapshots as s
from tests.fakes.case_snapshots import BX02
from tests.fakes.stand import quiet
from ui.widgets.toggles import Toggles


def shown_words(made: Any) -> str:
    """Everything in the work area, hidden or not."""
    kinds = (QLabel, QLineEdit)
    return "\n".join(w.text() for kind in kinds for w in made.desk.work.findChildren(kind))


def test_no_page_keeps_the_last_visit(stand: Any, qtbot: Any) -> None:
    made = stand(s.replace(s.FILLING, case=BX02))
    made.model.go(aside="speaker")
    quiet(qtbot, made)
    assert made.page().form.rows
    made.model.go(aside="", checking=True)
    quiet(qtbot, made)
    assert "原发性高血压" in shown_words(made)
    rested = len(made.window.findChildren(QWidget))
    made.model.do("finish")
    quiet(qtbot, made)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert "原发性高血压" not in shown_words(made)
    assert [made.desk.work._pages[one].form.rows for one in ("fill", "speaker")] == [{}, {}]
    assert len(made.window.findChildren(QWidget)) < rested


def test_a_button_whose_row_was_freed_is_silent(stand: Any, qtbot: Any) -> None:
    made = stand(s.replace(s.FILLING, case=BX02))
    row = made.page().form.rows["causes"]
    toggles = row.editors[0]
    assert isinstance(toggles, Toggles)
    told: list[str] = []
    toggles.entered.connect(lambda: told.append("entered"))
    toggles.left.connect(lambda: told.append("left"))
    button = toggles._buttons[0]
    button.setFocus()
    button.clearFocus()
    assert told == ["entered", "left"]
    button.setFocus()
    row.slot.editor.let_go()
    button.clearFocus()
    assert told == ["entered", "left", "entered"]
