"""The devices before the citizen, asked in the room: the one a desk has for it, else its customer screen."""

from __future__ import annotations

import threading
from typing import Any

import pytest

from drivers.citizen_room import CitizenDevices
from drivers.protocols import Fault, LedText, Rating, SealedPdf, SealWish, Signature, Teller
from drivers.room import DeviceRoom

SIGNED = Signature(b"\x89PNG")


class Beside:
    """Plays every family and keeps who asked for what."""

    def __init__(self, name: str, did: list[tuple[str, Any]]) -> None:
        self._name, self._did = name, did
        self.waiting = threading.Event()
        self.off = threading.Event()

    def __getattr__(self, call: str) -> Any:
        if call in ("health", "check"):
            raise AttributeError(call)
        told = {
            "rate": Rating("rated", 5),
            "ask": Rating("rated", 4),
            "sign": SIGNED,
            "seal": SealedPdf(b"s"),
        }

        def do(*given: Any) -> Any:
            self._did.append((f"{self._name}.{call}", given))
            return told.get(call, True)

        return do

    def cancel(self) -> None:
        self.off.set()

    def close(self) -> None: ...


def devices(*roles: str) -> tuple[CitizenDevices, list[tuple[str, Any]], dict[str, Beside], DeviceRoom]:
    did: list[tuple[str, Any]] = []
    made: dict[str, Beside] = {}
    family = {
        "rater": "raters",
        "signpad": "signpads",
        "customer_screen": "gwq",
        "led": "leds",
        "voice": "voices",
    }
    family |= {"eseal": "eseals", "pinpad": "pinpads"}

    def opener(full_id: str, config: Any) -> Beside:
        return made.setdefault(full_id, Beside(full_id.split(".")[0], did))

    room = DeviceRoom({role: (family[role] + ".x", {}) for role in roles}, opener=opener)
    return CitizenDevices(room), did, made, room


def test_a_device_of_its_own_goes_before_the_customer_screen() -> None:
    both, did, _, room = devices("rater", "signpad", "customer_screen")
    assert both.rate("备案", 100).level == 4
    assert both.sign("属实", 100) == SIGNED
    assert both.confirm("核对", [("姓名", "李*芳")], 100)
    both.welcome(Teller("3"))
    assert [call for call, _ in did] == ["raters.ask", "signpads.sign", "gwq.confirm", "gwq.welcome"]
    room.close()
    one, did, _, room = devices("customer_screen")
    assert one.rate("备案", 100).level == 5
    assert one.sign("属实", 100) == SIGNED
    assert [call for call, _ in did] == ["gwq.rate", "gwq.sign"]
    room.close()


def test_what_a_desk_has_not_is_said() -> None:
    nothing, _, _, room = devices()
    assert not any(
        nothing.can(what) for what in ("rate", "sign", "finger", "pin", "confirm", "show", "say", "seal")
    )
    with pytest.raises(Fault) as caught:
        nothing.rate("备案", 100)
    assert caught.value.code == "device-unavailable"
    with pytest.raises(Fault):
        nothing.cancel("rate")
    room.close()


def test_strip_voice_and_seal_are_reached() -> None:
    some, did, _, room = devices("led", "voice", "eseal")
    some.show("请 A016 号", "green")
    some.show("")
    some.say("请 A016 号到 3 号窗口")
    assert some.seal(SealWish(b"%PDF", "1")).pdf == b"s"
    assert did[0] == ("leds.show", (LedText("请 A016 号", "green"),))
    assert [call for call, _ in did] == [
        *("leds.show", "leds.clear", "voices.set_pace", "voices.set_tongue", "voices.say", "eseals.seal")
    ]
    room.close()


def test_asking_is_called_off_past_the_lane_that_waits() -> None:
    some, _, made, room = devices("rater")
    some.rate("备案", 100)
    some.cancel("rate")
    assert made["raters.x"].off.is_set()
    room.close()
