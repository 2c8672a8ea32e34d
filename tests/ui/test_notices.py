from __future__ import annotations

from typing import Any

from counter_app.problems import Problem
from counter_app.services.visit_view import ProblemView
from ui.notices import Notices


def test_a_refusal_says_what_why_and_what_to_do(qtbot: Any) -> None:
    notices = Notices()
    with qtbot.waitSignal(notices.changed):
        notices.refuse(Problem("card-mute"))
    (notice,) = notices.current
    assert notice.code == "card-mute"
    assert notice.title == "卡没有应答"
    assert "换向重插" in notice.text


def test_the_same_refusal_stands_once() -> None:
    notices = Notices()
    notices.refuse(Problem("card-mute"))
    notices.refuse(Problem("card-none"))
    notices.refuse(Problem("card-mute"))
    assert [n.code for n in notices.current] == ["card-none", "card-mute"]


def test_only_the_newest_are_shown() -> None:
    notices = Notices()
    for n in range(9):
        notices.tell(f"第 {n} 条")
    assert [n.title for n in notices.current] == ["第 6 条", "第 7 条", "第 8 条"]


def test_what_the_visit_keeps_is_shown_until_it_is_taken_away(qtbot: Any) -> None:
    notices = Notices()
    notices.adopt((ProblemView("hub-away", "连不上大厅服务", "", "可继续。"),))
    assert [n.code for n in notices.current] == ["hub-away"]
    with qtbot.assertNotEmitted(notices.changed):
        notices.adopt((ProblemView("hub-away", "连不上大厅服务", "", "可继续。"),))
    notices.adopt(())
    assert notices.current == ()
    assert not notices.clear()


def test_what_was_said_in_passing_goes_with_its_moment_and_a_refusal_stays() -> None:
    notices = Notices()
    notices.tell("还没有办理对象")
    notices.refuse(Problem("card-mute"))
    notices.move_on()
    assert [n.code for n in notices.current] == ["card-mute"]
