"""What every driver of the family `fingerprints` promises."""

from __future__ import annotations

import pytest

from drivers.protocols import Fingerprint
from tests.drivers.contract.asking import Asked
from tests.fakes.citizen_rigs import AskRig

FAMILY = "fingerprints"


def test_a_finger_is_a_picture_nobody_sees_in_a_log(rig: AskRig) -> None:
    rig.act("ok")
    told = rig.device.capture("请按右手食指", rig.limit_ms)
    assert isinstance(told, Fingerprint)
    assert told.image.startswith(b"\x89PNG")
    assert 0 <= told.quality <= 100
    assert "PNG" not in repr(told)
    assert "FF" not in repr(told)


def test_an_empty_glass_is_waited_for_and_then_said(rig: AskRig) -> None:
    rig.act("nofinger")
    assert Asked(lambda: rig.device.capture("请按右手食指", 250)).result() == "citizen-timeout"


@pytest.mark.parametrize("what", ["crash", "overrun", "gone", "unplugged"])
def test_whatever_the_library_does_the_next_finger_comes(rig: AskRig, what: str) -> None:
    rig.act(what)
    assert isinstance(Asked(lambda: rig.device.capture("请按右手食指", 400)).result(), str)
    rig.act("ok")
    assert isinstance(rig.device.capture("请按右手食指", rig.limit_ms), Fingerprint)
