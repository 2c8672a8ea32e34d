"""The joined kiosk: a counter whose visit nobody but the citizen drives, its numbers, its bell, its PIN."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import Future
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, Protocol, TypeVar

from counter_app.counter import Counter
from counter_app.domain import ratings
from counter_app.domain.ticket_slip import TicketSlip
from counter_app.every import Every
from counter_app.late_hub import LateHub
from counter_app.problems import Problem
from counter_app.seals import pin as pins
from counter_app.services import rating
from counter_app.services.numbers_given import NumberGiver
from counter_app.services.parking import Parking
from counter_app.services.self_service import SelfService
from counter_app.services.self_view import Checked
from counter_app.services.visit_view import VisitView
from drivers.protocols import Fault

T = TypeVar("T")
TEND_S = 10.0  # how often spare numbers are looked after; also how late one given offline joins the line
TRIES, PAUSE_S = 5, 60  # wrong PINs before a pause, and how long it lasts


class Speaks(Protocol):
    """Says a sentence; the engine or nobody."""

    def say(self, words: str, tongue: str = "", instead: str = "") -> None:
        """Say it, after hushing the one before; returns at once. Without the language `instead` is said."""

    def pace(self, percent: int) -> None:
        """How fast the next sentence is, in percent of the everyday pace."""

    def hush(self) -> None:
        """Say nothing more."""

    def close(self) -> None:
        """Let go of the engine."""


class Silence:
    """A kiosk without a voice: everything stands on the screen."""

    def say(self, words: str, tongue: str = "", instead: str = "") -> None:
        """Nothing is heard."""

    def pace(self, percent: int) -> None:
        """Nothing is slow."""

    def hush(self) -> None:
        """Nothing was."""

    def close(self) -> None:
        """Nothing to let go."""


class KioskCounter:
    """What the kiosk's face is given. The store is written on the counter's services lane only."""

    def __init__(
        self,
        counter: Counter,
        parking: Parking,
        verify: Callable[[str], Checked],
        folder: Path,
        pin: str,
        voice: Speaks | None = None,
    ) -> None:
        self._counter = counter
        self.kiosk = SelfService(counter.visit, parking, verify)
        self._giver = NumberGiver(counter.office, folder)
        self._pin, self._wrong, self._pause_until = pin, 0, 0.0
        self._voice = voice or Silence()
        self._tender = Every(TEND_S, self._tend)

    # --- the counter's own ---------------------------------------------------------------------
    def run(self, call: Callable[[], T]) -> Future[T]:
        """Queue a call on the services lane; papers it promised are printed."""
        return self._counter.run(call)

    def watch(self, tell: Callable[[object], None]) -> None:
        """Have every device event told from a device's thread, until `close`."""
        self._counter.watch(tell)

    def on_change(self, tell: Callable[[VisitView], None]) -> None:
        """Have snapshots told that come by themselves."""
        self._counter.on_change(tell)

    def settle_in(self) -> None:
        """Warm the papers; a number that was being given when the power went is taken back."""
        self._counter.settle_in()
        self._counter.get_all_ready()
        self._counter.aside(self._giver.take_back)
        if not isinstance(self._counter.office.ports.hub, LateHub):
            self._tender.begin()  # a hub in this very process is never away

    def close(self) -> None:
        """Stop talking, the lanes, the devices and the store."""
        self._voice.close()
        self._tender.stop()
        self._counter.close()

    def _tend(self) -> None:
        """Spare numbers of this machine: told, and fetched anew."""
        self._giver.tend()

    def today(self) -> date:
        """The day of the hall."""
        return self._counter.office.today()

    # --- numbers -------------------------------------------------------------------------------
    def groups(self) -> tuple[tuple[str, str], ...]:
        """Code and name of every group people choose from."""
        return self._giver.groups()

    def take_number(self, group: str, tongue: str = "") -> tuple[TicketSlip, bool]:
        """A number for whoever is here, and whether its paper came out. Blocks: on a worker.

        `tongue` is the language beside the Chinese on its paper and on those of the window.

        Raises Problem `line-closed`, `hub-away`.
        """
        who = self._counter.run(partial(self._giver.about, self._counter.visit)).result()
        slip = self._giver.give(group, who, tongue)
        try:
            self._giver.printed(slip)
        except (Fault, Problem):
            return slip, False
        return slip, True

    def number_counts(self, request_id: str) -> None:
        """Printed, or shown and said: it counts."""
        self._giver.counts(request_id)

    # --- rating, help, the way out ---------------------------------------------------------------
    def reasons(self, level: int) -> tuple[tuple[str, str], ...]:
        """What somebody may tick with a level, by the national indicators."""
        return tuple((one.code, one.text) for one in ratings.choices(level))

    def rate(self, case_id: str, level: int, reasons: tuple[str, ...]) -> None:
        """A rating, 1 to 5, or 0 for 不评. Raises Problem `already-rated`, `rating-indicator`."""
        rating.answer(self._counter.office, case_id, level, reasons, "kiosk")

    def ring(self, place: str) -> None:
        """Call somebody of the staff to this kiosk. Raises Problem `hub-away`."""
        office = self._counter.office
        hub: Any = office.ports.hub
        hub.say(office.new_id(), "help.asked", office.actor, PLACES.get(place, ""), office.window)

    def check_pin(self, pin: str) -> None:
        """Raises Problem `kiosk-pin`, or `kiosk-pin-wait` after too many wrong ones."""
        left = self._pause_until - time.monotonic()
        if left > 0:
            raise Problem("kiosk-pin-wait", "pin", str(int(left) + 1))
        if pins.fits(pin, self._pin):
            self._wrong = 0
            return
        self._wrong += 1
        if self._wrong >= TRIES:
            self._wrong, self._pause_until = 0, time.monotonic() + PAUSE_S
        raise Problem("kiosk-pin", "pin")

    def say(self, words: str, tongue: str = "", instead: str = "") -> None:
        """Say a sentence in the language with this code, "" Chinese; where it cannot be, `instead`."""
        self._voice.say(words, tongue, instead)

    def pace(self, percent: int) -> None:
        """Speak at this pace from the next sentence on, in percent of the everyday one."""
        self._voice.pace(percent)

    def hush(self) -> None:
        """Say nothing more."""
        self._voice.hush()


# Where somebody was when they rang, for whoever comes; nothing of what they typed.
PLACES = {
    "home": "首页",
    "who": "出示证件",
    "groups": "取号",
    "ticket": "取号",
    "question": "填写",
    "check": "核对",
    "done": "办完",
    "refused": "没有办成",
    "window": "要到窗口办",
    "printing": "打印",
}
