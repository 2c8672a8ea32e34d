"""One transaction of the counter store while it is being put together: numbers, chain, rows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection

from counter_app.database.direct import ask
from counter_app.domain.actor import Actor
from counter_app.domain.cases import CaseRecord, Fact, PaperRecord, Recorded
from counter_app.domain.codec import to_plain
from counter_app.domain.filings import Filing
from counter_app.domain.ids import IdMaker
from counter_app.domain.life import Life
from counter_app.domain.numbers import printed_number
from counter_app.domain.people import Employer, Person
from counter_app.seals import chain
from counter_app.services.ports import Secrets
from counter_app.storage import rows
from counter_app.storage.changes import Change
from counter_app.storage.people import PeopleRows
from counter_app.storage.state import StoreState

# A clock that went back further than this is worth a fact of its own; less is ordinary correction.
CLOCK_TOLERANCE_MS = 120_000
_LAST_SERIAL = "SELECT last FROM serials WHERE business_date = ? AND device_code = ?"


@dataclass(slots=True)
class StoreUnit:
    """The port `Unit`. Rows are collected here and put into the tables when the unit is left.

    `state` is this unit's own copy of the device state; it becomes the store's after COMMIT.
    """

    state: StoreState
    actor: Actor
    now: datetime
    mono_ms: int
    connection: Connection
    secrets: Secrets
    page_size: Callable[[str], int]
    changes: list[Change] = field(default_factory=list)
    drafts: dict[str, str | None] = field(default_factory=dict)
    _serials: dict[str, int] = field(default_factory=dict)
    _business_date: date | None = None
    _is_clock_minded: bool = False

    # --- the port -------------------------------------------------------------------------------
    def next_number(self, business_date: date) -> str:
        """The next printed number of this device and date."""
        day = business_date.isoformat()
        self._business_date = business_date
        serial = (self._serials[day] if day in self._serials else self._last_serial(day)) + 1
        self._serials[day] = serial
        self._put("serials", {"business_date": day, "device_code": self.state.device_code, "last": serial})
        return printed_number(business_date, self.state.hall, self.state.device_code, serial)

    def record(self, fact: Fact) -> Recorded:
        """Append a fact with its outbox and audit rows. Raises ValueError for a body that is not JSON."""
        if not self._is_clock_minded:
            self._is_clock_minded = True
            self._mind_the_clock()
        return self._append(fact)

    def save_case(self, case: CaseRecord) -> None:
        """Write the readable state of a case. Raises Problem `not-found` for a page that is not there."""
        self._put("cases", rows.case_row(case, self.actor.clerk_no))
        self.changes.append(("materials", {"case_id": case.case_id, "rows": rows.material_rows(case)}))
        for ref in {page for material in case.materials for page in material.pages}:
            self.keep_page(ref, case.case_id)

    def keep_page(self, ref: str, case_id: str) -> None:
        """Name a page of a case. Raises Problem `not-found` for one that is not there."""
        self._put("blobs", {"ref": ref, "case_id": case_id, "size": self.page_size(ref)})

    def save_life(self, life: Life) -> None:
        """Write where a case stands and how it came there."""
        self._put("lives", {"case_id": life.case_id, "body": rows.text(to_plain(life))})

    def note_feed(self, epoch: int, last: int) -> None:
        """Remember how far the hub's feed was read."""
        self._put("feed_place", {"id": 1, "epoch": epoch, "last": last})

    def save_person(self, person: Person) -> None:
        """Write or renew a person; one who is known just so costs nothing."""
        if PeopleRows(self.secrets).by_id(self.connection, person.person_id) != person:
            self._put("people", rows.person_row(person, self.secrets))

    def save_employer(self, employer: Employer) -> None:
        """Write or renew an employer."""
        self._put("employers", rows.employer_row(employer))

    def add_paper(self, paper: PaperRecord) -> None:
        """Add a numbered paper and its print job."""
        self._put("papers", rows.paper_row(paper))
        self.renew_job(paper)

    def save_filing(self, filing: Filing) -> None:
        """Write or renew a case that began elsewhere."""
        self._put("filings", rows.filing_row(filing, self.secrets))

    def save_draft(self, draft_id: str, body: str) -> None:
        """Keep the unfinished visit (not journalled: a draft is no promise)."""
        self.drafts[draft_id] = body

    def drop_draft(self, draft_id: str) -> None:
        """Forget a draft."""
        self.drafts[draft_id] = None

    # --- for the store itself -------------------------------------------------------------------
    def renew_job(self, paper: PaperRecord, because: str = "") -> None:
        """Note what has become of a paper's printing."""
        self._put("print_jobs", {**rows.job_row(paper, because), "changed_ms": self._wall_ms})

    def put_clerk(self, clerk: Actor, active: bool = True) -> None:
        """Write or renew a clerk of this counter."""
        row = {"clerk_no": clerk.clerk_no, "name": clerk.clerk_name, "active": int(active)}
        self._put("clerks", {**row, "roles": rows.text(list(clerk.roles))})

    def finished(self) -> list[Change]:
        """Everything to put, ending with the new device state; empty when only drafts changed."""
        if not self.changes:
            return []
        self.state.unit_no = self._unit_no
        return [*self.changes, ("device_state", self.state.as_row())]

    # --- inside ---------------------------------------------------------------------------------
    @property
    def _unit_no(self) -> int:
        return self.state.unit_no + 1

    @property
    def _wall_ms(self) -> int:
        return int(self.now.timestamp() * 1000)

    def _put(self, table: str, row: dict[str, Any]) -> None:
        self.changes.append((table, {**row, "unit_no": self._unit_no}))

    def _last_serial(self, day: str) -> int:
        row = ask(self.connection, _LAST_SERIAL, (day, self.state.device_code))
        return int(row[0]) if row is not None else 0

    def _mind_the_clock(self) -> None:
        before, now = self.state.last_wall_ms, self._wall_ms
        if now < before - CLOCK_TOLERANCE_MS:
            self._append(Fact("clock.suspect", {"before_wall_ms": before, "wall_ms": now}))

    def _append(self, fact: Fact) -> Recorded:
        state, wall_ms = self.state, self._wall_ms
        envelope = self._envelope(fact, wall_ms)
        envelope["hash"], text = chain.linked(envelope)
        state.entry += 1
        self._put_fact(fact, envelope, text)
        self._put_audit(envelope)
        state.seq, state.head = envelope["seq"], envelope["hash"]
        state.last_event, state.last_wall_ms = envelope["event_id"], wall_ms
        return Recorded(envelope["event_id"], envelope["seq"], envelope["hash"])

    def _envelope(self, fact: Fact, wall_ms: int) -> dict[str, Any]:
        state = self.state
        envelope: dict[str, Any] = {
            "event_id": IdMaker(state.last_event).next(wall_ms),
            "device": state.device,
            "epoch": state.epoch,
            "seq": state.seq + 1,
            "kind": fact.kind,
            "schema": fact.schema,
            "actor": {"clerk_no": self.actor.clerk_no, "window": self.actor.window},
            "business_date": (self._business_date or self.now.date()).isoformat(),
            "wall_ms": wall_ms,
            "mono_ms": self.mono_ms,
            "alg": state.hash_alg,
            "body": fact.body,
            "prev_hash": state.head,
        }
        extra = {"case_id": fact.case_id, "pack": fact.pack}
        return envelope | {name: value for name, value in extra.items() if value}

    def _put_fact(self, fact: Fact, envelope: dict[str, Any], text: str) -> None:
        entry = self.state.entry
        same = ("epoch", "seq", "event_id", "kind", "business_date", "wall_ms", "hash")
        row = {name: envelope[name] for name in same} | {"entry": entry, "case_id": fact.case_id}
        self._put("facts", {**row, "envelope": text})
        waiting = {"state": "waiting", "note": "", "added_ms": envelope["wall_ms"]}
        self._put("outbox", {"entry": entry, **waiting})

    def _put_audit(self, envelope: dict[str, Any]) -> None:
        state = self.state
        row = {
            "entry": state.entry,
            "event_id": envelope["event_id"],
            "clerk_no": self.actor.clerk_no,
            "kind": envelope["kind"],
            "wall_ms": envelope["wall_ms"],
            "alg": state.hash_alg,
            "fact_hash": envelope["hash"],
            "prev_hash": state.audit_head,
        }
        row["hash"] = state.audit_head = chain.link(row, chain.AUDIT_PREFIX)
        self._put("audit", row)
