"""What a desk's settings and region say of cards: the readers' words, the key module, the password."""

from __future__ import annotations

from typing import Protocol, cast, runtime_checkable

from counter_app.catalog.model import Region
from counter_app.late_hub import LateHub
from counter_app.problems import Problem
from counter_app.services import card_pin
from counter_app.services.hub_port import Hub
from counter_app.services.ports import Clock
from counter_app.settings import Settings
from drivers.card_proof import CardProof
from drivers.protocols import Fault


@runtime_checkable
class CardKeys(Protocol):
    """Who answers for the hall's key module: the hub, embedded or far away."""

    def card_key(self, question: str) -> str:
        """Raises Problem `card-needs-key`, `hsm-away`, `hsm-refused`."""


def keys_of(own: object, hub: Hub) -> CardKeys | None:
    """Whom a desk asks: its own hub where that has a module, else the hall's; None where nobody can say."""
    if not isinstance(own, LateHub):
        return hub if isinstance(hub, CardKeys) else None
    if own.has_key_module:
        return cast(CardKeys, own)
    return hub if hub is not own and isinstance(hub, CardKeys) else None


def card_proof(keys: CardKeys | None, region: Region, clock: Clock) -> CardProof:
    """What this hall wants of a card: its key module, and the password only where its region says so."""
    wants_pin = card_pin.wants_pin(region, clock.now().date())
    if keys is None:
        return CardProof(None, wants_pin)

    def ask(question: str) -> str:
        try:
            return keys.card_key(question)
        except Problem as problem:
            raise Fault(problem.code, problem.detail) from None

    return CardProof(ask, wants_pin)


def reader_words(settings: Settings) -> dict[str, object]:
    """The card reader's words; a driver without a library is not bothered with one."""
    words: dict[str, object] = {"reader": settings.card_reader_name, "interface": settings.card_interface}
    more = {
        "contactless": settings.card_contactless,
        "lib": settings.card_lib,
        "python": settings.card_python,
    }
    return words | {word: value for word, value in more.items() if value}


def id_reader_words(settings: Settings) -> dict[str, object]:
    """The same for the resident-ID reader."""
    more = {"lib": settings.id_card_lib, "python": settings.id_card_python}
    words: dict[str, object] = {"port": settings.id_card_port}
    return words | {word: value for word, value in more.items() if value}
