"""Sentences spoken by espeak-ng, a process per sentence; the text goes by pipe.

Starting the engine takes longer than making the sound, so after a sentence the next process is started at
once and waits, its voice read, for the words of the next call.
"""

from __future__ import annotations

import contextlib
import subprocess
from typing import Any, List, Mapping, Optional

from drivers.protocols import Driver, Fault
from drivers.voices import tongues
from drivers.voices.queued import QueuedVoice
from drivers.voices.sound import Sound, from_wav
from drivers.voices.speaker import Speaker

# The voice `cmn` of espeak-ng 1.51 spells the Pinyin of every sign in English; this one reads it.
_LANGUAGE = "cmn-latn-pinyin"
# Its voices for the other languages of the screens (tongues.py says how their words are handed over).
_VOICES = {"en": "en-gb", "ug": "ug", "kk_Arab": "kk"}
_SLOWEST, _FASTEST = 80, 300
_LIMIT_S = 20.0


class Espeak:
    """Makes sound of one sentence at a time. `rate` is words per minute (a hall: 140), `pitch` 0 to 99."""

    def __init__(self, language: str = _LANGUAGE, rate: int = 140, pitch: int = 45) -> None:
        self._language, self._voice, self._pitch, self._rate = language, language, pitch, rate
        self._pace = 100
        self._argv: List[str] = []
        self._ready: Optional[subprocess.Popen[bytes]] = None

        self.set_pace(100)

    def set_pace(self, percent: int) -> None:
        """How fast the next sentence is, in percent of `rate`."""
        speed = max(_SLOWEST, min(_FASTEST, self._rate * percent // 100))
        self._pace = percent
        look = ["espeak-ng", "-v", self._voice, "-b", "1", "-p", str(self._pitch)]
        wanted = [*look, "-s", str(speed), "--stdin", "--stdout"]
        if wanted != self._argv:
            self._argv = wanted
            self.close()  # who waits would speak at the pace or in the language before

    def set_tongue(self, code: str) -> None:
        """The language of the next sentence by the code of a language of the screens, "" for Chinese."""
        self._voice = _VOICES.get(code, self._language)
        self.set_pace(self._pace)

    def sound(self, words: str) -> Sound:
        """The sound of a sentence. Raises Fault `voice-engine`."""
        ready, self._ready = self._ready, None
        said = self._said(ready, words) if ready is not None else b""
        try:
            said = said or self._said(self._start(), words)  # one that waited may have been ended meanwhile
        except OSError as error:
            raise Fault("voice-engine", type(error).__name__) from None
        if not said:
            raise Fault("voice-engine", "espeak-ng")
        return from_wav(said, "espeak-ng")

    def prepare(self) -> None:
        """Start the process of the next sentence; without it that sentence starts its own."""
        if self._ready is None:
            with contextlib.suppress(OSError):
                self._ready = self._start()

    def close(self) -> None:
        """End the process that waits."""
        ready, self._ready = self._ready, None
        if ready is not None:
            _end(ready)

    def _start(self) -> subprocess.Popen[bytes]:
        pipe, nothing = subprocess.PIPE, subprocess.DEVNULL
        return subprocess.Popen(self._argv, stdin=pipe, stdout=pipe, stderr=nothing)

    @staticmethod
    def _said(engine: subprocess.Popen[bytes], words: str) -> bytes:
        """What it makes of the words; nothing when it fails. Raises Fault `voice-engine` when it hangs."""
        try:
            said, _ = engine.communicate(words.encode("utf-8"), _LIMIT_S)
        except subprocess.TimeoutExpired as error:
            _end(engine)
            raise Fault("voice-engine", type(error).__name__) from None
        return b"" if engine.returncode else said


def _end(engine: subprocess.Popen[bytes]) -> None:
    engine.kill()
    engine.communicate()


def _open(config: Mapping[str, Any]) -> QueuedVoice:
    engine = Espeak(
        str(config.get("language", _LANGUAGE)), int(config.get("rate", 140)), int(config.get("pitch", 45))
    )
    speaker = Speaker(str(config.get("out", "")))

    def utter(words: str, volume: int) -> None:
        speaker.play(engine.sound(words).louder(volume))
        engine.prepare()

    one, volume = str(config.get("one", "一")), int(config.get("volume", 100))
    return QueuedVoice(
        utter, engine.sound, one, volume, engine.close, engine.set_pace, engine.set_tongue, tongues.READ
    )


DRIVER = Driver(
    id="espeak",
    family="voices",
    title="语音播报（espeak-ng 合成）",
    open=_open,
    programs=("espeak-ng",),
)
