"""The counter store: the port `Storage` over SQLCipher, the side journal and the page files."""

from __future__ import annotations

import logging
import re
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from counter_app.database.direct import press
from counter_app.database.lock import FolderLock
from counter_app.domain.actor import Actor
from counter_app.domain.cases import Fact
from counter_app.domain.people import Employer, Person
from counter_app.domain.reference import Piece, Place
from counter_app.problems import Problem
from counter_app.services.ports import Unit
from counter_app.storage import outbox, people, reference, rows
from counter_app.storage.changes import Applier, in_table_order, statement
from counter_app.storage.journal import Journal, Line
from counter_app.storage.store_reading import StoreReading
from counter_app.storage.unit import StoreUnit

_LOG = logging.getLogger(__name__)
_MACHINE = Actor("", "", ("system",))
_IMPORT_ROWS = 200
_PAGE = 5000
_SWEEP_AFTER_S = 7 * 86_400
_REF = re.compile(r'"([0-9a-f]{64})"')  # how a draft names a page
_DROP_DRAFT = "DELETE FROM drafts WHERE draft_id = ?"


@dataclass(slots=True, kw_only=True)
class CounterStore(StoreReading):
    """See the port `Storage`. Made by `open_store`; one lane writes, any thread reads (`StoreReading`)."""

    folder: Path
    journal: Journal
    lock: FolderLock | None
    _turn: threading.RLock = field(default_factory=threading.RLock, repr=False)
    _failed: str = ""

    # --- writing --------------------------------------------------------------------------------
    @contextmanager
    def unit(self, actor: Actor, now: datetime) -> Iterator[Unit]:
        """BEGIN IMMEDIATE … COMMIT (FULL), then the journal's fsync. Everything or nothing.

        Raises Problem `store-write` (nothing was saved), or `journal-write` (saved, but the store
        takes no more until it is opened again and has completed its journal).
        """
        with self._unit(actor, now) as unit:
            yield unit

    @contextmanager
    def _unit(self, actor: Actor, now: datetime) -> Iterator[StoreUnit]:
        with self._turn:
            if self._failed:
                raise Problem("journal-write", "", self._failed)
            line = b""
            with self.database.write() as connection:
                unit = self._begun(connection, actor, now)
                yield unit
                line = self._finish(connection, unit)
            if line:
                self._witness(line)
                self.state = unit.state

    def _begun(self, connection: Connection, actor: Actor, now: datetime) -> StoreUnit:
        state, mono_ms = replace(self.state), self.clock.mono_ms()
        return StoreUnit(state, actor, now, mono_ms, connection, self.secrets, self.pages.size)

    def _finish(self, connection: Connection, unit: StoreUnit) -> bytes:
        changes = in_table_order(unit.finished())
        self._applier.apply(connection, changes)
        self._apply_drafts(connection, unit)
        if not changes:
            return b""
        line = self.journal.pack(unit.state.unit_no, unit.state.unit_no, changes)
        self.journal.reserve(line)
        return line

    def _witness(self, line: bytes) -> None:
        try:
            self.journal.append(line)
        except Problem as problem:
            self._failed = problem.detail
            raise

    @property
    def _applier(self) -> Applier:
        return Applier(people.PeopleRows(self.secrets))

    def _apply_drafts(self, connection: Connection, unit: StoreUnit) -> None:
        for draft_id, body in unit.drafts.items():
            if body is None:
                press(connection, _DROP_DRAFT, [(draft_id,)])
                continue
            row = {"draft_id": draft_id, "body": body, "clerk_no": unit.actor.clerk_no}
            press(connection, statement("drafts"), [{**row, "saved_at": unit.now.isoformat()}])

    def paper_left(self, paper_id: str, sha256: str, now: datetime, actor: Actor, reprint: bool) -> None:
        """Note that a paper has left; of a 补打 the count and the fact. Raises Problem `not-found`."""
        paper = self._paper_by_id(paper_id)
        with self._unit(actor, now) as unit:
            if not reprint:
                unit.renew_job(replace(paper, state="sent", sha256=sha256, printed=1))
                return
            count = paper.reprints + 1
            unit.renew_job(replace(paper, reprints=count))
            body = {"number": paper.number, "kind": paper.kind, "nth": count, "sha256": sha256}
            unit.record(Fact("receipt.reprinted", body, paper.case_id))

    def paper_failed(self, paper_id: str, because: str) -> None:
        """Note that printing failed; a paper that had left before stays `sent`."""
        paper = self._paper_by_id(paper_id)
        state = paper.state if paper.printed else "failed"
        with self._unit(_MACHINE, self.clock.now()) as unit:
            unit.renew_job(replace(paper, state=state), because)

    def add_page(self, data: bytes) -> str:
        """Seal and keep a scanned page, durable before this returns its ref for `MaterialRecord.pages`."""
        return self.pages.add(data)

    def sweep_pages(self) -> int:
        """Remove pages of more than a week ago that neither case, draft nor masking names; returns how many.

        They were retaken, deleted, or of a draft that was thrown away. Services lane only.
        """
        with self.database.read() as connection:
            named = {ref for (ref,) in connection.exec_driver_sql("SELECT ref FROM blobs")}
            for (body,) in connection.exec_driver_sql("SELECT body FROM drafts"):
                named.update(_REF.findall(body))
            for (text,) in connection.exec_driver_sql(
                "SELECT envelope FROM facts WHERE kind = 'page.masked'"
            ):
                named.update(_REF.findall(text))  # what lies under a cover is kept
        return len(self.pages.sweep(named, _SWEEP_AFTER_S, self.clock.now().timestamp()))

    # --- filling --------------------------------------------------------------------------------
    def import_people(self, found: Iterable[Person]) -> None:
        """Fill the local copy of people; not journalled, because it can be fetched again."""
        self._import("people", (rows.person_row(person, self.secrets) for person in found))

    def import_employers(self, found: Iterable[Employer]) -> None:
        """Fill the local copy of employers."""
        self._import("employers", map(rows.employer_row, found))

    def import_clerks(self, found: Iterable[Actor]) -> None:
        """Write or renew the clerks of this counter."""
        with self._unit(_MACHINE, self.clock.now()) as unit:
            for clerk in found:
                unit.put_clerk(clerk)

    def _import(self, table: str, found: Iterable[dict[str, Any]]) -> None:
        piece: list[dict[str, Any]] = []
        for row in found:
            piece.append(row)
            if len(piece) == _IMPORT_ROWS:
                self._import_piece(table, piece)
                piece = []
        self._import_piece(table, piece)

    def _import_piece(self, table: str, piece: list[dict[str, Any]]) -> None:
        if piece:
            with self._turn, self.database.write() as connection:
                changes = [(table, {**row, "unit_no": self.state.unit_no}) for row in piece]
                self._applier.apply(connection, changes)

    # --- outbox ---------------------------------------------------------------------------------
    def settle(self, verdicts: Iterable[Mapping[str, Any]]) -> None:
        """Note the hub's verdicts `{event_id, verdict, code?}`; nothing is ever deleted."""
        with self._turn, self.database.write() as connection:
            outbox.settle(connection, verdicts)

    def reopen(self, ends: Mapping[int, int]) -> int:
        """Have what a newer hub lacks wait again (epoch to how far it has them); how many. Services lane."""
        with self._turn, self.database.write() as connection:
            return outbox.reopen(connection, ends)

    # --- reference data -------------------------------------------------------------------------
    def take_reference(self, piece: Piece) -> Place:
        """Write a piece of the hall's reference data with its place; services lane only."""
        now_ms = int(self.clock.now().timestamp() * 1000)
        with self._turn, self.database.write() as connection:
            return reference.take(connection, piece, self.secrets, self.state.unit_no, now_ms)

    # --- the rest -------------------------------------------------------------------------------
    def journal_lines(self) -> Iterator[Line]:
        """Every line of the side journal of this epoch. Raises Problem `journal-broken`."""
        return self.journal.lines()

    def close(self) -> None:
        """Close journal and database, then free the folder."""
        with self._turn:
            self.journal.close()
            self.database.close()
            if self.lock is not None:
                self.lock.free()
