"""The real clock: hall time, and milliseconds that never run backwards."""

from __future__ import annotations

import time
from datetime import datetime, timedelta, timezone

# 北京时间, in every hall of the country; without summer time since 1991 (a zone table costs a start 15 ms).
ZONE = timezone(timedelta(hours=8), "CST")


class WallClock:
    """The machine's clock for the port `Clock`."""

    def now(self) -> datetime:
        """Aware local time of the hall."""
        return datetime.now(ZONE)

    def mono_ms(self) -> int:
        """Milliseconds since some moment of this boot."""
        return time.monotonic_ns() // 1_000_000
