"""Saying calls one after another: never over one another, never cut off, twice where there is time."""

from __future__ import annotations

import logging
import threading
from collections import deque
from collections.abc import Callable
from datetime import datetime
from datetime import time as day_time
from pathlib import Path

from counter_app.domain.value import Value
from counter_app.services.hall.hours import Volume
from drivers.protocols import Fault, Voice

_PATIENCE_MS = 30_000  # longer than any sentence: a sound card that hangs holds up nobody for good
_log = logging.getLogger(__name__)


class Utterance(Value, frozen=True):
    """One sentence to be said. `key` names what it is about; `file` is the name of its WAV without ending.

    `serial` is the number of the hub's fact behind it, 0 for a word to the whole hall.
    """

    key: str
    text: str
    file: str
    serial: int = 0


Heard = Callable[[Utterance, str], None]


class Caller:
    """A thread that says what it is given, in order. Nothing here may stop a board from showing calls.

    With `folder` each sentence is left there as one WAV file instead of being played. `began` is told
    when a sentence is about to be said, `done` when it was, with the path of its file ("" without one).
    """

    def __init__(
        self,
        voice: Voice,
        volume: Volume,
        now: Callable[[], datetime],
        folder: Path | None = None,
        began: Heard | None = None,
        done: Heard | None = None,
    ) -> None:
        self._voice, self._volume, self._now, self._folder = voice, volume, now, folder
        self._began, self._done = began, done
        self._news = threading.Condition()
        self._waiting: deque[Utterance] = deque()
        self._closed = False
        self._thread = threading.Thread(target=self._run, name="board-voice", daemon=True)
        self._thread.start()

    def call(self, utterance: Utterance) -> None:
        """Queue a sentence; one about the same thing that has not been begun gives way to it."""
        with self._news:
            kept = [one for one in self._waiting if one.key != utterance.key or self._folder is not None]
            self._waiting = deque((*kept, utterance))
            self._news.notify()

    def close(self) -> None:
        """Finish the sentence being said and forget the others."""
        with self._news:
            self._closed = True
            self._waiting.clear()
            self._news.notify()
        self._thread.join(_PATIENCE_MS / 1000)
        self._voice.close()

    def _run(self) -> None:
        while True:
            with self._news:
                self._news.wait_for(lambda: self._closed or bool(self._waiting))
                if self._closed:
                    return
                utterance = self._waiting.popleft()
            self._say(utterance)

    def _say(self, utterance: Utterance) -> None:
        file = ""
        try:
            self._tell(self._began, utterance, "")
            file = self._write(utterance) if self._folder is not None else self._play(utterance)
        except Fault as fault:
            _log.info("a call was not said: %s", fault.code)
        self._tell(self._done, utterance, file)

    def _write(self, utterance: Utterance) -> str:
        assert self._folder is not None
        self._voice.set_volume(100)
        return self._voice.render(utterance.text, str(self._folder / f"{utterance.file}.wav"))

    def _play(self, utterance: Utterance) -> str:
        """Once, and a second time when nobody else is to be called."""
        for again in (False, True):
            loud = self._volume.at(_clock(self._now()))
            if not loud or (again and (self._waiting or self._closed)):
                return ""
            self._voice.set_volume(loud)
            self._voice.say(utterance.text)
            if not self._voice.wait(_PATIENCE_MS):
                _log.info("the voice takes longer than %d s", _PATIENCE_MS // 1000)
        return ""

    @staticmethod
    def _tell(heard: Heard | None, utterance: Utterance, file: str) -> None:
        if heard is not None:
            heard(utterance, file)


def _clock(moment: datetime) -> day_time:
    return moment.time().replace(tzinfo=None)
