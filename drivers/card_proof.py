"""What a hall wants of a social-security card beyond reading it: its key module, its holder's password."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from drivers import registry
from drivers.protocols import CardRead, Fault

PIN_MS = 60_000  # how long a citizen may look for the password


@dataclass(frozen=True)
class CardProof:
    """The hall's rules for cards. `ask_key` answers for the key module; no password unless `wants_pin`."""

    ask_key: Callable[[str], str] | None = None
    wants_pin: bool = False

    @property
    def longest_ms(self) -> int:
        """How much longer a card may take than its reading."""
        return PIN_MS if self.wants_pin else 0


NOTHING_ELSE = CardProof()


def read_proven(device: Any, reader: str, proof: CardProof, full_id: str, pad: Callable[[], Any]) -> CardRead:
    """Read the card and, where the hall wants it, let the card check its holder's password.

    `pad` gives the desk's PIN pad for a reader without keys. Raises Fault; nothing of the card is told then.
    """
    told: CardRead = device.read(reader)
    if not proof.wants_pin:
        return told
    way = registry.find(full_id).pin
    if way == "keypad":
        device.verify_pin(told.reader)
    elif way == "typed":
        device.verify_pin(told.reader, _typed(pad()))
    else:
        raise Fault("pinpad-none", full_id)
    return told


def _typed(pad: Any) -> str:
    """The digits; a pad that only gives them under its own key is of no use to a bare card."""
    if pad is None:
        raise Fault("pinpad-none", "")
    pin = pad.ask("enter", PIN_MS)
    if pin.encrypted:
        raise Fault("pinpad-none", "encrypted")
    return str(pin.secret.decode("ascii", "replace"))


class PadInLane:
    """The PIN pad (or customer screen) of a place in the room, asked from another device's lane."""

    def __init__(self, place: Any, backstop_ms: int) -> None:
        self._place = place
        self._backstop_ms = backstop_ms

    def ask(self, kind: str, limit_ms: int) -> Any:
        """Wait for a PIN. Raises Fault."""
        place = self._place
        call = "ask" if place.role == "pinpad" else "pin"
        ask = lambda: getattr(place.device(), call)(kind, limit_ms)  # noqa: E731
        return place.lane.ask(ask, limit_ms + self._backstop_ms)
