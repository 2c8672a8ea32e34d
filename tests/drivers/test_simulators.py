"""The simulated devices of a desk together, through the room, as the demo hall and rehearsals use them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from drivers import registry, simulate
from drivers.protocols import CardRead, Fault, IdCardRead, LedText, Scan
from drivers.room import DeviceRoom
from drivers.simulators import SimulatedDevices
from tests.fakes.listening import Listener
from tests.fakes.living import has_ended, is_running

pytestmark = pytest.mark.pcsc
ROOT = Path(__file__).resolve().parents[2]
DECK = ROOT / "resources" / "demo" / "people.toml"
OWNER = """
import json, sys
from pathlib import Path
from drivers.simulators import SimulatedDevices
devices = SimulatedDevices(Path(sys.argv[1]), Path(sys.argv[2])).start()
pids = [p.pid for p in devices._processes.values()] + [devices._pcscd.pid]
print(json.dumps(pids), flush=True)
sys.stdin.read()
"""


@pytest.fixture
def devices(pcscd: Any, tmp_path: Path) -> Iterator[SimulatedDevices]:
    with SimulatedDevices(tmp_path, DECK) as started:
        yield started


@pytest.fixture
def room(devices: SimulatedDevices, tmp_path: Path) -> Iterator[DeviceRoom]:
    papers = {"printer": ("printers.pdf_folder", {"folder": str(tmp_path / "papers")})}
    made = DeviceRoom({**devices.choices(), **papers}, limit_ms=1000)
    yield made
    made.close()


@pytest.fixture
def heard(room: DeviceRoom) -> Listener:
    listener = Listener()
    room.watch(listener)
    for role in ("card", "idcard", "scanner"):
        if not next(s for s in room.states() if s.role == role).ok:
            listener.wait(lambda told, role=role: getattr(told, "role", "") == role and told.ok)  # type: ignore[misc]
    return listener


def test_everything_starts_and_says_what_it_can_do(devices: SimulatedDevices) -> None:
    assert devices.missing == {}
    assert set(devices.choices()) == {"card", "idcard", "scanner", "voucher"}
    told = {device.name: {action.name for action in device.actions()} for device in devices.devices()}
    assert told["card"] == {"insert", "insert_described", "remove"}
    assert {"paper_out", "paper_in"} <= told["receipt"]
    assert {"lay", "lay_described", "lift"} <= told["idcard"]
    assert {"voucher", "scan", "unplug", "plug"} <= told["scanner"]
    assert told["platform"] == {"behave"}


def test_a_card_from_the_panel_reaches_the_listener_as_a_person(
    devices: SimulatedDevices, heard: Listener
) -> None:
    devices.device("card").do("insert", {"card": "long_name"})
    told = heard.wait(lambda t: isinstance(t, CardRead))
    assert len(told.name) == 25
    assert told.complete
    devices.device("card").do("remove")
    assert heard.event("removed").reader == told.reader


@pytest.mark.parametrize(
    ("trouble", "code"),
    [
        ("mute", "card-mute"),
        ("pull", "card-removed"),
        ("dead", "card-mute"),
        ("wrong", "card-wrong"),
        ("locked", "card-locked"),
    ],
)
def test_each_trouble_of_the_panel_reaches_the_listener_by_its_name(
    devices: SimulatedDevices, heard: Listener, trouble: str, code: str
) -> None:
    devices.device("card").do("insert", {"card": "wang_min", "trouble": trouble})
    role, fault = heard.wait(lambda t: isinstance(t, tuple))
    devices.device("card").do("remove")
    heard.event("removed")
    assert (role, fault.code) == ("card", code)


def test_an_identity_card_from_the_panel_reaches_the_listener_as_a_person(
    devices: SimulatedDevices, heard: Listener
) -> None:
    devices.device("idcard").do("lay", {"card": "wang_min"})
    told = heard.wait(lambda t: isinstance(t, IdCardRead))
    assert (told.name, told.complete, told.kind) == ("王敏", True, "resident")


def test_a_shown_voucher_is_scanned_and_resolved_to_its_owner(
    devices: SimulatedDevices, room: DeviceRoom, heard: Listener
) -> None:
    devices.device("scanner").do("voucher", {"person": "yi"})
    scan = heard.wait(lambda t: isinstance(t, Scan))
    assert scan.kind == "voucher"
    assert room.resolve(scan.text, "01101").user_name == "𬱖晓梅"


@pytest.mark.parametrize(
    ("mode", "code"),
    [("away", "voucher-away"), ("refused", "voucher-refused"), ("garbled", "voucher-garbled")],
)
def test_a_platform_in_trouble_is_a_fault(
    devices: SimulatedDevices, room: DeviceRoom, heard: Listener, mode: str, code: str
) -> None:
    devices.device("platform").do("behave", {"mode": mode})
    devices.device("scanner").do("voucher", {"person": "yi"})
    scan = heard.wait(lambda t: isinstance(t, Scan))
    with pytest.raises(Fault) as caught:
        room.resolve(scan.text, "")
    assert caught.value.code == code


def test_a_described_card_is_taken_and_a_senseless_one_refused(
    devices: SimulatedDevices, heard: Listener
) -> None:
    card = devices.device("card")
    card.do("insert_described", {"text": 'name = "古丽·䶮"\nidno = "11010519491231002X"\nversion = "1.00"'})
    assert heard.wait(lambda t: isinstance(t, CardRead)).name == "古丽·䶮"
    card.do("remove")
    heard.event("removed")
    with pytest.raises(simulate.Refused, match="nmae"):
        card.do("insert_described", {"text": '{"nmae": "王"}'})


def test_another_terminal_drives_the_devices(
    devices: SimulatedDevices, heard: Listener, tmp_path: Path
) -> None:
    call = "import sys; from pathlib import Path; from drivers.simulate import main; "
    call += "sys.exit(main(sys.argv[2:], Path(sys.argv[1])))"
    argv = [sys.executable, "-c", call, str(tmp_path), "scanner", "scan", "text=-"]
    done = subprocess.run(argv, input="OW1T.abc", text=True, capture_output=True, check=True)
    assert done.stdout == "已扫\n"
    assert heard.wait(lambda t: isinstance(t, Scan)).kind == "ticket"


def test_a_killed_owner_leaves_no_process_behind(tmp_path: Path) -> None:
    pipe = subprocess.PIPE
    environment = {k: v for k, v in os.environ.items() if k != "PCSCLITE_CSOCK_NAME"}
    argv = [sys.executable, "-c", OWNER, str(tmp_path), str(DECK)]
    owner = subprocess.Popen(argv, stdin=pipe, stdout=pipe, env=environment)
    assert owner.stdout is not None
    assert owner.stdin is not None
    pids = json.loads(owner.stdout.readline())
    assert all(is_running(pid) for pid in pids)
    owner.send_signal(signal.SIGKILL)
    owner.wait()
    owner.stdout.close()
    owner.stdin.close()
    assert all(has_ended(pid) for pid in pids)
    assert simulate.found(tmp_path) == ()


def test_what_is_plugged_in_later_is_started_once_and_works(devices: SimulatedDevices) -> None:
    assert not {"led", "rater"} & {remote.name for remote in devices.devices()}
    driver, config = devices.join("led")
    assert devices.join("led") == (driver, config)
    strip = registry.open(driver, config)
    strip.show(LedText("请A016号到3号窗口"))
    assert devices.device("led").do("look") == "red 请A016号到3号窗口"
    strip.close()
