"""A manager's hall whose messages to the core platform ended in every way there is."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from tests.fakes.hall import Hall
from tests.fakes.message_hall import MessageHall, platform_before


class _Clock:
    """The hall's clock with the tongue of `MessageHall`."""

    def __init__(self, hall: Hall) -> None:
        self._clock = hall.clock
        self.now = hall.clock.now

    def pass_(self, minutes: float) -> None:
        self._clock.tick(minutes * 60)


@contextlib.contextmanager
def messages_in(hall: Hall) -> Iterator[MessageHall]:
    """The hall with a platform behind it."""
    with platform_before(MessageHall(hall.hub, _Clock(hall))) as made:
        yield made


def every_way(made: MessageHall) -> None:
    """One refused, one the platform has not got, one unknown, one that waits."""
    assert made.platform is not None
    for number, plan in (("1", ["ok", "refuse"]), ("2", ["ok", "drop"])):
        made.platform.plan.extend(plan)
        made.done(f"261123-001-K7Q-000{number}-A")
        made.later(0.1)
    for _ in range(8):
        made.later()
    made.platform.plan.extend(["ok", "lose", "away"])
    made.done("261123-001-K7Q-0003-A", type_id="MT05")
    made.later(0)
    made.platform.mode = "away"
    made.done("261123-001-K7Q-0004-A")
    made.later(0)
