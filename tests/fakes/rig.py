"""What a contract test is given: an opened driver, and hands that bring things before it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.fakes.listening import Listener


@dataclass
class Rig:
    """`device` is the opened driver; `put` brings something before it, `take` removes it."""

    device: Any
    put: Callable[[], str] = lambda: ""
    take: Callable[[], None] = lambda: None
    heard: Listener = field(default_factory=Listener)
    limit_s: float = 10.0
    code: str = ""
    pin: str = ""  # of the card that `put` brings
    words: Callable[[], str] | None = None  # what a printer has put on paper so far, where it can be read
