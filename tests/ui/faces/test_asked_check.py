"""核对 on a customer screen: asked by the check page itself, called off when it is left, once per answers."""

from __future__ import annotations

from typing import Any

import pytest

from drivers.protocols import Fault
from tests.fakes import snapshots as s
from tests.fakes.case_snapshots import YD01
from tests.ui.conftest import quiet
from tests.ui.faces.test_citizen_side import beside, told

__all__ = ["beside"]


@pytest.fixture
def made(stand: Any) -> Any:
    opened = stand(s.FILLING)
    opened.counter.able = {"confirm"}
    return opened


def test_the_citizen_reads_what_the_clerk_sees_and_agrees(made: Any, qtbot: Any) -> None:
    made.model.go(checking=True)
    quiet(qtbot, made)
    ((title, lines),) = made.counter.confirmed
    assert title == YD01.name
    assert dict(lines)["姓名"] == s.FILLING.principals[0].name
    assert made.visit.verbs("check") == [(True,)]
    assert made.visit.verbs("submit") == []
    assert told(made) == "群众已在客户屏确认无误"


def test_what_is_wrong_leads_back_to_the_form(made: Any, qtbot: Any) -> None:
    made.counter.agrees = False
    made.model.go(checking=True)
    quiet(qtbot, made)
    assert (made.model.page, made.visit.verbs("check")) == ("fill", [])
    assert made.visit.verbs("object_to") == [("群众核对", "群众在客户屏上按了“有误”")]
    assert told(made) == "群众表示内容有误"


def test_a_page_that_is_left_is_called_off_and_its_answer_forgotten(made: Any, qtbot: Any) -> None:
    made.counter.reads.clear()
    made.model.go(checking=True)
    qtbot.waitUntil(lambda: len(made.counter.confirmed) == 1, timeout=60_000)
    made.model.go(checking=False)
    quiet(qtbot, made)
    assert made.counter.called_off == ["confirm"]
    assert made.visit.verbs("check") == []
    made.model.go(checking=True)
    quiet(qtbot, made)
    assert len(made.counter.confirmed) == 2


def test_a_screen_that_does_not_answer_is_asked_once_and_said(made: Any, qtbot: Any) -> None:
    made.counter.fault = Fault("citizen-timeout", "180000")
    made.model.go(checking=True)
    quiet(qtbot, made)
    made.counter.put(unsynced=3)
    quiet(qtbot, made)
    assert len(made.counter.confirmed) == 1
    assert "citizen-timeout" in [notice.code for notice in made.model.notices.current]
    assert made.model.page == "check"


def test_without_a_customer_screen_or_beside_a_second_screen_nobody_is_asked(
    stand: Any, beside: Any, qtbot: Any
) -> None:
    alone = stand(s.FILLING)
    alone.model.go(checking=True)
    quiet(qtbot, alone)
    assert alone.counter.confirmed == []
    both, _ = beside(s.FILLING)
    both.counter.able = {"confirm"}
    both.model.go(checking=True)
    quiet(qtbot, both)
    assert both.counter.confirmed == []
