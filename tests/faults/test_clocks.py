"""Wrong clocks: whatever the time does, ids grow, numbers and places stay unique, the chain holds."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from counter_app.domain.cases import Fact
from counter_app.hub.local import LocalHub
from counter_app.storage import audit
from tests.fakes.counter import CLERK, MORNING, Desk, SetClock, accept

FAR, OLD = datetime(2099, 6, 1, tzinfo=UTC), datetime(2000, 1, 1, tzinfo=UTC)
SHANGHAI, TOKYO = timezone(timedelta(hours=8)), timezone(timedelta(hours=9))
MOVES = {
    "back an hour": (MORNING, MORNING - timedelta(hours=1), MORNING),
    "back a day": (MORNING, MORNING - timedelta(days=1), MORNING),
    "back to 2000": (MORNING, OLD, MORNING),
    "to 2099 and back": (MORNING, FAR, MORNING, FAR, MORNING),
    "over midnight and back": (
        datetime(2026, 11, 23, 23, 59, 59, tzinfo=SHANGHAI),
        datetime(2026, 11, 24, 0, 0, 1, tzinfo=SHANGHAI),
        datetime(2026, 11, 23, 23, 59, 59, tzinfo=SHANGHAI),
    ),
    "over the year's end": (
        datetime(2026, 12, 31, 23, 59, 59, tzinfo=SHANGHAI),
        datetime(2027, 1, 1, tzinfo=SHANGHAI),
    ),
    "over the 29th of February": (
        datetime(2028, 2, 28, 23, tzinfo=SHANGHAI),
        datetime(2028, 2, 29, 12, tzinfo=SHANGHAI),
        datetime(2028, 3, 1, 0, tzinfo=SHANGHAI),
    ),
    "another time zone": (MORNING.astimezone(SHANGHAI), MORNING.astimezone(TOKYO), MORNING),
}


@pytest.mark.parametrize("moves", MOVES.values(), ids=list(MOVES))
def test_whatever_the_clock_does(tmp_path: Path, moves: tuple[datetime, ...]) -> None:
    desk = Desk(tmp_path / "data", SetClock(moves[0]))
    numbers, backwards = [], 0
    before = moves[0]
    for at in moves:
        desk.clock.at = at
        store = desk.open()  # and over a restart
        numbers += [accept(store, at).number for _ in range(2)]
        backwards += at < before - timedelta(minutes=2)
        before = at
        store.close()
    store = desk.open()
    facts = store.facts(after=0)
    ids = [str(fact["event_id"]) for fact in facts]
    assert ids == sorted(set(ids)), "ids grow"
    assert [fact["seq"] for fact in facts] == list(range(1, len(facts) + 1))
    assert len(set(numbers)) == len(numbers)
    assert [fact["kind"] for fact in facts].count("clock.suspect") == backwards
    assert audit.verify(store)[0]
    store.close()


def test_a_step_in_the_middle_of_a_unit(tmp_path: Path) -> None:
    """A unit has one moment: what the clock does meanwhile tears nothing apart."""
    desk = Desk(tmp_path / "data")
    store = desk.open()
    with store.unit(CLERK, desk.clock.now()) as unit:
        first = unit.next_number(desk.clock.now().date())
        unit.record(Fact("visit.opened", {}))
        desk.clock.at = OLD
        unit.record(Fact("visit.closed", {}))
        second = unit.next_number(MORNING.date())
    assert (first[:6], second[:6]) == ("261123", "261123")
    assert {fact["wall_ms"] for fact in store.facts(after=0)} == {int(MORNING.timestamp() * 1000)}
    store.close()


@pytest.mark.parametrize("hub_at", [OLD, FAR], ids=["in 2000", "in 2099"])
def test_a_hub_whose_clock_is_wrong_takes_every_fact(tmp_path: Path, hub_at: datetime) -> None:
    desk = Desk(tmp_path / "data")
    store = desk.open()
    accept(store)
    hub = LocalHub(tmp_path, bytes(32), "001", SetClock(hub_at))
    verdicts = hub.push(store.waiting(10))
    assert [one["verdict"] for one in verdicts] == ["accepted"] * 4
    store.settle(verdicts)
    assert store.outbox().waiting == 0
    hub.close()
    store.close()
