"""Sentences spoken by espeak-ng, a process per sentence; the text goes by pipe."""

from __future__ import annotations

import subprocess
from typing import Any, Mapping

from drivers.protocols import Driver, Fault
from drivers.voices.queued import QueuedVoice
from drivers.voices.sound import Sound, from_wav
from drivers.voices.speaker import Speaker

# The voice `cmn` of espeak-ng 1.51 spells the Pinyin of every sign in English; this one reads it.
_LANGUAGE = "cmn-latn-pinyin"
_SLOWEST, _FASTEST = 80, 300
_LIMIT_S = 20.0


class Espeak:
    """Makes sound of words. `rate` is in words per minute (a hall: 140), `pitch` 0 to 99."""

    def __init__(self, language: str = _LANGUAGE, rate: int = 140, pitch: int = 45) -> None:
        speed = str(max(_SLOWEST, min(_FASTEST, rate)))
        self._argv = ["espeak-ng", "-v", language, "-b", "1", "-s", speed, "-p", str(pitch)]
        self._argv += ["--stdin", "--stdout"]

    def sound(self, words: str) -> Sound:
        """The sound of a sentence. Raises Fault `voice-engine`."""
        try:
            done = subprocess.run(
                self._argv, input=words.encode("utf-8"), capture_output=True, timeout=_LIMIT_S
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise Fault("voice-engine", type(error).__name__) from None
        if done.returncode or not done.stdout:
            raise Fault("voice-engine", "espeak-ng " + str(done.returncode))
        return from_wav(done.stdout, "espeak-ng")


def _open(config: Mapping[str, Any]) -> QueuedVoice:
    engine = Espeak(
        str(config.get("language", _LANGUAGE)), int(config.get("rate", 140)), int(config.get("pitch", 45))
    )
    speaker = Speaker(str(config.get("out", "")))
    return QueuedVoice(
        lambda words, volume: speaker.play(engine.sound(words).louder(volume)),
        engine.sound,
        str(config.get("one", "一")),
        int(config.get("volume", 100)),
    )


DRIVER = Driver(
    id="espeak",
    family="voices",
    title="语音播报（espeak-ng 合成）",
    open=_open,
    programs=("espeak-ng",),
)
