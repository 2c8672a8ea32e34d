"""The devices before the citizen as the desk asks them: whichever of them this desk has."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from drivers.protocols import Fault, Fingerprint, LedText, Pin, Rating, SealedPdf, SealWish, Signature, Teller
from drivers.room import DeviceRoom

_SCREEN = "customer_screen"
_SHORT_MS = 5_000
_SEAL_MS = 30_000


class CitizenDevices:
    """Every call that waits for a person blocks its caller: on a lane or a worker, never on the UI thread.

    A desk with a customer screen (柜外清) uses it for what it has no other device for. All raise Fault, also
    `device-unavailable` where this desk has no such device: ask `can` first.
    """

    def __init__(self, room: DeviceRoom) -> None:
        self._room = room

    def can(self, what: str) -> bool:
        """Whether this desk can `rate sign finger pin confirm show say seal`; never waits."""
        return any(self._room.has(role) for role in _ABLE.get(what, ()))

    def rate(self, title: str, limit_ms: int) -> Rating:
        """Ask for one of five levels; a time-out is 未评."""
        own = self._room.has("rater")
        work: Any = (lambda d: d.ask(title, limit_ms)) if own else (lambda d: d.rate(title, limit_ms))
        rated: Rating = self._room.use("rater" if own else _SCREEN, work, limit_ms)
        return rated

    def sign(self, title: str, limit_ms: int) -> Signature:
        """Ask for a name under a sentence."""
        role = "signpad" if self._room.has("signpad") else _SCREEN
        signature: Signature = self._room.use(role, lambda d: d.sign(title, limit_ms), limit_ms)
        return signature

    def finger(self, title: str, limit_ms: int) -> Fingerprint:
        """Ask for a finger."""
        found: Fingerprint = self._room.use("fingerprint", lambda d: d.capture(title, limit_ms), limit_ms)
        return found

    def pin(self, kind: str, limit_ms: int) -> Pin:
        """Ask for a PIN: enter again old new."""
        own = self._room.has("pinpad")
        work: Any = (lambda d: d.ask(kind, limit_ms)) if own else (lambda d: d.pin(kind, limit_ms))
        pin: Pin = self._room.use("pinpad" if own else _SCREEN, work, limit_ms)
        return pin

    def confirm(self, title: str, lines: Sequence[tuple[str, str]], limit_ms: int) -> bool:
        """Have what was entered read on a customer screen; True is 无误."""
        work: Any = lambda d: d.confirm(title, tuple(lines), limit_ms)  # noqa: E731
        return bool(self._room.use(_SCREEN, work, limit_ms))

    def welcome(self, teller: Teller) -> None:
        """Show who sits here, on a customer screen."""
        self._room.use(_SCREEN, lambda d: d.welcome(teller), _SHORT_MS)

    def show(self, text: str, colour: str = "red") -> None:
        """Put a text over the window; nothing takes it down again."""
        shown = LedText(text, colour)
        self._room.use("led", lambda d: d.show(shown) if text else d.clear(), _SHORT_MS)

    def say(self, text: str, pace: int = 100, tongue: str = "") -> None:
        """Queue a sentence at a pace in percent; returns at once when the voice is open.

        `tongue` is the code of its language, "" for Chinese; a voice that has not that language is silent.
        """

        def work(voice: Any) -> None:
            voice.set_pace(pace)
            if voice.set_tongue(tongue) or not tongue:
                voice.say(text)

        self._room.use("voice", work, _SHORT_MS)

    def seal(self, wish: SealWish) -> SealedPdf:
        """Have a paper sealed; with `close` the protocol `ESeal`."""
        sealed: SealedPdf = self._room.use("eseal", lambda d: d.seal(wish), _SEAL_MS)
        return sealed

    def cancel(self, what: str) -> None:
        """Call off what is being asked (`rate sign finger pin confirm`), from any thread."""
        for role in _ABLE.get(what, ()):
            device = self._room.reach(role)
            if hasattr(device, "cancel"):
                device.cancel()
                return
        raise Fault("device-unavailable", what)

    def close(self) -> None:
        """The devices are the room's."""


_ABLE = {
    "rate": ("rater", _SCREEN),
    "sign": ("signpad", _SCREEN),
    "finger": ("fingerprint",),
    "pin": ("pinpad", _SCREEN),
    "confirm": (_SCREEN,),
    "show": ("led",),
    "say": ("voice",),
    "seal": ("eseal",),
}
