"""停机 at the desk: one key, then each number one of three ways; help is called quietly."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt

from counter_app.domain.notices import HallNow
from counter_app.domain.outages import Way
from tests.fakes import days
from tests.fakes import snapshots as s
from tests.fakes.office import TestOffice, open_office
from tests.ui.conftest import quiet
from ui.widgets.hall_band import lines
from ui.widgets.outage_after import told


@pytest.fixture
def office(tmp_path: Path) -> Iterator[TestOffice]:
    opened = open_office(tmp_path / "data")
    yield opened
    opened.close()


@pytest.fixture
def real(stand: Any, qtbot: Any, office: TestOffice) -> Any:
    made = stand(s.EMPTY)
    made.model.counter.visit = office.visit
    made.model.do("view")
    quiet(qtbot, made)
    return made


def press(qtbot: Any, made: Any, key: Qt.Key) -> None:
    qtbot.keyClick(made.window, key, Qt.KeyboardModifier.ControlModifier)
    quiet(qtbot, made)


def test_one_key_announces_and_the_page_sorts(qtbot: Any, real: Any, office: TestOffice) -> None:
    numbers = [office.hub.take(f"r{n}").number for n in range(3)]
    press(qtbot, real, Qt.Key.Key_F11)
    assert office.visit.hall.outage is not None
    assert "停机公告中" in real.desk.band._words.whole
    panel = real.page().panel
    assert panel is real.page().sorting
    panel._sort(numbers[0], Way.KEEP)
    quiet(qtbot, real)
    assert real.model.notices.current[-1].text.startswith("保留号 K")
    panel.number.setText(numbers[1])
    panel._typed(Way.OFFLINE)
    quiet(qtbot, real)
    assert [one.way for one in office.hub.sorted_in(office.visit.hall.outage.id)] == [Way.KEEP, Way.OFFLINE]
    press(qtbot, real, Qt.Key.Key_F11)
    assert len(office.hub.said(office.office.today())) == 1, "the same key again only shows the page"
    panel.over.click()
    quiet(qtbot, real)
    assert office.visit.hall.outage is None
    assert real.page().panel is real.page().after
    assert real.desk.band.isHidden()


def test_help_is_called_with_one_key_and_answered_on_the_page(
    qtbot: Any, real: Any, office: TestOffice
) -> None:
    press(qtbot, real, Qt.Key.Key_F12)
    assert [word.window for word in office.visit.hall.helps] == ["3"]
    real.desk.actions_.run("hall_page")
    quiet(qtbot, real)
    real.page().answered.click()
    quiet(qtbot, real)
    assert office.visit.hall.helps == ()
    assert real.page().answered.isHidden()


def test_a_form_that_became_a_case_leaves_the_list(stand: Any, qtbot: Any) -> None:
    made = stand(s.EMPTY)
    made.visit.answers = {**days.ANSWERS, "entered": days.OWED[1:]}
    made.desk.actions_.run("hall_page")
    quiet(qtbot, made)
    panel = made.page().after
    panel.mark.setText("Y0001")
    panel.case.setText("261123-001-A2B-0007-K")
    panel._entered()
    quiet(qtbot, made)
    assert made.visit.verbs("entered") == [("Y0001", "261123-001-A2B-0007-K")]
    assert panel.mark.text() == ""


def test_what_holds_is_said_the_most_urgent_first() -> None:
    assert [line[0] for line in lines(days.HELP)] == ["✕", "✕", "▲"]
    assert lines(days.HELP)[0].startswith("✕ 5 号窗口请求支援")
    assert lines(HallNow()) == []
    assert told(None) == ["今日没有停机。"]
    assert told(days.REPORT)[0] == "今日 10:31 停机，历时 47 分钟，由 陈静 宣布。"
