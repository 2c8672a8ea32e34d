"""One sentence after another, whatever makes the sound."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from drivers.protocols import Fault
from drivers.voices.queued import QueuedVoice
from drivers.voices.sound import Sound, from_wav

TONE = Sound(8000, b"\x10\x27" * 800)


class Mouth:
    """Says nothing until the test lets it; notes what it was told and how loud."""

    def __init__(self) -> None:
        self.said: list[tuple[str, int]] = []
        self.begun, self.go = threading.Semaphore(0), threading.Semaphore(0)
        self.trouble: Exception | None = None

    def __call__(self, words: str, volume: int) -> None:
        self.begun.release()
        assert self.go.acquire(timeout=60)
        if self.trouble:
            raise self.trouble
        self.said.append((words, volume))


@pytest.fixture
def mouth() -> Mouth:
    return Mouth()


@pytest.fixture
def voice(mouth: Mouth) -> QueuedVoice:
    return QueuedVoice(mouth, lambda words: TONE)


def test_the_next_sentence_waits_for_the_end_of_the_last(voice: QueuedVoice, mouth: Mouth) -> None:
    voice.say("一号")
    voice.say("二号")
    assert mouth.begun.acquire(timeout=60)
    assert not mouth.begun.acquire(blocking=False)
    assert not voice.wait(1)
    mouth.go.release()
    assert mouth.begun.acquire(timeout=60)
    mouth.go.release()
    assert voice.wait(10_000)
    assert [words for words, _ in mouth.said] == ["一号", "二号"]
    voice.close()


def test_closing_lets_the_sentence_end_and_forgets_the_others(voice: QueuedVoice, mouth: Mouth) -> None:
    for n in range(5):
        voice.say(f"{n} 号")
    assert mouth.begun.acquire(timeout=60)
    closing = threading.Thread(target=voice.close)
    closing.start()
    while not voice._closed:  # the sentence may end only once it is closing
        threading.Event().wait(0.002)
    mouth.go.release()
    closing.join(60)
    assert [words for words, _ in mouth.said] == ["零 号"]
    assert voice.wait(0)


def test_far_too_much_is_refused(voice: QueuedVoice, mouth: Mouth) -> None:
    for _ in range(50):
        voice.say("请稍候")
    with pytest.raises(Fault) as caught:
        voice.say("请稍候")
    assert caught.value.code == "voice-full"
    for _ in range(60):
        mouth.go.release()
    voice.close()


def test_volume_counts_from_the_next_sentence(voice: QueuedVoice, mouth: Mouth) -> None:
    mouth.go.release()
    voice.set_volume(140)
    voice.say("一")
    assert voice.wait(10_000)
    voice.set_volume(30)
    mouth.go.release()
    voice.say("二")
    assert voice.wait(10_000)
    assert mouth.said == [("一", 100), ("二", 30)]
    voice.close()


def test_a_bug_of_an_engine_costs_one_sentence(voice: QueuedVoice, mouth: Mouth) -> None:
    mouth.trouble = ZeroDivisionError()
    mouth.go.release()
    voice.say("一")
    assert voice.wait(10_000)
    trouble = voice.trouble()
    assert trouble is not None
    assert trouble.code == "device-broken"
    mouth.trouble = None
    mouth.go.release()
    voice.say("二")
    assert voice.wait(10_000)
    assert voice.trouble() is None
    voice.close()


def test_a_file_is_written_whole_at_the_volume_asked_for(voice: QueuedVoice, tmp_path: Path) -> None:
    voice.set_volume(50)
    file = Path(voice.render("一", str(tmp_path / "a.wav")))
    kept = from_wav(file.read_bytes())
    assert (kept.rate, kept.samples[:2]) == (8000, (5000).to_bytes(2, "little"))
    assert [f.name for f in tmp_path.iterdir()] == ["a.wav"]
    with pytest.raises(Fault) as caught:
        voice.render("一", str(tmp_path / "no" / "a.wav"))
    assert caught.value.code == "voice-file"
