"""Whether a region wants the card's password; asked before any card, so it needs next to nothing."""

from __future__ import annotations

from datetime import date

from counter_app.catalog.model import Region

PIN_PARAMETER = "card.pin"


def wants_pin(region: Region, today: date) -> bool:
    """Whether a region wants the card's password at every reading; where it does not say, none is asked."""
    found = region.parameter(PIN_PARAMETER, today)
    return found is not None and found.value is True
