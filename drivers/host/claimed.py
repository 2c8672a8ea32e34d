"""Whose the device behind a vendor library is: two processes that load it would take each other's answers."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import Any, Mapping

from drivers.claims import Claims
from drivers.protocols import Fault

_ASKED_FAR_AWAY = ("vouchers",)  # their libraries drive no device of this desk
_LINES = ("port", "reader")
_PLACES = (*_LINES, "interface")


class LibraryClaim:
    """The claim of one host on the device its library drives; the system forgets it with this process.

    Roles of one process may share a library.
    """

    def __init__(self, full_id: str, config: Mapping[str, Any]) -> None:
        self._family = full_id.split(".")[0]
        self._config, self._device = dict(config), ""
        self._name = Path(str(config.get("lib", ""))).name
        self._is_claimed = bool(self._name) and self._family not in _ASKED_FAR_AWAY
        self._claims = Claims("vendor")

    def take(self) -> None:
        """Claim it, also again. Raises Fault `reader-taken`, `device-taken` while another process has it."""
        if not self._is_claimed:
            return
        self._device = self._device or device_of(self._config)  # once: a library may be exchanged meanwhile
        if not self._claims.name(self._device):
            raise Fault("reader-taken" if self._family == "cards" else "device-taken", self._name)

    def release(self) -> None:
        """Let others have it."""
        self._claims.release()


def device_of(config: Mapping[str, Any]) -> str:
    """What a library with this configuration opens, wherever the library lies and whatever leads to it.

    A line of this machine is itself, an address too: every library that is given one opens that device.
    Without such a place the device is what the library drives, so a copy of it in another folder drives the
    same one, unless `port`, `reader` or `interface` tell them apart.
    """
    for word in _LINES:
        place = str(config.get(word, ""))
        if place.startswith("/"):
            return "line|" + os.path.realpath(place)
    if config.get("tcp"):
        return "tcp|" + str(config["tcp"])
    places = [f"{word}={config[word]}" for word in _PLACES if config.get(word)]
    return "|".join([_content(str(config.get("lib", ""))), *places])


def _content(lib: str) -> str:
    """The library by its bytes; one the system's loader finds by its name, by that name."""
    digest = hashlib.sha256()
    try:
        with Path(lib).open("rb") as file:
            while part := file.read(1 << 20):
                digest.update(part)
    except OSError:
        return lib
    return digest.hexdigest()
