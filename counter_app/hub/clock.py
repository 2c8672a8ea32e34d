"""The time of a hub server."""

from __future__ import annotations

from datetime import datetime

from counter_app.hub.rows import HALL_TIME


class HallTime:
    """The machine's clock, read in the hall's zone."""

    def now(self) -> datetime:
        """The moment, aware."""
        return datetime.now(HALL_TIME)
