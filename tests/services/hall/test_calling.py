"""Calls are said one after another, whole, and never hold anything up."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from counter_app.services.hall.calling import Caller, Utterance
from counter_app.services.hall.hours import Volume, volume
from drivers.protocols import Fault
from drivers.voices.queued import QueuedVoice
from drivers.voices.sound import Sound
from tests.fakes.office import START


class Room:
    """Hears what is said, one sentence at a time; `gate` holds a sentence until the test lets it end."""

    def __init__(self) -> None:
        self.heard: list[tuple[str, int]] = []
        self.begun = threading.Semaphore(0)
        self.gate: threading.Semaphore | None = None
        self.talking = self.together = 0

    def utter(self, words: str, loud: int) -> None:
        self.talking += 1
        self.together = max(self.together, self.talking)
        self.heard.append((words, loud))
        self.begun.release()
        if self.gate is not None:
            assert self.gate.acquire(timeout=60)
        self.talking -= 1


def said(name: str) -> Utterance:
    return Utterance(name, f"请 {name} 号", name)


@pytest.fixture
def caller() -> Iterator[Callable[..., tuple[Caller, Room]]]:
    made: list[tuple[Caller, Room]] = []

    def make(loud: Volume | None = None, at: datetime = START, **more: Any) -> tuple[Caller, Room]:
        room = Room()
        voice = QueuedVoice(room.utter, lambda words: Sound(8000, words.encode() * 2))
        made.append((Caller(voice, loud or Volume(), lambda: at, **more), room))
        return made[-1]

    yield make
    for one, room in made:
        if room.gate is not None:
            room.gate.release(100)
        one.close()


def test_several_calls_are_said_in_order_and_never_over_one_another(caller: Any) -> None:
    over = threading.Semaphore(0)
    told, room = caller(done=lambda utterance, file: over.release())
    for name in ("甲", "乙", "丙"):
        told.call(said(name))
    for _ in range(3):
        assert over.acquire(timeout=60)
    order = [words for words, _ in room.heard]
    assert list(dict.fromkeys(order)) == ["请 甲 号", "请 乙 号", "请 丙 号"]
    assert room.together == 1


def test_a_call_alone_is_said_twice_and_one_with_others_behind_it_once(caller: Any) -> None:
    over = threading.Semaphore(0)
    told, room = caller(done=lambda utterance, file: over.release())
    room.gate = threading.Semaphore(0)
    told.call(said("甲"))
    assert room.begun.acquire(timeout=60)
    told.call(said("乙"))  # comes while the first is being said: it is not cut off, but not repeated either
    room.gate.release(3)
    assert over.acquire(timeout=60)
    assert over.acquire(timeout=60)
    assert [words for words, _ in room.heard] == ["请 甲 号", "请 乙 号", "请 乙 号"]


def test_a_ticket_called_again_before_it_was_said_is_said_once(caller: Any) -> None:
    told, room = caller()
    room.gate = threading.Semaphore(0)
    told.call(said("甲"))
    assert room.begun.acquire(timeout=60)
    told.call(said("乙"))
    told.call(said("乙"))
    with told._news:
        assert [one.key for one in told._waiting] == ["乙"]


def test_the_hour_says_how_loud(caller: Any) -> None:
    over = threading.Semaphore(0)
    told, room = caller(volume("08:00=80 12:00=40"), START.replace(hour=12), done=lambda u, f: over.release())
    told.call(said("甲"))
    assert over.acquire(timeout=60)
    assert {loud for _, loud in room.heard} == {40}


def test_at_a_silent_hour_nothing_is_said(caller: Any) -> None:
    over = threading.Semaphore(0)
    told, room = caller(volume("18:00=0"), START.replace(hour=19), done=lambda u, f: over.release())
    told.call(said("甲"))
    assert over.acquire(timeout=60)
    assert room.heard == []


def test_each_call_leaves_one_whole_file(caller: Any, tmp_path: Path) -> None:
    over = threading.Semaphore(0)
    files: list[str] = []

    def done(utterance: Utterance, file: str) -> None:
        files.append(file)
        over.release()

    told, room = caller(folder=tmp_path, done=done)
    told.call(said("甲"))
    told.call(Utterance("甲", "请 甲 号", "甲-2"))
    assert over.acquire(timeout=60)
    assert over.acquire(timeout=60)
    assert sorted(Path(file).name for file in files) == ["甲-2.wav", "甲.wav"]
    assert (tmp_path / "甲.wav").read_bytes()[:4] == b"RIFF"
    assert room.heard == []


def test_a_voice_that_fails_costs_one_sentence(caller: Any) -> None:
    over = threading.Semaphore(0)
    told, room = caller(done=lambda utterance, file: over.release())

    def broken(text: str) -> None:
        raise Fault("voice-full", "50")

    whole, told._voice.say = told._voice.say, broken
    told.call(said("甲"))
    assert over.acquire(timeout=60)
    told._voice.say = whole
    told.call(said("乙"))
    assert over.acquire(timeout=60)
    assert room.heard[0][0] == "请 乙 号"
