"""A desk whose pack was refused says so on its screen."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.fakes.packs import folder_with_pack, spoil


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    return folder_with_pack(tmp_path)


def test_the_screen_of_a_desk_says_that_its_pack_was_refused(desk: Path, qtbot: Any, expect_log: Any) -> None:
    from PySide6.QtWidgets import QApplication, QLabel

    from counter_app.commands.desk import open_counter
    from counter_app.domain.actor import Actor
    from counter_app.settings import Settings
    from ui.app import application, open_desk

    expect_log("this store knows no clerks")
    spoil(desk)
    app, _ = application(Settings())
    settings = Settings(card_reader="")  # the process of the tests asks no machine for its readers
    counter = open_counter(desk, settings, Actor("0402", "周示例"), "八个字的口令短语")
    window = open_desk(app, counter, Settings(lock_after_s=0))
    window.resize(1366, 728)
    window.show()
    qtbot.waitExposed(window)
    try:
        qtbot.waitUntil(
            lambda: any("目录文件有错误" in text for text in _words(window, QLabel)), timeout=5000
        )
        for _ in range(8):
            QApplication.processEvents()
        assert window.grab().save(str(desk / "screen.png"))
    finally:
        window.close()
        counter.close()
        QApplication.processEvents()


def _words(window: Any, kind: Any) -> list[str]:
    return [label.text() for label in window.findChildren(kind) if label.isVisible()]
