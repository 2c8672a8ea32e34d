"""A counter store's surroundings for tests: folder, key, a clock that can be set, and ready-made acts."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import text

from counter_app.domain.actor import Actor
from counter_app.domain.cases import CaseRecord, CaseState, Fact, MaterialRecord, MaterialState, PaperRecord
from counter_app.domain.ids import new_id
from counter_app.domain.people import Person
from counter_app.seals.keyring import DemoKeyring
from counter_app.storage.store import CounterStore, open_store

CLERK = Actor("C01", "周敏", ("clerk",), window="3")
MORNING = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@dataclass
class SetClock:
    """The port `Clock`, moved by hand; mono time never runs back."""

    at: datetime = MORNING
    mono: int = 1000

    def now(self) -> datetime:
        return self.at

    def mono_ms(self) -> int:
        return self.mono

    def step(self, **how: float) -> None:
        self.at += timedelta(**how)
        self.mono += max(0, int(timedelta(**how).total_seconds() * 1000))


@dataclass
class Desk:
    """One data folder and who works on it."""

    folder: Path
    clock: SetClock = field(default_factory=SetClock)

    def __post_init__(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        self.keyring = DemoKeyring(self.folder)

    def open(self, **options: bool) -> CounterStore:
        options.setdefault("synthetic", True)
        if options.get("read_only"):
            options.pop("synthetic")
        return open_store(self.folder, self.keyring, "001", self.clock, **options)

    def files(self, pattern: str) -> list[Path]:
        return sorted(self.folder.glob(pattern))


def a_case(number: str, **changes: Any) -> CaseRecord:
    now = changes.pop("now", MORNING)
    fields: dict[str, Any] = {
        "case_id": new_id(int(now.timestamp() * 1000)),
        "number": number,
        "type_id": "YD01",
        "type_name": "异地安置退休人员备案",
        "situation": "",
        "state": CaseState.ACCEPTED,
        "principal_name": "欧阳试",
        "person_id": "p1",
        "party": "self",
        "pack": "1",
        "received_on": now.date(),
        "accepted_at": now,
        "business_date": now.date(),
        "due_on": date(2026, 12, 1),
        "answers": {"tel": "0", "n": 3, "rows": [{"a": "b"}], "none": None},
        "materials": (
            MaterialRecord("M1", "身份证", MaterialState.RECEIVED, "复印件", 1),
            MaterialRecord("M2", "户口簿", MaterialState.DEFERRED, due_on=date(2026, 12, 8)),
        ),
        "agent": {"agnter_name": "某"},
        "visit_id": "v1",
    }
    return CaseRecord(**fields | changes)


def a_paper(case: CaseRecord, event_id: str, **changes: Any) -> PaperRecord:
    fields: dict[str, Any] = {
        "paper_id": new_id(int(MORNING.timestamp() * 1000)),
        "number": case.number,
        "case_number": case.number,
        "case_id": case.case_id,
        "kind": "SLTZ",
        "content": '{"kind":"SLTZ","name":"欧阳试"}',
        "content_hash": "0" * 64,
        "event_id": event_id,
        "signature": {"alg": "ed25519", "key_id": "k", "sig": "s"},
    }
    return PaperRecord(**fields | changes)


def a_person(n: int, name: str, **changes: Any) -> Person:
    fields: dict[str, Any] = {"person_id": f"p{n}", "psn_name": name, "certno": f"37110219800101{n:04d}"}
    return Person(**fields | {"tel": f"1380633{n:04d}", "card_no": f"J{n:08d}"} | changes)


def accept(store: CounterStore, now: datetime = MORNING, draft: str = "", **changes: Any) -> CaseRecord:
    """One whole acceptance: number, case, materials, four facts, a paper with its job, the draft dropped."""
    with store.unit(CLERK, now) as unit:
        case = a_case(unit.next_number(now.date()), now=now, **changes)
        unit.save_person(a_person(1, "欧阳试"))
        unit.save_case(case)
        unit.record(
            Fact("case.accepted", {"number": case.number, "answers": case.answers}, case.case_id, pack="1")
        )
        unit.record(Fact("material.received", {"code": "M1"}, case.case_id))
        unit.record(Fact("ticket.served", {"ticket": "A001"}, case.case_id))
        issued = unit.record(Fact("receipt.issued", {"number": case.number}, case.case_id))
        unit.add_paper(a_paper(case, issued.event_id))
        if draft:
            unit.drop_draft(draft)
    return case


TABLES = ("facts", "audit", "outbox", "cases", "papers", "print_jobs", "serials", "drafts", "people")


def counts(store: CounterStore) -> dict[str, int]:
    """How many rows each table has."""
    with store.database.read() as connection:
        return {
            name: connection.execute(text(f"SELECT count(*) FROM {name}")).scalar_one() for name in TABLES
        }


def turn_a_bit(wal: Path, share: float, bit: int = 4) -> bool:
    """Turn one bit of what has been written into a WAL, `share` of the way in; False when nothing has been.

    What lies behind is room taken in advance, where nothing can be lost.
    """
    data = bytearray(wal.read_bytes() if wal.exists() else b"")
    written = len(data.rstrip(b"\0"))
    if written:
        data[int(written * share)] ^= 1 << bit
        wal.write_bytes(data)
    return written > 0
