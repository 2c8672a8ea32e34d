"""The day of a folder as the command line reads it, and its unsent records sealed away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any, cast

from counter_app.problems import Problem

if TYPE_CHECKING:
    from counter_app.domain.tickets import Ticket
    from counter_app.opened_store import Reading
    from counter_app.services.hub_port import Hub
    from counter_app.services.office import Office
    from counter_app.settings import Settings


class _HubFile:
    """The hub of a folder as a file read beside its desk: its numbers, its bad answers, nothing else."""

    def __init__(self, opened: Reading) -> None:
        self._opened = opened

    def online(self) -> bool:
        """True: the file is here."""
        return True

    def tickets(self, day: date) -> Sequence[Ticket]:
        """The tickets of a day; none yet where its own hub was never asked.

        Raises Problem `hub-away` for a device of a hall: its hub is elsewhere and is not asked from here.
        """
        from counter_app.wire.enrol import MEMBER_FILE

        if (self._opened.folder / MEMBER_FILE).exists():
            raise Problem("hub-away", "hub")
        try:
            return self._opened.tickets(day)
        except Problem as problem:
            if problem.code == "store-missing":
                return ()
            raise

    def follow_ups(self, open_only: bool = True) -> Sequence[Any]:
        """Not asked from the command line."""
        raise Problem("hub-away", "hub")


def day_office(opened: Reading, settings: Settings, clerk_no: str = "") -> Office:
    """An office over a store opened for reading, to look at its day by. Raises Problem `not-found`."""
    from counter_app.opened_store import COMMAND_LINE, reading_office

    office = reading_office(opened, settings.region)
    known = next((one for one in opened.storage.clerks() if one.clerk_no == clerk_no), COMMAND_LINE)
    ports = replace(office.ports, hub=cast("Hub", _HubFile(opened)))
    return replace(office, ports=ports, actor=known, window=settings.window)
