"""对账 by keyboard: ask, send again, settle by hand; each a fact with reason, nothing sent twice."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt

from tests.fakes.hall import Hall
from tests.fakes.manage_messages import every_way, messages_in
from tests.fakes.manage_place import Place, settle
from tests.fakes.message_hall import MessageHall

ALT = Qt.KeyboardModifier.AltModifier
Key = Qt.Key


@pytest.fixture
def told(hall: Hall) -> Iterator[MessageHall]:
    with messages_in(hall) as made:
        every_way(made)
        yield made


def opened(managed: Any, bot: Any) -> Place:
    made: Place = managed()
    made.press(Key.Key_7, ALT)
    settle(bot, made)
    return made


def test_every_line_says_how_it_stands_and_what_may_be_done(
    managed: Any, told: MessageHall, qtbot: Any
) -> None:
    made = opened(managed, qtbot)
    assert [(one.state_name, one.kind) for one in made.model.messages] == [
        ("被拒", "err"),
        ("对方没有", "err"),
        ("不明", "warn"),
        ("待发送", ""),
    ]
    offered = []
    for one in made.model.messages:
        made.desk.page.table.choose(one.id)
        offered.append([offer.name for offer in made.model.offers])
    assert offered == [
        ["重发", "人工办结"],
        ["重发", "人工办结"],
        ["立即查询", "人工办结"],
        ["立即发送", "人工办结"],
    ]


def test_asked_sent_again_and_settled_by_keyboard(managed: Any, told: MessageHall, qtbot: Any) -> None:
    made = opened(managed, qtbot)
    table = made.desk.page.table
    refused, absent, unknown, _ = made.model.messages
    table.choose(refused.id)
    made.press(Key.Key_2)
    made.press(Key.Key_F10)
    settle(qtbot, made)
    assert made.model.notices.current[0].code == "reason-needed"
    made.press(Key.Key_1)
    made.press(Key.Key_F10)
    settle(qtbot, made)
    table.choose(absent.id)
    made.press(Key.Key_1)
    made.press(Key.Key_1)
    made.press(Key.Key_F10)
    settle(qtbot, made)
    table.choose(unknown.id)
    made.press(Key.Key_1)
    made.press(Key.Key_F10)  # asking needs no reason
    settle(qtbot, made)
    facts = [(kind, made.facts(kind)[-1]) for kind in ("message.settled", "message.resent", "message.asked")]
    assert [(kind, fact["clerk"], fact["why"]) for kind, fact in facts] == [
        ("message.settled", "0301", "已在核心系统人工办理"),
        ("message.resent", "0301", "已查明对方没有登记"),
        ("message.asked", "0301", ""),
    ]
    assert told.platform is not None
    told.platform.mode = "ok"
    told.later()
    told.later()
    qtbot.waitUntil(lambda: made.model.messages == (), timeout=60_000)  # the page looks by itself
    settle(qtbot, made)
    assert sorted(told.states()) == ["done", "done", "done", "settled"]
    assert told.sent() == 3  # the one whose answer was lost was not sent again
