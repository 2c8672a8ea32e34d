"""Checking that nothing was edited, cut out, put in, reordered or cut off."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, select

from counter_app.problems import Problem
from counter_app.seals import chain
from counter_app.storage import state
from counter_app.storage import tables as t

if TYPE_CHECKING:
    from counter_app.storage.counter import CounterStore

_FACT_COLUMNS = ("epoch", "seq", "event_id", "kind", "business_date", "wall_ms", "hash")
_AUDIT_COLUMNS = ("entry", "event_id", "clerk_no", "kind", "wall_ms", "alg", "fact_hash", "prev_hash", "hash")


def verify(store: CounterStore) -> tuple[bool, int, str | None]:
    """`(ok, entries, first bad)`: both chains from row 1, their heads, and the side journal beside them.

    `first bad` is `<epoch>/<seq>` of the first fact that cannot be trusted, `tail` when rows were
    cut off the end, or `journal/<unit>` when the journal itself is damaged.
    """
    with store.database.read() as connection:
        entries, bad = _check_rows(connection)
    if bad is None:
        bad = _check_journal(store)
    return bad is None, entries, bad


def _check_rows(connection: Connection) -> tuple[int, str | None]:
    head, audit_head, seq, epoch, entries = "", "", 0, 0, 0
    for fact, entry in _pairs(connection):
        name = f"{fact['epoch']}/{fact['seq']}"
        if fact["epoch"] != epoch:  # a new epoch cites the old head and counts from 1
            epoch, seq = fact["epoch"], 0
        seq, entries = seq + 1, entries + 1
        is_in_place = (fact["entry"], fact["seq"]) == (entries, seq)
        if not is_in_place or not _fact_holds(fact, head) or not _entry_holds(entry, fact, audit_head):
            return entries, name
        head, audit_head = fact["hash"], entry["hash"]
    known = state.load(connection)
    is_whole = known is not None and (known.entry, known.seq, known.head, known.audit_head) == (
        entries,
        seq,
        head,
        audit_head,
    )
    return entries, None if is_whole else "tail"


def _pairs(connection: Connection) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    facts = connection.execute(select(t.facts).order_by(t.facts.c.entry)).mappings()
    audits = connection.execute(select(t.audit).order_by(t.audit.c.entry)).mappings()
    for fact in facts:
        entry = audits.fetchone()
        yield dict(fact), dict(entry) if entry is not None else {}
    left = audits.fetchone()
    if left is not None:
        yield {"epoch": 0, "seq": left["entry"], "entry": -1}, dict(left)


def _fact_holds(fact: Mapping[str, Any], head: str) -> bool:
    try:
        envelope = json.loads(fact["envelope"])
    except ValueError:
        return False
    same = all(envelope.get(name) == fact[name] for name in _FACT_COLUMNS)
    return same and envelope.get("case_id", "") == fact["case_id"] and chain.holds(envelope, head)


def _entry_holds(entry: Mapping[str, Any], fact: Mapping[str, Any], audit_head: str) -> bool:
    if not entry or entry["entry"] != fact["entry"] or entry["fact_hash"] != fact["hash"]:
        return False
    row = {name: entry[name] for name in _AUDIT_COLUMNS}
    return chain.holds(row, audit_head, chain.AUDIT_PREFIX)


def _check_journal(store: CounterStore) -> str | None:
    """The journal is a second witness: whoever rewrote the whole chain has to have rewritten it too."""
    with store.database.read() as connection:
        hashes = connection.execute(select(t.facts.c.entry, t.facts.c.hash))
        known = {entry: digest for entry, digest in hashes}
        last = state.load(connection)
    try:
        for line in store.journal_lines():
            for table, row in line.changes:
                if table == "facts" and known.get(row["entry"]) != row["hash"]:
                    # A desk may be running beside us and have gone on since we looked.
                    if last is not None and row["unit_no"] > last.unit_no:
                        return None
                    return f"{row['epoch']}/{row['seq']}"
    except Problem as problem:
        return f"journal/{problem.detail}"
    return None
