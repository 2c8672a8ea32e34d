"""Values and protocols of the devices before the citizen. Standard library, Python 3.9 syntax only.

They are imported from `drivers.protocols`, which this file belongs to. What a person wrote, typed or pressed
stands in no repr. Every call that waits for a person has a limit in ms and can be called off with `cancel`
from another thread; it then raises Fault `citizen-cancelled`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Optional, Protocol

LEVELS = (5, 4, 3, 2, 1)  # 非常满意 满意 基本满意 不满意 非常不满意
RATED, SKIPPED, NOT_RATED = "rated", "skipped", "timeout"

Line = tuple[str, str]  # a label and what stands beside it


@dataclass(frozen=True)
class Rating:
    """What came of asking: rated (`level` 5 best to 1), skipped, or timeout (未评); both level 0."""

    outcome: str
    level: int = 0
    device: str = ""
    reasons: tuple[str, ...] = ()  # codes, where the device or screen asked for them


@dataclass(frozen=True)
class Signature:
    """A name written by hand: a PNG on white, and how it was written where the device tells.

    `strokes` are lines of (x, y, ms since the first touch, pressure 0..1023), x and y in pixels.
    """

    image: bytes = field(repr=False)
    strokes: tuple[tuple[tuple[int, int, int, int], ...], ...] = field(default=(), repr=False)
    device: str = ""


@dataclass(frozen=True)
class Fingerprint:
    """One finger: a grey PNG, the device's own feature bytes, and its quality 0..100 (-1: not told)."""

    image: bytes = field(repr=False)
    feature: bytes = field(default=b"", repr=False)
    quality: int = -1
    device: str = ""


@dataclass(frozen=True)
class Pin:
    """What was typed on a PIN pad; `encrypted` says that the pad gave a block under its own key instead."""

    secret: bytes = field(repr=False)
    encrypted: bool = False


@dataclass(frozen=True)
class LedText:
    """What a strip shows: one line of text; `colour` red green yellow; `line` counts from 0."""

    text: str
    colour: str = "red"
    line: int = 0


@dataclass(frozen=True)
class Teller:
    """Who sits behind the window, as a customer screen shows it when nobody is served."""

    window: str
    name: str = ""
    number: str = ""
    post: str = ""


@dataclass(frozen=True)
class SealWish:
    """One paper to be sealed, at a `keyword` (its first place) or on a page at mm from its top left.

    `number` is the paper's printed number; it is what the use of the seal is written down under.
    """

    pdf: bytes = field(repr=False)
    number: str
    seal: str = ""
    keyword: str = ""
    page: int = 0
    left_mm: float = 0.0
    top_mm: float = 0.0
    reason: str = ""


@dataclass(frozen=True)
class SealedPdf:
    """The paper as it came back; `serial` is the seal service's own number of this use."""

    pdf: bytes = field(repr=False)
    seal: str = ""
    serial: str = ""
    sealed_at: str = ""
    certificate: str = ""


class Voice(Protocol):
    """Says sentences one after another; the next never cuts off the last. Numbers are read as a hall does."""

    def say(self, text: str) -> None:
        """Queue a sentence and return at once. Raises Fault `voice-full` when far too much is waiting."""

    def render(self, text: str, file: str) -> str:
        """Write what `say` would be heard as to a WAV file (16 bit PCM); its path. Raises Fault."""

    def set_volume(self, percent: int) -> None:
        """How loud the next sentence is, 0 to 100."""

    def set_pace(self, percent: int) -> None:
        """How fast the next sentence is, in percent of the everyday pace; a recording keeps its own."""

    def set_tongue(self, code: str) -> bool:
        """The language of the next sentences by its code, "" for Chinese; False where it has not that."""

    def trouble(self) -> Optional[Any]:
        """The Fault for which the last sentence was not heard; None when it was."""

    def wait(self, limit_ms: int) -> bool:
        """Whether everything queued so far was said within the limit."""

    def close(self) -> None:
        """Finish the sentence being said, forget the others, let go."""


class Rater(Protocol):
    """Asks whoever was served for one of five levels: no default, skipping allowed."""

    def ask(self, title: str, limit_ms: int) -> Rating:
        """Wait for an answer; a time-out is 未评, no fault. Raises Fault."""

    def cancel(self) -> None:
        """Call the asking off, from any thread."""

    def close(self) -> None:
        """Let go of the device."""


class LedStrip(Protocol):
    """Shows a line of text over a window."""

    def show(self, shown: LedText) -> None:
        """Put a text up; returns when the strip has it, where it says so. Raises Fault."""

    def clear(self) -> None:
        """Put nothing up. Raises Fault."""

    def close(self) -> None:
        """Let go of the device; what is up stays up."""


class SignPad(Protocol):
    """Takes a name written by hand."""

    def sign(self, title: str, limit_ms: int) -> Signature:
        """Wait for a signature. Raises Fault `citizen-timeout`, `citizen-cancelled`, `sign-empty` …"""

    def cancel(self) -> None:
        """Call the signing off, from any thread."""

    def close(self) -> None:
        """Let go of the device."""


class FingerprintReader(Protocol):
    """Takes the image of a finger, where a finger stands for a signature (按指印)."""

    def capture(self, title: str, limit_ms: int) -> Fingerprint:
        """Wait for a finger. Raises Fault `citizen-timeout`, `citizen-cancelled`, `finger-poor` …"""

    def cancel(self) -> None:
        """Call it off, from any thread."""

    def close(self) -> None:
        """Let go of the device."""


class PinPad(Protocol):
    """Takes a PIN on keys the clerk cannot see."""

    def ask(self, kind: str, limit_ms: int) -> Pin:
        """Wait for a PIN; `kind`: enter again old new. Raises Fault `pin-timeout`, `pin-cancelled` …"""

    def cancel(self) -> None:
        """Call it off, from any thread."""

    def close(self) -> None:
        """Let go of the device."""


class CustomerScreen(Protocol):
    """A 柜外清: one device with a screen on which the citizen reads, confirms, signs, rates and types."""

    def online(self) -> bool:
        """Whether the screen is there now."""

    def welcome(self, teller: Teller) -> None:
        """Show who sits here and that the window is open. Raises Fault."""

    def call(self, name: str, number: str, words: str) -> None:
        """Show who is served now; the name is masked by whoever calls. Raises Fault."""

    def confirm(self, title: str, lines: tuple[Line, ...], limit_ms: int) -> bool:
        """Show what was entered; True is 无误, False is 有误. Raises Fault."""

    def sign(self, title: str, limit_ms: int) -> Signature:
        """As a sign pad."""

    def rate(self, title: str, limit_ms: int) -> Rating:
        """As a rater."""

    def pin(self, kind: str, limit_ms: int) -> Pin:
        """As a PIN pad."""

    def cancel(self) -> None:
        """Call off what is being asked, from any thread."""

    def close(self) -> None:
        """Let go of the device."""


class ESeal(Protocol):
    """An e-seal service of some vendor: takes a paper and puts back the same paper sealed."""

    def seal(self, wish: SealWish) -> SealedPdf:
        """Have one paper sealed.

        Raises Fault `eseal-away`, `eseal-refused`, `eseal-garbled`, `eseal-unknown` (nobody knows whether it
        was sealed: ask the service before trying again).
        """

    def close(self) -> None:
        """Let go of the service."""
