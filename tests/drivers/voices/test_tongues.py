"""Other languages as an engine reads them: in the voice's own letters, tickets sign by sign."""

from __future__ import annotations

import re
import subprocess

import pytest

from counter_app.catalog.tongues import spoken
from drivers.voices.espeak import DRIVER, Espeak
from drivers.voices.tongues import READ, apart


def test_a_tickets_number_is_said_sign_by_sign_and_a_day_is_not() -> None:
    assert (
        apart("Number A012, counter 3, 12 minutes, 2026-12-04")
        == "Number A 0 1 2, counter 3, 12 minutes, 2026-12-04"
    )
    assert READ["kk_Arab"]("A01 нөмір") == "A 0 1 нөмір"


def phonemes(code: str, words: str) -> str:
    """What our way of starting the engine makes of a sentence."""
    engine = Espeak()
    engine.set_tongue(code)
    argv = [word for word in engine._argv if word != "--stdout"]
    told = READ[code](words).encode()
    said = subprocess.run([*argv, "-x", "-q"], input=told, capture_output=True, check=True)
    return said.stdout.decode()


@pytest.mark.parametrize(("code", "words"), [
    ("en", "Your number is 5. Please take your slip."),
    ("ug", "نومۇرىڭىز 5، تالوننى ئېلىۋېلىڭ."),
    ("kk_Arab", "Нөміріңіз 5, қағазды алыңыз."),
])  # fmt: skip
def test_the_engine_spells_no_letter_and_borrows_no_other_voice(code: str, words: str) -> None:
    heard = phonemes(code, words)
    assert heard.strip()
    assert "(en)" not in heard


def test_chinese_comes_back_after_another_language() -> None:
    engine = Espeak()
    before = list(engine._argv)
    engine.set_tongue("ug")
    assert engine._argv != before
    engine.set_tongue("")
    assert engine._argv == before


def test_a_voice_says_which_languages_it_has() -> None:
    voice = DRIVER.open({"out": "none"})
    assert voice.set_tongue("en")
    assert voice.set_tongue("kk_Arab")
    assert not voice.set_tongue("fr")
    voice.say("Thank you.")
    assert voice.wait(60_000)
    assert voice.set_tongue("")
    voice.close()


def test_kazakh_is_spoken_from_the_letters_its_voice_reads() -> None:
    for text, words in spoken("kk_Arab").words.items():
        letters = [one for one in re.sub(r"\{\w+\}", "", words) if one.isalpha()]
        assert letters, text
        assert all("\u0400" <= one <= "\u04ff" for one in letters), text
    assert spoken("ug").words["谢谢您"] == "رەھمەت سىزگە"
