"""What the counter holds of a driver that runs in a host: the family's protocol over the lines."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any, Callable, Mapping, Optional, Tuple

from drivers.cards.hsm import asker
from drivers.cards.presence import Presence
from drivers.document_cameras.hosted import HostedPages
from drivers.host.hosted_citizen import HELD
from drivers.host.process import HostHealth, HostProcess
from drivers.protocols import CardEvent, CardRead, Driver, Fault, IdCardRead, VoucherPerson
from drivers.scanners.hosted import HostedScanner

_LIMIT_MS = 3000
_POLL_MS = 300
_PIN_MS = 60_000
_LONGEST_PAUSE_S = 5.0
_NEEDS_KEY = "card-needs-key"


def open_hosted(driver: Driver, config: Mapping[str, Any]) -> Any:
    """Start a host for the driver. Raises Fault.

    Words of the configuration for every hosted driver: `lib`, `before` (libraries to load first), `python`
    (another interpreter), `limit_ms`, `pin_ms`, `poll_ms` (0 = do not look for cards),
    `hsm_url` or `ask_key` (drivers/cards/hsm.py).
    """
    made = _HELD.get(driver.family)
    if made is None:
        raise Fault("device-unavailable", driver.full_id)
    limit_ms = int(config.get("limit_ms", _LIMIT_MS))
    lib = str(config.get("lib", ""))
    if lib and Path(lib).exists():  # a host has a working directory of its own
        config = {**config, "lib": str(Path(lib).resolve())}
    told = {word: value for word, value in config.items() if not callable(value)}
    if driver.home:
        told["home"] = driver.home
    host = HostProcess(driver.full_id, told, limit_ms, str(config.get("python", "")))
    try:
        host.start()
    except Fault:
        host.close()  # nobody holds it: what it claimed is free for others
        raise
    return made(host, config)


class HostedReader:
    """A card or ID-card reader behind a vendor library; a library tells nothing by itself, so it is asked."""

    def __init__(self, host: HostProcess, config: Mapping[str, Any]) -> None:
        self._host = host
        self._poll_ms = int(config.get("poll_ms", _POLL_MS))
        self._pin_ms = int(config.get("pin_ms", _PIN_MS))
        self._hsm = asker(config)
        self._ended = threading.Event()
        self._thread: Optional[threading.Thread] = None

    def readers(self) -> Tuple[str, ...]:
        """The name of the reader behind the library. Raises Fault."""
        names: Tuple[str, ...] = self._host.call("readers")
        return names

    def read(self, reader: str = "") -> Any:
        """Read what lies in or on the reader. Raises Fault.

        A card that wants the hall's key module is read in two steps with nothing in between, when an
        `hsm_url` is configured.
        """
        with self._host.held():
            try:
                told = self._host.call("read", reader)
            except Fault as fault:
                if fault.code != _NEEDS_KEY or self._hsm is None:
                    raise
                question = self._host.call("hsm_begin")
                told = self._host.call("hsm_finish", self._hsm(str(question)), question)
        if not isinstance(told, (CardRead, IdCardRead)):
            raise Fault("device-broken", "no reading")
        return told

    def verify_pin(self, reader: str = "", pin: str = "") -> None:
        """Let the card check its holder's password, typed on the reader. Raises Fault.

        The citizen is waited for, so this call alone may last a minute.
        """
        self._host.call("verify_pin", reader, pin, limit_ms=self._pin_ms)

    def watch(self, tell: Callable[[CardEvent], None]) -> None:
        """Tell cards coming and going, and the loss and return of the library, until `close`."""
        self._stop()
        self._ended.clear()
        self._thread = threading.Thread(target=self._run, args=(tell,), name="host-watch", daemon=True)
        self._thread.start()

    def health(self) -> HostHealth:
        """How the host is."""
        return self._host.health()

    def close(self) -> None:
        """Stop watching and end the host; a later call starts it again."""
        self._ended.set()
        self._host.close()
        self._stop()
        self._host.close()

    def _stop(self) -> None:
        self._ended.set()
        if self._thread is not None and self._thread is not threading.current_thread():
            self._thread.join(2)
            self._thread = None

    def _run(self, tell: Callable[[CardEvent], None]) -> None:
        seen: Optional[Presence] = None
        pause = self._poll_ms / 1000
        while not self._ended.is_set():
            try:
                if seen is None:
                    seen = Presence(tell, self._host.call("readers")[0])
                self._look(seen)
                pause = self._poll_ms / 1000
            except Fault as fault:
                pause = min(max(pause, 0.1) * 2, _LONGEST_PAUSE_S)
                if not self._ended.is_set():
                    seen = seen or Presence(tell, "")
                    seen.lost(fault)
            if not self._poll_ms:
                return
            self._ended.wait(pause)

    def _look(self, seen: Presence) -> None:
        told = self._host.call("present") if self._poll_ms else {"here": False}
        if not isinstance(told, dict):
            raise Fault("device-broken", "present")
        if not self._ended.is_set():
            seen.saw(bool(told.get("here")), bool(told.get("anew")), str(told.get("atr", "")))


class HostedResolver:
    """A resolver of voucher codes behind a vendor library."""

    def __init__(self, host: HostProcess, config: Mapping[str, Any]) -> None:
        self._host = host

    def resolve(self, code: str, business: str) -> VoucherPerson:
        """Ask who the code belongs to. Raises Fault; the code is neither kept nor logged."""
        person = self._host.call("resolve", code, business)
        if not isinstance(person, VoucherPerson):
            raise Fault("voucher-garbled", "no person")
        return person

    def health(self) -> HostHealth:
        """How the host is."""
        return self._host.health()

    def close(self) -> None:
        """End the host."""
        self._host.close()


_HELD: Mapping[str, Any] = {
    "cards": HostedReader,
    "vouchers": HostedResolver,
    "scanners": HostedScanner,
    "document_cameras": HostedPages,
    **HELD,
}
