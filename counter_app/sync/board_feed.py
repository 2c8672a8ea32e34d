"""What a board asks of its hub: the calls as they happen, and who waits how long."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from counter_app.domain.tickets import Ticket
from counter_app.services.hall.board import GroupLine
from counter_app.sync.doors import Where
from counter_app.sync.live import LiveEvents, Told
from counter_app.sync.remote_hub import RemoteHub


class BoardFeed:
    """One hub as a board sees it. Raises Problem (`hub-away`, `token-unknown`) where it says so."""

    def __init__(self, where: Where) -> None:
        self._where = where
        self._live = LiveEvents(where)
        self._hub: tuple[tuple[str, str], RemoteHub] | None = None

    def follow(
        self,
        tell: Callable[[Mapping[str, Any]], None],
        opened: Callable[[], None],
        lost: Callable[[], None],
    ) -> None:
        """Tell every fact of the line until `close`; on the caller's thread. Raises `token-…`."""

        def hand_on(told: Told) -> None:
            tell({"kind": told.kind, **told.data, "fact_no": told.serial})

        self._live.follow(hand_on, opened, lost)

    def tickets(self, day: date) -> Sequence[Ticket]:
        """The tickets of a day."""
        return self._at().tickets(day)

    def lines(self) -> tuple[GroupLine, ...]:
        """Who waits for what, and about how long."""
        return tuple(map(_line, self._at().board(0)["groups"]))

    def headline(self) -> str:
        """A word to the whole hall, "" on ordinary days."""
        return headline_of(self._at().board(0)["notices"])

    def close(self) -> None:
        """Stop following."""
        self._live.close()

    def _at(self) -> RemoteHub:
        place = self._where()
        if self._hub is None or self._hub[0] != place:
            self._hub = (place, RemoteHub(*place))
        return self._hub[1]
