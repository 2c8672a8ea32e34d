"""Plays one journey on a desk in its own process: keys through X only, devices from outside."""

from __future__ import annotations

import contextlib
import json
import os
import select
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from drivers.simulate import Refused, Remote
from tests.fakes.x_screen import Hand, x_screen

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
LIMIT_S = 60.0
SECOND_READER = "Virtual PCD 00 01"
# Card, Moran and Newell: a key, the hand to a device and back, a thought; laying a card down: 2 s.
KEY_S, HAND_S, THOUGHT_S, PUT_S = 0.20, 0.40, 1.35, 2.0
HANZI_KEYS = 3.5  # of an input method, for one character


@dataclass(frozen=True)
class Journey:
    """What is played, and what it may cost."""

    name: str
    title: str
    type_id: str
    cap: int
    steps: tuple[str, ...]
    printed: tuple[str, ...]


@dataclass
class Played:
    """What it did cost."""

    keys: float = 0
    clicks: int = 0
    hands: int = 0
    thoughts: int = 0
    number: str = ""
    words: str = ""
    told: list[Mapping[str, Any]] = field(default_factory=list)

    @property
    def seconds(self) -> float:
        """What the keystroke-level model predicts of somebody who knows the work."""
        return self.keys * KEY_S + self.hands * (HAND_S + PUT_S) + self.thoughts * THOUGHT_S


def journeys() -> dict[str, Journey]:
    """The journeys of `budgets.toml` by name."""
    found = tomllib.loads((HERE / "budgets.toml").read_text("utf-8"))["journey"]
    return {
        row["name"]: Journey(
            row["name"], row["title"], row["type"], row["cap"], tuple(row["steps"]), tuple(row["printed"])
        )
        for row in found
    }


def values(path: Path = HERE / "people.toml") -> Mapping[str, str]:
    """Amounts, dates and words; any file of the same shape will do.

    A date is given in days from today; it is typed as four digits and printed in full (`…_words`).
    """
    given = dict(tomllib.loads(path.read_text("utf-8"))["values"])
    days = given.pop("dates")
    found = {name: str(value) for name, value in given.items()}
    today = date.today()
    for name, step in days.items():
        day = today + timedelta(days=step)
        found[name] = f"{day:%m%d}" if day.year == today.year else f"{day:%y%m%d}"
        found[f"{name}_day"], found[f"{name}_words"] = f"{day:%Y%m%d}", day.isoformat()
    return {name: _filled(value, found) for name, value in found.items()}


def play(journey: Journey, given: Path = HERE / "people.toml") -> Played:
    """From the idle page of a fresh store to the printed paper."""
    known = values(given)
    with tempfile.TemporaryDirectory(prefix="ow-journey-") as folder, x_screen() as display:
        people = Path(folder) / "people.toml"
        people.write_text(_people_only(given), "utf-8")
        with opened_desk(Path(folder), people, display) as desk:
            for step in journey.steps:
                desk.step(step, known)
            return desk.played_to_the_paper()


