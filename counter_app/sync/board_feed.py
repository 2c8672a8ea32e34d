"""What a board asks of its hub: the calls as they happen, and who waits how long."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from counter_app.domain.tickets import Ticket
from counter_app.services.hall.board import GroupLine, headline_of, line_of
from counter_app.sync.doors import Where
from counter_app.sync.live import LiveEvents, Told
from counter_app.sync.remote_hall import RemoteHall


class BoardFeed:
    """One hub as a board sees it. Raises Problem (`hub-away`, `token-unknown`) where it says so."""

    def __init__(self, where: Where) -> None:
        self._where = where
        self._live = LiveEvents(where)

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
        with contextlib.closing(self._hall()) as hub:
            return hub.tickets(day)

    def look(self) -> tuple[tuple[GroupLine, ...], str, str]:
        """Who waits for what and about how long; a word to the whole hall, and why no more numbers are
        given, both "" on ordinary days.
        """
        with contextlib.closing(self._hall()) as hub:
            told = hub.board(1)
        return tuple(map(line_of, told["groups"])), headline_of(told["notices"]), str(told.get("words") or "")

    def close(self) -> None:
        """Stop following."""
        self._live.close()

    def _hall(self) -> RemoteHall:
        url, token, ca = self._where()
        return RemoteHall(url, token, ca=ca)
