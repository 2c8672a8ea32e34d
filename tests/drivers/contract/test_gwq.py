"""What every driver of the family `gwq` promises."""

from __future__ import annotations

import pytest

from drivers.protocols import Pin, Signature, Teller
from tests.drivers.contract.asking import Asked
from tests.fakes.citizen_rigs import AskRig

FAMILY = "gwq"
LINES = (("姓名", "李*芳"), ("备案类型", "异地安置退休人员"))
CALLS = {
    "confirm": lambda rig: rig.device.confirm("请核对", LINES, rig.limit_ms),
    "sign": lambda rig: rig.device.sign("以上内容属实。", rig.limit_ms),
    "pin": lambda rig: rig.device.pin("enter", rig.limit_ms),
}


def test_it_welcomes_and_says_who_is_served(rig: AskRig) -> None:
    assert rig.device.online()
    rig.device.welcome(Teller("3", "陈静", "0317", "综合柜员"))
    rig.device.call("李*芳", "A016", "请到 3 号窗口")
    assert "0317" in rig.told()
    assert "A016" in rig.told()


def test_what_was_entered_is_confirmed_or_not(rig: AskRig) -> None:
    rig.act("ok")
    assert rig.device.confirm("请核对", LINES, rig.limit_ms) is True
    assert "异地安置退休人员" in rig.told() or not rig.told()
    rig.act("wrong")
    assert rig.device.confirm("请核对", LINES, rig.limit_ms) is False


def test_what_is_no_button_is_no_answer(rig: AskRig) -> None:
    rig.act("garbage")
    assert Asked(lambda: rig.device.confirm("请核对", LINES, rig.limit_ms)).result() == "device-broken"


def test_a_signature_a_rating_and_a_pin(rig: AskRig) -> None:
    rig.act("ok")
    signature = rig.device.sign("以上内容属实。", rig.limit_ms)
    assert isinstance(signature, Signature)
    assert signature.image.startswith(b"\x89PNG")
    rated = rig.device.rate("备案", rig.limit_ms)
    assert (rated.outcome, rated.level) == ("rated", 4)
    pin = rig.device.pin("enter", rig.limit_ms)
    assert isinstance(pin, Pin)
    assert pin.secret.decode() not in repr(pin)


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize(
    ("what", "words"), [("cancel", "cancelled"), ("late", "timeout"), ("unplugged", "gwq-away")]
)
def test_each_failure_is_its_own(rig: AskRig, call: str, what: str, words: str) -> None:
    rig.act(what)
    assert words in Asked(lambda: CALLS[call](rig)).result()


def test_who_does_not_rate_is_not_rated(rig: AskRig) -> None:
    rig.act("late")
    assert rig.device.rate("备案", rig.limit_ms).outcome == "timeout"
    rig.act("cancel")
    assert rig.device.rate("备案", rig.limit_ms).outcome == "skipped"


def test_a_screen_that_never_answers_costs_its_limit_and_no_more(rig: AskRig) -> None:
    rig.act("silent")
    assert Asked(lambda: rig.device.sign("以上内容属实。", 200)).result() == "citizen-timeout"
    rig.act("ok")
    assert isinstance(rig.device.sign("以上内容属实。", rig.limit_ms), Signature)


def test_it_can_be_called_off_in_the_middle(rig: AskRig) -> None:
    rig.act("silent")
    asked = Asked(lambda: rig.device.sign("以上内容属实。", 20_000))
    for _ in range(100):
        asked._thread.join(0.05)
        rig.device.cancel()
        if not asked._thread.is_alive():
            break
    assert asked.result() == "citizen-cancelled"
    rig.act("ok")
    assert isinstance(rig.device.sign("以上内容属实。", rig.limit_ms), Signature)


@pytest.mark.parametrize("what", ["crash", "garbage", "lost"])
def test_whatever_the_library_does_the_next_signature_comes(rig: AskRig, what: str) -> None:
    rig.act(what)
    assert isinstance(Asked(lambda: rig.device.sign("以上内容属实。", rig.limit_ms)).result(), str)
    rig.act("ok")
    assert isinstance(rig.device.sign("以上内容属实。", rig.limit_ms), Signature)
