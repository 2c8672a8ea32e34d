"""The room of devices: one lane each, health, limits, and what reaches the listener."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from drivers.protocols import CardEvent, CardRead, DeviceHealth, Fault, PrintJob, Scan
from drivers.room import DeviceRoom
from tests.fakes.devices import FakeDevice, FakeOpener
from tests.fakes.listening import Listener

CHOICES: dict[str, Any] = {
    "card": ("cards.a", {}),
    "scanner": ("scanners.a", {"port": "p"}),
    "voucher": ("vouchers.a", {"limit_ms": 7}),
    "printer": ("printers.a4", {}),
    "receipt_printer": ("printers.r80", {}),
}
LIMIT_MS = 20  # the room adds its own backstop


@pytest.fixture
def opener() -> FakeOpener:
    return FakeOpener()


@pytest.fixture
def room(opener: FakeOpener) -> Iterator[DeviceRoom]:
    made = DeviceRoom(CHOICES, LIMIT_MS, opener)
    yield made
    made.close()


@pytest.fixture
def heard(room: DeviceRoom, opener: FakeOpener) -> Listener:
    """A listener whom every device is watched for."""
    listener = Listener()
    room.watch(listener)
    for name in ("cards.a", "scanners.a"):
        ready(lambda name=name: name in opener.devices and opener[name].watched.is_set())  # type: ignore[misc]
    return listener


def ready(fact: Callable[[], bool]) -> None:
    until = time.monotonic() + 60
    while not fact():
        assert time.monotonic() < until
        threading.Event().wait(0.002)


def health(room: DeviceRoom) -> dict[str, tuple[bool, str]]:
    return {state.role: (state.ok, state.because) for state in room.states()}


def code_of(work: Callable[[], Any]) -> str:
    with pytest.raises(Fault) as caught:
        work()
    return caught.value.code


def is_fault(code: str) -> Callable[[Any], bool]:
    return lambda told: isinstance(told, tuple) and told[1].code == code


def test_an_inserted_card_is_told_and_read_by_itself(heard: Listener, opener: FakeOpener) -> None:
    opener["cards.a"].insert("two")
    assert heard.wait(lambda t: isinstance(t, CardEvent)).kind == "inserted"
    read = heard.wait(lambda t: isinstance(t, CardRead))
    assert (read.reader, read.name) == ("two", "王敏")


def test_a_card_that_does_not_read_is_told_as_the_roles_fault_and_the_reader_stays_well(
    room: DeviceRoom, heard: Listener, opener: FakeOpener
) -> None:
    opener["cards.a"].fault = Fault("card-mute", "")
    opener["cards.a"].insert()
    role, fault = heard.wait(is_fault("card-mute"))
    assert (role, fault.code) == ("card", "card-mute")
    assert health(room)["card"] == (True, "")


def test_a_lost_service_is_a_fault_and_bad_health_until_it_is_back(
    room: DeviceRoom, heard: Listener, opener: FakeOpener
) -> None:
    opener["cards.a"].tell(CardEvent("fault", fault=Fault("reader-service", "x")))
    heard.wait(is_fault("reader-service"))
    assert health(room)["card"] == (False, "reader-service")
    opener["cards.a"].tell(CardEvent("readers"))
    assert health(room)["card"] == (False, "reader-none")
    opener["cards.a"].tell(CardEvent("readers", readers=("one",)))
    assert health(room)["card"] == (True, "")
    told = [t.because for t in heard.heard if isinstance(t, DeviceHealth) and t.role == "card"]
    assert told[-2:] == ["reader-none", ""]


def test_every_scan_is_classified(heard: Listener, opener: FakeOpener) -> None:
    for text in ("4243669509084040896099330000", "134567890123456789", "?"):
        opener["scanners.a"].scan(text)
    kinds = [heard.wait(lambda t: isinstance(t, Scan)).kind for _ in range(3)]
    assert kinds == ["voucher", "payment", "unknown"]


def test_a_scanner_is_ready_when_it_says_so(room: DeviceRoom, heard: Listener, opener: FakeOpener) -> None:
    assert health(room)["scanner"] == (False, "")
    opener["scanners.a"].trouble(None)
    assert health(room)["scanner"] == (True, "")
    opener["scanners.a"].trouble(Fault("device-gone", "p"))
    assert heard.wait(is_fault("device-gone"))[0] == "scanner"
    assert health(room)["scanner"] == (False, "device-gone")


def test_each_device_is_called_in_its_own_thread_only(room: DeviceRoom, opener: FakeOpener) -> None:
    room.read_card()
    room.resolve("c", "b")
    room.print(PrintJob("n", "t", pdf=b"x"))
    threads = {name: device.threads for name, device in opener.devices.items() if device.threads}
    assert threads == {
        "cards.a": {"device-card"},
        "vouchers.a": {"device-voucher"},
        "printers.a4": {"device-printer"},
    }


@pytest.mark.parametrize(("media", "printer"), [("a4", "printers.a4"), ("r80", "printers.r80")])
def test_the_printer_is_chosen_by_the_medium(
    room: DeviceRoom, opener: FakeOpener, media: str, printer: str
) -> None:
    room.print(PrintJob("n", "t", media=media, pdf=b"x"))
    assert {name: len(device.jobs) for name, device in opener.devices.items() if device.jobs} == {printer: 1}


def test_a_slip_goes_to_the_only_printer_where_there_is_no_other(opener: FakeOpener) -> None:
    room = DeviceRoom({"printer": ("printers.a4", {})}, LIMIT_MS, opener)
    assert room.print(PrintJob("n", "t", media="r80", pdf=b"x")).job_id == "n"
    room.close()


def test_calls_hand_their_values_through(room: DeviceRoom) -> None:
    assert room.readers() == ("one", "two")
    assert (room.read_card().reader, room.read_card("two").reader) == ("one", "two")
    person = room.resolve("code", "01101")
    assert (person.id_no, person.user_name) == ("code", "01101")


def test_a_role_nobody_plays_is_a_fault(opener: FakeOpener) -> None:
    room = DeviceRoom({}, LIMIT_MS, opener)
    assert code_of(lambda: room.print(PrintJob("n", "t"))) == "printer-absent"
    assert code_of(room.read_card) == "device-unavailable"
    assert code_of(room.read_id_card) == "device-unavailable"
    assert room.states() == ()
    room.close()


def test_a_hanging_device_costs_one_limit_and_no_other_device(room: DeviceRoom, opener: FakeOpener) -> None:
    room.readers()
    opener["cards.a"].hold = hold = threading.Event()
    assert code_of(room.read_card) == "device-timeout"
    assert health(room)["card"] == (False, "device-timeout")
    assert room.resolve("c", "b").id_no == "c"
    hold.set()
    assert room.read_card().name == "王敏"
    assert health(room)["card"] == (True, "")


def test_a_device_that_cannot_be_had_is_told_and_tried_again_when_it_is_needed(opener: FakeOpener) -> None:
    opener.faults["vouchers.a"] = Fault("device-unavailable", "缺少组件 x")
    room, heard = DeviceRoom({"voucher": CHOICES["voucher"]}, LIMIT_MS, opener), Listener()
    room.watch(heard)
    ready(lambda: room.states()[0].because != "")
    assert room.states() == (
        DeviceHealth("voucher", "vouchers.a", False, "device-unavailable", "缺少组件 x"),
    )
    assert code_of(lambda: room.resolve("c", "b")) == "device-unavailable"
    del opener.faults["vouchers.a"]
    assert room.resolve("c", "b").id_no == "c"
    assert health(room)["voucher"] == (True, "")
    room.close()


def test_a_reader_that_came_late_is_watched_from_then_on(opener: FakeOpener) -> None:
    opener.faults["cards.a"] = Fault("device-unavailable", "")
    room, heard = DeviceRoom({"card": CHOICES["card"]}, LIMIT_MS, opener), Listener()
    room.watch(heard)
    heard.wait(is_fault("device-unavailable"))
    del opener.faults["cards.a"]
    room.read_card()
    ready(opener["cards.a"].watched.is_set)
    opener["cards.a"].insert()
    assert heard.wait(lambda t: isinstance(t, CardEvent)).reader == "one"
    room.close()


def test_a_crashing_driver_is_logged_without_values_and_ends_nothing(
    room: DeviceRoom, heard: Listener, opener: FakeOpener, expect_log: Callable[[str], None]
) -> None:
    expect_log("driver cards.a failed: ZeroDivisionError$")
    opener["cards.a"].fault = ZeroDivisionError("王敏")
    opener["cards.a"].insert()
    ready(lambda: not health(room)["card"][0])
    assert health(room)["card"] == (False, "device-broken")
    opener["cards.a"].fault = None
    opener["cards.a"].insert()
    assert heard.wait(lambda t: isinstance(t, CardRead)).name == "王敏"


def test_a_failing_listener_stops_no_device(
    room: DeviceRoom, opener: FakeOpener, expect_log: Callable[[str], None]
) -> None:
    expect_log("a listener failed on Scan: KeyError$")
    heard: list[str] = []

    def listener(told: Any) -> None:
        if isinstance(told, Scan):
            heard.append(told.text)
            raise KeyError(told.text)

    room.watch(listener)
    ready(lambda: "scanners.a" in opener.devices and opener["scanners.a"].watched.is_set())
    opener["scanners.a"].scan("a")
    opener["scanners.a"].scan("b")
    assert heard == ["a", "b"]


def test_a_driver_of_another_family_is_refused(opener: FakeOpener) -> None:
    room = DeviceRoom({"voucher": ("printers.a4", {})}, LIMIT_MS, opener)
    assert code_of(lambda: room.resolve("c", "b")) == "driver-unknown"
    assert opener.opened == []
    room.close()


def test_a_role_that_does_not_exist_is_our_bug() -> None:
    with pytest.raises(ValueError, match="fridge"):
        DeviceRoom({"fridge": ("cards.a", {})}, LIMIT_MS, FakeOpener())


def test_limits_reach_the_drivers_that_take_one(room: DeviceRoom, opener: FakeOpener) -> None:
    ready(lambda: len(opener.opened) == 5)
    configs = dict(opener.opened)
    assert configs["cards.a"]["limit_ms"] == LIMIT_MS
    assert configs["vouchers.a"]["limit_ms"] == 7
    assert configs["printers.a4"] == {}


def test_closing_closes_every_device_ends_every_thread_and_tells_nothing_more(opener: FakeOpener) -> None:
    room, heard = DeviceRoom(CHOICES, LIMIT_MS, opener), Listener()
    room.watch(heard)
    ready(lambda: len(opener.devices) == 5)
    room.close()
    told = len(heard.heard)
    opener["cards.a"].insert()
    opener["scanners.a"].scan("x")
    assert {name: device.closed for name, device in opener.devices.items()} == dict.fromkeys(
        opener.devices, True
    )
    assert [t.name for t in threading.enumerate() if t.name.startswith("device-")] == []
    assert len(heard.heard) == told


def test_a_device_that_hangs_at_closing_is_left_behind(opener: FakeOpener) -> None:
    room = DeviceRoom({"card": CHOICES["card"]}, LIMIT_MS, opener)
    room.readers()
    device: FakeDevice = opener["cards.a"]
    device.hold = threading.Event()
    assert code_of(room.read_card) == "device-timeout"
    before = time.monotonic()
    room.close()
    assert time.monotonic() - before < 20  # what hangs, hangs for ever
    device.hold.set()
