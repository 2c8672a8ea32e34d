"""A scanner that types like a keyboard: what a window tells it, and what it decides about it.

Standard library, Python 3.9 syntax only, as `drivers.protocols`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Optional, Protocol


@dataclass(frozen=True)
class Stroke:
    """One thing a keyboard or input method said: `committed` text and what it is still `composing`.

    Enter is committed as CR, Tab as HT. `at_ms` is of any steady clock.
    """

    committed: str = field(repr=False)
    composing: str = field(default="", repr=False)
    at_ms: int = 0


@dataclass(frozen=True)
class Verdict:
    """What becomes of strokes: first the `released` oldest held ones are typed; with a `code` (not None) the
    other held ones are its and are thrown away; then the stroke's `own` fate: passed, held or eaten.
    """

    released: int = 0
    code: Optional[str] = field(default=None, repr=False)
    own: str = "passed"


class KeyScanner(Protocol):
    """A scanner that types: the window asks it about each stroke, on one thread; it never waits."""

    @property
    def patience_ms(self) -> Optional[int]:
        """How long to wait for more before calling `silence`; None when nothing is held."""

    def stroke(self, stroke: Stroke) -> Verdict:
        """What becomes of a stroke and of those held."""

    def silence(self) -> Verdict:
        """What the pause since the last stroke decides about those held."""

    def other(self) -> Verdict:
        """What is decided about those held by a key that no scanner sends."""
