"""What the core platform made of a case is one line more in its story; the case stays where it is."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from counter_app.domain.codec import to_plain
from counter_app.domain.life import Turn
from counter_app.services.life import as_dict, follow, life_of, record_of
from counter_app.sync.remote_hub import Page
from tests.fakes.office import TestOffice
from tests.services.test_visit import case_of


def page(desk: TestOffice, case_id: str, nth: int, words: str) -> Page:
    at = desk.office.now() + timedelta(minutes=nth)
    said = Turn(f"r:{nth}", "registered", "", "", at, "", detail=words)
    row: dict[str, Any] = {"case_id": case_id, "kind": "case.message", "note": to_plain(said), "feed_no": nth}
    return Page(1, nth, (row,))


def test_a_note_is_told_once_and_moves_nothing(desk: TestOffice) -> None:
    desk.identify("li_guifang")
    desk.visit.open_case("CX02")
    desk.visit.set_field("q_kind", "参保状态")
    desk.visit.check()
    desk.visit.submit()
    record = record_of(desk.office, case_of(desk).number)
    before = life_of(desk.office, record)
    first = page(desk, record.case_id, 1, "人员慢特病备案：成功，登记号 SN17")
    assert [follow(desk.office, one) for one in (first, first)] == [1, 0]
    after = life_of(desk.office, record)
    assert (after.step, after.state, after.clocks) == (before.step, before.state, before.clocks)
    line = as_dict(after)["history"][-1]
    assert (line["name"], line["detail"]) == ("核心系统登记", "人员慢特病备案：成功，登记号 SN17")
