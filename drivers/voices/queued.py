"""One sentence after another: what every voice has in common, whatever makes its sound."""

from __future__ import annotations

import os
import queue
import threading
import time
from pathlib import Path
from typing import Callable, Mapping, Optional, Tuple

from drivers.protocols import Fault
from drivers.voices.reading import spoken
from drivers.voices.sound import Sound

_MOST_WAITING = 50
_CLOSE_S = 15.0
Utter = Callable[[str, int], None]
Render = Callable[[str], Sound]


class QueuedVoice:
    """Says what it is given in order, each sentence to its end, from a thread of its own.

    `utter(words, volume)` says one sentence and returns when it was heard; `render(words)` makes its sound.
    Both are given words without digits (`reading.spoken`). `let_go` gives back what they hold, at the end.
    """

    def __init__(
        self,
        utter: Utter,
        render: Render,
        one: str = "一",
        volume: int = 100,
        let_go: Callable[[], None] = lambda: None,
        set_pace: Callable[[int], None] = lambda percent: None,
        set_tongue: Callable[[str], None] = lambda code: None,
        tongues: Mapping[str, Callable[[str], str]] = {},
    ) -> None:
        self._set_tongue, self._tongues, self._tongue, self._turned_to = set_tongue, tongues, "", ""
        self._set_pace, self._pace, self._paced = set_pace, 100, 100
        self._utter, self._render, self._one, self._let_go = utter, render, one, let_go
        self._volume = volume
        self._waiting: queue.Queue[Optional[Tuple[str, str]]] = queue.Queue()
        self._news = threading.Condition()
        self._left = 0
        self._closed = False
        self._trouble: Optional[Fault] = None
        self._thread: Optional[threading.Thread] = None

    def say(self, text: str) -> None:
        """Queue a sentence. Raises Fault `voice-full`, `device-gone` (closed)."""
        with self._news:
            if self._closed:
                raise Fault("device-gone", "closed")
            if self._left >= _MOST_WAITING:
                raise Fault("voice-full", str(self._left))
            self._left += 1
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="voice", daemon=True)
                self._thread.start()
        read = self._tongues.get(self._tongue)
        self._waiting.put((self._tongue, read(text) if read is not None else spoken(text, self._one)))

    def render(self, text: str, file: str) -> str:
        """Write a sentence as a WAV file, whole or not at all; its path. Raises Fault."""
        path = Path(file)
        fresh = path.with_name(path.name + ".new")
        sound = self._render(spoken(text, self._one)).louder(self._volume)
        try:
            fresh.write_bytes(sound.wav())
            fresh.replace(path)
        except OSError as error:
            raise Fault("voice-file", os.strerror(error.errno or 0)) from None
        return str(path)

    def set_volume(self, percent: int) -> None:
        """How loud the next sentence is, 0 to 100."""
        self._volume = max(0, min(100, percent))

    def set_pace(self, percent: int) -> None:
        """How fast the next sentence is, in percent of the everyday pace; a recording keeps its own."""
        self._pace = max(50, min(150, percent))

    def set_tongue(self, code: str) -> bool:
        """The language of the next sentences, "" for Chinese; False, and nothing changed, without it."""
        if code and code not in self._tongues:
            return False
        self._tongue = code
        return True

    def trouble(self) -> Optional[Fault]:
        """Why the last sentence was not heard; None when it was."""
        return self._trouble

    def wait(self, limit_ms: int) -> bool:
        """Whether everything queued so far was said within the limit."""
        until = time.monotonic() + limit_ms / 1000
        with self._news:
            while self._left:
                left = until - time.monotonic()
                if left <= 0:
                    return False
                self._news.wait(left)
        return True

    def close(self) -> None:
        """Finish the sentence being said, forget the others."""
        with self._news:
            self._closed = True
            thread = self._thread
        self._waiting.put(None)
        if thread is not None and thread is not threading.current_thread():
            thread.join(_CLOSE_S)
        self._let_go()

    def _run(self) -> None:
        while True:
            words = self._waiting.get()
            if words is not None and not self._closed:
                self._say_now(*words)
            with self._news:
                self._left = 0 if words is None else self._left - 1
                self._news.notify_all()
            if words is None:
                return

    def _say_now(self, tongue: str, words: str) -> None:
        try:
            if tongue != self._turned_to:
                self._turned_to = tongue
                self._set_tongue(tongue)
            if self._pace != self._paced:  # only this thread speaks, so only it turns the engine over
                self._paced = self._pace
                self._set_pace(self._pace)
            self._utter(words, self._volume)
            self._trouble = None
        except Fault as fault:
            self._trouble = fault
        except Exception as error:  # a bug of an engine costs a sentence, not the voice
            self._trouble = Fault("device-broken", type(error).__name__)
