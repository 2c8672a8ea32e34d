from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from tests.fakes import snapshots
from tests.fakes.stand import Stand
from ui.widgets.basic import column, label
from ui.widgets.work_area import GIVES_WAY, MAIN, PageStack, WorkArea


class Page(QWidget):
    """A page that counts how often somebody asks for its size."""

    def __init__(self) -> None:
        super().__init__()
        self.asked = 0
        self.words = label("甲")
        column(self).addWidget(self.words)

    def sizeHint(self) -> QSize:
        self.asked += 1
        return super().sizeHint()

    def minimumSizeHint(self) -> QSize:
        self.asked += 1
        return super().minimumSizeHint()


def test_a_page_that_is_not_shown_is_never_measured(qtbot: Any) -> None:
    window, area = QWidget(), QWidget()
    qtbot.addWidget(window)
    outer, stack = QVBoxLayout(window), PageStack(area)
    outer.addWidget(area, 1)
    pages = [Page() for _ in range(3)]
    for page in pages:
        stack.addWidget(page)
    window.resize(400, 300)
    window.show()
    qtbot.waitExposed(window)
    for page in pages:
        page.asked = 0
    pages[0].words.setText("很长的一句话" * 8)
    QApplication.processEvents()
    assert [page.asked for page in pages[1:]] == [0, 0]


def test_the_page_shown_fills_the_room_whatever_it_wishes_for(qtbot: Any) -> None:
    area = QWidget()
    qtbot.addWidget(area)
    stack = PageStack(area)
    small, wide = Page(), Page()
    wide.setMinimumSize(50, 50)
    stack.addWidget(small)
    stack.addWidget(wide)
    area.resize(320, 200)
    area.show()
    qtbot.waitExposed(area)
    assert small.size() == QSize(320, 200)
    stack.setCurrentWidget(wide)
    assert wide.size() == QSize(320, 200)
    assert stack.minimumSize() == QSize(0, 0)


def ahead(area: WorkArea, turns: int) -> set[str]:
    """Let it work ahead for so many turns; the pages that are there then."""
    for _ in range(turns):
        area.prepare()
    return set(area._pages)


def test_every_page_is_built_ahead_while_nobody_is_served(stand: Callable[..., Stand]) -> None:
    work = stand(snapshots.EMPTY).desk.work
    assert work._model.page == "idle"
    assert ahead(work, 6 * len(work._found)) == set(work._found)
    assert work._bare == []


def test_the_pages_of_a_visit_are_built_first(stand: Callable[..., Stand]) -> None:
    work = stand(snapshots.EMPTY).desk.work
    while not set(MAIN) <= set(work._pages):
        seldom = set(work._pages) - {"idle", *MAIN}
        assert seldom == set()
        work.prepare()


def test_while_somebody_is_served_only_what_a_visit_needs_is_built_ahead(
    stand: Callable[..., Stand],
) -> None:
    work = stand(snapshots.FILLING).desk.work
    assert work._model.page == "fill"
    assert ahead(work, 60) == set(MAIN)


def test_work_ahead_gives_way_to_an_answer_but_not_for_ever(stand: Callable[..., Stand]) -> None:
    work = stand(snapshots.FILLING).desk.work
    ahead(work, 60 + GIVES_WAY)
    work._pages.pop("speaker").hide()
    work._model.jobs.under_way += 1
    try:
        assert "speaker" not in ahead(work, GIVES_WAY)
        assert "speaker" in ahead(work, 1)
    finally:
        work._model.jobs.under_way -= 1


def test_work_ahead_gives_way_while_the_counter_gets_ready(stand: Callable[..., Stand]) -> None:
    made = stand(snapshots.FILLING)
    work = made.desk.work
    ahead(work, 60 + GIVES_WAY)
    work._pages.pop("speaker").hide()
    made.counter.is_settling = lambda: True  # type: ignore[method-assign]
    assert "speaker" not in ahead(work, GIVES_WAY)
    assert "speaker" in ahead(work, 1)
