"""Keeps the strip over the window and the customer screen at what the window is doing.

Nothing here waits: the newest moment is handed to the lane of each device, which shows it when its turn
comes and leaves out what is over by then. A desk without such a device does nothing at all.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

from counter_app.services.front import Front, front_of, screen_words, strip_words
from counter_app.services.visit_view import VisitView
from drivers.protocols import LedText, Teller
from drivers.room import DeviceRoom

STRIP, SCREEN = "led", "customer_screen"


class WindowFront:
    """Tells the devices before the window; `see` from any thread."""

    def __init__(self, room: DeviceRoom) -> None:
        self._room = room
        self._now: Front | None = None
        self._shown: dict[str, Front] = {}
        self._has_left = False

    @property
    def is_there(self) -> bool:
        """Whether this desk has anything to show it on."""
        return self._room.has(STRIP) or self._room.has(SCREEN)

    def see(self, view: VisitView) -> None:
        """Take a snapshot of the visit."""
        if self.is_there and not self._has_left:
            self._say(front_of(view))

    def again(self, role: str) -> None:
        """Another device plays a role: it shows what the last one did."""
        if role in (STRIP, SCREEN):
            self._shown.pop(role, None)
            self._put(role)

    def leave(self) -> None:
        """The desk is closing: the window is paused, whatever is still written down."""
        self._has_left = True
        if self._now is not None:
            self._say(replace(self._now, state="paused", ticket="", name=""))

    def _say(self, front: Front) -> None:
        if front != self._now:
            self._now = front
            for role in (STRIP, SCREEN):
                self._put(role)

    def _put(self, role: str) -> None:
        self._room.post(role, partial(self._show, role))

    def _show(self, role: str, device: Any) -> None:
        """On the device's lane: show the newest moment, unless it is shown. Raises Fault."""
        front = self._now
        if front is None or self._shown.get(role) == front:
            return
        self._shown.pop(role, None)  # what a device in trouble shows, nobody knows
        if role == STRIP:
            device.show(LedText(*strip_words(front)))
        elif front.state == "open":
            device.welcome(Teller(front.window, front.clerk_name, front.clerk_no))
        else:
            device.call(front.name, front.ticket, screen_words(front))
        self._shown[role] = front
