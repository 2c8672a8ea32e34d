"""The verbs of a kiosk over a test office, without a screen."""

from __future__ import annotations

from dataclasses import replace

from counter_app.domain.actor import Actor
from counter_app.seals.provider import key_id
from counter_app.seals.trust import TrustStore
from counter_app.services.self_service import SelfService
from counter_app.services.self_view import Checked
from counter_app.services.visit import Visit
from counter_app.sync.parking import PackageParking
from tests.fakes.office import TestOffice


def kiosk_of(desk: TestOffice, region: str = "rizhao") -> SelfService:
    """The kiosk over an office, in any region."""
    public = desk.store.secrets.keys.public_key
    office = replace(
        desk.office,
        actor=Actor("ZZZ1", "自助终端", ("kiosk",)),
        window="Z1",
        region=desk.office.catalogue.regions[region],
        trust=TrustStore().with_key(public),
    )
    parking = PackageParking(
        desk.hub, desk.clock, office.ports.secrets.sign, (key_id(public), public), "自助终端 Z1"
    )
    return SelfService(Visit(office), parking, lambda text: Checked(False, because=text))
