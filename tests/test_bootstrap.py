"""What the one place that joins the parts hands on to them."""

from __future__ import annotations

from pathlib import Path

import pytest

from counter_app.bootstrap import local_hub
from counter_app.domain.actor import Actor
from counter_app.problems import Problem
from counter_app.settings import Settings
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
