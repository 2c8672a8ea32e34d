"""For whom a kiosk's pages are set: language and 长辈版, chosen by a touch and forgotten with the person."""

from __future__ import annotations

from counter_app.catalog.tongues import CHINESE
from counter_app.domain.value import Value


class Guest(Value, frozen=True):
    """Nothing is chosen at first. `wants_elder` None: by the age on the card."""

    tongue: str = CHINESE
    wants_elder: bool | None = None

    @property
    def beside(self) -> str:
        """The language beside the Chinese on this person's papers, "" for none."""
        return "" if self.tongue == CHINESE else self.tongue
