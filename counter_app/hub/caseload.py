"""The cases of one batch: asked for in one question; those that begin in it written in one go.

Most facts of a batch are of cases nobody knew before. Each would cost six statements of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection

from counter_app.hub import lives, quick
from counter_app.hub.lives import Kept
from counter_app.hub.many import Many
from counter_app.hub.matter import NONE
from counter_app.hub.tables import cases

Envelope = Mapping[str, Any]
Found = tuple[Envelope, str]  # an acceptance, and the number of the same matter taken elsewhere
_NAMES = tuple(column.name for column in cases.c)
_PUT = Many(cases)
# A server is sent arrays: the words stay the same however many are asked for. Each is looked for by itself,
# and planned anew each time: a plan made while a table was young reads every case of the hall for each.
_KNOWN = " UNION ALL ".join(
    f"SELECT asked.id FROM unnest(%b::text[]) AS asked (id), "
    f"LATERAL (SELECT 1 FROM {table} WHERE hall = %b AND case_id = asked.id LIMIT 1) AS found"
    for table in ("cases", "lives")
)
_MATTER = "SELECT hall, person, type_id, business_date, number FROM cases"
_SAME = (
    "SELECT found.* FROM unnest(%b::bigint[]) AS asked (matter), "
    f"LATERAL ({_MATTER} WHERE matter = asked.matter) AS found"
)


@dataclass(slots=True)
class Caseload:
    """What is not written yet; `new` are the cases of the batch this store has never heard of."""

    connection: Connection
    hall: str
    new: set[str] = field(default_factory=set)
    _rows: dict[str, dict[str, Any]] = field(default_factory=dict)
    _begun: list[tuple[Kept, int]] = field(default_factory=list)
    _first: list[Envelope] = field(default_factory=list)

    def look(self, case_ids: Iterable[str]) -> None:
        """Find out which of these are new."""
        asked = sorted(set(case_ids))
        if not asked:
            return
        if self.connection.dialect.name == "postgresql":
            found = quick.rows(self.connection, _KNOWN, (asked, self.hall) * 2, anew=True)
        else:
            found = quick.rows(self.connection, _known(len(asked)), (self.hall, *asked) * 2)
        self.new.update(set(asked).difference(row[0] for row in found))

    def begin(self, envelope: Envelope, row: dict[str, Any], kept: Kept | None) -> None:
        """A case begins: its row by column, and its life where enough of one was told."""
        case_id = envelope["case_id"]
        self.new.discard(case_id)
        self._rows[case_id] = {"hall": self.hall, "case_id": case_id, **row}
        self._first.append(envelope)
        if kept is not None:
            self._begun.append((kept, envelope["wall_ms"]))

    def waits(self, case_id: str) -> bool:
        """Whether a case began in this batch and is not written yet."""
        return case_id in self._rows

    def touched(self, case_id: str, last: Mapping[str, Any]) -> bool:
        """Note the last fact of a case that waits; False for one that does not."""
        row = self._rows.get(case_id)
        if row is not None:
            row.update(last)
        return row is not None

    def write(self) -> Sequence[Found]:
        """Write what waits; gives what was the same matter of the same person at another counter."""
        if not self._rows:
            return ()
        same = self._same_matters()
        _PUT.put(self.connection, [tuple(map(row.__getitem__, _NAMES)) for row in self._rows.values()])
        lives.begin(self.connection, self.hall, self._begun)
        self._rows.clear()
        self._begun.clear()
        self._first.clear()
        return same

    def _same_matters(self) -> Sequence[Found]:
        asked = sorted({row["matter"] for row in self._rows.values()} - {NONE})
        if not asked:
            return ()
        if self.connection.dialect.name == "postgresql":
            told = quick.rows(self.connection, _SAME, (asked,), anew=True)
        else:
            told = quick.rows(self.connection, _same(len(asked)), tuple(asked))
        seen: dict[tuple[str, ...], str] = {}
        for hall, *same, number in told:
            if hall == self.hall:
                seen.setdefault(tuple(same), number)
        found = []
        for envelope in self._first:
            row = self._rows[envelope["case_id"]]
            matter = row["person"], row["type_id"], row["business_date"]
            if matter in seen:
                found.append((envelope, seen[matter]))
            elif row["matter"] != NONE:
                seen[matter] = row["number"]
        return found


@lru_cache(maxsize=256)
def _known(count: int) -> str:
    marks = ", ".join("?" * count)
    return " UNION ALL ".join(
        f"SELECT case_id FROM {table} WHERE hall = ? AND case_id IN ({marks})" for table in ("cases", "lives")
    )


@lru_cache(maxsize=256)
def _same(count: int) -> str:
    return f"{_MATTER} WHERE matter IN ({', '.join('?' * count)})"
