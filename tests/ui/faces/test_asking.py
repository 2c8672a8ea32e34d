"""A device of its own goes before the citizen's screen; without either, paper is the way."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from drivers.protocols import Fault, Rating
from tests.fakes import snapshots as s
from tests.ui.conftest import quiet
from tests.ui.faces.test_citizen import draw_name, press
from tests.ui.faces.test_citizen_side import beside, shown, told
from ui.citizen.rate import WORDS
from ui.faces.asking import SIGNED_UNDER

__all__ = ["beside"]


def test_a_name_on_the_screen_reaches_the_visit(beside: Any, qtbot: Any) -> None:
    made, side = beside(s.FILLING)
    made.desk.actions_.run("sign")
    qtbot.waitUntil(lambda: shown(side) == "Sign")
    QApplication.processEvents()
    draw_name(side.window)
    press(side.window, "签好了")
    quiet(qtbot, made)
    ((image, words, how, device),) = made.visit.verbs("sign")
    assert (image[:4], words, how, device) == (b"\x89PNG", SIGNED_UNDER, "sign", "screen")
    assert told(made) == "群众已签字"


def test_who_does_not_sign_leaves_nothing(beside: Any, qtbot: Any) -> None:
    made, side = beside(s.FILLING)
    made.desk.actions_.run("sign")
    press(side.window, "不签")
    quiet(qtbot, made)
    assert made.visit.verbs("sign") == []
    assert told(made) == "群众没有签字"


@pytest.mark.parametrize(
    ("action", "able", "how"), [("sign", "sign", "sign"), ("finger", "finger", "finger")]
)
def test_a_device_of_its_own_is_asked_aside(action: str, able: str, how: str, stand: Any, qtbot: Any) -> None:
    made = stand(s.FILLING)
    made.counter.able = {able}
    made.desk.actions_.run(action)
    quiet(qtbot, made)
    assert [arguments[2] for arguments in made.visit.verbs("sign")] == [how]


def test_a_device_that_refuses_is_said_with_advice(stand: Any, qtbot: Any) -> None:
    made = stand(s.FILLING)
    made.counter.able, made.counter.fault = {"sign"}, Fault("sign-empty", "")
    made.desk.actions_.run("sign")
    quiet(qtbot, made)
    assert made.visit.verbs("sign") == []
    assert "sign-empty" in [notice.code for notice in made.model.notices.current]


@pytest.mark.parametrize(("action", "words"), [("sign", "没有签名板"), ("finger", "没有指纹仪")])
def test_without_any_the_way_is_paper(action: str, words: str, stand: Any) -> None:
    made = stand(s.FILLING)
    made.desk.actions_.run(action)
    assert words in told(made)


def test_a_rating_comes_from_a_rater_else_from_the_screen_else_not_at_all(
    beside: Any, stand: Any, qtbot: Any
) -> None:
    made, side = beside(s.EMPTY)
    heard: list[Rating] = []
    assert made.desk.asking.rate("备案", "1", heard.append)
    press(side.window, WORDS[5])
    made.counter.able = {"rate"}
    assert made.desk.asking.rate("备案", "2", heard.append)
    quiet(qtbot, made)
    made.counter.fault = Fault("rater-away", "")
    assert made.desk.asking.rate("备案", "3", heard.append)
    quiet(qtbot, made)
    assert [(r.outcome, r.level) for r in heard] == [("rated", 5), ("rated", 2), ("timeout", 0)]
    made.counter.able = set()
    side.end()
    made.desk.citizen = None
    assert not made.desk.asking.rate("备案", "4", heard.append)
