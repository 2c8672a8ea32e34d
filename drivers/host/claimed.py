"""Whose the device behind a vendor library is: two processes that load it would take each other's answers."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Mapping

from drivers.claims import Claims
from drivers.protocols import Fault

_ASKED_FAR_AWAY = ("vouchers",)  # their libraries drive no device of this desk
_PLACES = ("port", "reader", "tcp", "interface")


class LibraryClaim:
    """The claim of one host on the device its library drives; the system forgets it with this process.

    A device is a library and the place the configuration names (`port`, `reader`, `tcp`): two readers of one
    make, each named by its port, are two devices. Roles of one process may share a library.
    """

    def __init__(self, full_id: str, config: Mapping[str, Any]) -> None:
        self._family = full_id.split(".")[0]
        lib = str(config.get("lib", ""))
        places = [f"{word}={config[word]}" for word in _PLACES if config.get(word)]
        is_claimed = bool(lib) and self._family not in _ASKED_FAR_AWAY
        self._device = "|".join([lib, *places]) if is_claimed else ""
        self._name = Path(lib).name
        self._claims = Claims("vendor")

    def take(self) -> None:
        """Claim it, also again. Raises Fault `reader-taken`, `device-taken` while another process has it."""
        if self._device and not self._claims.name(self._device):
            raise Fault("reader-taken" if self._family == "cards" else "device-taken", self._name)

    def release(self) -> None:
        """Let others have it."""
        self._claims.release()
