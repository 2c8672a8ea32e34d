"""The hall around the windows over real HTTP passes the same contract as the one inside the desk."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from counter_app.hub.local import LocalHub
from counter_app.hub.server import serving
from counter_app.hub.tokens import Bearer
from counter_app.services.hall_port import Hall
from counter_app.sync.remote_hall import RemoteHall
from tests.hub.hall_contract import Floor, HallContract
from tests.hub.stores import HALL, RULES, HandClock


class TestRemoteHall(HallContract):
    @pytest.fixture
    def floor(self, tmp_path: Path) -> Iterator[Floor]:
        clock = HandClock()
        hub = LocalHub(tmp_path, bytes(32), HALL, clock, RULES)
        with serving({HALL: hub}) as served:
            remote = RemoteHall(served.url, hub.issue(Bearer(HALL, "device")))
            fits: Hall = remote
            yield Floor(fits, clock)
            remote.close()
        hub.close()
