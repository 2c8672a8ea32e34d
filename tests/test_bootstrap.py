"""What the one place that joins the parts hands on to them."""

from __future__ import annotations

from pathlib import Path

import pytest

from counter_app.bootstrap import hall_hub, local_hub
from counter_app.domain.actor import Actor
from counter_app.hub.server import serving
from counter_app.problems import Problem
from counter_app.settings import Settings
from counter_app.sync.member import join
from counter_app.wire.enrol import told
from tests.fakes.office import HandClock

CLERK = Actor("0317", "陈静", ("clerk",), "", "3")


def test_the_hall_says_how_often_a_number_is_recalled(tmp_path: Path) -> None:
    clock = HandClock()
    hub = local_hub(Settings(recall_limit=1), tmp_path, bytes(32), clock)
    hub.take("r1")
    called = hub.call("3", "c1", CLERK)
    assert called is not None
    clock.tick(60)
    hub.act(called.ticket_id, "recall", "a1", CLERK)
    clock.tick(60)
    with pytest.raises(Problem, match="recall-limit"):
        hub.act(called.ticket_id, "recall", "a2", CLERK)
    hub.close()


def test_a_desk_that_joined_a_hall_works_with_its_hub(tmp_path: Path) -> None:
    clock = HandClock()
    (tmp_path / "hall").mkdir()
    hall = local_hub(Settings(), tmp_path / "hall", bytes(32), clock)
    code = told(hall.invite("device", Actor("", "", ("system",)), "3"))
    with serving({hall.hall: hall}) as served:
        join(tmp_path / "desk", served.url, code)
        desk = hall_hub(Settings(), tmp_path / "desk", bytes(32), clock)
        desk.take("r1")
        assert [ticket.number for ticket in hall.tickets(clock.now().date())] == ["A001"]
        assert not (tmp_path / "desk" / "hub.db").exists()
        desk.close()
        moved = hall_hub(Settings(hub="http://127.0.0.1:9"), tmp_path / "desk", bytes(32), clock)
        with pytest.raises(Problem, match="hub-away"):
            moved.take("r2")
    hall.close()
