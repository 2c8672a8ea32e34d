"""What a hall wants of a card beyond reading it: passwords on the reader or a pad, the key module."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from counter_app.problems import ROWS
from drivers import registry
from drivers.card_proof import CardProof, read_proven
from drivers.protocols import CardRead, DeviceHealth, Fault
from drivers.room import DeviceRoom
from tests.fakes.listening import Listener
from tests.fakes.vendor import NAME, Stub

KEY = "0123456789ABCDEF|0123456789ABCDEF0123456789ABCDEF|"
Roomed = Callable[[CardProof], DeviceRoom]


@pytest.fixture
def stub(tmp_path: Path) -> Stub:
    return Stub("sscard", tmp_path)


@pytest.fixture
def roomed(stub: Stub) -> Iterator[Roomed]:
    rooms: list[DeviceRoom] = []

    def open_it(proof: CardProof) -> DeviceRoom:
        choice = ("cards.vendor_ssse", {"lib": str(stub.lib), "limit_ms": 1000, "poll_ms": 20})
        rooms.append(DeviceRoom({"card": choice}, 1000, proof=proof))
        return rooms[-1]

    yield open_it
    for room in rooms:
        room.close()


def code_of(work: Callable[[], Any]) -> str:
    with pytest.raises(Fault) as caught:
        work()
    assert ROWS[caught.value.code].advice
    return caught.value.code


def test_no_password_is_asked_unless_the_hall_wants_one(roomed: Roomed, stub: Stub) -> None:
    asked: list[str] = []

    class Device:
        def read(self, reader: str) -> CardRead:
            return CardRead("r", name=NAME)

        def verify_pin(self, reader: str, pin: str = "") -> None:
            asked.append(reader)

    assert read_proven(Device(), "", CardProof(), "cards.vendor_ssse", lambda: None).name == NAME
    assert asked == []
    read_proven(Device(), "", CardProof(wants_pin=True), "cards.vendor_ssse", lambda: None)
    assert asked == ["r"]


@pytest.mark.parametrize(
    ("mode", "code"), [("cancel", "pin-cancelled"), ("crash", "driver-crashed"), ("hang", "device-timeout")]
)
def test_what_goes_wrong_at_the_keys_tells_nobodys_card(stub: Stub, mode: str, code: str) -> None:
    device = registry.open("cards.vendor_ssse", {"lib": str(stub.lib), "limit_ms": 1000, "pin_ms": 300})
    stub.mode("cancel")
    told = device.read()  # the card itself is well
    stub.mode(mode)
    assert told.name == NAME
    assert code_of(device.verify_pin) == code
    device.close()


def test_a_locked_password_is_the_cards_trouble_not_the_readers(roomed: Roomed, stub: Stub) -> None:
    room = roomed(CardProof(wants_pin=True))
    stub.mode("nocard")
    heard = Listener()
    room.watch(heard)
    heard.event("readers")
    stub.mode("pinlock")
    told = heard.wait(lambda t: isinstance(t, tuple) and t[0] == "card" and t[1].code == "pin-locked")
    assert told[1].code == "pin-locked"
    assert [state.ok for state in room.states()] == [True]
    assert not [t for t in heard.heard if isinstance(t, DeviceHealth) and t.because == "pin-locked"]
    stub.mode("ok")
    assert room.read_card().name == NAME


def test_the_counters_key_module_answers_between_the_two_steps(roomed: Roomed, stub: Stub) -> None:
    questions: list[str] = []

    def answer(question: str) -> str:
        questions.append(question)
        return KEY

    stub.mode("hsm")
    room = roomed(CardProof(ask_key=answer))
    assert room.read_card().name == NAME
    assert [question.split("|")[0] for question in questions] == ["371100"]
    assert "ask_key" not in room.choices()["card"][1]  # a profile of these choices can be written down


def test_a_module_that_is_away_is_told_as_away(roomed: Roomed, stub: Stub) -> None:
    def answer(_: str) -> str:
        raise Fault("hsm-away", "")

    stub.mode("hsm")
    assert code_of(roomed(CardProof(ask_key=answer)).read_card) == "hsm-away"


@dataclass(frozen=True)
class _Pin:
    secret: bytes
    encrypted: bool = False


class _Pad:
    def __init__(self, pin: _Pin) -> None:
        self.pin = pin

    def ask(self, kind: str, limit_ms: int) -> _Pin:
        return self.pin


class _Bare:
    """A reader without keys: the password is handed to it."""

    def __init__(self) -> None:
        self.heard: list[str] = []

    def read(self, reader: str) -> CardRead:
        return CardRead("r", name=NAME)

    def verify_pin(self, reader: str, pin: str) -> None:
        self.heard.append(pin)


def bare(pad: Any) -> tuple[CardRead, list[str]]:
    device = _Bare()
    told = read_proven(device, "", CardProof(wants_pin=True), "cards.pcsc", lambda: pad)
    return told, device.heard


def test_a_reader_without_keys_gets_it_from_the_pad() -> None:
    assert bare(_Pad(_Pin(b"246810")))[1] == ["246810"]


@pytest.mark.parametrize("pad", [None, _Pad(_Pin(b"\x01\x02", encrypted=True))])
def test_without_a_pad_that_gives_digits_there_is_advice(pad: Any) -> None:
    assert code_of(lambda: bare(pad)) == "pinpad-none"


def test_a_driver_that_knows_no_password_says_so() -> None:
    proof = CardProof(wants_pin=True)
    assert code_of(lambda: read_proven(_Bare(), "", proof, "cards.sdt_serial", lambda: None)) == "pinpad-none"


def test_the_pad_is_asked_in_its_own_lane(stub: Stub) -> None:
    """In a whole room; the pad's driver is whatever plays the role `pinpad`."""
    from drivers.card_proof import PadInLane
    from drivers.lane import Lane

    class Place:
        role = "pinpad"
        lane = Lane("pinpad")

        def device(self) -> _Pad:
            return _Pad(_Pin(b"1234"))

    place = Place()
    assert PadInLane(place, 100).ask("enter", 100).secret == b"1234"
    place.lane.close()


def test_each_way_is_declared() -> None:
    ways: Mapping[str, str] = {
        row.full_id: row.driver.pin for row in registry.walk() if row.driver and row.driver.pin
    }
    assert ways == {
        "cards.pcsc": "typed",
        "cards.vendor_nhsa": "keypad",
        "cards.vendor_ssse": "keypad",
    }
