"""Devices before the citizen whose vendor library runs in a host: calls that wait for a person.

A library that waits cannot be told anything meanwhile; calling off ends its process, and the next call finds
a fresh one whose driver first tells the device to stop asking.
"""

from __future__ import annotations

import threading
from typing import Any, Mapping, Tuple

from drivers.host.process import HostHealth, HostProcess
from drivers.protocols import Fault, Fingerprint, Pin, Rating, Signature, Teller

_GRACE_MS = 3000  # beyond what the library was told, before it counts as hanging


class HostedAsker:
    """What all of them share; each family below names its own call."""

    def __init__(self, host: HostProcess, config: Mapping[str, Any]) -> None:
        self._host = host
        self._off = threading.Event()

    def cancel(self) -> None:
        """Call off what is being asked, from any thread."""
        self._off.set()
        self._host.close()

    def health(self) -> HostHealth:
        """How the host is."""
        return self._host.health()

    def close(self) -> None:
        """End the host."""
        self.cancel()

    def _ask(self, wanted: type, call: str, *given: Any, limit_ms: int) -> Any:
        self._off.clear()
        try:
            told = self._host.call(call, *given, limit_ms, limit_ms=limit_ms + _GRACE_MS)
        except Fault as fault:
            if self._off.is_set() and fault.code == "device-gone":
                raise Fault("citizen-cancelled", "") from None
            raise
        if not isinstance(told, wanted):
            raise Fault("device-broken", call)
        return told


class HostedSignPad(HostedAsker):
    """A sign pad behind a vendor library."""

    def sign(self, title: str, limit_ms: int) -> Signature:
        """Wait for a signature. Raises Fault."""
        told: Signature = self._ask(Signature, "sign", title, limit_ms=limit_ms)
        return told


class HostedFingerprints(HostedAsker):
    """A fingerprint reader behind a vendor library."""

    def capture(self, title: str, limit_ms: int) -> Fingerprint:
        """Wait for a finger. Raises Fault."""
        told: Fingerprint = self._ask(Fingerprint, "capture", title, limit_ms=limit_ms)
        return told


class HostedPinPad(HostedAsker):
    """A PIN pad behind a vendor library."""

    def ask(self, kind: str, limit_ms: int) -> Pin:
        """Wait for a PIN. Raises Fault."""
        told: Pin = self._ask(Pin, "ask", kind, limit_ms=limit_ms)
        return told


class HostedScreen(HostedAsker):
    """A customer screen behind a vendor library."""

    def online(self) -> bool:
        """Whether the screen is there now."""
        try:
            return bool(self._host.call("online"))
        except Fault:
            return False

    def welcome(self, teller: Teller) -> None:
        """Show who sits here. Raises Fault."""
        self._host.call("welcome", teller)

    def call(self, name: str, number: str, words: str) -> None:
        """Show who is served now. Raises Fault."""
        self._host.call("call", name, number, words)

    def confirm(self, title: str, lines: Tuple[Tuple[str, str], ...], limit_ms: int) -> bool:
        """Show what was entered; True is 无误. Raises Fault."""
        told: bool = self._ask(bool, "confirm", title, lines, limit_ms=limit_ms)
        return told

    def sign(self, title: str, limit_ms: int) -> Signature:
        """Wait for a signature. Raises Fault."""
        told: Signature = self._ask(Signature, "sign", title, limit_ms=limit_ms)
        return told

    def rate(self, title: str, limit_ms: int) -> Rating:
        """Wait for a rating. Raises Fault."""
        told: Rating = self._ask(Rating, "rate", title, limit_ms=limit_ms)
        return told

    def pin(self, kind: str, limit_ms: int) -> Pin:
        """Wait for a PIN. Raises Fault."""
        told: Pin = self._ask(Pin, "pin", kind, limit_ms=limit_ms)
        return told


HELD: Mapping[str, Any] = {
    "signpads": HostedSignPad,
    "fingerprints": HostedFingerprints,
    "pinpads": HostedPinPad,
    "gwq": HostedScreen,
}
