"""What a script needs of the hall it is played in; `counter_app.demo` builds the real one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from counter_app.services.day.closing import Sealed


class Stage(Protocol):
    """Simulated devices on their real transports, and the switches of the building."""

    def insert(self, card: Mapping[str, Any], reader: str) -> None:
        """Put a card (as `[[person]].card` describes it) into a reader; "" = the first."""

    def lay(self, card: Mapping[str, Any]) -> None:
        """Lay an identity card (as `[[person]].id_card` describes it) on its reader."""

    def lift(self) -> None:
        """Take the identity card away; the reader itself may have told so before."""

    def remove(self, reader: str) -> None:
        """Take the card out."""

    def show(self, text: str) -> None:
        """Hold a code before the scanner."""

    def show_voucher(self, key: str, fresh: bool) -> None:
        """Hold a person's 医保电子凭证 before the scanner; not fresh = already expired."""

    def printer(self, event: str) -> None:
        """`absent`, `full` or `mend`."""

    def event(self, kinds: tuple[type, ...], limit_s: float) -> object:
        """Wait for the next device event of these kinds or a (role, Fault). Raises Problem."""

    def network(self, up: bool) -> None:
        """Cut or heal the way to hub and resolver."""

    def seal_away(self) -> Sealed:
        """Seal what could not be sent into a package of the data folder. Raises Problem `store-write`."""
