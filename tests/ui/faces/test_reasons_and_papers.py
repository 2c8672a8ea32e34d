"""Objections on the basis page, what comes off papers, and the agent's relation: by keys on the desk."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from counter_app.domain.invoices import Invoice
from counter_app.problems import Problem
from counter_app.services.visit_view import ChoiceView, FieldView, PromptView, SpeakerView
from tests.fakes import snapshots as s
from tests.fakes.keys import CTRL, press, type_
from tests.ui.conftest import quiet
from ui.viewmodels.choices import ChoiceIndex
from ui.viewmodels.form import fields_to_show, first_open

ALT = Qt.KeyboardModifier.AltModifier


def test_an_objection_is_written_down_with_enter_and_the_page_stays(stand: Any, qtbot: Any) -> None:
    made = stand()
    press(Qt.Key.Key_E, CTRL)
    quiet(qtbot, made)
    page = made.page()
    page._words.setFocus()
    press(Qt.Key.Key_Return)
    assert made.visit.verbs("object_to") == []  # nothing was said
    page._words.setFocus()
    type_("2019")
    press(Qt.Key.Key_Return)
    quiet(qtbot, made)
    assert made.visit.verbs("object_to") == [("判断", "2019")]
    assert made.model.page == "basis"
    assert page._words.text() == ""
    assert made.model.notices.current[-1].title == "异议已记录"


def test_a_scanned_answer_leads_to_the_next_open_row(stand: Any, qtbot: Any) -> None:
    calm = replace(s.FILLING.case, problems=())
    made = stand(s.replace(s.FILLING, case=calm))
    made.editor("from").setFocus()
    fields = tuple(
        replace(f, value="310000", display="上海市", source="scan") if f.key == "place" else f
        for f in calm.fields
    )
    scanned = replace(calm, fields=fields)
    made.counter.put(case=scanned)
    goal = first_open(fields_to_show(scanned))
    assert goal is not None
    assert goal.key not in ("place", "from")
    quiet(qtbot, made)
    # The row may be built a little after its page.
    qtbot.waitUntil(lambda: made.editor(goal.key).isAncestorOf(QApplication.focusWidget()), timeout=10_000)


def test_alt_down_goes_to_what_is_empty_when_nothing_is_wrong(stand: Any, qtbot: Any) -> None:
    made = stand()
    made.editor("hospital").setFocus()
    press(Qt.Key.Key_Down, ALT)
    assert QApplication.focusWidget() is made.editor("place")


@pytest.mark.parametrize(("relation", "page"), [("", "speaker"), ("子女", "fill")])
def test_who_is_said_to_be_the_agent_is_asked_for_the_relation_alone(
    stand: Any, qtbot: Any, relation: str, page: str
) -> None:
    prompt = PromptView("second_card", ("agent", "replace", "related", "cancel"))
    made = stand(s.replace(s.FILLING, prompt=prompt))
    made.counter.put(prompt=None, speaker=SpeakerView("kin", fields={"agnter_rlts": relation}))
    qtbot.waitUntil(lambda: made.model.view.prompt is None, timeout=60_000)
    quiet(qtbot, made)
    assert made.model.page == page


def test_a_list_before_its_free_text_comes_first() -> None:
    code = FieldView("code", "医院", "institution_code")
    name = FieldView("name", "医院名称", "text", required=True)
    other = FieldView("new", "新定点", "institution_code", required=True)
    assert first_open((code, name)) is code
    assert first_open((replace(code, value="H1"), replace(name, value="x"))) is not None
    assert first_open((code, other)) is other
    assert first_open(()) is None


def test_our_own_codes_give_way_to_the_place_in_the_list() -> None:
    index = ChoiceIndex(
        [ChoiceView("spouse", "配偶"), ChoiceView("390", "居民"), ChoiceView("in_law", "公婆")]
    )
    assert [index.mark(choice) for choice in index.choices] == ["1", "390", "3"]
    assert index.find("3")[0].code == "in_law"
    assert index.settled("1") == index.choices[0]


def test_bills_that_came_as_files_are_read_with_enter(stand: Any, qtbot: Any) -> None:
    bills = (Invoice("37060226", "1100734521", 12850), Invoice("37060226", "1100734522", 900))
    made = stand()
    made.counter.received = Problem("invoice-file", "file", "a.txt")
    made.desk.actions_.run("bills")
    quiet(qtbot, made)
    assert QApplication.focusWidget() is made.page().file
    type_("a.txt")
    press(Qt.Key.Key_Return)
    quiet(qtbot, made)
    assert [n.code for n in made.model.notices.current] == ["invoice-file"]
    assert made.page().said.text() == ""
    made.counter.received = bills
    press(Qt.Key.Key_Return)
    quiet(qtbot, made)
    assert made.visit.verbs("add_invoices") == [(bills,)]
    assert made.model.page == "fill"
