"""Sentences out of recordings, and what a hall has to record."""

from __future__ import annotations

from pathlib import Path

import pytest

from drivers.protocols import Fault
from drivers.voices.clips import Clips, missing, needed
from drivers.voices.reading import spoken
from drivers.voices.sound import from_wav
from tests.fakes.citizen_rigs import recordings

CALL = spoken("请 A016 号到 12 号窗口")


def test_every_ticket_to_every_window_can_be_said_with_what_is_needed(tmp_path: Path) -> None:
    clips = Clips(recordings(tmp_path))
    for window in (*range(1, 30), 99, 100, 110, 199):
        for ticket in ("A001", "H999", "B570"):
            assert clips.sound(spoken(f"请 {ticket} 号到 {window} 号窗口")).seconds > 0


def test_the_recordings_follow_each_other_in_the_order_of_the_words(tmp_path: Path) -> None:
    folder = recordings(tmp_path)
    said = Clips(folder).sound(CALL).samples
    at = 0
    for name in ("请", "A", "零", "一", "六", "号", "到", "十", "二", "号", "窗口"):
        part = from_wav((folder / f"{name}.wav").read_bytes()).samples
        assert part in said[at:], name
        at = said.index(part, at) + len(part)


def test_the_longest_recording_that_fits_is_taken(tmp_path: Path) -> None:
    folder = recordings(tmp_path, more=("号窗口",))
    said = Clips(folder).sound(CALL).samples
    whole = from_wav((folder / "号窗口.wav").read_bytes()).samples
    assert said.endswith(whole)


def test_what_is_missing_is_named(tmp_path: Path) -> None:
    folder = recordings(tmp_path, without="六窗口")
    (folder / "百.wav").write_bytes(b"RIFF")
    assert missing(folder) == ("六", "百", "窗口")
    with pytest.raises(Fault) as caught:
        Clips(folder).sound(CALL)
    assert caught.value.code == "voice-clip-missing"
    assert caught.value.detail == "六 另有 2 字"  # 窗 and 口 stand for no recording by themselves


def test_words_of_nobody_are_not_told(tmp_path: Path) -> None:
    with pytest.raises(Fault) as caught:
        Clips(recordings(tmp_path)).sound("请李芳到五号窗口")
    assert caught.value.detail == "另有 2 字"


def test_an_empty_folder_is_no_voice(tmp_path: Path) -> None:
    with pytest.raises(Fault) as caught:
        Clips(tmp_path)
    assert caught.value.code == "device-unavailable"


def test_a_hall_that_says_yao_records_it() -> None:
    assert "幺" in needed(one="幺")
    assert len(needed()) < 30
