"""What every driver of the family `leds` promises."""

from __future__ import annotations

import pytest

from drivers.protocols import Fault, LedText
from tests.drivers.contract.asking import Asked
from tests.fakes.citizen_rigs import AskRig

FAMILY = "leds"


@pytest.mark.parametrize(
    ("text", "colour"), [("请 A016 号", "red"), ("暂停服务", "yellow"), ("3 号窗口", "green")]
)
def test_a_text_is_up_when_the_call_returns(rig: AskRig, text: str, colour: str) -> None:
    rig.device.show(LedText(text, colour))
    assert rig.told() == f"{colour} {text}"


def test_nothing_is_up_after_clearing(rig: AskRig) -> None:
    rig.device.show(LedText("请 A016 号"))
    rig.device.clear()
    assert "A016" not in rig.told()


def test_a_colour_it_has_not_is_refused(rig: AskRig) -> None:
    with pytest.raises(Fault) as caught:
        rig.device.show(LedText("请", "blue"))
    assert caught.value.code == "frame-template"


def test_a_strip_that_is_silent_or_gone_is_said_and_comes_back(rig: AskRig) -> None:
    rig.act("silence")
    assert Asked(lambda: rig.device.show(LedText("一"))).result() == "led-away"
    rig.act("speak")
    rig.unplug()
    assert Asked(lambda: rig.device.show(LedText("二"))).result() == "led-away"
    rig.plug()
    rig.device.show(LedText("三"))
    assert rig.told().endswith("三")
