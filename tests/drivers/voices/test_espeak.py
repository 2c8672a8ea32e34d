"""The sound of espeak-ng is Mandarin, not the Pinyin spelt in English."""

from __future__ import annotations

import subprocess

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
