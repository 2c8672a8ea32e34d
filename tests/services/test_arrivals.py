"""报修 in clock minutes: nights and holidays count, and it comes before what has the whole day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.catalog.holidays import shipped
from counter_app.catalog.load import load_catalogue
from counter_app.domain.cases import CaseRecord, CaseState, Clocks
from counter_app.services.arrivals import arrival, arrival_day, arrive_by
from counter_app.services.due import due_lines, recounted
from tests.fakes.filler import Filler
from tests.fakes.office import ZONE, TestOffice

REGIONS = load_catalogue().regions
RIZHAO = REGIONS["rizhao"]
moments = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31)).map(
    lambda at: at.replace(second=0, microsecond=0)
)


@given(moments, st.integers(-600, 600))
def test_the_minutes_of_the_region_are_counted_through_night_and_holiday(at: datetime, after: int) -> None:
    answers = {"report_at": f"{at:%Y-%m-%d %H:%M}"}
    by = at.replace(tzinfo=ZONE) + timedelta(minutes=30)
    assert arrive_by(RIZHAO, answers) == by
    assert arrival_day(RIZHAO, answers) == by.date()
    found = arrival(RIZHAO, answers, by - timedelta(minutes=after))
    assert found is not None
    assert (found.left, found.light.value) == (after, "red" if after < 0 else "yellow")


@pytest.mark.parametrize("name", sorted(set(REGIONS) - {"rizhao"}))
def test_a_region_without_minutes_shows_none(name: str) -> None:
    assert arrive_by(REGIONS[name], {"report_at": "2026-11-22 09:30"}) is None


def test_nothing_reported_is_nothing_due() -> None:
    assert arrive_by(RIZHAO, {}) is None
    assert arrive_by(RIZHAO, {"report_at": ""}) is None
    assert arrive_by(None, {"report_at": "2026-11-22 09:30"}) is None


@given(st.lists(st.one_of(moments, moments.map(lambda at: at.date())), min_size=1, max_size=8))
def test_of_one_day_minutes_come_first_and_days_are_in_order(dues: list[datetime | date]) -> None:
    calendar, today = shipped(), date(2026, 11, 23)
    cases = [_case(nth, due) for nth, due in enumerate(dues)]
    now = datetime(2026, 11, 23, 9, 0, tzinfo=ZONE)
    lines = due_lines(calendar, cases, today, minutes=(RIZHAO, now))
    keys = [(one.case.due_on or date.max, one.arrival is None) for one in lines]
    assert keys == sorted(keys)
    at = [one.arrival.at for one in lines if one.arrival]
    assert at == sorted(at)


def test_a_repair_taken_in_stands_in_the_due_list_by_its_minute(desk: TestOffice) -> None:
    desk.visit.serve_walk_in()
    desk.visit.open_case("FW07")
    assert Filler(desk.visit, desk.office.region, desk.office.today()).fill() == []
    view = desk.visit.view()
    assert view.case is not None
    assert view.case.verdict is not None
    desk.visit.check(True)
    desk.visit.submit()
    (case,) = desk.store.cases()
    by = arrive_by(desk.office.region, case.answers)
    assert by is not None
    assert view.case.verdict.arrive_by == f"{by:%Y-%m-%d %H:%M}"
    assert case.due_on == by.date() == recounted(desk.office.calendar, case).due_on
    here = (desk.office.region, by + timedelta(minutes=1))
    (line,) = due_lines(desk.office.calendar, desk.store.due_cases(), by.date(), minutes=here)
    told = line.as_dict()["arrival"]
    assert told == {"due_at": by.isoformat(), "left_minutes": -1, "light": "red"}


def _case(nth: int, due: datetime | date) -> CaseRecord:
    blank = CaseRecord(
        case_id=str(nth), number=f"N{nth}", type_id="X", type_name="X", situation="",
        state=CaseState.ACCEPTED, principal_name="", person_id="", party="self", pack="",
        received_on=date(2026, 1, 1), accepted_at=datetime(2026, 1, 1, tzinfo=ZONE),
        business_date=date(2026, 1, 1), due_on=None, answers={}, materials=(),
    )  # fmt: skip
    if isinstance(due, datetime):
        told = {"report_at": f"{due - timedelta(minutes=30):%Y-%m-%d %H:%M}"}
        return replace(blank, answers=told, due_on=due.date())
    return replace(blank, clocks=Clocks(target_due=due), due_on=due)
