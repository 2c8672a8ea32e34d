"""Filings of a kiosk as signed packages: the adapter behind `services.parking.Parking`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Protocol

import msgspec

from counter_app.domain.filings import Filing
from counter_app.seals.canonical import canonical
from counter_app.seals.trust import TrustStore
from counter_app.services.parking import DAYS_KEPT
from counter_app.services.ports import Clock
from counter_app.wire import filings as wire
from counter_app.wire.package import pack, unpack


class Sends(Protocol):
    """The one thing needed of a hub."""

    def send(self, request_id: str, package: Mapping[str, Any]) -> bool:
        """Keep a package of filings; False when it was there already."""


class PackageParking:
    """Packs with this device's key; `name` is what others read as the sender."""

    def __init__(
        self,
        hub: Sends,
        clock: Clock,
        sign: Callable[[bytes], Mapping[str, str]],
        key: tuple[str, bytes],
        name: str,
    ) -> None:
        self._hub, self._clock, self._sign = hub, clock, sign
        self._device, self._name = key[0], name
        self._known = TrustStore({key[0]: key[1]})

    def sealed(self, filing: Filing) -> Filing:
        """The filing as it is read out of its package by whoever believes this device."""
        package = unpack(canonical(self._packed(filing)), self._known, self._clock.now(), wire.KIND)
        return wire.filings_of(package)[0]

    def send(self, filing: Filing) -> None:
        """The same package again, and the same request: the hub keeps it once."""
        own = filing.filing_id.rpartition(":")[2]
        self._hub.send(own, self._packed(filing))

    def _packed(self, filing: Filing) -> dict[str, Any]:
        own = filing.filing_id.rpartition(":")[2]
        made = datetime.fromisoformat(filing.filed_at)
        head = {
            "package_id": own,
            "kind": wire.KIND,
            "made_at": made.isoformat(),
            "expires_at": (made + timedelta(days=DAYS_KEPT)).isoformat(),
            "sender": {"id": f"kiosk-{self._device[:16]}", "name": self._name},
        }
        told = wire.record_of(replace(filing, filing_id=own))
        packed: dict[str, Any] = msgspec.json.decode(pack(head, [told], self._sign))
        return packed
