"""What every driver of the family `voices` promises."""

from __future__ import annotations

import wave
from pathlib import Path

import pytest

from counter_app.problems import ROWS
from drivers.protocols import Fault
from tests.fakes.citizen_rigs import VoiceRig

FAMILY = "voices"
CALL = "请 A016 号到 5 号窗口"


def test_sentences_are_heard_one_after_another_and_whole(rig: VoiceRig) -> None:
    for window in (1, 2, 3):
        rig.device.say(f"请 A016 号到 {window} 号窗口")
    assert rig.device.wait(30_000)
    assert rig.device.trouble() is None
    assert len(rig.heard()) == 3
    assert rig.at_once() == 1


def test_a_silent_loudspeaker_costs_its_sentence_and_no_other(rig: VoiceRig) -> None:
    rig.unplug()
    rig.device.say(CALL)
    assert rig.device.wait(30_000)
    trouble = rig.device.trouble()
    assert trouble is not None
    assert ROWS[trouble.code].advice
    rig.plug()
    rig.device.say(CALL)
    assert rig.device.wait(30_000)
    assert rig.device.trouble() is None
    assert len(rig.heard()) == 1


def test_a_sentence_becomes_a_file_or_the_driver_says_that_it_cannot(rig: VoiceRig, tmp_path: Path) -> None:
    file = tmp_path / "call.wav"
    refused = ""
    try:
        assert rig.device.render(CALL, str(file)) == str(file)
    except Fault as fault:
        refused = fault.code
    if refused:
        assert (refused, file.exists()) == ("voice-no-file", False)
        return
    with wave.open(str(file)) as sound:
        assert (sound.getnchannels(), sound.getsampwidth()) == (1, 2)
        assert sound.getnframes() > sound.getframerate() // 10
        assert sound.readframes(sound.getnframes()).strip(b"\x00")
    assert rig.heard() == []


def test_a_closed_voice_says_nothing_more(rig: VoiceRig) -> None:
    rig.device.close()
    rig.device.close()
    with pytest.raises(Fault) as caught:
        rig.device.say(CALL)
    assert caught.value.code == "device-gone"
    assert rig.heard() == []
