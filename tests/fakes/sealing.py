"""A fake counter whose records can be sealed away: what was asked, and what comes of it."""

from __future__ import annotations

from counter_app.services.day.closing import Sealed


class Sealing:
    """Part of `FakeCounter`: seven records wait."""

    def __init__(self) -> None:
        self.sealed_to: list[str] = []
        self.unsent = 7

    def seal_away(self, to: str) -> Sealed:
        self.sealed_to.append(to)
        return Sealed(self.unsent, "8F2C41D0-1-112-118-5b1e09aa.ow1s", "ab" * 32, to or "/srv/desk/packages")
