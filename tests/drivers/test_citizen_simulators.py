"""The simulated devices before the citizen are processes that another terminal drives."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from drivers import registry, simulate
from drivers.beside_simulator import ROLES
from drivers.gwq.simulator import CustomerScreen
from drivers.protocols import Fault, LedText, SealWish, Teller
from drivers.simulator_library import library
from drivers.simulators import SimulatedDevices
from tests.drivers.contract.asking import Asked
from tests.fakes.citizen_acts import acted
from tests.fakes.vendor_citizen import simulated

LIMIT_MS = 60_000
PIN = b"24680"
PDF = b"%PDF-1.4\nstartxref\n0\n%%EOF\n"
LINES = (("姓名", "李*芳"),)
# By role: what the desk asks, what the citizen does meanwhile, and what came of it.
ASKED: Mapping[str, tuple[Callable[[Any], Any], str, Mapping[str, str], Callable[[Any], object], object]] = {
    "rater": (lambda d: d.ask("备案", LIMIT_MS), "press", {"level": "4"}, lambda told: told.level, 4),
    "signpad": (lambda d: d.sign("属实", LIMIT_MS), "sign", {}, lambda told: told.image[1:4], b"PNG"),
    "fingerprint": (lambda d: d.capture("请按", LIMIT_MS), "press", {}, lambda told: told.quality, 80),
    "pinpad": (
        lambda d: d.ask("enter", LIMIT_MS),
        "type",
        {"pin": "24680"},
        lambda told: told.secret,
        b"24680",
    ),
    "customer_screen": (lambda d: d.confirm("核对", LINES, LIMIT_MS), "wrong", {}, lambda told: told, False),
}


@contextmanager
def process(module: str, data: Path) -> Iterator[dict[str, Any]]:
    """A simulator as the demo starts it; it ends by itself when its owner is gone."""
    argv = [sys.executable, "-m", module, "--data", str(data)]
    with subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        assert running.stdin is not None
        yield json.loads(running.stdout.readline())
        running.stdin.close()
        assert running.wait(60) == 0


def test_each_is_asked_by_the_desk_and_answered_from_another_terminal(tmp_path: Path) -> None:
    with process("drivers.beside_simulator", tmp_path) as told:
        assert told["missing"] == {}
        assert set(told["roles"]) == set(ROLES)
        devices = {remote.name: remote for remote in simulate.found(tmp_path)}
        assert len(devices) == len(ROLES)
        for role, (ask, action, given, shown, wanted) in ASKED.items():
            one = told["roles"][role]
            device = registry.open(one["driver"], one["config"])
            asked = Asked(lambda device=device, ask=ask: ask(device))  # type: ignore[misc]
            acted(devices[one["device"]], action, given)
            assert shown(asked.result(60)) == wanted, role
            device.close()
        strip = registry.open("leds.frame", told["roles"]["led"]["config"])
        strip.show(LedText("请 A016 号"))
        assert devices["led"].do("look") == "red 请 A016 号"
        strip.close()
        seal = registry.open("eseals.http", told["roles"]["eseal"]["config"])
        seal.seal(SealWish(PDF, "1"))
        assert devices["eseal"].do("count") == "用印 1 次"
        seal.close()
    assert simulate.found(tmp_path) == ()


def test_one_alone_is_the_same_device(tmp_path: Path) -> None:
    with process("drivers.signpads.simulator", tmp_path) as told:
        (remote,) = simulate.found(tmp_path)
        device = registry.open("signpads.vendor_pad", {"lib": told["lib"], "port": told["port"]})
        asked = Asked(lambda: device.sign("属实", LIMIT_MS))
        acted(remote, "sign", {})
        assert asked.result(60).image.startswith(b"\x89PNG")
        device.close()


def test_without_a_compiler_what_has_no_library_is_missing_and_says_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    simulators = SimulatedDevices(tmp_path / "data", tmp_path / "nobody")
    assert simulators.join("led")[0] == "leds.frame"
    with pytest.raises(Fault) as caught:
        simulators.join("signpad")
    simulators.stop()
    assert (caught.value.code, caught.value.detail) == ("device-unavailable", "缺少程序 gcc")


def test_a_library_is_compiled_once(tmp_path: Path) -> None:
    source = Path(simulate.__file__).parent / "signpads" / "simulator.c"
    made = library(source, tmp_path)
    before = made.stat().st_mtime_ns
    assert library(source, tmp_path) == made
    assert made.stat().st_mtime_ns == before


def test_two_threads_join_one_process(tmp_path: Path) -> None:
    simulators = SimulatedDevices(tmp_path / "data", tmp_path / "nobody")
    told: list[str] = []
    threads = [
        threading.Thread(target=lambda role=role: told.append(simulators.join(role)[0]))  # type: ignore[misc]
        for role in ("led", "rater", "led")
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(told) == ["leds.frame", "leds.frame", "raters.serial_line"]
    assert len(simulators.devices()) == len(ROLES)
    simulators.stop()


def test_a_screen_that_is_asked_no_more_shows_what_it_showed_before(tmp_path: Path) -> None:
    screen = simulated(CustomerScreen, tmp_path)
    device = registry.open("gwq.vendor_gwq", screen.config)
    device.welcome(Teller("3", "陈静", "0317", "综合柜员"))
    with pytest.raises(Fault, match="citizen-timeout"):
        device.sign("属实", 200)
    asked = Asked(lambda: device.confirm("核对", LINES, LIMIT_MS))
    while "核对" not in screen.seen():
        threading.Event().wait(0.01)
    with pytest.raises(simulate.Refused, match="请核对"):  # a key that page has not
        screen.do("sign", {})
    screen.do("agree", {})
    assert asked.result(60) is True
    assert screen.seen() == "0317 陈静 综合柜员"
    device.close()
    screen.close()
