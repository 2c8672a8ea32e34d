"""不识字 at the desk: read, two numbers, finger; without a reader the ink pad is named."""

from __future__ import annotations

from typing import Any

from tests.fakes import snapshots as s
from tests.ui.conftest import quiet
from tests.ui.faces.test_ways import enter, told, typed


def test_two_numbers_and_then_the_finger(stand: Any, qtbot: Any) -> None:
    made = stand(s.FILLING)
    made.counter.able |= {"finger", "say"}
    made.desk.actions_.run("attest")
    quiet(qtbot, made)
    page = made.page()
    assert page.first.text() == s.EMPTY.clerk_no
    assert s.FILLING.case is not None
    assert s.FILLING.case.name in page.said.text()
    page.aloud.click()
    quiet(qtbot, made)
    assert len(made.counter.heard) == 1
    assert s.FILLING.case.name in made.counter.heard[0]
    typed("0402")
    enter(qtbot, made)
    enter(qtbot, made)
    quiet(qtbot, made)
    ((numbers, words),) = made.visit.verbs("attest")
    assert numbers == (s.EMPTY.clerk_no, "0402")
    ((image, under, how, device),) = made.visit.verbs("sign")
    assert (image[:4], under, how, device) == (b"\x89PNG", words, "finger", "finger")


def test_without_a_reader_paper_and_ink_are_the_way(stand: Any, qtbot: Any) -> None:
    made = stand(s.FILLING)
    made.desk.actions_.run("attest")
    quiet(qtbot, made)
    assert not made.page().aloud.isVisible()
    typed("0402")
    enter(qtbot, made)
    enter(qtbot, made)
    quiet(qtbot, made)
    assert made.visit.verbs("sign") == []
    assert told(made) == ["已记下念读和见证"]
