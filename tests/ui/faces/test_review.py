"""The desk behind the counter: by keyboard, whole at every size, calm when the hub is away."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit

from counter_app.problems import Problem
from tests.fakes import reviewing as r
from tests.fakes.review_place import settle
from tests.fakes.reviewing import FakeReviewing
from tests.ui.faces.test_desk_keys import commit
from ui.faces.review_window import ReviewStarter
from ui.theme import load

CTRL = Qt.KeyboardModifier.ControlModifier


# --- deciding by keyboard -------------------------------------------------------------------------
def test_the_most_urgent_case_is_there_at_once(reviewed: Any) -> None:
    made = reviewed()
    assert made.model.sheet.row.case_id == "case-1"
    assert QApplication.focusWidget() is made.desk.list


def test_numbers_choose_what_and_why_and_f10_sends(reviewed: Any, qtbot: Any) -> None:
    made = reviewed(case="case-2")
    made.press(Qt.Key.Key_4)
    assert made.model.offer == r.REFUSE
    made.press(Qt.Key.Key_2)
    assert made.port.decided == []
    made.press(Qt.Key.Key_F10)
    settle(qtbot, made)
    ((case, said, _),) = made.port.decided
    assert (case, said.act, said.reason) == ("case-2", "refuse", made.port.reasons("refuse")[1].code)
    assert QApplication.focusWidget() is made.desk.list


def test_a_decision_is_never_one_key_away(reviewed: Any, qtbot: Any) -> None:
    made = reviewed(case="case-2")
    made.press(Qt.Key.Key_1)
    settle(qtbot, made)
    assert (made.model.offer, made.port.decided) == (r.PASS, [])
    made.press(Qt.Key.Key_F10)
    settle(qtbot, made)
    assert [said.act for _, said, _ in made.port.decided] == ["pass"]


def test_a_case_is_taken_up_at_one_key(reviewed: Any, qtbot: Any) -> None:
    made = reviewed(case="case-1")
    made.press(Qt.Key.Key_1)
    settle(qtbot, made)
    assert [said.act for _, said, _ in made.port.decided] == ["claim"]


def test_f9_takes_the_most_urgent_case_nobody_has(reviewed: Any, qtbot: Any) -> None:
    made = reviewed(case="case-4")
    made.press(Qt.Key.Key_F9)
    settle(qtbot, made)
    settle(qtbot, made)
    assert [(case, said.act) for case, said, _ in made.port.decided] == [("case-1", "claim")]


def test_ones_own_words_are_a_reason(reviewed: Any, qtbot: Any) -> None:
    made = reviewed(case="case-2")
    made.press(Qt.Key.Key_J, CTRL)
    made.press(Qt.Key.Key_0)
    commit("票据 2 张重复")
    assert made.model.said.reason == "其他：票据 2 张重复"
    made.press(Qt.Key.Key_F10)
    settle(qtbot, made)
    assert made.port.decided[0][1].reason == "其他：票据 2 张重复"


def test_a_sum_is_typed_in_yuan_and_kept_in_fen(reviewed: Any, qtbot: Any) -> None:
    port = FakeReviewing()
    port.sheets["case-2"] = r.sheet(r.ROWS[1], r.SETTLE)
    made = reviewed(port, case="case-2")
    made.press(Qt.Key.Key_1)
    focus = QApplication.focusWidget()
    assert isinstance(focus, QLineEdit)
    QTest.keyClicks(focus, "3500.5")
    made.press(Qt.Key.Key_F10)
    settle(qtbot, made)
    assert port.decided[0][1].amount == 350_050


def test_the_trial_calculation_is_offered_as_the_sum(reviewed: Any) -> None:
    port = FakeReviewing()
    port.sheets["case-2"] = r.sheet(r.ROWS[1], r.SETTLE, sum=r.SUM)
    made = reviewed(port, case="case-2")
    made.press(Qt.Key.Key_1)
    assert made.model.said.amount == 1_579_458


def test_esc_goes_one_step_back_and_sends_nothing(reviewed: Any) -> None:
    made = reviewed(case="case-2")
    made.press(Qt.Key.Key_3)
    assert made.model.offer == r.RETURN
    made.press(Qt.Key.Key_Escape)
    assert made.model.offer is None
    assert made.port.decided == []
    assert QApplication.focusWidget() is made.desk.list


def test_two_persons_is_said_before_it_is_tried(reviewed: Any) -> None:
    made = reviewed(case="case-3")
    assert r.SAME.blocked in made.words()
    made.press(Qt.Key.Key_1)
    assert made.model.offer is None
    assert made.port.decided == []


def test_what_was_objected_to_is_read_before_the_form(reviewed: Any) -> None:
    made = reviewed(case="case-3")
    texts = [w.text() for w in made.desk.case.findChildren(QLabel)]
    for one in r.OBJECTIONS:
        assert any(one.about in text and one.words in text for text in texts)
    assert texts.index("异议（窗口记录的“我认为有误”）") < texts.index("填报内容")
    plain = reviewed(case="case-1")
    assert not any("异议" in w.text() for w in plain.desk.case.findChildren(QLabel))


def test_digits_choose_where_to_first_and_then_why(reviewed: Any, qtbot: Any) -> None:
    made = reviewed(case="case-1")
    made.press(Qt.Key.Key_2)
    made.press(Qt.Key.Key_3)
    assert (made.model.said.desk, made.model.said.reason) == ("生育待遇岗", "")
    made.press(Qt.Key.Key_1)
    assert "✓ 生育待遇岗" in made.words()
    made.press(Qt.Key.Key_F10)
    settle(qtbot, made)
    ((_, said, _),) = made.port.decided
    assert (said.desk, said.reason) == ("生育待遇岗", made.port.reasons("transfer")[0].code)


def test_ten_times_f10_is_one_decision(reviewed: Any, qtbot: Any) -> None:
    made = reviewed(case="case-2")
    made.press(Qt.Key.Key_3)
    made.press(Qt.Key.Key_1)
    for _ in range(10):
        made.press(Qt.Key.Key_F10)
    settle(qtbot, made)
    assert len(made.port.decided) == 1


def test_a_decision_begun_is_put_aside_with_its_case(reviewed: Any, qtbot: Any) -> None:
    made = reviewed(case="case-2")
    made.press(Qt.Key.Key_4)
    made.press(Qt.Key.Key_1)
    made.desk.list.choose("case-4")
    settle(qtbot, made)
    assert (made.model.offer, made.model.said.reason) == (None, "")


# --- a hub that is away ---------------------------------------------------------------------------
def test_an_absent_hub_is_said_calmly_and_the_choice_is_kept(reviewed: Any, qtbot: Any) -> None:
    made = reviewed(case="case-2")
    made.press(Qt.Key.Key_4)
    made.press(Qt.Key.Key_1)
    made.port.away = True
    made.press(Qt.Key.Key_F10)
    settle(qtbot, made)
    assert made.model.is_away
    assert made.desk._away.isVisible()
    assert made.keeper.notices.current == ()
    kept = made.model.said
    assert QApplication.focusWidget() is made.desk.decide._send  # not beside it, where Enter would drop it
    assert kept.reason == made.port.reasons("refuse")[0].code
    made.model.refresh()
    settle(qtbot, made)
    made.port.away = False
    made.press(Qt.Key.Key_F10)
    settle(qtbot, made)
    assert [said for _, said, _ in made.port.decided] == [kept]
    assert not made.desk._away.isVisible()


def test_the_same_decision_sent_again_is_the_same_request(reviewed: Any, qtbot: Any) -> None:
    made = reviewed(case="case-2")
    made.press(Qt.Key.Key_3)
    made.press(Qt.Key.Key_1)
    first = made.model._request
    made.port.away = True
    made.press(Qt.Key.Key_F10)
    settle(qtbot, made)
    made.port.away = False
    made.press(Qt.Key.Key_F10)
    settle(qtbot, made)
    assert made.port.decided[0][2] == first
    made.press(Qt.Key.Key_3)
    made.press(Qt.Key.Key_2)
    assert made.model._request != first


def test_a_refusal_is_said_and_what_was_chosen_stays(reviewed: Any, qtbot: Any) -> None:
    made = reviewed(case="case-2")
    made.port.refusal = Problem("amount-wrong", "amount", "与初审金额不一致")
    made.press(Qt.Key.Key_4)
    made.press(Qt.Key.Key_1)
    made.press(Qt.Key.Key_F10)
    settle(qtbot, made)
    assert [notice.code for notice in made.keeper.notices.current] == ["amount-wrong"]
    assert made.model.said.reason


def test_a_hub_that_was_never_there_is_no_crash(reviewed: Any, qtbot: Any) -> None:
    port = FakeReviewing()
    port.away = True
    made = reviewed(port)
    assert made.model.is_away
    port.away = False
    made.model.refresh()
    settle(qtbot, made)
    assert made.model.rows == r.ROWS


# --- what is masked -------------------------------------------------------------------------------
def test_a_look_is_asked_of_the_hub_and_lasts_five_seconds(reviewed: Any, qtbot: Any) -> None:
    made = reviewed(case="case-2")
    assert made.model._hide.interval() == 5000
    made.model._hide.setInterval(30)
    seen: list[bool] = []
    made.model.sheet_changed.connect(lambda: seen.append(made.model.sheet.revealed))
    made.press(Qt.Key.Key_R, CTRL)
    qtbot.waitUntil(lambda: seen == [True, False], timeout=20_000)
    assert made.port.looked == ["case-2"]
    assert "欧阳修远" not in [w.text() for w in made.desk.case.findChildren(QLabel) if not w.isHidden()]


def test_a_value_that_cannot_be_opened_says_why_beside_it(reviewed: Any, qtbot: Any) -> None:
    port = FakeReviewing()
    port.opened["certno"] = r.AnswerLine(
        "certno", "证件号码", "••••", True, "不是为本大厅封存的。请与受理的大厅核对。"
    )
    made = reviewed(port, case="case-2")
    made.press(Qt.Key.Key_R, CTRL)
    settle(qtbot, made)
    shown = [w.text() for w in made.desk.case.findChildren(QLabel) if not w.isHidden()]
    assert "••••　不是为本大厅封存的。请与受理的大厅核对。" in shown
    assert "欧阳修远" in shown, "and hides no other"


def test_an_absent_hub_opens_nothing(reviewed: Any, qtbot: Any) -> None:
    made = reviewed(case="case-2")
    made.port.away = True
    made.press(Qt.Key.Key_R, CTRL)
    settle(qtbot, made)
    assert not made.model.sheet.revealed


def test_f12_covers_everything_and_only_enter_lifts_it(reviewed: Any) -> None:
    made = reviewed(case="case-2")
    made.press(Qt.Key.Key_F12)
    assert made.desk.cover.isVisible()
    made.press(Qt.Key.Key_4)
    made.press(Qt.Key.Key_F10)
    assert made.model.offer is None
    made.press(Qt.Key.Key_Return)
    assert not made.desk.cover.isVisible()


# --- list and panes -------------------------------------------------------------------------------
def test_f6_walks_list_case_and_decision(reviewed: Any) -> None:
    made = reviewed(case="case-2")
    made.press(Qt.Key.Key_F6)
    assert made.desk.case.isAncestorOf(QApplication.focusWidget())
    made.press(Qt.Key.Key_F6)
    assert made.desk.decide.isAncestorOf(QApplication.focusWidget())
    made.press(Qt.Key.Key_F6)
    assert QApplication.focusWidget() is made.desk.list


def test_a_desk_is_chosen_and_the_place_in_the_list_is_kept(reviewed: Any, qtbot: Any) -> None:
    made = reviewed(case="case-2")
    made.port.rows = r.ROWS[1:]
    made.model.refresh()
    settle(qtbot, made)
    assert made.desk.list.chosen().case_id == "case-2"
    made.model.choose_desk("待遇审核岗")
    settle(qtbot, made)
    assert [one.case_id for one in made.model.rows] == ["case-3"]
    assert ("慢特病岗", 26) in made.model.desks


def test_an_empty_desk_says_so(reviewed: Any) -> None:
    port = FakeReviewing()
    port.rows = ()
    made = reviewed(port)
    assert made.desk._empty.isVisible()


def test_a_port_that_cannot_be_made_is_said_in_the_window(qtbot: Any, qapp_dressed: QApplication) -> None:
    def refused() -> Any:
        raise Problem("store-locked", "data", "")

    starter = ReviewStarter(qapp_dressed, refused, load("light", 100), "")
    starter.window.on_close.clear()
    starter.show()
    qtbot.waitUntil(lambda: starter.window.starting._title.text() != "正在准备…", timeout=20_000)
    assert starter.window.desk is None
    starter.window.close()
    starter.close()
