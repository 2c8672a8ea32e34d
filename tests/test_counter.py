"""The joined counter: what reviewers did at the hub shows at the window by itself."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, cast

import pytest

from counter_app.bootstrap import Parts
from counter_app.counter import Counter
from counter_app.domain.cases import CaseState, Fact
from counter_app.domain.life import Wish
from counter_app.hub.local import LocalHub
from counter_app.late_hub import LateHub
from counter_app.problems import Problem
from counter_app.rehearsal.reviewers import FIRST, SECOND
from counter_app.services.handover import deliver
from drivers.room import DeviceRoom
from tests.fakes.office import TestOffice, open_office
from tests.services.test_decide import accept_mt02

LIMIT_S = 60


class NoDevices:
    """A desk without devices."""

    def watch(self, tell: Callable[[object], None]) -> None: ...

    def states(self) -> tuple[Any, ...]:
        return ()

    def has(self, role: str) -> bool:
        return False

    def close(self) -> None: ...


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[TestOffice]:
    opened = open_office(tmp_path / "data")
    yield opened
    opened.close()


@pytest.fixture
def counter(desk: TestOffice) -> Iterator[Counter]:
    made = Counter(Parts(desk.office, cast(DeviceRoom, NoDevices()), (), hub=desk.hub, folder=desk.folder))
    desk.visit = made.visit
    yield made
    made.close()


def test_a_decision_reaches_the_window_and_its_paper_the_citizen(desk: TestOffice, counter: Counter) -> None:
    arrived, told = threading.Event(), threading.Event()

    def look(_: object) -> None:
        record = next(iter(desk.store.cases()), None)
        if record is not None and desk.hub.case(record.number):
            arrived.set()
        if record is not None and record.state is CaseState.DONE:
            told.set()

    counter.on_change(look)
    number = counter.run(lambda: accept_mt02(desk)).result()
    assert arrived.wait(LIMIT_S)
    case_id = desk.store.cases()[0].case_id
    for nth, (act, by) in enumerate([("claim", FIRST), ("pass", FIRST), ("second", SECOND)]):
        desk.hub.move(case_id, Wish(f"r{nth}", act), by)
    counter.run(lambda: None)  # any press of a key wakes the sync lane
    assert told.wait(LIMIT_S)
    counter.run(lambda: deliver(desk.office, number, "窗口", "本人签收")).result()
    assert [paper.kind for paper in desk.store.papers(number)] == ["SLTZ", "BJTZ"]


def test_a_starting_desk_asks_its_hub_nothing_until_it_has_settled(desk: TestOffice, tmp_path: Path) -> None:
    opened, told = threading.Event(), threading.Event()

    def make() -> LocalHub:
        opened.set()
        raise Problem("store-newer", "hub.db")

    hub = LateHub(make)
    parts = Parts(desk.office, cast(DeviceRoom, NoDevices()), (), hub=hub, folder=tmp_path)
    made = Counter(parts, settled=False)
    made.on_change(lambda view: told.set() if "store-newer" in {one.code for one in view.notices} else None)
    made.run(made.visit.view).result()
    assert not opened.is_set()
    made.settle_in()
    assert opened.wait(LIMIT_S)
    assert told.wait(LIMIT_S)
    made.close()


def test_a_hall_that_has_just_begun_is_told_no_news_however_soon_it_works(
    desk: TestOffice, tmp_path: Path
) -> None:
    parts = Parts(desk.office, cast(DeviceRoom, NoDevices()), (), hub=desk.hub, folder=tmp_path)
    made = Counter(parts)
    made.settle_in()
    made.aside(lambda: None).result()
    with desk.office.ports.storage.unit(desk.office.actor, desk.office.now()) as unit:
        unit.record(Fact("access.read", {"what": "tel"}))
    assert not made.has_news()
    made.close()


def test_a_first_paper_is_made_ready_a_step_at_a_time_until_nothing_is_left(
    desk: TestOffice, tmp_path: Path
) -> None:
    parts = Parts(desk.office, cast(DeviceRoom, NoDevices()), (), hub=desk.hub, folder=tmp_path)
    made = Counter(parts)
    assert [made.get_ready().result() for _ in range(3)] == [True, False, False]
    made.close()
    again = Counter(parts)
    again.get_all_ready()
    assert again.get_ready().result() is False  # behind all of them, on the same lane
    again.close()


def test_a_counter_is_settling_while_the_palette_is_made_ready(desk: TestOffice, tmp_path: Path) -> None:
    parts = Parts(desk.office, cast(DeviceRoom, NoDevices()), (), hub=desk.hub, folder=tmp_path)
    made, go_on = Counter(parts), threading.Event()
    assert not made.is_settling()
    held = made.aside(lambda: go_on.wait(LIMIT_S))
    made.settle_in()
    assert made.is_settling()
    go_on.set()
    assert held.result()
    made.aside(lambda: None).result()  # behind the index, on the same lane
    assert not made.is_settling()
    made.close()
