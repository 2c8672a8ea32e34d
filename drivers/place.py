"""One role of the desk: who plays it, in which lane, and how it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from drivers.lane import Lane
from drivers.protocols import DeviceHealth, Fault

Choice = tuple[str, Mapping[str, Any]]

ROLES = ("card", "idcard", "scanner", "voucher", "printer", "receipt_printer", "document_camera")
_FAMILY = {
    "card": "cards",
    "idcard": "cards",
    "scanner": "scanners",
    "voucher": "vouchers",
    "printer": "printers",
    "receipt_printer": "printers",
    "document_camera": "document_cameras",
}
_ABOUT_CARDS = (
    "card-removed",
    "card-mute",
    "card-wrong",
    "card-data",
    "card-none",
    "card-locked",
    "card-fake",
    "card-needs-key",
    "idcard-again",
    "idcard-wrong",
)
_ABOUT_PINS = ("pin-wrong", "pin-locked", "pin-cancelled", "pin-timeout", "pin-refused", "pinpad-none")
_ABOUT_KEYS = ("hsm-away", "hsm-refused")
NOT_THE_DEVICE = frozenset(
    {
        *_ABOUT_CARDS,
        *_ABOUT_PINS,
        *_ABOUT_KEYS,
        "voucher-expired",
        "voucher-refused",
        "voucher-other",
        "scan-unknown",
        "scan-garbled",
        "page-dark",
    }
)


def family_of(role: str) -> str:
    """The family whose drivers play a role of `ROLES`."""
    return _FAMILY[role]


class Place:
    """One role of the desk: its driver, lane and health."""

    def __init__(self, role: str, choice: Choice, opener: Callable[[str, Mapping[str, Any]], Any]) -> None:
        self.role = role
        self.driver_id, self._config = choice
        self._opener = opener
        self._device: Any = None
        self.choice = choice
        self.given: Mapping[str, Any] = {}  # by the counter, not by its settings
        self.lane = Lane(role)
        self.watched = False
        self.gone = False  # another device plays the role now: what this one says is no news
        self.health = DeviceHealth(role, self.driver_id, False)
        self.last: tuple[Fault, float] | None = None

    @property
    def opened(self) -> Any:
        """The driver where it is open, else None; from any thread."""
        return self._device

    def device(self) -> Any:
        """The opened driver, tried again when it could not be had before. Only in the lane."""
        if self._device is None:
            if self.driver_id.split(".")[0] != _FAMILY[self.role]:
                raise Fault("driver-unknown", self.driver_id)
            self._device = self._opener(self.driver_id, {**self._config, **self.given})
        return self._device

    def shut(self) -> None:
        """Close the driver. Only in the lane."""
        if self._device is not None:
            self._device.close()
            self._device = None
