"""Joining a kiosk: a counter of its own folder, the hall's hub, what it may verify, how it parks."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from counter_app.bootstrap import Parts
from counter_app.counter import Counter
from counter_app.documents.verify import verify_text
from counter_app.domain.actor import Actor
from counter_app.kiosk import KioskCounter, Speaks
from counter_app.problems import Problem
from counter_app.seals import trust
from counter_app.seals.device import DeviceSecrets
from counter_app.seals.provider import key_id
from counter_app.services.self_view import Checked
from counter_app.sync.parking import PackageParking

ROLE = "kiosk"
ISSUERS = "issuers.json"  # in the data folder: the devices of the hall whose papers this kiosk verifies


def kiosk_actor(window: str) -> Actor:
    """Whoever acts here is the machine; no clerk stands by."""
    return Actor(f"ZZ{window}", "自助终端", (ROLE,), window=window)


def joined(parts: Parts, folder: Path, pin: str, voice: Speaks | None = None) -> KioskCounter:
    """A kiosk over opened parts. Raises Problem `kiosk-pin-none` without a PIN to end it by."""
    if not pin:
        parts.close()
        raise Problem("kiosk-pin-none", "kiosk_pin")
    office = parts.office
    secrets = office.ports.secrets
    assert isinstance(secrets, DeviceSecrets)
    public = secrets.keys.public_key
    # A kiosk believes itself: what it parked it takes up again, what it printed it verifies.
    office = replace(office, trust=office.trust.with_key(public))
    issuers = trust.load(folder / ISSUERS)
    keys = {**office.trust.keys, **issuers.keys}

    def verify(text: str) -> Checked:
        found = verify_text(text, keys)
        return Checked(found.ok, found.number, found.because)

    hub: Any = office.ports.hub
    name = f"自助终端 {office.window}"
    parking = PackageParking(hub, office.ports.clock, secrets.sign, (key_id(public), public), name)
    counter = Counter(replace(parts, office=office))
    return KioskCounter(counter, parking, verify, folder, pin, voice)
