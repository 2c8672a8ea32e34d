"""WAV files, also those of strangers."""

from __future__ import annotations

import io
import wave

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.protocols import Fault
from drivers.voices.sound import Sound, from_wav, joined


def wav(channels: int, width: int, frames: bytes) -> bytes:
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setnchannels(channels)
        out.setsampwidth(width)
        out.setframerate(16000)
        out.writeframes(frames)
    return file.getvalue()


def test_a_file_of_the_standard_library_is_read_and_ours_by_it() -> None:
    frames = bytes(range(200))
    assert from_wav(wav(1, 2, frames)) == Sound(16000, frames)
    with wave.open(io.BytesIO(Sound(8000, frames).wav())) as back:
        assert (back.getframerate(), back.readframes(1000)) == (8000, frames)


def test_two_channels_become_one() -> None:
    left, right = (100).to_bytes(2, "little"), (300).to_bytes(2, "little")
    assert from_wav(wav(2, 2, (left + right) * 5)).samples == (200).to_bytes(2, "little") * 5


@pytest.mark.parametrize("data", [b"", b"RIFF", wav(1, 1, b"aaaa"), wav(1, 2, b"")[:30], b"RIFF0000WAVEdata"])
def test_what_is_no_usable_sound_is_refused(data: bytes) -> None:
    with pytest.raises(Fault) as caught:
        from_wav(data, "请")
    assert (caught.value.code, caught.value.detail) == ("voice-clip", "请")


@given(st.binary(max_size=300))
def test_rubbish_is_a_fault_and_no_crash(data: bytes) -> None:
    try:
        from_wav(b"RIFF0000WAVE" + data)
    except Fault as fault:
        assert fault.code == "voice-clip"  # noqa: PT017


def test_sounds_of_two_rates_are_not_joined() -> None:
    with pytest.raises(Fault):
        joined([Sound(8000, b"aa"), Sound(16000, b"aa")])
    assert joined([Sound(8000, b"aa"), Sound(8000, b"bb")], 1).samples == b"aa" + bytes(16) + b"bb"
