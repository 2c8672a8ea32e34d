"""The devices of a desk as its face asks them: cards, pages, and what stands before the citizen."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from counter_app.problems import Problem
from drivers.citizen_room import CitizenDevices
from drivers.key_scanner import KeyScanner
from drivers.protocols import DeviceHealth, Fault, Fingerprint, PagePicture, Rating, Signature
from drivers.room import DeviceRoom

PREVIEW_MS = 10_000  # a camera may take seconds to wake up
SLOWER = 85  # percent of the everyday pace: what is read is to be understood, not only heard
OPENING = "正在接通"  # a device that has not answered for the first time yet


class DeskDevices:
    """Part of `Counter`. What waits for a device or a person is called on a worker, never by the screen."""

    def __init__(self, room: DeviceRoom) -> None:
        self._room = room
        self._citizen = CitizenDevices(room)

    def read_card(self) -> object:
        """Read the card again (F3); called on a worker. Raises Fault."""
        return self._room.read_card()

    def key_scanner(self) -> KeyScanner | None:
        """The scanner that types, if this desk has one and it is open; never waits."""
        return self._room.key_scanner()

    def photograph(self, whole: bool) -> bytes:
        """The page under the document camera as JPEG, cut unless `whole`; on a worker. Raises Fault."""
        return self._room.photograph(whole).data

    def preview(self) -> bytes:
        """What the document camera sees now as a small JPEG; on a worker. Raises Fault.

        b"" where there is none, or none that can tell.
        """
        if not self._room.has("document_camera"):
            return b""
        seen = self._room.use("document_camera", _glance, PREVIEW_MS)
        return seen.data if seen is not None else b""

    def can(self, what: str) -> bool:
        """Whether a device of this desk can `rate sign finger confirm say`; never waits."""
        return self._citizen.can(what)

    def sign_on_pad(self, words: str, limit_ms: int) -> Signature:
        """Have a name written on this desk's own sign pad or customer screen; on a worker. Raises Fault."""
        return self._citizen.sign(words, limit_ms)

    def press_finger(self, words: str, limit_ms: int) -> Fingerprint:
        """Have a finger pressed; on a worker. Raises Fault."""
        return self._citizen.finger(words, limit_ms)

    def read_aloud(self, words: str, tongue: str = "") -> None:
        """Have something read to the citizen, slowly, by this desk's own voice; on a worker. Raises Fault.

        `tongue` is the code of its language; a voice that has not that language is silent.
        """
        self._citizen.say(words, SLOWER, tongue)

    def confirm_on_device(self, title: str, lines: Sequence[tuple[str, str]], limit_ms: int) -> bool:
        """Have what was entered read on the customer screen; True is 无误. On a worker. Raises Fault."""
        return self._citizen.confirm(title, lines, limit_ms)

    def call_off(self, what: str) -> None:
        """Ask the citizen no more for what `can` names; on a worker, nothing where nobody can be asked."""
        with suppress(Fault):  # the device went away with its question
            self._citizen.cancel(what)

    def rate_on_device(self, title: str, limit_ms: int) -> Rating:
        """Ask for a rating on this desk's rater or customer screen; on a worker. Raises Fault."""
        return self._citizen.rate(title, limit_ms)

    def device_states(self) -> tuple[tuple[str, bool, str], ...]:
        """Role, whether it works, and the word to show, for each device of this desk."""
        return tuple((s.role, s.ok, _word(s)) for s in self._room.states())


def _glance(camera: Any) -> PagePicture | None:
    preview = getattr(camera, "preview", None)
    seen: PagePicture | None = preview() if callable(preview) else None
    return seen


def _word(health: DeviceHealth) -> str:
    """What the status bar says of a device; nothing where all is well."""
    if health.because:
        return Problem(health.because).title
    return "" if health.ok else OPENING
