"""The bands of what is said: what stands there already is not built again."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from PySide6.QtWidgets import QFrame, QLabel

from counter_app.problems import Problem
from ui.notices import Notices
from ui.widgets.basic import held_by
from ui.widgets.notice_bar import NoticeBar


def bands(bar: NoticeBar) -> list[QFrame]:
    column = bar.layout()
    assert column is not None
    return held_by(column)  # type: ignore[return-value]


def titles(bar: NoticeBar) -> list[str]:
    return [band.findChildren(QLabel)[0].text() for band in bands(bar)]


def test_what_is_said_already_stays_where_it_stands(qtbot: Any, qapp_dressed: Any) -> None:
    notices = Notices()
    bar = NoticeBar(SimpleNamespace(notices=notices, act=SimpleNamespace(emit=print)))
    qtbot.addWidget(bar)
    notices.tell("第一条")
    notices.tell("第二条")
    first, second = bands(bar)
    notices.refuse(Problem("card-mute"))
    assert bands(bar)[:2] == [first, second]
    notices.tell("第一条")  # said again: the same words, now the newest
    assert titles(bar) == ["● 第二条", "✕ 卡没有应答", "● 第一条"]
    assert bands(bar)[0] is second
    notices.tell("第四条")
    assert titles(bar) == ["✕ 卡没有应答", "● 第一条", "● 第四条"]
    notices.clear()
    assert (bands(bar), bar.isHidden()) == ([], True)
