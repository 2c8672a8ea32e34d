"""Two clocks: the law's from receipt, the promise from acceptance; both wait while papers are awaited."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from counter_app.catalog.holidays import Holidays, shipped
from counter_app.catalog.model import TransactionType
from counter_app.domain.cases import CaseRecord, CaseState
from counter_app.rehearsal import reviewers
from counter_app.services import decide
from counter_app.services.due import DueCounts, DueLine, due_counts, due_lines, recount
from tests.fakes.filler import Filler
from tests.fakes.office import ZONE, TestOffice
from tests.services.test_decide import accept_mt02
from tests.services.test_visit import case_of

FRIDAY = datetime(2026, 11, 20, 16, 0, tzinfo=ZONE)


def with_limits(desk: TestOffice, type_id: str, statutory: int | None, promised: int | None) -> None:
    kind: TransactionType = desk.catalogue.types[type_id]
    promises = {} if promised is None else {(desk.office.region.id, ""): promised}
    limits = replace(kind.limits, statutory=statutory, promised=promises)
    types = {**desk.catalogue.types, type_id: replace(kind, limits=limits)}
    desk.visit.office = replace(desk.office, catalogue=replace(desk.catalogue, types=types))
    desk.office = desk.visit.office


def line(desk: TestOffice, on: date) -> DueLine:
    (found,) = due_lines(desk.office.calendar, desk.store.due_cases(), on)
    return found


def saved(desk: TestOffice) -> CaseRecord:
    (case,) = desk.store.cases()
    return case


def test_the_law_counts_from_receipt_and_the_promise_from_acceptance(desk: TestOffice) -> None:
    with_limits(desk, "MT02", 10, 5)
    desk.clock.moment = FRIDAY
    desk.identify("li_guifang")
    desk.visit.hold()
    desk.clock.moment = FRIDAY + timedelta(days=3)  # Monday
    desk.visit.resume(desk.visit.view().held[0].visit_id)
    accept_mt02(desk)
    case = saved(desk)
    assert case.received_on == date(2026, 11, 20)
    assert case.clocks.statutory_due == date(2026, 12, 4)  # ten working days after Friday
    assert case.clocks.promised_due == date(2026, 11, 30)  # five after Monday
    assert case.due_on == case.clocks.promised_due


@pytest.mark.parametrize(
    ("on", "statutory", "promised"),
    [
        (date(2026, 11, 24), "green", "green"),
        (date(2026, 11, 27), "green", "yellow"),
        (date(2026, 12, 1), "green", "red"),
        (date(2026, 12, 4), "yellow", "red"),
        (date(2026, 12, 8), "red", "red"),
    ],
)
def test_each_clock_has_its_own_light(desk: TestOffice, on: date, statutory: str, promised: str) -> None:
    with_limits(desk, "MT02", 10, 5)
    accept_mt02(desk)
    found = line(desk, on)
    assert found.row.statutory is not None
    assert found.row.promised is not None
    assert (found.row.statutory.light, found.row.promised.light) == (statutory, promised)


def test_both_clocks_wait_for_a_deferred_material_and_go_on_when_it_comes(desk: TestOffice) -> None:
    with_limits(desk, "MT02", 10, 5)
    number = accept_mt02(desk, defer=True)
    late = next(m.due_on for m in saved(desk).materials if m.due_on)
    assert late == date(2026, 11, 30)
    found = line(desk, date(2026, 11, 25))
    assert found.row.promised is not None
    assert (found.row.promised.light, found.row.promised.due.on) == ("paused", None)
    assert found.supplement is not None
    assert (found.supplement.due.on, found.supplement.light) == (late, "green")
    # On paper stands the day at the latest: five working days after the last day for the material.
    assert saved(desk).due_on == date(2026, 12, 7)
    desk.clock.moment = datetime(2026, 11, 25, 10, 0, tzinfo=ZONE)
    decide.make_good(desk.office, number, "M_EXAM")
    after = saved(desk)
    assert [(p.kind, p.first, p.last) for p in after.clocks.pauses] == [
        ("容缺", date(2026, 11, 23), date(2026, 11, 25))
    ]
    assert after.due_on == date(2026, 12, 2)
    assert line(desk, date(2026, 11, 25)).supplement is None


def test_a_late_material_is_red_before_any_clock(desk: TestOffice) -> None:
    with_limits(desk, "MT02", 10, 5)
    accept_mt02(desk, defer=True)
    found = line(desk, date(2026, 12, 1))
    assert found.supplement is not None
    assert found.supplement.light == "red"
    assert found.as_dict()["supplement"]["left"] == -1


def test_where_nothing_was_promised_there_is_no_such_clock(desk: TestOffice) -> None:
    with_limits(desk, "MT02", None, None)
    accept_mt02(desk)
    found = line(desk, date(2026, 11, 24))
    assert (found.row.statutory, found.row.promised) == (None, None)
    assert saved(desk).due_on is None


def test_an_unpublished_year_is_provisional_and_counted_again(desk: TestOffice) -> None:
    unknown = replace(shipped(), published=frozenset({2025, 2026}))
    with_limits(desk, "MT02", 30, None)
    desk.visit.office = desk.office = replace(desk.office, calendar=unknown)
    accept_mt02(desk)
    before = saved(desk)
    assert before.clocks.is_estimated
    assert before.due_on is not None
    off = frozenset({before.due_on})
    known = Holidays(unknown.off | off, unknown.work, unknown.published | {2027})
    office = replace(desk.office, calendar=known)
    assert recount(office) == 1
    after = saved(desk)
    assert after.due_on is not None
    assert after.due_on > before.due_on
    assert not after.clocks.is_estimated
    assert recount(office) == 0
    fact = desk.store.facts(after.case_id)[-1]
    assert (fact["kind"], fact["body"]["after"]) == ("deadline.recounted", after.due_on.isoformat())


def test_received_only_runs_the_laws_clock_and_corrections_stop_it(desk: TestOffice) -> None:
    with_limits(desk, "MT02", 10, 5)
    desk.identify("li_guifang")
    desk.visit.open_case("MT02")
    desk.visit.receive("M_MTFORM")
    desk.visit.receive_only()
    received = saved(desk)
    assert received.state is CaseState.RECEIVED
    assert received.due_on == date(2026, 12, 7)
    desk.visit.open_case("MT02")
    desk.visit.give_notice()
    told = next(c for c in desk.store.cases() if c.case_id != received.case_id)
    assert [p.kind for p in told.clocks.pauses] == ["补正"]
    assert told.due_on is None
    lines = due_lines(desk.office.calendar, desk.store.due_cases(), date(2026, 12, 8))
    lights = [found.row.statutory.light for found in lines if found.row.statutory]
    assert lights == ["red", "paused"]
    assert all(found.row.promised is None for found in lines)


def test_what_is_decided_is_due_no_more(desk: TestOffice) -> None:
    number = accept_mt02(desk)
    assert len(desk.store.due_cases()) == 1
    reviewers.approve(desk.office, number)
    assert desk.store.due_cases() == []


def test_an_instant_matter_offline_is_promised_for_no_day(desk: TestOffice) -> None:
    desk.identify("li_guifang")
    desk.visit.open_case("YD01")
    verdict = case_of(desk).verdict
    assert verdict is not None
    assert (verdict.kind, verdict.due_on) == ("instant", "")


def test_the_counts_are_of_all_open_cases_and_not_only_of_those_listed() -> None:
    today = date(2026, 11, 23)
    days = {date(2026, 11, 20): 3, today: 2, date(2026, 11, 24): 4, date(2027, 1, 11): 50, None: 6}
    counts = due_counts(shipped(), days, today)
    assert counts == DueCounts(open=65, overdue=3, soon=6, later=50, undated=6)


def test_the_counts_of_a_store_agree_with_its_list(desk: TestOffice) -> None:
    with_limits(desk, "MT02", 10, 5)
    desk.identify("li_guifang")
    accept_mt02(desk)
    (kept,) = desk.store.due_days()
    assert kept == saved(desk).due_on
    late = due_counts(desk.office.calendar, desk.store.due_days(), date(2027, 3, 1))
    assert late == DueCounts(1, 1, 0, 0, 0)
    (shown,) = due_lines(desk.office.calendar, desk.store.due_cases(), date(2027, 3, 1))
    assert shown.row.promised is not None
    assert shown.row.promised.light == "red"


def test_the_green_channel_is_due_the_same_day_and_promised_to_nobody(desk: TestOffice) -> None:
    desk.visit.office = replace(desk.office, region=desk.catalogue.regions["kuitun"])
    desk.office = desk.visit.office
    desk.identify("li_guifang")
    desk.visit.open_case("MT02", "green")
    assert Filler(desk.visit, desk.office.region, desk.office.today()).fill() == []
    verdict = case_of(desk).verdict
    assert verdict is not None
    assert (verdict.target_due, verdict.promised_days) == ("2026-11-23", None)
    desk.visit.submit()
    case = saved(desk)
    assert case.due_on == case.clocks.target_due == date(2026, 11, 23)
    assert case.clocks.promised_days is None
    told = line(desk, date(2026, 11, 23)).as_dict()
    assert told["target"]["light"] == "yellow"
    assert line(desk, date(2026, 11, 24)).as_dict()["target"]["light"] == "red"
    for paper in desk.store.papers():
        assert json.loads(paper.content).get("due_on", "") != "2026-11-23"
        assert json.loads(paper.content).get("promised_days") is None


def test_a_collected_case_has_no_such_goal(desk: TestOffice) -> None:
    desk.visit.office = replace(desk.office, region=desk.catalogue.regions["kuitun"])
    desk.office = desk.visit.office
    desk.identify("li_guifang")
    desk.visit.open_case("MT02", "collected")
    assert Filler(desk.visit, desk.office.region, desk.office.today()).fill() == []
    desk.visit.submit()
    assert saved(desk).clocks.target_due is None
    assert saved(desk).due_on == saved(desk).clocks.promised_due