class Desk:
    """A desk in another process, seen through its trace and its papers."""

    def __init__(self, data: Path, hand: Hand, trace: int, process: subprocess.Popen[str]) -> None:
        self._data, self._hand, self._trace, self._process = data, hand, trace, process
        self._rest = b""
        self.played = Played()
        self._acts: Mapping[str, Callable[[str], None]] = {
            "press": self._press,
            "type": self._type,
            "until": self._until_words,
            "card": lambda key: self._put("card", "insert", {"card": key}),
            "second": lambda key: self._put("card", "insert", {"card": key, "reader": SECOND_READER}),
            "scan": lambda text: self._put("scanner", "scan", {"text": text}),
        }
        self._typed = 0.0  # keys that an input method would have cost beyond those pressed

    def step(self, step: str, known: Mapping[str, Any]) -> None:
        """`press CHORD`, `type WORDS`, `card KEY`, `second KEY`, `scan TEXT`, `until fact=value`."""
        act, _, rest = step.partition(" ")
        self._acts[act](_filled(rest, known))

    def emptied(self) -> None:
        """The cards are taken away."""
        for reader in ({}, {"reader": SECOND_READER}):
            with contextlib.suppress(Refused):  # none is in it
                Remote(self._data / "simulators" / "card.sock", LIMIT_S).do("remove", reader)

    def until_printed(self) -> None:
        """Wait until a case is accepted and its paper has left."""
        end = time.monotonic() + LIMIT_S
        while not (self._now().get("number") and self._now().get("sent")):
            ready, _, _ = select.select([self._trace], [], [], max(0.0, end - time.monotonic()))
            if not ready:
                raise AssertionError(f"nothing was accepted and printed; the desk says {self._now()}")
            self._read()

    def rest(self, until: float) -> None:
        """Nobody touches anything before that moment of the monotonic clock."""
        while (left := until - time.monotonic()) > 0:
            if select.select([self._trace], [], [], left)[0]:
                self._read()

    def order(self, word: str) -> None:
        """Give the program one word on its standard input."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{word}\n")
        self._process.stdin.flush()

    def answer(self) -> Mapping[str, Any]:
        """The next thing the program said."""
        assert self._process.stdout is not None
        told: Mapping[str, Any] = json.loads(self._process.stdout.readline())
        return told

    def until(self, **facts: Any) -> None:
        """Wait until the desk is at rest with these facts and every key so far."""
        end = time.monotonic() + LIMIT_S
        facts = {"keys": self._hand.pressed, **facts}
        while not all(self._now().get(name) == value for name, value in facts.items()):
            ready, _, _ = select.select([self._trace], [], [], max(0.0, end - time.monotonic()))
            if not ready:
                raise AssertionError(f"waited in vain for {facts}; the desk says {self._now()}")
            self._read()

    def played_to_the_paper(self) -> Played:
        """What it cost, once the paper has left. AssertionError when none comes."""
        self.until_printed()
        played, now = self.played, self._now()
        played.keys, played.clicks = now["keys"] + self._typed, now["clicks"]
        played.number = now["number"]
        papers = sorted((self._data / "papers").glob("**/*.pdf"))
        played.words = "".join(map(_words_of, papers))
        return played

    def _press(self, chord: str) -> None:
        self.played.thoughts += chord not in ("Return", "Enter")
        self._hand.press(chord)
        self.until()

    def _type(self, words: str) -> None:
        self.played.thoughts += 1
        for before, character in zip("\0" + words, words, strict=False):
            if character == before or not character.isascii():
                self.until()  # one key twice in a millisecond is a key held down; a spare key is given anew
            self._hand.type(character)
            self._typed += 0 if character.isascii() else HANZI_KEYS - 1
        self.until()

    def _put(self, device: str, action: str, given: Mapping[str, str]) -> None:
        self.played.hands += 1
        Remote(self._data / "simulators" / f"{device}.sock", LIMIT_S).do(action, given)

    def _until_words(self, words: str) -> None:
        name, _, value = words.partition("=")
        self.until(**{name: int(value) if value.lstrip("-").isdigit() else value})

    def _now(self) -> Mapping[str, Any]:
        return self.played.told[-1] if self.played.told else {}

    def _read(self) -> None:
        *lines, self._rest = (self._rest + os.read(self._trace, 65536)).split(b"\n")
        self.played.told += [json.loads(line) for line in lines if line]


@contextlib.contextmanager
def opened_desk(
    folder: Path, people: Path, display: str, program: Callable[..., Sequence[str]] | None = None
) -> Iterator[Desk]:
    """A demo desk that is up and idle; its window has the keyboard.

    `program` makes another command line of data folder, people and trace.
    """
    data, trace = folder / "data", folder / "trace"
    os.mkfifo(trace)
    heard = os.open(trace, os.O_RDWR | os.O_NONBLOCK)  # for both, so that neither side waits for the other
    environment = {**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "PYTHONPATH": str(ROOT)}
    argv = (program or _demo)(data, people, trace)
    hand, pipe = Hand(display), subprocess.PIPE
    with (folder / "said").open("w") as said:  # a pipe that nobody reads would fill up in a long day
        process = subprocess.Popen(
            [sys.executable, *argv], env=environment, stdin=pipe, stdout=pipe, stderr=said, text=True
        )
    desk = Desk(data, hand, heard, process)
    try:
        desk.until(page="idle")
        hand.take_window()
        yield desk
    finally:
        if process.poll() is None:
            hand.close_window()
        process.communicate(timeout=LIMIT_S)
        os.close(heard)
        hand.close()


def _demo(data: Path, people: Path, trace: Path) -> Sequence[str]:
    return (
        *("-m", "counter_app", "demo", "--data", str(data)),
        *("--people", str(people), "--trace", str(trace)),
    )


def wanted(journey: Journey, known: Mapping[str, str]) -> tuple[str, ...]:
    """The words that must stand on the paper."""
    return tuple(_filled(words, known) for words in journey.printed)


def _people_only(path: Path) -> str:
    """The part of the file that the desk knows; what clerks will type stays with us."""
    return path.read_text("utf-8").partition("\n[values")[0]


def _filled(words: str, known: Mapping[str, Any]) -> str:
    for name, value in known.items():
        words = words.replace("{" + name + "}", str(value))
    assert "{" not in words, f"people.toml has no value for {words}"
    return words


def _words_of(paper: Path) -> str:
    """The words of a paper without the breaks between them."""
    told = subprocess.run(
        ["pdftotext", "-layout", str(paper), "-"], capture_output=True, text=True, check=True, timeout=LIMIT_S
    )
    return "".join(told.stdout.split())
