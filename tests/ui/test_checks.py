"""Each check of a page, made to fail on a page that was broken for it, and on nothing else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton

from tests.album.judge import wrong
from tests.album.look import Limits
from tests.fakes import snapshots as s
from ui.widgets.basic import held_by

ROOM = (1366, 728)


def pale_words(made: Any) -> None:
    made.desk.materials._title.setStyleSheet("color: #cccccc; background: white")


def words_too_long(made: Any) -> None:
    made.desk.strip.findChildren(QPushButton)[0].setText("一个长得在这里无论如何都放不下的名字")


def half_a_sum(made: Any) -> None:
    cell = QLineEdit("123456789.01", made.desk)
    cell.setAccessibleName("金额")
    cell.setProperty("cell", True)
    cell.setGeometry(600, 400, 90, 32)
    cell.show()


def words_on_words(made: Any) -> None:
    first, second, *_ = held_by(made.desk.top.layout())
    second.setGeometry(first.geometry())


def beyond_its_place(made: Any) -> None:
    button = made.desk.top.call_button
    button.setGeometry(button.geometry().translated(60, 0))


def tiny_words(made: Any) -> None:
    made.desk.materials._title.setStyleSheet("font-size: 9px")


def tiny_target(made: Any) -> None:
    made.desk.top.call_button.setText("")
    made.desk.top.call_button.setFixedSize(20, 20)


def no_name(made: Any) -> None:
    bare = QLineEdit(made.desk)
    bare.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    bare.setGeometry(600, 400, 200, 40)
    bare.show()


def grown(made: Any) -> None:
    made.window.setMinimumWidth(1400)


BROKEN: dict[str, Callable[[Any], None]] = {
    "pale": pale_words,
    "clipped: button": words_too_long,
    "clipped: field '123456789.01'": half_a_sum,
    "overlap": words_on_words,
    "outside": beyond_its_place,
    "small words": tiny_words,
    "small target": tiny_target,
    "unnamed": no_name,
    "the window grew": grown,
}


@pytest.mark.parametrize("sign", BROKEN)
def test_a_broken_page_is_found_out(sign: str, stand: Any) -> None:
    made = stand(s.FILLING, ROOM)
    assert wrong(made.window, ROOM, Limits(), "light") == []
    BROKEN[sign](made)
    if sign not in ("overlap", "outside"):  # laying out anew would mend these
        QApplication.processEvents()
    assert any(one.startswith(sign) for one in wrong(made.window, ROOM, Limits(), "light"))


def test_a_label_that_needs_two_lines_is_not_whole_in_one(stand: Any) -> None:
    made = stand(s.FILLING, ROOM)
    words = QLabel("这一句话很长，一行放不下，要两行才读得完整。" * 2, made.desk)
    words.setWordWrap(True)
    words.setGeometry(600, 400, 300, 24)
    words.show()
    assert any(one.startswith("clipped: label") for one in wrong(made.window, ROOM, Limits(), "light"))
