"""PC/SC calls as two small objects that raise Faults: `Context` and `Connection`.

pyscard's low-level module is used directly: its monitor threads keep one context for ever and do not
survive a restart of the service.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any, Callable, Dict, List, Mapping, Sequence, Tuple

from smartcard import scard

from drivers.protocols import Fault

PRESENT = int(scard.SCARD_STATE_PRESENT)
CHANGED = int(scard.SCARD_STATE_CHANGED)
UNKNOWN = int(scard.SCARD_STATE_UNKNOWN)
PLUG_AND_PLAY = "\\\\?PnP?\\Notification"
_BUSY_S = 1.0
_NO_ACCESS = 0x8010006A  # SCARD_W_SECURITY_VIOLATION: polkit refused

_CODES: Dict[str, Tuple[str, ...]] = {
    "card-none": ("SCARD_E_NO_SMARTCARD",),
    "card-removed": (
        "SCARD_W_REMOVED_CARD",
        "SCARD_W_RESET_CARD",
        "SCARD_E_NOT_TRANSACTED",
        "SCARD_E_COMM_DATA_LOST",
    ),
    "card-mute": (
        "SCARD_W_UNRESPONSIVE_CARD",
        "SCARD_W_UNPOWERED_CARD",
        "SCARD_W_UNSUPPORTED_CARD",
        "SCARD_E_PROTO_MISMATCH",
        "SCARD_E_CARD_UNSUPPORTED",
    ),
    "reader-none": (
        "SCARD_E_UNKNOWN_READER",
        "SCARD_E_READER_UNAVAILABLE",
        "SCARD_E_NO_READERS_AVAILABLE",
    ),
    "reader-busy": ("SCARD_E_SHARING_VIOLATION",),
    "reader-service": (
        "SCARD_E_NO_SERVICE",
        "SCARD_E_SERVICE_STOPPED",
        "SCARD_E_INVALID_HANDLE",
        "SCARD_E_SERVER_TOO_BUSY",
        "SCARD_E_NO_ACCESS",
        "SCARD_W_SECURITY_VIOLATION",
        "SCARD_F_COMM_ERROR",
    ),
}


def _unsigned(code: int) -> int:
    return int(code) & 0xFFFFFFFF


_FAULTS = {
    _unsigned(getattr(scard, name)): fault
    for fault, names in _CODES.items()
    for name in names
    if hasattr(scard, name)
}
_FAULTS[_NO_ACCESS] = "reader-service"


@dataclass(frozen=True)
class State:
    """What the service says of one reader: state bits with the event counter above bit 16, and ATR."""

    reader: str
    bits: int
    atr: str = ""

    @property
    def present(self) -> bool:
        """Whether a card is in."""
        return bool(self.bits & PRESENT)


def fault_of(code: int, detail: str = "") -> Fault:
    """The Fault for a PC/SC return code."""
    number = _unsigned(code)
    return Fault(_FAULTS.get(number, "device-broken"), detail or f"0x{number:08X}")


def _check(code: int, detail: str = "") -> None:
    if code != scard.SCARD_S_SUCCESS:
        raise fault_of(code, detail)


class Context:
    """One link to the smart-card service. Raises Fault `reader-service` when it is not there."""

    def __init__(self) -> None:
        code, self._handle = scard.SCardEstablishContext(scard.SCARD_SCOPE_USER)
        _check(code)

    def readers(self) -> Tuple[str, ...]:
        """Names of the connected readers, sorted: the service's own order follows a directory's."""
        code, names = scard.SCardListReaders(self._handle, [])
        if _FAULTS.get(_unsigned(code)) == "reader-none":
            return ()
        _check(code)
        return tuple(sorted(names))

    def changes(self, known: Mapping[str, int], limit_ms: int) -> Tuple[State, ...]:
        """Wait until a reader's state differs from `known`, or the limit; 0 asks for the state now."""
        asked = [(name, bits) for name, bits in known.items()]
        code, states = scard.SCardGetStatusChange(self._handle, limit_ms, asked)
        if _unsigned(code) not in (0, _unsigned(scard.SCARD_E_TIMEOUT), _unsigned(scard.SCARD_E_CANCELLED)):
            raise fault_of(code)
        return tuple(State(name, bits, bytes(atr).hex().upper()) for name, bits, atr in states)

    def cancel(self) -> None:
        """Wake a thread waiting in `changes`."""
        scard.SCardCancel(self._handle)

    def connect(self, reader: str) -> Tuple[Any, int]:
        """A card handle and its protocol; a card held by another program is tried for a second."""
        until = time.monotonic() + _BUSY_S
        protocols = scard.SCARD_PROTOCOL_T0 | scard.SCARD_PROTOCOL_T1
        while True:
            code, card, protocol = scard.SCardConnect(
                self._handle, reader, scard.SCARD_SHARE_SHARED, protocols
            )
            busy = _FAULTS.get(_unsigned(code)) == "reader-busy"
            if not busy or time.monotonic() > until:
                _check(code, reader if busy else "")
                return card, protocol
            time.sleep(0.05)

    def release(self) -> None:
        """Give the link back."""
        scard.SCardReleaseContext(self._handle)


class Connection:
    """A powered card in one reader, held in a transaction: the protocol's `CardChannel`."""

    def __init__(self, context: Context, reader: str, step: Callable[[], None]) -> None:
        self._card, protocol = context.connect(reader)
        self._step = step
        self._pci = scard.SCARD_PCI_T0 if protocol == scard.SCARD_PROTOCOL_T0 else scard.SCARD_PCI_T1
        self.open = False
        step()

    def begin(self) -> None:
        """Keep other programs out of the middle of a read. Waits for as long as one is inside."""
        _check(scard.SCardBeginTransaction(self._card))
        self.open = True
        self._step()

    def atr(self) -> bytes:
        """The whole answer to reset."""
        code, _, _, _, atr = scard.SCardStatus(self._card)
        _check(code)
        return bytes(atr)

    def transmit(self, command: bytes) -> bytes:
        """Send one command. Blocks for as long as the card says nothing: call it from a watched thread."""
        sent: Sequence[int] = list(command)
        answer: List[int]
        code, answer = scard.SCardTransmit(self._card, self._pci, sent)
        _check(code)
        if len(answer) < 2:  # some reader drivers report a card pulled meanwhile as an empty answer
            raise Fault("card-removed", "")
        self._step()
        return bytes(answer)

    def close(self) -> None:
        """End the transaction and let the card go as it is."""
        if self.open:
            scard.SCardEndTransaction(self._card, scard.SCARD_LEAVE_CARD)
        scard.SCardDisconnect(self._card, scard.SCARD_LEAVE_CARD)
