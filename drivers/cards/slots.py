"""Which slots of the card readers a desk uses: a reader for both kinds of card shows itself as two."""

from __future__ import annotations

import re
from typing import Any, Mapping, Sequence, Tuple

from drivers.claims import Route

CONTACT, CONTACTLESS, CONTACT_FIRST, CONTACTLESS_FIRST = 1, 2, 3, 4  # iType of LD/T 6001.5
_SOUNDS_CONTACTLESS = re.compile(r"contactless|\bpicc\b|\brfid\b|\bnfc\b|\bcl\b|非接", re.IGNORECASE)


class Slots:
    """The slots meant by a configuration, as a watcher asks for them.

    `reader` names a slot for contact, `contactless` one for contactless cards; both empty means every slot,
    told apart by name. `interface` is iType: 1 contact, 2 contactless, 3 and 4 both, this one first.
    Raises ValueError for another interface.
    """

    def __init__(self, reader: str, contactless: str, interface: int, scope: str) -> None:
        if interface not in (CONTACT, CONTACTLESS, CONTACT_FIRST, CONTACTLESS_FIRST):
            raise ValueError("interface")
        self._contactless = contactless
        self._interface = interface
        named = [name for name in (reader, contactless) if name]
        # A contactless slot that is named says nothing about the others, unless one of them is named too.
        self._routes = [Route(name, scope) for name in named] + ([] if reader else [Route("", scope)])

    def is_contactless(self, slot: str) -> bool:
        """Whether cards are laid on this slot, not put into it."""
        if self._contactless:
            return slot == self._contactless
        return _SOUNDS_CONTACTLESS.search(slot) is not None

    def is_wanted(self, slot: str) -> bool:
        """Whether the configuration means this slot."""
        only_one = self._interface in (CONTACT, CONTACTLESS)
        if only_one and self.is_contactless(slot) != (self._interface == CONTACTLESS):
            return False
        return any(route.is_wanted(slot) for route in self._routes)

    def is_ours(self, slot: str) -> bool:
        """Whether it is meant and not another program's; what is nobody's becomes ours."""
        return self.is_wanted(slot) and any(route.is_ours(slot) for route in self._routes)

    def best(self, holding: Sequence[str], newest: str) -> str:
        """The slot to read of those that hold a card: by kind, then the newest; "" where none is ours."""
        first = self._interface in (CONTACTLESS, CONTACTLESS_FIRST)
        ours = [slot for slot in holding if self.is_ours(slot)]
        ours.sort(key=lambda slot: (self.is_contactless(slot) != first, slot != newest))
        return ours[0] if ours else ""

    def release(self) -> None:
        """Let other programs have them."""
        for route in self._routes:
            route.release()


def slots_of(config: Mapping[str, Any], scope: str) -> Tuple[Slots, str]:
    """The slots of a device's settings and the one reader they name, "" for none. Raises ValueError."""
    reader = str(config.get("reader", ""))
    contactless = str(config.get("contactless", ""))
    interface = int(config.get("interface", CONTACT_FIRST))
    return Slots(reader, contactless, interface, scope), reader
