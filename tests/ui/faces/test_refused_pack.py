"""A desk whose pack was refused says so on its screen."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

import resources
from counter_app.__main__ import main


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A data folder with a good pack of the hall's own, which names one matter its own way."""
    ours, pack = Path(resources.__file__).parent, tmp_path / "hall"
    for part in ("catalog", "regions"):
        shutil.copytree(ours / part, pack / part)
    head = 'name = "hall"\nversion = "2027.1"\nvalid_from = 2026-11-02\npublisher = "示范"\n'
    (pack / "catalog" / "_pack.toml").write_text(head, "utf-8")
    file = pack / "catalog" / "FW07.toml"
    file.write_text(file.read_text("utf-8").replace('name = "机具故障报修"', 'name = "本厅报修"', 1), "utf-8")
    assert main(["catalog", "install", str(pack), "--data", str(tmp_path / "data")]) == 0
    return tmp_path / "data"


def spoil(desk: Path) -> None:
    file = desk / "packs" / "hall-2027.1" / "catalog" / "FW07.toml"
    file.write_text(file.read_text("utf-8").replace('category = "', 'categori = "', 1), "utf-8")


def test_the_screen_of_a_desk_says_that_its_pack_was_refused(desk: Path, qtbot: Any, expect_log: Any) -> None:
    from PySide6.QtWidgets import QApplication, QLabel

    from counter_app.commands.desk import open_counter
    from counter_app.domain.actor import Actor
    from counter_app.settings import Settings
    from ui.app import application, open_desk

    expect_log("this store knows no clerks")
    spoil(desk)
    shutil.rmtree(desk / "packs.kept", ignore_errors=True)
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
