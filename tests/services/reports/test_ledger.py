"""What reports read from a real store: cases and the facts that made them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from pathlib import Path

import pytest

from counter_app.catalog.load import load_catalogue
from counter_app.domain.actor import Actor
from counter_app.domain.cases import Fact
from counter_app.domain.life import Wish
from counter_app.rehearsal.reviewers import FIRST, SECOND
from counter_app.services.life import follow
from counter_app.services.reports import at_desk, span
from counter_app.services.reports.ledger import case_files
from counter_app.services.reports.model import CaseFile, Period
from counter_app.sync.drain import drain
from counter_app.sync.pull import pull
from tests.fakes.office import TestOffice, certno, open_office
from tests.services.test_decide import accept_mt02
from tests.services.test_visit import accept_yd01, case_of


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[TestOffice]:
    opened = open_office(tmp_path / "data", load_catalogue())
    yield opened
    opened.close()


def files(desk: TestOffice, period: Period | None = None) -> tuple[CaseFile, ...]:
    secrets = desk.office.ports.secrets
    return case_files(desk.store, secrets.open, period or Period())


def happens(desk: TestOffice, kind: str, **body: object) -> None:
    """A later fact about the only case."""
    (case,) = desk.store.cases()
    with desk.store.unit(desk.office.actor, desk.clock.now()) as unit:
        unit.record(Fact(kind, {"case": case.number, **body}, case.case_id))


def test_time_at_the_window_run_from_the_visit_or_the_case_before(desk: TestOffice) -> None:
    desk.identify("li_guifang")
    desk.clock.tick(300)
    accept_yd01(desk)
    desk.clock.tick(120)
    desk.visit.open_case("CX02")
    desk.visit.set_field("q_kind", "参保状态")
    for material in case_of(desk).materials:
        if material.state == "missing":
            desk.visit.receive(material.code)
    desk.visit.check()
    desk.visit.submit()
    assert [case.seconds for case in files(desk)] == [300, 120]


def test_an_instant_case_is_one_visit_done_the_same_day(desk: TestOffice) -> None:
    desk.identify("li_guifang")
    accept_yd01(desk)
    (case,) = files(desk)
    assert (case.channel, case.visits, case.finished, case.insurance) == ("desk", 1, case.day, "310")
    assert not case.was_deferred


def test_who_comes_back_with_a_late_paper_came_twice(desk: TestOffice) -> None:
    desk.identify("wang_min")
    desk.visit.open_case("GZ02")
    desk.visit.take(desk.card("li_guifang"))
    desk.visit.answer("related")
    desk.visit.set_field("relation", "父母")
    desk.visit.receive("M_ACCTAUTH")
    desk.visit.defer("M_KIN")
    desk.visit.check()
    desk.visit.submit()
    (waiting,) = files(desk)
    assert (waiting.visits, waiting.was_deferred, waiting.finished) == (1, True, None)
    desk.clock.tick(3 * 86400)
    happens(desk, "material.made_good", code="M_KIN")
    happens(desk, "review.decided", outcome="extend")
    happens(desk, "review.decided", outcome="approve")
    (done,) = files(desk)
    assert (done.visits, done.was_extended) == (2, True)
    assert done.finished == done.day + timedelta(days=3)


def test_the_way_in_is_what_the_acceptance_says(desk: TestOffice) -> None:
    desk.identify("li_guifang")
    accept_yd01(desk)
    (case,) = desk.store.cases()
    told = {**desk.store.facts(case.case_id)[0]["body"], "came": {"channel": "online"}}
    with desk.store.unit(desk.office.actor, desk.clock.now()) as unit:
        unit.record(Fact("case.accepted", told, case.case_id))
    (seen,) = files(desk)
    assert (seen.channel, seen.visits, seen.seconds) == ("online", 0, None)


def test_who_was_visited_at_home_did_not_come(desk: TestOffice) -> None:
    desk.identify("li_guifang")
    accept_yd01(desk)
    (case,) = desk.store.cases()
    happens(desk, "case.accepted", came={"channel": "home_visit"}, visit_id=case.visit_id)
    (seen,) = files(desk)
    assert (seen.channel, seen.visits, seen.seconds) == ("home_visit", 0, None)


def test_the_age_of_who_was_helped_and_of_nobody_else(desk: TestOffice) -> None:
    desk.identify("li_guifang")
    desk.visit.toggle_help()
    accept_yd01(desk)
    (case,) = files(desk)
    born = int(certno("li_guifang")[6:10])
    assert case.age is not None
    assert abs(case.age - (case.day.year - born)) <= 1


def test_a_period_leaves_out_what_was_taken_in_on_other_days(desk: TestOffice) -> None:
    desk.identify("li_guifang")
    accept_yd01(desk)
    today = desk.clock.now().date()
    assert len(files(desk, Period(today, today))) == 1
    assert files(desk, Period(today + timedelta(days=1))) == ()
    assert files(desk, Period(None, date(2020, 1, 1))) == ()


def test_a_desk_shows_its_own_sums_and_no_ratings(desk: TestOffice) -> None:
    desk.identify("li_guifang")
    accept_yd01(desk)
    shown = {table.id: table for table in at_desk(desk.office, "day")}
    assert shown["channels"].lines[0][:3] == ("窗口", 1, 1)
    assert "ratings" not in shown
    assert "李桂芳" not in str(shown)


def test_spans_end_today() -> None:
    today = date(2026, 11, 20)
    assert span("day", today) == Period(today, today)
    assert span("month", today) == Period(date(2026, 11, 1), today)
    assert span("year", today) == Period(date(2026, 1, 1), today)
    assert span("all", today) == Period()


def test_what_reviewers_did_behind_the_counter_counts(desk: TestOffice) -> None:
    accept_mt02(desk)
    drain(desk.store, desk.hub, desk.store.settle)
    (case,) = files(desk)
    assert (case.finished, case.was_extended) == (None, False)
    desk.clock.tick(2 * 86400)
    supervisor = Actor("0301", "周主任", ("supervisor",))
    acts = [
        ("claim", FIRST, {}),
        ("extend", FIRST, {"days": 5, "reason": "extend.complex"}),
        ("grant", supervisor, {}),
        ("pass", FIRST, {}),
        ("second", SECOND, {}),
    ]
    case_id = desk.store.cases()[0].case_id
    for nth, (act, by, more) in enumerate(acts):
        desk.hub.move(case_id, Wish(f"r{nth}", act, **more), by)
    pull(desk.store, desk.hub, partial(follow, desk.office))
    (case,) = files(desk)
    assert (case.finished, case.was_extended) == (desk.clock.now().date(), True)
