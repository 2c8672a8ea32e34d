"""What every driver of the family `signpads` promises."""

from __future__ import annotations

import pytest

from drivers.protocols import Signature
from tests.drivers.contract.asking import Asked
from tests.fakes.citizen_rigs import AskRig

FAMILY = "signpads"


def test_a_signature_is_a_picture_nobody_sees_in_a_log(rig: AskRig) -> None:
    rig.act("ok")
    told = rig.device.sign("以上内容属实。", rig.limit_ms)
    assert isinstance(told, Signature)
    assert told.image.startswith(b"\x89PNG")
    assert "PNG" not in repr(told)
    assert rig.device.sign("再签一次。", rig.limit_ms) == told


@pytest.mark.parametrize(
    ("what", "code"), [("cancel", "citizen-cancelled"), ("late", "citizen-timeout"), ("empty", "sign-empty")]
)
def test_who_does_not_sign_is_told_apart(rig: AskRig, what: str, code: str) -> None:
    rig.act(what)
    assert Asked(lambda: rig.device.sign("以上内容属实。", rig.limit_ms)).result() == code


@pytest.mark.parametrize("what", ["crash", "exit", "garbage", "overrun", "lies", "odd", "unplugged"])
def test_whatever_the_library_does_the_next_signature_comes(rig: AskRig, what: str) -> None:
    rig.act(what)
    assert isinstance(Asked(lambda: rig.device.sign("以上内容属实。", rig.limit_ms)).result(), str)
    rig.act("ok")
    assert isinstance(rig.device.sign("以上内容属实。", rig.limit_ms), Signature)
