"""The counter store: the port `Storage` over SQLCipher, the side journal and the page files."""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from counter_app.database import Database
from counter_app.database.lock import FolderLock
from counter_app.domain.actor import Actor
from counter_app.domain.cases import CaseRecord, Fact, PaperRecord
from counter_app.domain.filings import Filing
from counter_app.domain.life import Life
from counter_app.domain.people import Employer, Person
from counter_app.problems import Problem
from counter_app.seals.device import DeviceSecrets
from counter_app.services.ports import Clock, OutboxCount, Unit
from counter_app.storage import outbox, people, reading, rows
from counter_app.storage.case_search import CaseSearch
from counter_app.storage.changes import KEEP_DRAFT, Applier, in_table_order
from counter_app.storage.journal import Journal, Line
from counter_app.storage.pages import Pages
from counter_app.storage.state import StoreState
from counter_app.storage.unit import StoreUnit

_LOG = logging.getLogger(__name__)
_MACHINE = Actor("", "", ("system",))
_IMPORT_ROWS = 200
_PAGE = 5000
_DROP_DRAFT = "DELETE FROM drafts WHERE draft_id = ?"


@dataclass(slots=True)
class CounterStore:
    """See the port `Storage`. Made by `open_store`; one lane writes, any thread reads."""

    folder: Path
    database: Database
    journal: Journal
    pages: Pages
    secrets: DeviceSecrets
    clock: Clock
    state: StoreState
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
                connection.exec_driver_sql(_DROP_DRAFT, (draft_id,))
                continue
            row = {"draft_id": draft_id, "body": body, "clerk_no": unit.actor.clerk_no}
            connection.exec_driver_sql(KEEP_DRAFT, [{**row, "saved_at": unit.now.isoformat()}])

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

    def page(self, ref: str) -> bytes:
        """A page by its ref. Raises Problem `not-found`, `seal-broken`."""
        return self.pages.read(ref)

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

    # --- reading --------------------------------------------------------------------------------
    def person(self, person_id: str) -> Person | None:
        """By the local id."""
        with self.database.read() as connection:
            return people.PeopleRows(self.secrets).by_id(connection, person_id)

    def person_by_certno(self, certno: str) -> Person | None:
        """By the whole certificate number, through its blind digest."""
        return self._person_by("certno", certno)

    def person_by_card_no(self, card_no: str) -> Person | None:
        """By the whole card number, through its blind digest."""
        return self._person_by("card", card_no)

    def _person_by(self, part: str, value: str) -> Person | None:
        with self.database.read() as connection:
            return people.PeopleRows(self.secrets).by_part(connection, part, value) if value else None

    def search_people(self, text: str, limit: int = 20) -> Sequence[Person]:
        """By name part, pinyin initials, or part of certificate, telephone or card number."""
        with self.database.read() as connection:
            return people.PeopleRows(self.secrets).search(connection, text, limit)

    def employer_by_uscc(self, uscc: str) -> Employer | None:
        """By the unified social credit code."""
        with self.database.read() as connection:
            return reading.employer_by_uscc(connection, uscc)

    def search_employers(self, text: str, limit: int = 20) -> Sequence[Employer]:
        """By code, number or part of the name."""
        with self.database.read() as connection:
            return people.search_employers(connection, text, limit)

    def case(self, number_or_id: str) -> CaseRecord | None:
        """By printed number or id."""
        with self.database.read() as connection:
            return reading.case(connection, number_or_id)

    def cases(self, person_id: str = "", limit: int = 200) -> Sequence[CaseRecord]:
        """Newest first; of one person when given."""
        with self.database.read() as connection:
            return reading.cases(connection, person_id, limit)

    def life(self, case_id: str) -> Life | None:
        """Where a case stands, None while it has not moved since acceptance."""
        with self.database.read() as connection:
            return reading.life(connection, case_id)

    def steps(self) -> Mapping[str, str]:
        """The step of every case that has moved since acceptance, by its id."""
        with self.database.read() as connection:
            return reading.steps(connection)

    def feed_place(self) -> tuple[int, int]:
        """Epoch and number of the last row read of the hub's feed; zeros before the first."""
        with self.database.read() as connection:
            return reading.feed_place(connection)

    def due_cases(self, limit: int = 1000) -> Sequence[CaseRecord]:
        """Open cases by nearest kept deadline, those without one last."""
        with self.database.read() as connection:
            return reading.due_cases(connection, limit)

    def estimated(self) -> Sequence[CaseRecord]:
        """Open cases whose deadline is provisional (暂估)."""
        with self.database.read() as connection:
            return reading.estimated(connection)

    def due_days(self) -> Mapping[date | None, int]:
        """How many open cases fall due on each day; None for those without a kept deadline."""
        with self.database.read() as connection:
            return reading.due_days(connection)

    def search_cases(self, typed: str, limit: int = 12) -> Sequence[CaseRecord]:
        """By printed number, its beginning, its serial of the last days, or the person's name."""
        with self.database.read() as connection:
            return CaseSearch(connection, self.secrets, self.state, self.clock.now().date()).find(
                typed, limit
            )

    def unverified(self, limit: int = 200) -> Sequence[CaseRecord]:
        """Cases accepted offline that nobody has found to agree with the hub since, oldest first."""
        with self.database.read() as connection:
            return reading.unverified(connection, limit)

    def committed(self, until: date) -> Sequence[CaseRecord]:
        """Cases with a commitment whose check is due by a day."""
        with self.database.read() as connection:
            return reading.committed(connection, until)

    def came_cases(self, key: str) -> Sequence[CaseRecord]:
        """Cases that came by the same way with this mark, newest first."""
        with self.database.read() as connection:
            return reading.came_cases(connection, key)

    def filings(self, state: str = "") -> Sequence[Filing]:
        """Cases that began elsewhere, oldest first; of one state when given."""
        with self.database.read() as connection:
            return reading.filings(connection, self.secrets, state)

    def filing(self, filing_id: str) -> Filing | None:
        """One of them."""
        with self.database.read() as connection:
            return reading.filing(connection, self.secrets, filing_id)

    def papers(self, case_number: str = "") -> Sequence[PaperRecord]:
        """Papers in the order they were issued; of one case when given."""
        with self.database.read() as connection:
            return reading.papers(connection, case_number)

    def paper(self, number: str) -> PaperRecord | None:
        """By the number printed on it, or its id."""
        with self.database.read() as connection:
            return reading.paper(connection, number)

    def queued_papers(self) -> Sequence[PaperRecord]:
        """Papers that were promised and have not left, oldest first."""
        with self.database.read() as connection:
            return reading.queued_papers(connection)

    def drafts(self) -> Sequence[tuple[str, str, str]]:
        """`(draft_id, body, saved_at)` newest first."""
        with self.database.read() as connection:
            return reading.drafts(connection)

    def clerks(self) -> Sequence[Actor]:
        """Those who may work here, by number."""
        with self.database.read() as connection:
            return reading.clerks(connection)

    def usage(self, clerk_no: str) -> Mapping[str, int]:
        """How often this clerk opened each type in the last 30 days."""
        with self.database.read() as connection:
            return reading.usage(connection, clerk_no, self.clock.now().date())

    def facts(self, case_id: str = "", after: int = 0, limit: int = 1000) -> Sequence[Mapping[str, Any]]:
        """Envelopes in order after entry number `after`; of one case when given."""
        with self.database.read() as connection:
            return [json.loads(text) for text in reading.envelopes(connection, case_id, after, limit)]

    def cases_between(self, first: date | None, last: date | None) -> Sequence[CaseRecord]:
        """Every case of a span of business days, oldest first; None is open."""
        with self.database.read() as connection:
            return reading.cases_between(connection, first, last)

    def facts_since(self, first: date | None, kinds: Sequence[str]) -> Iterator[Mapping[str, Any]]:
        """Envelopes of some kinds from a business day on, in order; read page by page."""
        after, page = 0, [(0, "")]
        while page:
            with self.database.read() as connection:
                page = reading.envelopes_since(connection, first, kinds, after, _PAGE)
            yield from (json.loads(text) for _, text in page)
            after = page[-1][0] if page else after

    def is_synthetic(self) -> bool:
        """True for a demo store, for ever."""
        return bool(self.state.synthetic)

    @property
    def hall(self) -> str:
        """Three characters of the printed number."""
        return self.state.hall

    # --- outbox ---------------------------------------------------------------------------------
    def outbox(self) -> OutboxCount:
        """How much waits, is acknowledged, was set aside; since when the oldest waits."""
        with self.database.read() as connection:
            return outbox.count(connection)

    def waiting(self, limit: int = 100) -> Sequence[Mapping[str, Any]]:
        """Envelopes the hub has not acknowledged, oldest first."""
        with self.database.read() as connection:
            return outbox.waiting(connection, limit)

    def settle(self, verdicts: Iterable[Mapping[str, Any]]) -> None:
        """Note the hub's verdicts `{event_id, verdict, code?}`; nothing is ever deleted."""
        with self._turn, self.database.write() as connection:
            outbox.settle(connection, verdicts)

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

    def _paper_by_id(self, paper_id: str) -> PaperRecord:
        with self.database.read() as connection:
            paper = reading.paper_by_id(connection, paper_id)
        if paper is None:
            raise Problem("not-found", "paper", paper_id)
        return paper
