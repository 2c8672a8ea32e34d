from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.policy.rates import Rates
from counter_app.policy.suspicions import (
    KINDS,
    Errand,
    Invoice,
    Seen,
    Sighting,
    Stay,
    Supply,
    marks,
)

DAY = date(2026, 11, 2)
PEOPLE, CASES = st.sampled_from(["p", "q", ""]), st.sampled_from(["c1", "c2", "c3", "c4"])
DAYS = st.integers(0, 60).map(lambda n: DAY + timedelta(days=n))
LENGTHS = st.integers(0, 9)
STAYS = st.builds(lambda c, p, d, n: Stay(c, p, d, d + timedelta(days=n)), CASES, PEOPLE, DAYS, LENGTHS)
SEEN = st.builds(
    Seen,
    st.lists(STAYS),
    st.lists(st.builds(Sighting, CASES, PEOPLE, DAYS, st.booleans())),
    st.lists(st.builds(Supply, CASES, PEOPLE, DAYS, st.integers(0, 6))),
    st.lists(st.builds(Errand, CASES, st.sampled_from(["a", "b"]), PEOPLE, DAYS)),
    st.lists(st.builds(Invoice, CASES, st.sampled_from(["1", "2", ""]))),
)
ALL = {
    "suspicion.stay_overlap_days": 1,
    "suspicion.seen_during_stay": True,
    "suspicion.doubtful_times": 2,
    "suspicion.agent_people": 2,
    "suspicion.agent_days": 7,
    "suspicion.invoice_once": True,
    "prescription.max_months": 3,
}


def rates(**given: Any) -> Rates:
    return Rates(None, DAY, {name.replace("__", "."): value for name, value in given.items()})


def kinds(given: dict[str, Any], seen: Seen) -> list[str]:
    return [mark.kind for mark in marks(Rates(None, DAY, given), seen)]


def day(n: int) -> date:
    return DAY + timedelta(days=n)


@given(SEEN)
def test_without_a_parameter_nothing_is_marked(seen: Seen) -> None:
    assert marks(rates(), seen) == ()


@given(SEEN)
def test_a_mark_names_its_cases_its_measure_and_accuses_nobody(seen: Seen) -> None:
    for mark in marks(Rates(None, DAY, ALL), seen):
        assert mark.cases
        assert set(mark.cases) <= {"c1", "c2", "c3", "c4"}
        assert mark.parameter in ALL
        assert mark.kind in KINDS
        assert "核对" in mark.text
        assert not [word for word in ("违规", "骗", "诈") if word in mark.text]


@given(SEEN, st.randoms())
def test_the_order_of_what_was_seen_means_nothing(seen: Seen, shuffle: Any) -> None:
    def mixed(things: Any) -> list[Any]:
        return shuffle.sample(list(things), len(things))

    other = Seen(*(mixed(getattr(seen, name)) for name in Seen.__dataclass_fields__))
    found, again = marks(Rates(None, DAY, ALL), seen), marks(Rates(None, DAY, ALL), other)
    for kind in ("bed", "identity", "invoice"):
        assert {m.id for m in found if m.kind == kind} == {m.id for m in again if m.kind == kind}


@pytest.mark.parametrize(("first", "expected"), [(5, []), (4, ["bed"]), (6, [])])
def test_two_stays_share_more_than_the_day_of_moving(first: int, expected: list[str]) -> None:
    stays = [Stay("c1", "p", day(0), day(5)), Stay("c2", "p", day(first), day(9))]
    assert kinds({"suspicion.stay_overlap_days": 1}, Seen(stays=stays)) == expected
    of_two = [stays[0], Stay("c2", "q", day(0), day(5))]
    assert kinds({"suspicion.stay_overlap_days": 1}, Seen(stays=of_two)) == []


@pytest.mark.parametrize(("on", "expected"), [(0, []), (1, ["bed"]), (4, ["bed"]), (5, [])])
def test_who_lies_in_hospital_does_not_stand_at_the_window(on: int, expected: list[str]) -> None:
    seen = Seen(stays=[Stay("c1", "p", day(0), day(5))], sightings=[Sighting("c2", "p", day(on))])
    assert kinds({"suspicion.seen_during_stay": True}, seen) == expected
    assert kinds({"suspicion.seen_during_stay": False}, seen) == []


def test_doubt_about_a_face_counts_cases_not_lines() -> None:
    once = [Sighting("c1", "p", day(0), True), Sighting("c1", "p", day(0), True), Sighting("c2", "p", day(1))]
    assert kinds({"suspicion.doubtful_times": 2}, Seen(sightings=once)) == []
    assert kinds({"suspicion.doubtful_times": 1}, Seen(sightings=once)) == ["identity"]


@pytest.mark.parametrize(("later", "expected"), [(89, ["quantity"]), (90, [])])
def test_medicine_is_used_up_before_there_is_more(later: int, expected: list[str]) -> None:
    supplies = [Supply("c1", "p", day(0), 3), Supply("c2", "p", day(later), 1)]
    assert kinds({"prescription.max_months": 3}, Seen(supplies=supplies)) == expected


def test_one_agent_may_speak_for_so_many_and_no_more() -> None:
    errands = [Errand(f"c{n}", "a", f"p{n}", day(n)) for n in range(3)]
    limits = {"suspicion.agent_people": 2, "suspicion.agent_days": 7}
    assert kinds(limits, Seen(errands=errands)) == ["agent"]
    assert kinds(limits, Seen(errands=errands[:2])) == []
    assert kinds({**limits, "suspicion.agent_days": 2}, Seen(errands=errands)) == []
    assert kinds({"suspicion.agent_people": 2}, Seen(errands=errands)) == []
    same = [Errand(f"c{n}", "a", "p", day(n)) for n in range(3)]
    assert kinds(limits, Seen(errands=same)) == []


def test_an_invoice_pays_once() -> None:
    invoices = [Invoice("c1", "A-1"), Invoice("c2", "A-1"), Invoice("c1", "B-1"), Invoice("c1", "B-1")]
    (mark,) = marks(rates(suspicion__invoice_once=True), Seen(invoices=invoices))
    assert (mark.kind, mark.cases) == ("invoice", ("c1", "c2"))
    again = marks(rates(suspicion__invoice_once=True), Seen(invoices=invoices[::-1]))
    assert [one.id for one in again] == [mark.id]


def test_agents_have_no_published_measure_anywhere(regions: Any) -> None:
    for region in regions.values():
        assert region.parameter("suspicion.agent_people", date(2026, 11, 20)) is None
