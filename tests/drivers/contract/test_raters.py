"""What every driver of the family `raters` promises."""

from __future__ import annotations

import pytest

from drivers.protocols import LEVELS
from tests.drivers.contract.asking import Asked
from tests.fakes.citizen_rigs import AskRig

FAMILY = "raters"


@pytest.mark.parametrize("level", LEVELS)
def test_each_of_five_levels_is_told(rig: AskRig, level: int) -> None:
    asked = Asked(lambda: rig.device.ask("备案", rig.limit_ms))
    rig.act(str(level))
    told = asked.result()
    assert (told.outcome, told.level) == ("rated", level)
    assert told.device


def test_skipping_and_noise_are_no_rating(rig: AskRig) -> None:
    asked = Asked(lambda: rig.device.ask("备案", rig.limit_ms))
    rig.act("noise")
    rig.act("skip")
    told = asked.result()
    assert (told.outcome, told.level) == ("skipped", 0)


def test_nobody_there_is_not_rated_and_no_fault(rig: AskRig) -> None:
    rig.act("")
    told = rig.device.ask("备案", 150)
    assert (told.outcome, told.level) == ("timeout", 0)


def test_asking_can_be_called_off(rig: AskRig) -> None:
    asked = Asked(lambda: rig.device.ask("备案", 20_000))
    for _ in range(200):
        rig.device.cancel()
        asked._thread.join(0.05)
        if not asked._thread.is_alive():
            break
    assert asked.result() == "citizen-cancelled"


def test_a_rater_that_went_away_is_said_and_comes_back(rig: AskRig) -> None:
    rig.unplug()
    assert Asked(lambda: rig.device.ask("备案", rig.limit_ms)).result() == "rater-away"
    rig.plug()
    asked = Asked(lambda: rig.device.ask("备案", rig.limit_ms))
    rig.act("3")
    assert asked.result().level == 3
