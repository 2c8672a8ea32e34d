"""异常处置 of a lost device's records: two managers by keyboard, and what the page says in between."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt

from counter_app.domain.actor import Actor
from counter_app.domain.exceptions import HELD, RELEASE
from counter_app.hub.held import hold
from counter_app.hub.reported import report
from counter_app.hub.rows import to_ms
from tests.fakes.hall import Hall
from tests.fakes.manage_place import settle
from tests.hub.envelopes import accepted
from tests.hub.stores import HALL

Key = Qt.Key


def handed_in(hall: Hall) -> None:
    """A laptop that was reported lost in the evening has sent two acceptances of the morning."""
    now = to_ms(hall.clock.now())
    facts = [accepted(seq, f"261123-001-K7Q-000{seq}-A", device="K7Q") for seq in (1, 2)]
    hall.hub.lane.do(lambda c: report(c, HALL, "laptop", 1 << 50))
    hall.hub.lane.do(lambda c: hold(c, HALL, "laptop", facts, now))


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
