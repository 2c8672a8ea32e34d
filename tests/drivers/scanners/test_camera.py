"""Codes before a camera: each told once while in sight, whatever else the camera sees."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest

from drivers import registry
from drivers.protocols import Fault, Scan
from drivers.scanners.camera import CodeCamera, Sightings
from drivers.scanners.camera_simulator import Lens
from drivers.simulate import Refused
from drivers.vouchers.simulator_code import mint
from tests.fakes.listening import Listener
from tests.fakes.platform import PEOPLE


def test_a_code_in_sight_is_new_once_and_again_after_it_was_away() -> None:
    seen = Sightings(1500)
    assert seen.new(["a", "b", "a"], 0.0) == ["a", "b"]
    assert seen.new(["a"], 1.4) == []
    assert seen.new(["a"], 2.8) == []  # in sight all the time
    assert seen.new(["b", "a"], 3.0) == ["b"]
    assert seen.new(["a"], 4.6) == ["a"]


@pytest.mark.parametrize("tilt", ["0", "17", "45", "180"])
def test_any_code_of_ours_is_read_however_it_is_held(tmp_path: Path, tilt: str) -> None:
    lens = Lens(PEOPLE, tmp_path / "lens")
    camera = CodeCamera(str(tmp_path / "lens"), again_ms=10)
    assert camera.look(60) == []
    for text in (mint(PEOPLE[0]), "OW1T.abc-_9", "11010519491231002X"):
        lens.do("scan", {"text": text, "tilt": tilt})
        assert camera.look(2000) == [text]
    lens.do("voucher", {"person": PEOPLE[0].key})
    (code,) = camera.look(2000)
    assert code.startswith("424")
    camera.close()


def test_a_lost_camera_is_a_fault_and_opened_again(tmp_path: Path) -> None:
    lens = Lens((), tmp_path / "lens")
    camera = CodeCamera(str(tmp_path / "lens"))
    lens.do("away", {})
    assert camera.look(60) == []
    lens.unplug()
    with pytest.raises(Fault) as caught:
        camera.look(60)
    assert caught.value.code == "device-gone"
    lens.plug()
    lens.do("scan", {"text": "OW1T.abc"})
    assert camera.look(2000) == ["OW1T.abc"]
    with pytest.raises(Refused):
        lens.do("scan", {"text": ""})


def test_in_its_host_a_pulled_plug_is_told_once_and_its_return_too(tmp_path: Path) -> None:
    lens = Lens((), tmp_path / "lens")
    heard = Listener()
    device: Any = registry.open("scanners.camera", {"port": str(tmp_path / "lens"), "again_ms": 100})
    device.watch(heard, heard)
    assert heard.wait(lambda told: True, 20) is None
    lens.unplug()
    assert heard.wait(lambda told: isinstance(told, Fault), 10).code == "device-gone"
    lens.plug()
    assert heard.wait(lambda told: True, 10) is None
    lens.do("scan", {"text": "OW1R.back"})
    assert heard.wait(lambda told: isinstance(told, Scan), 10).text == "OW1R.back"
    pid = device.health().pid
    device.close()
    assert not (Path("/proc") / str(pid) / "cwd").exists()
    assert not [t for t in threading.enumerate() if t.name == "scanner" and t.is_alive()]


def test_no_port_is_refused_at_opening() -> None:
    with pytest.raises(Fault) as caught:
        registry.open("scanners.camera", {})
    assert caught.value.code in ("device-unavailable", "device-broken")
