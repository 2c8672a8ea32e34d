"""What every driver of the family `pinpads` promises."""

from __future__ import annotations

import logging
import traceback

import pytest

from drivers.pinpads.simulator import DEMO_PIN
from drivers.protocols import Fault, Pin
from tests.drivers.contract.asking import Asked
from tests.fakes.citizen_rigs import AskRig

FAMILY = "pinpads"


def test_a_pin_is_handed_on_and_shown_nowhere(rig: AskRig, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    rig.act("ok")
    told = rig.device.ask("enter", rig.limit_ms)
    assert isinstance(told, Pin)
    assert told.secret
    assert DEMO_PIN not in repr(told) + str(told) + f"{told}" + caplog.text


@pytest.mark.parametrize(
    ("what", "code"),
    [
        ("cancel", "pin-cancelled"),
        ("late", "pin-timeout"),
        ("short", "pin-refused"),
        ("unplugged", "device-gone"),
    ],
)
def test_each_failure_is_its_own_and_repeats_nothing_typed(rig: AskRig, what: str, code: str) -> None:
    rig.act(what)
    with pytest.raises(Fault) as caught:
        rig.device.ask("enter", rig.limit_ms)
    assert caught.value.code == code
    assert DEMO_PIN not in "".join(traceback.format_exception(caught.value))


@pytest.mark.parametrize("what", ["crash", "garbage", "overrun"])
def test_whatever_the_library_does_the_next_pin_comes(rig: AskRig, what: str) -> None:
    rig.act(what)
    Asked(lambda: rig.device.ask("enter", rig.limit_ms)).result()
    rig.act("ok")
    assert isinstance(rig.device.ask("again", rig.limit_ms), Pin)
