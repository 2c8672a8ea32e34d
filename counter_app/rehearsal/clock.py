"""The rehearsal's time: it stands still within a step and moves only when the script says so."""

from __future__ import annotations

from datetime import datetime, timedelta

from counter_app.clock import ZONE


class ScriptedClock:
    """A clock for the port `Clock`, moved by the script; a second passes with every step."""

    def __init__(self, start: datetime) -> None:
        self._now = start.replace(tzinfo=ZONE)
        self._mono_ms = 0

    def now(self) -> datetime:
        """The scripted moment."""
        return self._now

    def mono_ms(self) -> int:
        """Milliseconds since the rehearsal began; a clock set back does not move it back."""
        return self._mono_ms

    def move(self, span: timedelta) -> None:
        """Let time pass, or set the wall clock back."""
        self._now += span
        self._mono_ms += max(0, int(span.total_seconds() * 1000))

    def not_before(self, moment: datetime) -> None:
        """Go on after what the store already holds."""
        if self._now <= moment:
            self.move(moment - self._now + timedelta(seconds=1))
