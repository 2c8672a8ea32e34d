"""The hub inside the desk: the same core on a file of its own in the data folder."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path

from counter_app.database import open_database
from counter_app.database.copying import keep_before_upgrade
from counter_app.domain.actor import Actor
from counter_app.domain.tickets import Ticket
from counter_app.hub import core, ratings, upgrades
from counter_app.hub.commands import Day
from counter_app.hub.floor import HallClock
from counter_app.hub.hall import HallHub
from counter_app.hub.lane import HubLane
from counter_app.hub.rows import HALL_TIME, to_ms
from counter_app.queueing.rules import HOUR, Rules

FILE_NAME = "hub.db"
# The only window of this hub is this program: nobody else could take its person over, and a desk that
# comes back from a crash gets them again by pressing call. So a called ticket is never taken away.
ONE_DESK = Rules(lease=12 * HOUR)
_NOBODY = Actor("", "", ("system",))


class LocalHub(HallHub):
    """One hall's hub in this process.

    Only one process may write: the caller holds the data folder's lock. Raises Problem on opening:
    `store-key`, `store-newer`, `store-sqlite`, `store-write`.
    """

    def __init__(
        self, folder: Path, key: bytes, hall: str, clock: HallClock, rules: Rules | None = None
    ) -> None:
        file = folder / FILE_NAME
        database = open_database(file, key, upgrades, before_upgrade=keep_before_upgrade(file, key))
        super().__init__(database, HubLane(database), hall, clock, rules or ONE_DESK)

    def close(self) -> None:
        """Finish what is under way and close the store."""
        self.lane.close()
        self.database.close()


def read_tickets(folder: Path, key: bytes, hall: str, day: date | None) -> Sequence[Ticket]:
    """The tickets of a day (None: of all days), read beside a running desk.

    Raises Problem `store-missing`, `store-key`.
    """
    database = open_database(folder / FILE_NAME, key, upgrades, read_only=True)
    try:
        with database.read() as connection:
            return core.tickets_of(connection, _NOBODY, Day(hall, day))
    finally:
        database.close()


def read_ratings(
    folder: Path, key: bytes, hall: str, first: date | None, last: date | None
) -> Mapping[int, int]:
    """How often each level was given on the days of a span, read beside a running desk.

    Raises Problem `store-missing`, `store-key`.
    """
    database = open_database(folder / FILE_NAME, key, upgrades, read_only=True)
    span = {}
    if first is not None:
        span["first_ms"] = to_ms(_midnight(first))
    if last is not None:
        span["until_ms"] = to_ms(_midnight(last + timedelta(days=1)))
    try:
        with database.read() as connection:
            return ratings.counted(connection, hall, **span)
    finally:
        database.close()


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), HALL_TIME)
