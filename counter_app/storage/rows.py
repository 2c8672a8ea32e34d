"""Domain values as rows and back; the one place that knows both shapes."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import RowMapping

from counter_app.domain.cases import (
    Came,
    CaseRecord,
    CaseState,
    Clocks,
    MaterialRecord,
    MaterialState,
    PaperRecord,
)
from counter_app.domain.codec import from_plain, to_plain
from counter_app.domain.filings import Filing, FilingState
from counter_app.domain.people import Employer, Person
from counter_app.seals.canonical import canonical
from counter_app.services.ports import Secrets

Row = RowMapping
_CASE_TEXTS = (
    "case_id", "number", "type_id", "type_name", "situation", "principal_name", "person_id", "party", "pack",
    "helped_by", "visit_id",
)  # fmt: skip
_PAPER_TEXTS = ("paper_id", "number", "case_number", "case_id", "kind", "content", "content_hash", "event_id")
SEALED = ("certno", "card_no", "tel")


def text(value: object) -> str:
    """Canonical JSON as text, for columns that hold whole values."""
    return canonical(value).decode("utf-8")


# --- cases ----------------------------------------------------------------------------------------


def case_row(case: CaseRecord, clerk_no: str) -> dict[str, Any]:
    """The row of a case; materials have rows of their own."""
    return {name: getattr(case, name) for name in _CASE_TEXTS} | {
        "state": case.state.value,
        "received_on": case.received_on.isoformat(),
        "accepted_at": case.accepted_at.isoformat() if case.accepted_at else None,
        "business_date": case.business_date.isoformat(),
        "due_on": case.due_on.isoformat() if case.due_on else None,
        "answers": text(to_plain(case.answers)),
        "agent": text(to_plain(case.agent)),
        "online": int(case.online),
        "clerk_no": clerk_no,
        "clocks": text(to_plain(case.clocks)),
        "channel": case.came.channel,
        "came": text(to_plain(case.came)),
        "came_key": case.came.key,
    }


def material_rows(case: CaseRecord) -> list[dict[str, Any]]:
    """The rows of a case's materials, in their order."""
    return [
        {
            "case_id": case.case_id,
            "nth": nth,
            "code": one.code,
            "name": one.name,
            "state": one.state.value,
            "form": one.form,
            "copies": one.copies,
            "pages": text(list(one.pages)),
            "due_on": one.due_on.isoformat() if one.due_on else None,
            "original_returned": int(one.original_returned),
        }
        for nth, one in enumerate(case.materials, 1)
    ]


def case_of(row: Row, materials: Iterable[Row]) -> CaseRecord:
    """A case from its rows; `row` also carries `synced`."""
    return CaseRecord(
        **{name: row[name] for name in _CASE_TEXTS},
        state=CaseState(row["state"]),
        received_on=date.fromisoformat(row["received_on"]),
        accepted_at=datetime.fromisoformat(row["accepted_at"]) if row["accepted_at"] else None,
        business_date=date.fromisoformat(row["business_date"]),
        due_on=date.fromisoformat(row["due_on"]) if row["due_on"] else None,
        answers=json.loads(row["answers"]),
        agent=json.loads(row["agent"]),
        materials=tuple(_material_of(one) for one in materials),
        online=bool(row["online"]),
        synced=bool(row["synced"]),
        clocks=from_plain(Clocks, json.loads(row["clocks"])),
        came=from_plain(Came, json.loads(row["came"])),
    )


def _material_of(row: Row) -> MaterialRecord:
    return MaterialRecord(
        code=row["code"],
        name=row["name"],
        state=MaterialState(row["state"]),
        form=row["form"],
        copies=row["copies"],
        pages=tuple(json.loads(row["pages"])),
        due_on=date.fromisoformat(row["due_on"]) if row["due_on"] else None,
        original_returned=bool(row["original_returned"]),
    )


# --- papers ---------------------------------------------------------------------------------------


def paper_row(paper: PaperRecord) -> dict[str, Any]:
    """What a paper says for ever; its print job is another row."""
    return {name: getattr(paper, name) for name in _PAPER_TEXTS} | {"signature": text(dict(paper.signature))}


def job_row(paper: PaperRecord, because: str = "") -> dict[str, Any]:
    """What has become of a paper's printing."""
    names = ("paper_id", "state", "sha256", "printed", "reprints")
    return {name: getattr(paper, name) for name in names} | {"because": because}


def paper_of(row: Row) -> PaperRecord:
    """A paper with its print job, from the joined row."""
    names = (*_PAPER_TEXTS, "state", "sha256", "printed", "reprints")
    return PaperRecord(**{name: row[name] for name in names}, signature=json.loads(row["signature"]))


# --- people and employers -------------------------------------------------------------------------


def person_row(person: Person, secrets: Secrets) -> dict[str, Any]:
    """A person with certificate, card and telephone number sealed one by one."""
    body: dict[str, Any] = to_plain(person)
    for key in SEALED:
        if body[key]:
            body[key] = secrets.seal(body[key], f"{person.person_id}|{key}")
    return {"person_id": person.person_id, "name": person.psn_name, "body": text(body)}


def person_of(row: Row, secrets: Secrets) -> Person:
    """A person with everything opened. Raises Problem `seal-broken`."""
    return person_from(row["person_id"], row["body"], secrets)


def person_from(person_id: str, body: str, secrets: Secrets) -> Person:
    """The same from id and body alone."""
    plain = json.loads(body)
    for key in SEALED:
        if plain[key]:
            plain[key] = secrets.open(plain[key], f"{person_id}|{key}")
    return from_plain(Person, plain)


def employer_row(employer: Employer) -> dict[str, Any]:
    """An employer; nothing of it is personal."""
    columns = {"emp_id": employer.emp_id, "name": employer.emp_name, "uscc": employer.uscc}
    return columns | {"emp_no": employer.emp_no, "body": text(to_plain(employer))}


def employer_of(row: Row) -> Employer:
    """An employer from its row."""
    return from_plain(Employer, json.loads(row["body"]))


# --- filings --------------------------------------------------------------------------------------


def filing_row(filing: Filing, secrets: Secrets) -> dict[str, Any]:
    """A filing; everything about people is sealed as one value."""
    plain = to_plain(filing)
    body = secrets.seal(text(plain), f"{filing.filing_id}|filing")
    same = ("filing_id", "channel", "origin", "type_id", "filed_at", "case_number", "reason", "content_hash")
    return {name: plain[name] for name in same} | {"state": filing.state.value, "body": body}


def filing_of(row: Row, secrets: Secrets) -> Filing:
    """A filing from its row. Raises Problem `seal-broken`."""
    plain = json.loads(secrets.open(row["body"], f"{row['filing_id']}|filing"))
    told = {name: row[name] for name in ("case_number", "reason")}
    return replace(from_plain(Filing, plain), state=FilingState(row["state"]), **told)
