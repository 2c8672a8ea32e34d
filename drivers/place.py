"""One role of the desk: who plays it, in which lane, and how it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from drivers.lane import Lane
from drivers.protocols import DeviceHealth, Fault
from drivers.roles import FAMILY

Choice = tuple[str, Mapping[str, Any]]


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
            if self.driver_id.split(".")[0] != FAMILY[self.role]:
                raise Fault("driver-unknown", self.driver_id)
            self._device = self._opener(self.driver_id, {**self._config, **self.given})
        return self._device

    def health_with(self, fault: Fault | None) -> DeviceHealth:
        """How it is with this trouble, or without any."""
        code, detail = (fault.code, fault.detail) if fault is not None else ("", "")
        return DeviceHealth(self.role, self.driver_id, fault is None, code, detail)

    def shut(self) -> None:
        """Close the driver. Only in the lane."""
        if self._device is not None:
            self._device.close()
            self._device = None
