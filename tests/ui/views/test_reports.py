"""The reports page: opened over an idle desk, one list, one report, the span asked for, and back."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QLabel, QPushButton

from tests.fakes import snapshots
from tests.fakes.report_tables import tables
from tests.ui.conftest import quiet


def opened(stand: Any, qtbot: Any) -> Any:
    made = stand(snapshots.EMPTY)
    made.counter.tables = tables()
    assert made.desk.actions_.run("reports")
    quiet(qtbot, made)
    return made


def words(made: Any) -> list[str]:
    return [part.text() for part in made.page().findChildren(QLabel) if part.isVisible()]


def press(made: Any, qtbot: Any, text: str) -> None:
    (found,) = [b for b in made.page().findChildren(QPushButton) if b.text() == text and b.isVisible()]
    found.click()
    quiet(qtbot, made)


def test_it_opens_over_an_idle_desk_and_esc_goes_back(stand: Any, qtbot: Any) -> None:
    made = opened(stand, qtbot)
    assert made.model.page == "reports"
    assert made.counter.spans == ["month"]
    offered = {part.text() for part in made.page().findChildren(QPushButton)}
    assert {"受理渠道", "到窗次数", "时限压缩"} <= offered
    made.desk.close_one()
    assert made.model.page == "idle"


def test_one_report_says_what_it_counts_and_whether_it_adds_up(stand: Any, qtbot: Any) -> None:
    made = opened(stand, qtbot)
    press(made, qtbot, "时限压缩")
    said = words(made)
    assert "时限压缩" in said
    assert "BX02 住院费用手工报销" in said
    assert "70%" in said
    assert any(line.startswith("✓ 勾稽相符") for line in said)
    assert any(line.startswith("分子：") for line in said)
    press(made, qtbot, "报表目录")
    assert "BX02 住院费用手工报销" not in words(made)


def test_another_span_is_counted_anew_and_the_report_stays(stand: Any, qtbot: Any) -> None:
    made = opened(stand, qtbot)
    press(made, qtbot, "受理渠道")
    press(made, qtbot, "本年")
    assert made.counter.spans == ["month", "year"]
    assert "受理渠道" in words(made)


def test_a_visit_that_begins_takes_the_desk_back(stand: Any, qtbot: Any) -> None:
    made = opened(stand, qtbot)
    made.counter.put(visit_open=True, principals=snapshots.KNOWN.principals, current_principal="p1")
    qtbot.waitUntil(lambda: made.model.page != "reports")
    assert made.model.page == "choose"


def test_what_is_shown_is_saved_and_the_page_says_where(stand: Any, qtbot: Any) -> None:
    made = opened(stand, qtbot)
    every = tuple(table.id for table in made.counter.tables)
    press(made, qtbot, "存为 .xlsx")
    press(made, qtbot, "受理渠道")
    press(made, qtbot, "存为 .xlsx")
    assert [span for _, span in made.counter.saved_reports] == ["month", "month"]
    assert [len(ids) for ids, _ in made.counter.saved_reports] == [len(every), 1]
    assert "已存到 reports/month.xlsx" in words(made)
