"""A disk that takes its time to sync: whoever asked goes on, reading goes on, nothing is told too early."""

from __future__ import annotations

import os
import threading
from pathlib import Path
from typing import cast

import pytest

from counter_app.bootstrap import Parts
from counter_app.counter import Counter
from counter_app.domain.cases import Fact
from drivers.room import DeviceRoom
from tests.fakes.counter import CLERK
from tests.fakes.office import open_office
from tests.test_counter import NoDevices

LIMIT_S = 20


def test_a_slow_sync_holds_up_the_act_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = open_office(tmp_path / "data")
    counter = Counter(Parts(desk.office, cast(DeviceRoom, NoDevices()), (), hub=desk.hub, folder=desk.folder))
    begun, goes_on, real = threading.Event(), threading.Event(), os.fsync

    def slow(handle: int) -> None:
        begun.set()
        assert goes_on.wait(LIMIT_S), "whoever asked is waiting for the disk"
        real(handle)

    def write() -> str:
        with desk.store.unit(CLERK, desk.clock.now()) as unit:
            return unit.record(Fact("visit.opened", {})).event_id

    monkeypatch.setattr(os, "fsync", slow)
    act = counter.run(write)
    assert begun.wait(60)
    assert not act.done(), "nothing is told before it is on the disk"
    assert desk.store.search_people(desk.cast.people[0].psn_name), "a look needs no writer"
    goes_on.set()
    assert act.result(60) == str(desk.store.facts(after=0)[-1]["event_id"])
    monkeypatch.undo()
    counter.close()
    desk.close()
