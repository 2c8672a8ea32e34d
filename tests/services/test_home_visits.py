"""上门服务: booked at the hall, carried by two, done at the home, once."""

from __future__ import annotations

from datetime import date

import pytest

from counter_app.domain.filings import FilingState
from counter_app.problems import Problem
from counter_app.services import home_visits
from tests.fakes.office import TestOffice

STAFF = ["0317", "0402"]


def booking(desk: TestOffice) -> str:
    """An accepted 上门服务预约 for tomorrow; its number."""
    desk.identify("li_guifang")
    desk.visit.open_case("FW09")
    told = {
        "why": "失能、半失能",
        "visit_addr": "CANARY 路 1 号",
        "visit_on": "2026-11-24",
        "items": "异地备案",
    }
    for key, text in told.items():
        desk.visit.set_field(key, text)
    desk.visit.check(True)
    desk.visit.submit()
    desk.visit.finish()
    return desk.store.cases()[0].number


def test_a_booking_becomes_an_appointment_with_a_sealed_address(desk: TestOffice) -> None:
    filing = home_visits.book(desk.office, booking(desk), "YD01", STAFF, "resident")
    assert [f.filing_id for f in home_visits.booked(desk.office, date(2026, 11, 24))] == [filing.filing_id]
    assert home_visits.booked(desk.office, date(2026, 11, 25)) == ()
    kept = desk.store.filing(filing.filing_id)
    assert kept is not None
    assert (kept.address, kept.staff) == ("CANARY 路 1 号", ("0317", "0402"))
    with desk.store.database.read() as connection:
        assert "CANARY" not in connection.exec_driver_sql("SELECT body FROM filings").scalar_one()


def test_it_is_booked_once_and_only_from_a_booking(desk: TestOffice) -> None:
    number = booking(desk)
    home_visits.book(desk.office, number, "YD01", STAFF)
    home_visits.book(desk.office, number, "YD01", STAFF)
    assert len(desk.store.filings()) == 1
    with pytest.raises(Problem, match="filing-conflict"):
        home_visits.book(desk.office, number, "YD01", ["0317", "0500"])
    with pytest.raises(Problem, match="not-found"):
        home_visits.book(desk.office, "no", "YD01", STAFF)
    desk.identify("wang_min")
    desk.visit.open_case("CX02")
    desk.visit.check(True)
    desk.visit.submit()
    with pytest.raises(Problem, match="state-wrong"):
        home_visits.book(desk.office, desk.store.cases()[0].number, "YD01", STAFF)


def test_the_visit_books_by_number_and_by_the_words_of_a_matter(desk: TestOffice) -> None:
    number = booking(desk)
    desk.visit.book_visit(f" {number} ", "YD01/resident", STAFF)
    (filing,) = desk.store.filings()
    assert (filing.filing_id, filing.situation, filing.staff) == (f"{number}:YD01", "resident", tuple(STAFF))
    with pytest.raises(Problem, match="type-unknown"):
        desk.visit.book_visit(number, "没有的事项", STAFF)


@pytest.mark.parametrize("staff", [[], ["0317"], ["0317", " 0317 "], ["0317", ""]])
def test_nobody_goes_alone(desk: TestOffice, staff: list[str]) -> None:
    with pytest.raises(Problem, match="home-visit-staff"):
        home_visits.book(desk.office, booking(desk), "YD01", staff)
    with pytest.raises(Problem, match="home-visit-staff"):
        desk.visit.start_home_visit(staff)
    assert not desk.visit.state.is_open


def test_every_case_of_the_visit_says_so_and_the_appointment_is_over(desk: TestOffice) -> None:
    filing = home_visits.book(desk.office, booking(desk), "YD01", STAFF, "resident")
    desk.visit.start_home_visit(STAFF)
    desk.visit.pick_up(filing.filing_id)
    desk.visit.take(desk.card("li_guifang"))
    desk.visit.witness("verified")
    desk.visit.set_field("rloc_admdvs", "上海市")
    desk.visit.set_field("by_commit", "是")
    for code in ("M_YDFORM", "M_CNS"):
        desk.visit.receive(code)
    desk.visit.check(True)
    desk.visit.submit()
    desk.visit.open_case("CX02")  # asked for at the door
    desk.visit.check(True)
    desk.visit.submit()
    came = [case.came for case in desk.store.cases()[:2]]
    assert [(c.channel, c.staff) for c in came] == [("home_visit", ("0317", "0402"))] * 2
    kept = desk.store.filing(filing.filing_id)
    assert kept is not None
    assert kept.state is FilingState.DONE
    desk.visit.finish()
    assert desk.visit.state.came.channel == "desk"
