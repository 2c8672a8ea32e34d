"""The newest page is said; what was left meanwhile is not, and nothing is cut off."""

from __future__ import annotations

import threading
from typing import Any

from counter_app.page_voice import PageVoice
from drivers.protocols import Fault


class Slow:
    """A voice whose sentences last until the test lets them end."""

    def __init__(self) -> None:
        self.heard: list[str] = []
        self.begun, self.go_on = threading.Semaphore(0), threading.Semaphore(0)
        self.closed = False

    def say(self, text: str) -> None:
        if text == "坏":
            raise Fault("voice-full")
        self.heard.append(text)
        self.begun.release()

    def set_tongue(self, code: str) -> bool:
        return code in ("", "en")

    def wait(self, limit_ms: int) -> bool:
        return self.closed or self.go_on.acquire(timeout=60)

    def close(self) -> None:
        self.closed = True
        self.go_on.release()

    def __getattr__(self, name: str) -> Any:
        raise AttributeError(name)


def test_only_the_newest_page_waits_behind_the_one_being_said() -> None:
    slow: Any = Slow()
    voice = PageVoice(slow)
    voice.say("一")
    assert slow.begun.acquire(timeout=60)
    voice.say("二")
    voice.say("三")
    slow.go_on.release()
    assert slow.begun.acquire(timeout=60)
    assert slow.heard == ["一", "三"]
    voice.say("四")
    voice.hush()
    voice.close()
    assert slow.heard == ["一", "三"]


def test_a_sentence_that_cannot_be_said_stops_nothing() -> None:
    slow: Any = Slow()
    voice = PageVoice(slow)
    slow.go_on.release()
    voice.say("坏")
    while voice._next[0]:
        slow.begun.acquire(timeout=0.01)
    voice.say("好")
    assert slow.begun.acquire(timeout=60)
    assert slow.heard == ["好"]
    voice.close()


def test_a_language_the_voice_has_not_is_silent_or_said_in_chinese() -> None:
    slow: Any = Slow()
    voice = PageVoice(slow)
    for words in (("Thank you.", "en"), ("رەھمەت", "ug"), ("نومۇر", "ug", "您的号")):
        voice.say(*words)
        slow.go_on.release()
        while voice._next[0]:
            slow.begun.acquire(timeout=0.01)
    voice.close()
    assert slow.heard == ["Thank you.", "您的号"]
