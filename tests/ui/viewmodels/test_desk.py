from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from tests.fakes import snapshots
from tests.fakes.stand import Stand, quiet


def test_a_form_that_has_gone_is_asked_no_more(stand: Callable[..., Stand], qtbot: object) -> None:
    made = stand(snapshots.FILLING)
    made.model.go(aside="speaker")
    quiet(qtbot, made)
    page = made.page()
    form = page.form
    made.model.go(aside="")
    quiet(qtbot, made)
    page.setParent(None)
    page.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert not isValid(form)
    made.desk.work._pages.pop("speaker")
    assert made.model.do("view")
    made.model.flush()
    quiet(qtbot, made)


def test_a_desk_that_is_closed_asks_for_nothing_more(stand: Callable[..., Stand]) -> None:
    made = stand(snapshots.FILLING)
    made.window.close()
    made.counter.close()
    assert not made.model.do("view")  # as the timer of a look that has lasted long enough
