"""What another hall did with a case of ours comes back into our own life and feed of it, each turn once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection

from counter_app.catalog.holidays import Holidays
from counter_app.domain.codec import from_plain
from counter_app.domain.life import Turn
from counter_app.hub import cases, lives
from counter_app.hub.away import End, away_of, end_of, keep_end, own_name
from counter_app.hub.feed import FeedRow, append_feed
from counter_app.policy.life import carried

Row = Mapping[str, Any]


def bring_back(
    connection: Connection,
    hall: str,
    place: str,
    page: tuple[int, int, Sequence[Row]],
    now: tuple[int, Holidays],
) -> int:
    """Take over a piece of a place's feed: `(epoch, last, rows)`; how many turns were new.

    `now` is the moment in ms and the calendar. Read again after a restore it changes nothing.
    """
    epoch, last, rows = page
    ours = away_of(connection, hall, (str(row["case_id"]) for row in rows))
    told = []
    for row in rows:
        if "turn" in row and ours.get(str(row["case_id"])) == place:
            told += _taken(connection, hall, row, now)
    end = end_of(connection, hall, place)
    keep_end(connection, hall, place, End(end.seq, end.prev_hash, epoch, last))
    append_feed(connection, hall, told, now[0])
    return len(told)


def _taken(connection: Connection, hall: str, row: Row, now: tuple[int, Holidays]) -> list[FeedRow]:
    case_id = str(row["case_id"])
    lives.hold_case(connection, hall, case_id)
    kept = lives.held(connection, hall, case_id)
    if kept is None:
        return []
    said = from_plain(Turn, row["turn"])
    turn = replace(said, id=own_name(said.id, hall))
    after = carried(kept.life, turn, now[1])
    if after is kept.life:
        return []
    cases.write(connection, hall, replace(kept, life=after), now[0])
    return [FeedRow("case.moved", case_id, turn.id, "", cases.summary(after))]
