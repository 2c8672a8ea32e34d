"""The devices of one desk: each chosen driver opened in its own lane, watched, limited and kept healthy."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from drivers import registry
from drivers.lane import Lane
from drivers.protocols import (
    CardEvent,
    CardRead,
    DeviceHealth,
    Fault,
    IdCardRead,
    PrintJob,
    PrintOutcome,
    Scan,
    VoucherPerson,
)
from drivers.scanners.classify import kind_of

Choice = tuple[str, Mapping[str, Any]]
Told = CardEvent | CardRead | IdCardRead | Scan | DeviceHealth | tuple[str, Fault]
Tell = Callable[[Told], None]

_BESIDE = {
    "customer_screen": "gwq",
    "rater": "raters",
    "signpad": "signpads",
    "fingerprint": "fingerprints",
    "pinpad": "pinpads",
    "led": "leds",
    "voice": "voices",
    "eseal": "eseals",
}  # what `drivers.citizen_room` asks
ROLES = ("card", "idcard", "scanner", "voucher", "printer", "receipt_printer", *_BESIDE)
_FAMILY = {
    "card": "cards",
    "idcard": "cards",
    "scanner": "scanners",
    "voucher": "vouchers",
    "printer": "printers",
    "receipt_printer": "printers",
    **_BESIDE,
}
_OPEN_MS = 15_000
_PRINT_MS = 30_000
_BACKSTOP_MS = 1_500  # the driver's own, better-worded limit comes first
_ABOUT_CARDS = ("card-removed", "card-mute", "card-wrong", "card-data", "card-none", "card-locked")
_NOT_THE_DEVICE = frozenset(
    {*_ABOUT_CARDS, "voucher-expired", "voucher-refused", "voucher-other", "scan-unknown"}
    | {"citizen-cancelled", "citizen-timeout", "sign-empty", "finger-poor", "voice-clip-missing"}
    | {"pin-cancelled", "pin-timeout", "pin-refused", "eseal-refused"}
)
_log = logging.getLogger("drivers.room")


class _Place:
    """One role of the desk: its driver, lane and health."""

    def __init__(self, role: str, choice: Choice, opener: Callable[[str, Mapping[str, Any]], Any]) -> None:
        self.role = role
        self.driver_id, self._config = choice
        self._opener = opener
        self._device: Any = None
        self.lane = Lane(role)
        self.watched = False
        self.health = DeviceHealth(role, self.driver_id, False)

    @property
    def opened(self) -> Any:
        """The driver if it is open now; for what may be asked from any thread."""
        return self._device

    def device(self) -> Any:
        """The opened driver, tried again when it could not be had before. Only in the lane."""
        if self._device is None:
            if self.driver_id.split(".")[0] != _FAMILY[self.role]:
                raise Fault("driver-unknown", self.driver_id)
            self._device = self._opener(self.driver_id, self._config)
        return self._device

    def shut(self) -> None:
        """Close the driver. Only in the lane."""
        if self._device is not None:
            self._device.close()
            self._device = None


class DeviceRoom:
    """What `bootstrap` opens as the ports `Devices` and `Vouchers`.

    `choices` maps a role of `ROLES` to (full driver id, its configuration); `limit_ms` bounds a card,
    ID-card or voucher call. Values reach `watch`'s `tell` from device threads: it must only hand on.
    """

    def __init__(
        self,
        choices: Mapping[str, Choice],
        limit_ms: int = 3000,
        opener: Callable[[str, Mapping[str, Any]], Any] = registry.open,
    ) -> None:
        unknown = set(choices) - set(ROLES)
        if unknown:
            raise ValueError("no such role: " + ", ".join(sorted(unknown)))
        self._limit_ms = limit_ms
        self._read_ms = limit_ms * 3  # a slow card may use the limit for single answers, not for each
        self._tell: Tell | None = None
        self._lock = threading.Lock()
        self._closed = False
        self._places: dict[str, _Place] = {}
        for role, (driver_id, config) in choices.items():
            given = {"limit_ms": limit_ms, **config} if role in ("card", "idcard", "voucher") else config
            given = {"role": role, **given} if role == "idcard" else given
            self._places[role] = _Place(role, (driver_id, given), opener)
        for place in self._places.values():
            place.lane.post(partial(self._settle, place, place.device))

    def states(self) -> tuple[DeviceHealth, ...]:
        """How each chosen device is, in the order of `ROLES`; safe from any thread, never waits."""
        return tuple(self._places[role].health for role in ROLES if role in self._places)

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
        read: CardRead = self._call("card", lambda device: device.read(reader), self._read_ms)
        return read

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

    def print(self, job: PrintJob) -> PrintOutcome:
        """Print on the printer whose media fits: r80 on the receipt printer if there is one. Raises Fault."""
        slip = job.media == "r80" and "receipt_printer" in self._places
        role = "receipt_printer" if slip else "printer"
        outcome: PrintOutcome = self._call(role, lambda device: device.print(job), _PRINT_MS)
        return outcome

    def has(self, role: str) -> bool:
        """Whether a device was chosen for a role; never waits."""
        return role in self._places

    def use(self, role: str, work: Callable[[Any], Any], limit_ms: int) -> Any:
        """Have something done with the device of a role, in its lane; waits. Raises Fault."""
        return self._call(role, work, limit_ms)

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
            raise Fault("printer-absent" if "printer" in role else "device-unavailable", role)
        try:
            result = place.lane.ask(lambda: work(place.device()), limit_ms + _BACKSTOP_MS)
        except Fault as fault:
            self._note(place, fault)
            raise
        self._note(place, None)
        if not place.watched and not self._closed:
            place.lane.post(partial(self._start, place))  # it could not be had when `watch` was called
        return result

    def _settle(self, place: _Place, work: Callable[[], Any]) -> bool:
        """Run lane work whose fault is news for the listener, not for a caller."""
        try:
            work()
        except Fault as fault:
            self._note(place, fault)
            self._say((place.role, fault))
            return False
        except Exception as error:  # a driver's bug must not end its lane
            _log.error("driver %s failed: %s", place.driver_id, type(error).__name__)
            self._note(place, Fault("device-broken", type(error).__name__))
            return False
        if place.role != "scanner":  # a scanner says itself when its port is open
            self._note(place, None)
        return True

    def _note(self, place: _Place, fault: Fault | None) -> None:
        if fault is not None and fault.code in _NOT_THE_DEVICE:
            fault = None  # the reader is well; this card or code is not
        told = DeviceHealth(
            place.role,
            place.driver_id,
            fault is None,
            fault.code if fault else "",
            fault.detail if fault else "",
        )
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

    def _start(self, place: _Place) -> None:
        """Start watching a device that can be watched, once. Only in the lane."""
        starts = {"card": self._watch_cards, "idcard": self._watch_cards, "scanner": self._watch_scanner}
        start = starts.get(place.role)
        if self._tell is not None and start is not None and not place.watched:
            place.watched = start(place)

    def _watch_cards(self, place: _Place) -> bool:
        return self._settle(place, lambda: place.device().watch(lambda event: self._card_event(place, event)))

    def _watch_scanner(self, place: _Place) -> bool:
        def fault(trouble: Fault | None) -> None:
            self._note(place, trouble)
            if trouble is not None:
                self._say((place.role, trouble))

        def scanned(scan: Scan) -> None:
            self._say(replace(scan, kind=kind_of(scan.text)))

        return self._settle(place, lambda: place.device().watch(scanned, fault))

    def _card_event(self, place: _Place, event: CardEvent) -> None:
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

    def _auto_read(self, place: _Place, reader: str) -> None:
        got: list[Any] = []
        if self._settle(place, lambda: got.append(place.device().read(reader))):
            self._say(got[0])
