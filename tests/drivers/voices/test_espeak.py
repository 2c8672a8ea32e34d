"""The sound of espeak-ng is Mandarin, not the Pinyin spelt in English."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator

import pytest

from drivers.protocols import Fault
from drivers.voices.espeak import DRIVER, Espeak
from drivers.voices.reading import spoken


def phonemes(words: str) -> str:
    """What our way of starting it makes of words."""
    engine = Espeak()
    argv = [word for word in engine._argv if word != "--stdout"]
    said = subprocess.run([*argv, "-x", "-q"], input=words.encode(), capture_output=True, check=True)
    return said.stdout.decode()


def test_no_sign_is_spelt_in_english() -> None:
    said = phonemes(spoken("请 A016 号到 5 号窗口"))
    assert said.count("(en)") <= 1  # newer voices say the letter itself as everybody does
    assert "(en)" not in phonemes(spoken("请 016 号到 5 号窗口"))
    assert phonemes("零") in said.replace("\n", "") + "\n" or phonemes("零").strip().rstrip("_|") in said


def test_faster_is_shorter() -> None:
    slow, fast = Espeak(rate=100), Espeak(rate=250)
    assert slow.sound("请稍候").seconds > fast.sound("请稍候").seconds > 0.2
    assert DRIVER.programs == ("espeak-ng",)


@pytest.fixture
def engine() -> Iterator[Espeak]:
    made = Espeak()
    yield made
    made.close()


def test_the_next_sentence_is_said_by_the_process_that_waits(engine: Espeak) -> None:
    engine.prepare()
    waiting = engine._ready
    assert waiting is not None
    engine.prepare()
    assert engine._ready is waiting
    assert engine.sound("请稍候") == Espeak().sound("请稍候")
    assert waiting.returncode == 0
    assert engine._ready is None


def test_a_process_ended_while_it_waited_costs_nothing_but_its_time(engine: Espeak) -> None:
    engine.prepare()
    assert engine._ready is not None
    engine._ready.kill()
    assert engine.sound("请稍候").seconds > 0.2


def test_closing_ends_the_process_that_waits(engine: Espeak) -> None:
    engine.prepare()
    waiting = engine._ready
    assert waiting is not None
    engine.close()
    assert waiting.returncode is not None


def test_without_the_program_a_sentence_is_refused_and_nothing_else(engine: Espeak) -> None:
    engine._argv[0] = "no-such-espeak"
    engine.prepare()
    with pytest.raises(Fault) as refused:
        engine.sound("请稍候")
    assert (refused.value.code, refused.value.detail) == ("voice-engine", "FileNotFoundError")


def test_a_driver_that_has_spoken_leaves_no_process_behind() -> None:
    voice = DRIVER.open({"out": "none"})
    voice.say("请稍候")
    assert voice.wait(60_000)
    voice.close()
    assert voice.trouble() is None
