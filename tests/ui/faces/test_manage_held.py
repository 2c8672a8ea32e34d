"""异常处置 of a lost device's records: two managers by keyboard, and what the page says in between."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt

from counter_app.domain.actor import Actor
from counter_app.domain.exceptions import HELD, RELEASE
from tests.fakes.hall import Hall
from tests.fakes.lost_device import handed_in
from tests.fakes.manage_place import odd, settle

Key = Qt.Key


def test_the_first_word_is_shown_and_only_another_persons_lets_them_in(
    managed: Any, hall: Hall, qtbot: Any
) -> None:
    handed_in(hall)
    made = managed()
    made.press(Key.Key_6, Qt.KeyboardModifier.AltModifier)
    settle(qtbot, made)
    for code in ("", "two-needed"):
        (found,) = made.model.odd
        assert (found.title, found.number) == ("已报失设备送来记录", "")
        made.desk.page.table.choose(found.id)
        made.press(Key.Key_1)
        assert [one.label for one in made.model.offer.choices] == ["放行报失前的记录", "不予收录"]
        made.press(Key.Key_1)
        made.press(Key.Key_3)  # the first reason stands behind the two ways
        made.press(Key.Key_F10)
        settle(qtbot, made)
        assert [one.code for one in made.model.notices.current if one.code] == [code] * bool(code)
    assert "工号 0301 已提出放行，待另一人确认" in made.model.odd[0].detail
    assert hall.hub.cases() == []
    hall.hub.settle_exception(found.id.partition("|")[0], HELD, RELEASE, "已核对", Actor("0302", ""))
    assert len(hall.hub.cases()) == 2
    made.model.refresh()
    settle(qtbot, made)
    assert HELD not in {one.id.partition("|")[2] for one in made.model.odd}


def test_the_records_stand_masked_below_their_exception_and_below_no_other(
    managed: Any, hall: Hall, qtbot: Any
) -> None:
    handed_in(hall)
    odd(hall)
    made = managed()
    made.press(Key.Key_6, Qt.KeyboardModifier.AltModifier)
    settle(qtbot, made)
    page = made.desk.page
    held = next(one for one in made.model.odd if one.id.endswith(f"|{HELD}"))
    page.table.choose(held.id)
    settle(qtbot, made)
    assert page.acts.isVisible()
    shown = [row.cells[1:5] for row in page.acts.rows_.rows]
    matter = "门诊慢特病待遇认定"
    assert shown == [("受理", "0001-A", matter, "单*芳"), ("受理", "0002-A", matter, "阿***逊")]
    page.table.choose(next(one.id for one in made.model.odd if one.id != held.id))
    settle(qtbot, made)
    assert not page.acts.isVisible()
