"""What the training panel plugs in later is started by the first press and used like any other device."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from counter_app.bootstrap import Parts
from counter_app.counter import Counter
from counter_app.demo.beside import PANEL, DeskPorts, join
from counter_app.demo.hall import DemoHall
from counter_app.demo.panel import actions
from counter_app.device_bench import DeviceBench, Place
from drivers.protocols import PrintJob
from drivers.room import DeviceRoom
from drivers.simulate import Refused, Remote
from drivers.simulators import SimulatedDevices
from tests.drivers.contract.asking import Asked
from tests.fakes.citizen_acts import acted
from tests.fakes.office import open_office

LIMIT_MS = 60_000
DECK = Path(__file__).resolve().parents[2] / "resources" / "demo" / "people.toml"


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Any]:
    """A demo hall's desk, with none of the simulators that start with it."""
    desk, room = open_office(tmp_path / "data"), DeviceRoom({})
    bench = DeviceBench(room, Place(tmp_path, str(tmp_path)), lambda lines: PrintJob("", ""), lambda: ())
    parts = Parts(desk.office, room, (), hub=desk.hub, folder=desk.folder, bench=bench)
    counter = Counter(parts)
    desk.visit = counter.visit
    simulators = SimulatedDevices(tmp_path, DECK)
    yield SimpleNamespace(
        parts=parts,
        simulators=simulators,
        cable=None,
        tray=SimpleNamespace(set=print),
        counter=counter,
        data=tmp_path,
        closers=[],
    )
    counter.close()
    simulators.stop()
    desk.close()


def test_a_strip_and_a_rater_are_plugged_in_by_a_press(hall: Any) -> None:
    found = {(one.group, one.title): one for one in actions(cast(DemoHall, hall), {})}
    assert hall.simulators.devices() == ()
    found["窗口屏", "接上窗口屏"].run()
    hall.counter.run(hall.counter.visit.view).result()
    hall.parts.room.use("led", lambda device: None, 60_000)
    look = found["窗口屏", "看窗口屏"]
    assert (look.is_told, look.run()) == (True, "green 3号窗口 欢迎办理")
    assert not hall.counter.can("rate")
    found["评价器", "接上评价器"].run()
    found["评价器", "接上评价器"].run()
    assert hall.counter.can("rate")
    assert {"led", "rater", "signpad"} <= {remote.name for remote in hall.simulators.devices()}


def test_a_sign_pad_is_plugged_in_and_used_from_another_terminal(hall: Any) -> None:
    ports = DeskPorts(cast(DemoHall, hall))
    ports.serve()
    desk = Remote(hall.data / "simulators" / "desk.sock")
    assert not hall.counter.can("sign")
    assert desk.do("plug", {"device": "signpad"}) == "已接上签名板"
    asked = Asked(lambda: hall.counter.sign_on_pad("属实", LIMIT_MS))
    acted(hall.simulators.device("signpad"), "sign", {})
    assert asked.result(60).image.startswith(b"\x89PNG")
    desk.do("unplug", {"device": "signpad"})
    assert not hall.counter.can("sign")
    with pytest.raises(Refused):
        desk.do("plug", {"device": "kettle"})
    hall.closers.pop()()
    assert "desk" not in {remote.name for remote in hall.simulators.devices()}


def test_every_action_of_the_panel_is_one_its_device_has(hall: Any) -> None:
    for role, (_, _, acts) in PANEL.items():
        known = {action.name for action in join(cast(DemoHall, hall), role).actions()}
        assert {action for _, action, _ in acts} <= known, role
        assert role == "eseal" or {"plug", "unplug"} <= known, role
