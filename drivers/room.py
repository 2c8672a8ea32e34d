"""The devices of one desk: each chosen driver opened in its own lane, watched, limited and kept healthy."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import Any

from drivers import registry
from drivers.card_proof import NOTHING_ELSE, CardProof, PadInLane, read_proven
from drivers.key_scanner import KeyScanner
from drivers.place import Choice, Place
from drivers.protocols import (
    CardEvent,
    CardRead,
    DeviceHealth,
    Fault,
    IdCardRead,
    PagePicture,
    PrintJob,
    PrintOutcome,
    Scan,
    VoucherPerson,
)
from drivers.roles import ABSENT, NOT_THE_DEVICE, ROLES
from drivers.scanners.classify import kind_of
from drivers.trials import ScanTrial, Trial, tried

Told = CardEvent | CardRead | IdCardRead | Scan | DeviceHealth | tuple[str, Fault]
Tell = Callable[[Told], None]

_OPEN_MS = 15_000
_PRINT_MS = 30_000
_PAGE_MS = 12_000
_BACKSTOP_MS = 1_500  # the driver's own, better-worded limit comes first
_log = logging.getLogger("drivers.room")


class DeviceRoom:
    """What `bootstrap` opens as the ports `Devices` and `Vouchers`.

    `choices` maps a role of `ROLES` to (full driver id, its configuration); `limit_ms` bounds a card,
    ID-card or voucher call; `proof` says what the hall wants of a card beyond reading it.
    Values reach `watch`'s `tell` from device threads: it must only hand on.
    """

    def __init__(
        self,
        choices: Mapping[str, Choice],
        limit_ms: int = 3000,
        opener: Callable[[str, Mapping[str, Any]], Any] = registry.open,
        proof: CardProof = NOTHING_ELSE,
    ) -> None:
        unknown = set(choices) - set(ROLES)
        if unknown:
            raise ValueError("no such role: " + ", ".join(sorted(unknown)))
        self._limit_ms = limit_ms
        self._read_ms = limit_ms * 3  # a slow card may use the limit for single answers, not for each
        self._tell: Tell | None = None
        self._lock = threading.Lock()
        self._closed = False
        self._opener = opener
        self._proof = proof
        self._scans = ScanTrial()
        self._places: Mapping[str, Place] = {
            role: self._place(role, choice) for role, choice in choices.items()
        }
        for place in self._places.values():
            place.lane.post(partial(self._settle, place, place.device))

    def _place(self, role: str, choice: Choice) -> Place:
        driver_id, config = choice
        if role in ("card", "idcard", "voucher"):
            config = {"limit_ms": self._limit_ms, **config}
        if role == "idcard":
            config = {"role": role, **config}
        place = Place(role, (driver_id, config), self._opener)
        if role == "card" and self._proof.ask_key is not None:
            place.given = {"ask_key": self._proof.ask_key}
        return place

    def states(self) -> tuple[DeviceHealth, ...]:
        """How each chosen device is, in the order of `ROLES`; safe from any thread, never waits."""
        places = self._places
        return tuple(places[role].health for role in ROLES if role in places)

    def choices(self) -> Mapping[str, Choice]:
        """Which driver plays which role now, with its configuration; safe from any thread."""
        return {role: place.choice for role, place in self._places.items()}

    def last_fault(self, role: str) -> tuple[Fault, float] | None:
        """The last trouble of a device, also one that is over, and when it was (`time.time()`)."""
        place = self._places.get(role)
        return place.last if place else None

    def starts(self, role: str) -> int:
        """How often the host process of a device was started; 0 for one without a host. Never waits."""
        place = self._places.get(role)
        health = getattr(place.opened if place else None, "health", None)
        told = health() if callable(health) else None
        return int(getattr(told, "starts", 0))

    def put(self, role: str, choice: Choice | None) -> None:
        """Let another device play a role from now on, or (None) nobody. The old one is let go first.

        Waits at most a second for the old one; never on the UI thread. Raises ValueError for no role.
        """
        if role not in ROLES:
            raise ValueError("no such role: " + role)
        places = dict(self._places)
        old = places.pop(role, None)
        self._places = places
        if old is not None:
            old.gone = True
            old.lane.post(old.shut)
            old.lane.close()
        if choice is not None and not self._closed:
            place = self._place(role, choice)
            self._places = {**places, role: place}
            place.lane.post(partial(self._settle, place, place.device))
            place.lane.post(partial(self._start, place))

    def trial(self, role: str, sheet: PrintJob | None = None) -> Trial:
        """Try one device now; `sheet` is what a printer prints. Raises Fault.

        A scanner waits ten seconds for a code, which then goes nowhere else.
        """
        if role == "scanner":
            return self._trial_scan()
        limit_ms = _PRINT_MS if sheet is not None else self._read_ms
        found: Trial = self._call(role, lambda device: tried(role, device, sheet), limit_ms)
        return found

    def _trial_scan(self) -> Trial:
        place = self._places.get("scanner")
        if place is None:
            raise Fault("device-unavailable", "scanner")
        if place.health.because:
            raise Fault(place.health.because, place.health.detail)
        return self._scans.wait()

    def watch(self, tell: Tell) -> None:
        """Deliver CardEvent, CardRead (read by itself on insertion), IdCardRead, Scan, DeviceHealth at a
        change, or (role, Fault), from device threads, until `close`. One listener; the newest wins.
        """
        self._tell = tell
        for place in self._places.values():
            place.lane.post(partial(self._start, place))

    def readers(self) -> tuple[str, ...]:
        """Names of the connected card readers. Raises Fault."""
        names: tuple[str, ...] = self._call("card", lambda device: device.readers(), self._read_ms)
        return names

    def read_card(self, reader: str = "") -> CardRead:
        """Read the social-security card now (F3); empty takes the reader that holds one. Raises Fault."""
        limit_ms = self._read_ms + self._proof.longest_ms
        read: CardRead = self._call("card", lambda device: self._proven(device, reader), limit_ms)
        return read

    def _proven(self, device: Any, reader: str) -> CardRead:
        """Read a card as the hall wants it. Only in the lane of the card reader."""
        return read_proven(device, reader, self._proof, self._places["card"].driver_id, self._pad)

    def _pad(self) -> Any:
        """What takes a PIN here, asked in its own lane: the pad, else the customer screen; else None."""
        place = self._places.get("pinpad") or self._places.get("customer_screen")
        return None if place is None else PadInLane(place, _BACKSTOP_MS)

    def read_id_card(self, reader: str = "") -> IdCardRead:
        """Read the resident ID card now. Raises Fault."""
        read: IdCardRead = self._call("idcard", lambda device: device.read(reader), self._read_ms)
        return read

    def resolve(self, code: str, business: str) -> VoucherPerson:
        """Ask who a voucher code belongs to. Raises Fault; the code is neither kept nor logged."""
        person: VoucherPerson = self._call(
            "voucher", lambda device: device.resolve(code, business), self._limit_ms
        )
        return person

    def key_scanner(self) -> KeyScanner | None:
        """The scanner that types, once it is open; safe from any thread, never waits."""
        place = self._places.get("scanner")
        device = place.opened if place is not None and not self._closed else None
        return device if hasattr(device, "stroke") else None

    def photograph(self, whole: bool = False) -> PagePicture:
        """The page under the document camera, cut to its sheet unless `whole`. Raises Fault."""
        page: PagePicture = self._call("document_camera", lambda device: device.capture(whole), _PAGE_MS)
        return page

    def turn_page(self, data: bytes, degrees: int) -> PagePicture:
        """A page turned clockwise by 90, 180 or 270 degrees. Raises Fault."""
        page: PagePicture = self._call("document_camera", lambda device: device.turn(data, degrees), _PAGE_MS)
        return page

    def print(self, job: PrintJob) -> PrintOutcome:
        """Print on the printer whose media fits: r80 on the receipt printer if there is one. Raises Fault."""
        slip = job.media == "r80" and "receipt_printer" in self._places
        role = "receipt_printer" if slip else "printer"
        outcome: PrintOutcome = self._call(role, lambda device: device.print(job), _PRINT_MS)
        place = self._places.get(role)
        if outcome.note and place is not None:
            self._told(place, DeviceHealth(role, place.driver_id, True, "paper-low", outcome.note))
        return outcome

    def has(self, role: str) -> bool:
        """Whether a device was chosen for a role; never waits."""
        return role in self._places

    def use(self, role: str, work: Callable[[Any], Any], limit_ms: int) -> Any:
        """Have something done with the device of a role, in its lane; waits. Raises Fault."""
        return self._call(role, work, limit_ms)

    def post(self, role: str, work: Callable[[Any], Any]) -> None:
        """Have something done with a device when its turn comes, where this desk has one; never waits.

        Nobody asked for it: its fault is how the device is, and no refusal.
        """
        place = self._places.get(role)
        if place is not None and not self._closed:
            with suppress(Fault):  # another device plays the role in this very moment
                place.lane.post(partial(self._settle, place, lambda: work(place.device()), False))

    def reach(self, role: str) -> Any:
        """The device of a role where it is open, else None: for calling off from any thread."""
        place = self._places.get(role)
        return place.opened if place is not None else None

    def close(self) -> None:
        """Close every driver in its lane; one that hangs is left behind after a second."""
        self._closed = True
        for place in self._places.values():
            try:
                place.lane.post(place.shut)
            except Fault:
                continue
        for place in self._places.values():
            place.lane.close()

    def _call(self, role: str, work: Callable[[Any], Any], limit_ms: int) -> Any:
        place = self._places.get(role)
        if place is None:
            raise Fault(ABSENT.get(role, "device-unavailable"), role)
        try:
            result = place.lane.ask(lambda: work(place.device()), limit_ms + _BACKSTOP_MS)
        except Fault as fault:
            self._note(place, fault)
            raise
        self._note(place, None)
        if not place.watched and not self._closed:
            place.lane.post(partial(self._start, place))  # it could not be had when `watch` was called
        return result

    def _settle(self, place: Place, work: Callable[[], Any], is_news: bool = True) -> bool:
        """Run lane work whose fault is news for the listener, not for a caller."""
        try:
            work()
        except Fault as fault:
            self._note(place, fault)
            if is_news and not place.gone:
                self._say((place.role, fault))
            return False
        except Exception as error:  # a driver's bug must not end its lane
            _log.error("driver %s failed: %s", place.driver_id, type(error).__name__)
            self._note(place, Fault("device-broken", type(error).__name__))
            return False
        if place.role != "scanner":  # a scanner says itself when its port is open
            self._note(place, None)
        return True

    def _note(self, place: Place, fault: Fault | None) -> None:
        if place.gone:
            return
        if fault is not None and fault.code in NOT_THE_DEVICE:
            fault = None  # the reader is well; this card or code is not
        if fault is not None:
            place.last = (fault, time.time())
        self._told(place, place.health_with(fault))

    def _told(self, place: Place, told: DeviceHealth) -> None:
        with self._lock:
            changed, place.health = place.health != told, told
        if changed:
            self._say(told)

    def _say(self, told: Told) -> None:
        tell = self._tell
        if tell is None or self._closed:
            return
        try:
            tell(told)
        except Exception as error:  # the listener's bug must not stop the device; no values in the log
            _log.error("a listener failed on %s: %s", type(told).__name__, type(error).__name__)

    def _start(self, place: Place) -> None:
        """Start watching a device that can be watched, once. Only in the lane."""
        starts = {"card": self._watch_cards, "idcard": self._watch_cards, "scanner": self._watch_scanner}
        start = starts.get(place.role)
        if self._tell is not None and start is not None and not place.watched:
            place.watched = start(place)

    def _watch_cards(self, place: Place) -> bool:
        return self._settle(place, lambda: place.device().watch(lambda event: self._card_event(place, event)))

    def _watch_scanner(self, place: Place) -> bool:
        def fault(trouble: Fault | None) -> None:
            self._note(place, trouble)
            if trouble is not None and not place.gone:
                self._say((place.role, trouble))

        def scanned(scan: Scan) -> None:
            known = replace(scan, kind=kind_of(scan.text))
            if not self._scans.takes(known) and not place.gone:
                self._say(known)

        return self._settle(place, lambda: place.device().watch(scanned, fault))

    def _card_event(self, place: Place, event: CardEvent) -> None:
        if place.gone:
            return
        self._say(event)
        if event.fault is not None:
            self._note(place, event.fault)
            self._say((place.role, event.fault))
        elif event.kind == "readers":
            self._note(place, None if event.readers else Fault("reader-none", ""))
        else:
            self._note(place, None)  # a reader that reports cards is well, whatever the last card was
        if event.kind == "inserted" and not self._closed:
            place.lane.post(lambda: self._auto_read(place, event.reader))

    def _auto_read(self, place: Place, reader: str) -> None:
        got: list[Any] = []

        def read() -> None:
            device = place.device()
            got.append(self._proven(device, reader) if place.role == "card" else device.read(reader))

        if self._settle(place, read):
            self._say(got[0])
