"""批量名单 on the desk: judged first, accepted once, and only what is good."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent

from counter_app.problems import Problem
from counter_app.services.batch_accept import BatchDone
from tests.fakes import snapshots as s
from tests.fakes.office import TestOffice, open_office
from tests.services.lists import row, sheet
from tests.ui.conftest import quiet


@pytest.fixture
def office(tmp_path: Path) -> Iterator[TestOffice]:
    opened = open_office(tmp_path / "data")
    opened.identify("li_guifang")
    yield opened
    opened.close()


def judged(office: TestOffice, *rows: list[str]) -> BatchDone:
    wish = office.visit.list_wish("CB05", received=["*"])
    return BatchDone(office.visit.check_list(wish, sheet(rows)), office.visit.state)


def test_judged_shown_accepted_once(stand: Any, qtbot: Any, office: TestOffice) -> None:
    made = stand(s.KNOWN)
    made.counter.judged = judged(office, row(0), row(1, 联系电话="1"))
    asked: list[Any] = []

    def accept_list(checked: Any) -> BatchDone:
        asked.append(checked)
        return office.visit.accept_list(checked)

    made.visit.accept_list = accept_list
    made.desk.actions_.run("list")
    page = made.page()
    assert not page.accept_button.isEnabled()
    page.type_.setText("CB05")
    page.file.setText("名单.csv")
    page.check()
    quiet(qtbot, made)
    assert made.counter.listed == ("CB05", "名单.csv")
    assert "可受理 1 人" in page.head.text()
    assert page.found.text().startswith("第 3 行　联系电话")
    page.accept()
    page.accept()
    quiet(qtbot, made)
    assert len(asked) == 1
    assert "已受理 1 人，批次" in page.head.text()
    assert not page.accept_button.isEnabled()


def test_a_refused_list_cannot_be_accepted(stand: Any, qtbot: Any, office: TestOffice) -> None:
    made = stand(s.KNOWN)
    made.desk.actions_.run("list")
    page = made.page()
    made.counter.judged = judged(office, row(0, 联系电话="1"))
    page.check()
    quiet(qtbot, made)
    assert not page.accept_button.isEnabled()
    made.counter.judged = Problem("sheet-kind", "名单.xls", ".xls")
    page.check()
    quiet(qtbot, made)
    assert [n.code for n in made.model.notices.current] == ["sheet-kind"]
    page.accept()
    assert made.visit.verbs("accept_list") == []


def test_a_dropped_file_is_its_path(stand: Any, qtbot: Any, tmp_path: Path) -> None:
    made = stand(s.KNOWN)
    made.desk.actions_.run("list")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "a.xlsx"))])
    event = QDropEvent(
        QPointF(1, 1),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    made.page().dropEvent(event)
    assert made.page().file.text() == str(tmp_path / "a.xlsx")
