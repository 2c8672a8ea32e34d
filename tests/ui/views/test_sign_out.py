"""退出登录 over records that are not with the hall: it says so, seals them, and only then lets go."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt

from counter_app.problems import Problem
from tests.fakes import snapshots as s
from tests.fakes.keys import focus, press, type_
from tests.ui.conftest import quiet

WAITING = s.replace(s.EMPTY, session=s.SECURED, unsynced=7)


def test_with_everything_at_the_hall_leaving_is_one_command(stand: Any, qtbot: Any) -> None:
    made = stand(s.replace(s.EMPTY, session=s.SECURED))
    made.desk.actions_.run("sign_out")
    quiet(qtbot, made)
    assert made.visit.verbs("sign_out") == [()]
    assert made.desk.lock_cover.isVisible()


def test_unsent_records_are_told_sealed_and_left_by_keys_alone(stand: Any, qtbot: Any) -> None:
    made = stand(WAITING)
    made.desk.actions_.run("sign_out")
    quiet(qtbot, made)
    assert made.model.page == "sign_out"
    assert "还有 7 条记录没有上传" in made.page().title.text()
    assert made.visit.verbs("sign_out") == []
    type_("/media/stick")
    press(Qt.Key.Key_Return)
    assert focus() is made.page().seal
    press(Qt.Key.Key_Return)
    quiet(qtbot, made)
    assert made.counter.sealed_to == ["/media/stick"]
    assert "已封存 7 条记录" in made.page().said.text()
    assert "/media/stick" in made.page().said.text()
    assert focus() is made.page().out
    press(Qt.Key.Key_Return)
    quiet(qtbot, made)
    ((sealed,),) = made.visit.verbs("sign_out")
    assert (sealed.records, sealed.folder) == (7, "/media/stick")
    assert made.desk.lock_cover.isVisible()
    assert made.model.page == "idle"


def test_leaving_without_a_package_is_refused_and_the_clerk_stays(stand: Any, qtbot: Any) -> None:
    made = stand(WAITING)
    made.visit.refusals["sign_out"] = Problem("leave-unsent", "day", "还有 7 条记录没有上传")
    made.desk.actions_.run("sign_out")
    quiet(qtbot, made)
    made.page().out.click()
    quiet(qtbot, made)
    assert made.visit.verbs("sign_out") == [()]
    assert made.desk.lock_cover.isHidden()
    assert made.model.notices.current[-1].code == "leave-unsent"
    assert made.model.page == "sign_out"


def test_what_arrived_meanwhile_is_said(stand: Any, qtbot: Any) -> None:
    made = stand(WAITING)
    made.desk.actions_.run("sign_out")
    made.counter.put(unsynced=0)
    quiet(qtbot, made)
    assert "记录都已上传" in made.page().title.text()
    made.counter.unsent = 0
    made.page().seal.click()
    quiet(qtbot, made)
    assert "不用封存" in made.page().said.text()
    made.page().out.click()
    quiet(qtbot, made)
    assert made.visit.verbs("sign_out") == [()]
