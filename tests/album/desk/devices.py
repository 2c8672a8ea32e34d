"""Devices: their pages, what is lost, pages photographed."""

from __future__ import annotations

from typing import Any

from drivers.protocols import DeviceHealth, Fault
from tests.fakes import snapshots as s
from tests.fakes.page_pictures import page_picture
from tests.fakes.stand import quiet


def device_page(qtbot: Any, make: Any) -> Any:
    made = make(s.FILLING)
    made.desk.actions_.run("devices")
    return made


def device_choice(qtbot: Any, make: Any) -> Any:
    made = device_page(qtbot, make)
    quiet(qtbot, made)
    made.page().open_choice("printer")
    return made


def device_drivers(qtbot: Any, make: Any) -> Any:
    made = device_page(qtbot, make)
    quiet(qtbot, made)
    made.page().open_drivers()
    return made


def device_profiles(qtbot: Any, make: Any) -> Any:
    made = device_page(qtbot, make)
    quiet(qtbot, made)
    made.page().open_profiles()
    return made


def lost(made: Any, role: str = "printer", code: str = "printer-absent") -> None:
    """A device that worked is gone."""
    made.counter.tell(DeviceHealth(role, "x.y", True))
    made.counter.tell(DeviceHealth(role, "x.y", False, code, "HP_LaserJet_3F"))


def device_lost(qtbot: Any, make: Any) -> Any:
    made = make(s.FILLING)
    lost(made)
    return made


def repair(qtbot: Any, make: Any) -> Any:
    made = device_lost(qtbot, make)
    qtbot.waitUntil(lambda: made.model.device_watch.newest is not None)
    made.desk.actions_.run("repair")
    return made


def photograph(qtbot: Any, make: Any) -> Any:
    made = make(s.FILLING)
    made.counter.lens = [page_picture(), page_picture("出院小结")]
    made.desk.materials.focus_in("M_SETTLE")
    made.desk.actions_.run("photograph")
    quiet(qtbot, made)
    made.desk.actions_.run("photograph")
    return made


def photograph_none(qtbot: Any, make: Any) -> Any:
    made = make(s.FILLING)
    made.counter.lens = [Fault("page-camera-none", "document_camera")]
    made.desk.materials.focus_in("M_SETTLE")
    made.desk.actions_.run("photograph")
    return made


SCENES = {
    "photograph": photograph,
    "photograph-none": photograph_none,
    "devices": device_page,
    "devices-choice": device_choice,
    "devices-drivers": device_drivers,
    "devices-profiles": device_profiles,
    "device-lost": device_lost,
    "repair": repair,
}
