"""Sentences spoken by the system's own speech service (speech-dispatcher, through `spd-say`)."""

from __future__ import annotations

import os
import subprocess
from typing import Any, Mapping

from drivers.protocols import Driver, Fault
from drivers.voices.queued import QueuedVoice
from drivers.voices.sound import Sound

_LIMIT_S = 60.0


class SystemSpeech:
    """Hands sentences to the service and waits until each was spoken; it makes no files.

    `address` is where the service listens (`unix_socket:PATH`, `inet_socket:HOST:PORT`), "" its usual place.
    """

    def __init__(self, language: str, rate: int, address: str = "") -> None:
        self._environment = {**os.environ, **({"SPEECHD_ADDRESS": address} if address else {})}
        self._argv = ["spd-say", "--wait", "--pipe-mode", "-l", language, "-r", str(rate)]

    def utter(self, words: str, volume: int) -> None:
        """Speak one sentence to its end. Raises Fault `voice-away`."""
        argv = [*self._argv, "-i", str(volume * 2 - 100)]
        line = words.lstrip("!").encode("utf-8") + b"\n"  # a line that begins with ! is a command
        try:
            done = subprocess.run(
                argv, input=line, capture_output=True, timeout=_LIMIT_S, env=self._environment
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise Fault("voice-away", type(error).__name__) from None
        if done.returncode:
            raise Fault("voice-away", "spd-say " + str(done.returncode))

    def sound(self, words: str) -> Sound:
        """Not to be had from this service. Raises Fault `voice-no-file`."""
        raise Fault("voice-no-file", "spd-say")


def _open(config: Mapping[str, Any]) -> QueuedVoice:
    speech = SystemSpeech(
        str(config.get("language", "zh")), int(config.get("rate", -10)), str(config.get("address", ""))
    )
    return QueuedVoice(
        speech.utter, speech.sound, str(config.get("one", "一")), int(config.get("volume", 100))
    )


DRIVER = Driver(
    id="system",
    family="voices",
    title="语音播报（系统语音）",
    open=_open,
    programs=("spd-say",),
)
