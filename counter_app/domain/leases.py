"""How long a device may work by itself, in steps: never a hard cut, and always a way back.

A lease is renewed at every sync, or by a file on a stick. The steps are ours (`reliability.md` §2.9 asks for
degradation by steps): full for the days of the lease, the last three with a warning; then nothing that
moves money; then look-up only. What was accepted stays, and can be sent or carried home at any step.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import IntEnum

from counter_app.domain.value import Value

PAPER = "lease"
DAYS = 14
WARN_DAYS = 3
GRACE_DAYS = 14


class LeaseStep(IntEnum):
    """How much of a lease is left; a higher step allows less."""

    FULL = 0
    ENDING = 1
    NO_MONEY = 2
    LOOK_ONLY = 3


class Lease(Value, frozen=True):
    """A lease as the hub signed it; `seen` is the latest moment this device has ever known."""

    begins: datetime
    days: int = DAYS
    revoked: bool = False
    seen: datetime | None = None

    def step(self, now: datetime) -> LeaseStep:
        """The step at a moment. A clock set back wins nothing: the latest moment ever seen counts."""
        if self.revoked:
            return LeaseStep.LOOK_ONLY
        left = self.left_days(now)
        if left > WARN_DAYS:
            return LeaseStep.FULL
        if left > 0:
            return LeaseStep.ENDING
        return LeaseStep.NO_MONEY if left > -GRACE_DAYS else LeaseStep.LOOK_ONLY

    def left_days(self, now: datetime) -> float:
        """Days until money stops; negative afterwards."""
        latest = max(now, self.seen) if self.seen is not None else now
        return (self.begins + timedelta(days=self.days) - latest) / timedelta(days=1)

    def away_days(self, now: datetime) -> int:
        """Full days since the hall was last heard."""
        latest = max(now, self.seen) if self.seen is not None else now
        return max(0, (latest - self.begins).days)
