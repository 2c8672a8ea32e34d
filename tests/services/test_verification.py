"""待核 is cleared by somebody who compared, once the line is back and the hub has everything."""

from __future__ import annotations

import pytest

from counter_app.problems import Problem
from counter_app.services.verification import to_verify, verified
from counter_app.sync.drain import drain
from tests.fakes.office import TestOffice
from tests.services.test_offline import cut_line
from tests.services.test_visit import accept_yd01, case_of


@pytest.fixture
def waiting(desk: TestOffice) -> str:
    """The number of a case accepted while the line was cut; it is back now."""
    desk.identify("li_guifang")
    cut_line(desk)
    accept_yd01(desk)
    desk.visit.office = desk.office
    return case_of(desk).number


def pushed(desk: TestOffice) -> None:
    drain(desk.store, desk.hub, desk.store.settle)


def listed(desk: TestOffice) -> list[str]:
    return [case.number for case in to_verify(desk.store, desk.catalogue)]


def test_it_is_listed_until_somebody_found_that_it_agrees(desk: TestOffice, waiting: str) -> None:
    assert listed(desk) == [waiting]
    assert case_of(desk).provisional
    pushed(desk)
    desk.visit.verify()
    assert listed(desk) == []
    assert not case_of(desk).provisional
    assert [tile.provisional for tile in desk.visit.view().tiles] == [False]
    (fact,) = [f for f in desk.store.facts() if f["kind"] == "case.verified"]
    assert fact["body"] == {"case": waiting, "agrees": True, "why": ""}
    with pytest.raises(Problem, match="verify-not-due"):
        verified(desk.office, waiting)


def test_one_that_differs_says_why_and_stays_until_it_is_put_right(desk: TestOffice, waiting: str) -> None:
    pushed(desk)
    with pytest.raises(Problem, match="reason-needed"):
        verified(desk.office, waiting, agrees=False)
    desk.visit.verify(False, "参保已暂停")
    assert listed(desk) == [waiting]
    assert case_of(desk).provisional
    pushed(desk)
    verified(desk.office, waiting)
    assert listed(desk) == []
    kinds = [f["kind"] for f in desk.store.facts() if f["kind"] in ("case.doubted", "case.verified")]
    assert kinds == ["case.doubted", "case.verified"]


def test_nobody_compares_with_a_hub_that_is_away_or_has_not_got_it(desk: TestOffice, waiting: str) -> None:
    with pytest.raises(Problem, match="verify-unsent"):
        verified(desk.office, waiting)
    cut_line(desk)
    with pytest.raises(Problem, match="hub-away"):
        verified(desk.visit.office, waiting)
    with pytest.raises(Problem, match="not-found"):
        verified(desk.office, "261123-001-AAA-9999-0")


def test_what_was_accepted_with_the_line_up_is_never_listed(desk: TestOffice) -> None:
    desk.identify("li_guifang")
    accept_yd01(desk)
    assert listed(desk) == []


def test_by_its_number_it_is_verified_from_any_visit_also_one_put_aside(
    desk: TestOffice, waiting: str
) -> None:
    pushed(desk)
    visit_id = desk.visit.state.visit_id
    desk.visit.hold()
    with pytest.raises(Problem, match="not-open"):
        desk.visit.verify()
    with pytest.raises(Problem, match="not-found"):
        desk.visit.verify(number="261123-001-AAA-9999-0")
    desk.visit.verify(number=waiting)
    assert listed(desk) == []
    view = desk.visit.resume(visit_id)
    assert [tile.provisional for tile in view.tiles] == [False]
