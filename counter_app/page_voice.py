"""The voice of a kiosk's pages: the newest page is said, one that was left meanwhile is not.

A voice never cuts a sentence off; so at most one waits behind the one being said.
"""

from __future__ import annotations

import threading

from drivers.protocols import Fault, Voice

PATIENCE_MS = 20_000  # no sentence of a page takes longer
_NOTHING = ("", "", "")


class PageVoice:
    """Says the latest sentence on a thread of its own; whoever shows a page never waits for it."""

    def __init__(self, voice: Voice) -> None:
        self._voice = voice
        self._news = threading.Condition()
        self._next = _NOTHING
        self._closed = False
        self._thread = threading.Thread(target=self._run, name="page-voice", daemon=True)
        self._thread.start()

    def say(self, words: str, tongue: str = "", instead: str = "") -> None:
        """Say it after the sentence being said; what waited before it is forgotten.

        `tongue` is the code of its language, "" for Chinese. A voice that has not that language says
        `instead` in Chinese, or nothing.
        """
        with self._news:
            self._next = (words, tongue, instead)
            self._news.notify()

    def pace(self, percent: int) -> None:
        """How fast the next sentence is, in percent of the everyday pace."""
        self._voice.set_pace(percent)

    def hush(self) -> None:
        """Forget what waits."""
        with self._news:
            self._next = _NOTHING

    def close(self) -> None:
        """Finish the sentence being said, then let go of the voice."""
        with self._news:
            self._closed = True
            self._news.notify()
        self._voice.close()
        self._thread.join(PATIENCE_MS / 1000)

    def _run(self) -> None:
        while True:
            with self._news:
                while not self._next[0] and not self._closed:
                    self._news.wait()
                if self._closed:
                    return
                wanted, self._next = self._next, _NOTHING
            try:
                self._speak(*wanted)
            except Fault:
                continue  # a page that is not heard stands on the screen all the same

    def _speak(self, words: str, tongue: str, instead: str) -> None:
        if not self._voice.set_tongue(tongue):
            self._voice.set_tongue("")
            words = instead
        if words:
            self._voice.say(words)
            self._voice.wait(PATIENCE_MS)
