"""Where sound goes: a player of this system, a loudspeaker on the network, or nowhere (files only)."""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
from typing import Any, List, Mapping, Optional

from drivers.protocols import Fault
from drivers.voices.sound import Sound

_PLAYERS: Mapping[str, List[str]] = {
    "paplay": ["paplay", "/dev/stdin"],
    "aplay": ["aplay", "-q", "-"],
    "pw-play": ["pw-play", "-"],
}
_TCP = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[\w.-]+):(\d{1,5})")
_GRACE_S = 10.0  # beyond its own length a sentence may take this long to be played
_CONNECT_S = 3.0


class Speaker:
    """Plays one sound and returns when it was heard.

    `out` is a player (`paplay`, `aplay`, `pw-play`), a command with blanks that takes a WAV file on standard
    input, `host:port` of a loudspeaker that takes WAV files and answers a line after each, `none`, or "" for
    the first player found. Raises Fault `device-unavailable` when there is none.
    """

    def __init__(self, out: str = "") -> None:
        self._tcp = _TCP.fullmatch(out)
        self._command: Optional[List[str]] = None if out == "none" or self._tcp else _command(out)
        self._silent = out == "none"

    def play(self, sound: Sound) -> None:
        """Play it to its end. Raises Fault `voice-away`."""
        limit_s = sound.seconds + _GRACE_S
        if self._silent:
            return
        if self._tcp:
            self._send(sound, self._tcp, limit_s)
        else:
            self._run(sound, limit_s)

    def _run(self, sound: Sound, limit_s: float) -> None:
        assert self._command is not None
        nothing: Any = subprocess.DEVNULL
        try:
            done = subprocess.run(
                self._command, input=sound.wav(), stdout=nothing, stderr=nothing, timeout=limit_s
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise Fault("voice-away", type(error).__name__) from None
        if done.returncode:
            raise Fault("voice-away", self._command[0] + " " + str(done.returncode))

    def _send(self, sound: Sound, tcp: re.Match[str], limit_s: float) -> None:
        try:
            with socket.create_connection((tcp[1].strip("[]"), int(tcp[2])), _CONNECT_S) as link:
                link.settimeout(limit_s)
                link.sendall(sound.wav())
                answer = link.recv(64)
        except OSError as error:
            raise Fault("voice-away", type(error).__name__) from None
        if not answer.startswith(b"ok"):
            raise Fault("voice-away", "answer")


def _command(out: str) -> List[str]:
    if not out:
        found = next((words for words in _PLAYERS.values() if shutil.which(words[0])), None)
        if found is None:
            raise Fault("device-unavailable", "没有放音程序（paplay、aplay）")
        return found
    words = _PLAYERS.get(out) or out.split()
    if shutil.which(words[0]) is None:
        raise Fault("device-unavailable", "缺少程序 " + words[0])
    return words
