"""Questions to the counter store, each one statement or two on a read-only connection."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, Select, and_, exists, func, or_, select, text

from counter_app.domain.actor import Actor
from counter_app.domain.cases import CaseRecord, PaperRecord
from counter_app.domain.codec import from_plain
from counter_app.domain.filings import Filing
from counter_app.domain.life import Life
from counter_app.domain.people import Employer
from counter_app.services.ports import Secrets
from counter_app.storage import rows
from counter_app.storage import tables as t

_USAGE_DAYS = 30
_USAGE_CASES = 5000  # of one desk; looking no further back saves an index in every commit
_FACT, _OUT = t.facts.c, t.outbox.c
_OPEN = exists().where(
    _FACT.case_id == t.cases.c.case_id,
    _FACT.case_id != "",
    _OUT.entry == _FACT.entry,
    _OUT.state != "acknowledged",
)
_CASES = select(t.cases, (~_OPEN).label("synced"))
# In these very words, so that SQLite sees that the partial index `cases_due` holds every such row.
_AWAITED = text("state IN ('received', 'accepted')")
_JOB = t.print_jobs.c
_PAPERS = select(t.papers, _JOB.state, _JOB.sha256, _JOB.printed, _JOB.reprints).join_from(
    t.papers, t.print_jobs, t.papers.c.paper_id == _JOB.paper_id
)


def case(connection: Connection, number_or_id: str) -> CaseRecord | None:
    """One case by printed number or id."""
    c = t.cases.c
    is_it = or_(c.case_id == number_or_id, and_(c.number == number_or_id, c.number != ""))
    found = _found_cases(connection, _CASES.where(is_it).limit(1))
    return found[0] if found else None


def life(connection: Connection, case_id: str) -> Life | None:
    """Where a case stands, None while it has not moved since acceptance."""
    found = connection.execute(select(t.lives.c.body).where(t.lives.c.case_id == case_id)).scalar()
    return from_plain(Life, json.loads(found)) if found is not None else None


def lives_between(connection: Connection, first: date | None, last: date | None) -> list[Life]:
    """The life of every case of a span of business days that has moved; None is open."""
    c = t.cases.c
    of_span = select(c.case_id).where(_in_span(first, last))
    found = connection.execute(select(t.lives.c.body).where(t.lives.c.case_id.in_(of_span))).scalars()
    return [from_plain(Life, json.loads(body)) for body in found]


def steps(connection: Connection) -> dict[str, str]:
    """The step of every case that has moved since acceptance, by its id."""
    asked = select(t.lives.c.case_id, func.json_extract(t.lives.c.body, "$.step"))
    return {case_id: step for case_id, step in connection.execute(asked)}


def feed_place(connection: Connection) -> tuple[int, int]:
    """Epoch and number of the last row read of the hub's feed; zeros before the first."""
    row = connection.execute(select(t.feed_place)).first()
    return (row.epoch, row.last) if row is not None else (0, 0)


def cases(connection: Connection, person_id: str, limit: int) -> Sequence[CaseRecord]:
    """Newest first; of one person when given."""
    asked = _CASES.where(t.cases.c.person_id == person_id) if person_id else _CASES
    newest = asked.order_by(t.cases.c.rid.desc())
    return _found_cases(connection, newest.limit(limit))


def cases_between(connection: Connection, first: date | None, last: date | None) -> Sequence[CaseRecord]:
    """Every case of a span of business days, oldest first; None is open."""
    c, span = t.cases.c, _in_span(first, last)
    ids = select(c.case_id).where(span)
    return _with_materials(connection, _CASES.where(span).order_by(c.rid), t.materials.c.case_id.in_(ids))


def _in_span(first: date | None, last: date | None) -> ColumnElement[bool]:
    return t.cases.c.business_date.between(_text(first, ""), _text(last, "9"))


def _text(day: date | None, otherwise: str) -> str:
    return day.isoformat() if day is not None else otherwise


def due_cases(connection: Connection, limit: int) -> Sequence[CaseRecord]:
    """Open cases by nearest kept deadline, those without one last."""
    found = _found_cases(connection, due_query(dated=True).limit(limit))
    if len(found) < limit:
        found += _found_cases(connection, due_query(dated=False).limit(limit - len(found)))
    return found


def due_query(dated: bool) -> Select[Any]:
    """Open cases with a kept deadline in its order, or those without one."""
    due = t.cases.c.due_on
    if dated:
        return _CASES.where(_AWAITED, due.is_not(None)).order_by(due, t.cases.c.rid)
    return _CASES.where(_AWAITED, due.is_(None)).order_by(t.cases.c.rid)


def estimated(connection: Connection) -> Sequence[CaseRecord]:
    """Open cases counted through a year without published holidays; in these words for their index."""
    words = "state IN ('received', 'accepted') AND instr(clocks, '\"is_estimated\"\\:true')"
    return _found_cases(connection, _CASES.where(text(words)).order_by(t.cases.c.rid))


def due_days(connection: Connection) -> dict[date | None, int]:
    """How many open cases fall due on each day; None for those without a kept deadline."""
    of = t.due_days.c
    found = connection.execute(select(of.due_on, of.open).where(of.open > 0).order_by(of.due_on))
    return {date.fromisoformat(day) if day else None: number for day, number in found}


def numbered(connection: Connection, numbers: Sequence[str], limit: int) -> Sequence[CaseRecord]:
    """Cases with one of these printed numbers, newest first."""
    c = t.cases.c
    found = _CASES.where(c.number.in_(numbers), c.number != "").order_by(c.number.desc())
    return _found_cases(connection, found.limit(limit))


def number_begins(connection: Connection, start: str, limit: int) -> Sequence[CaseRecord]:
    """Cases whose printed number begins so, newest first."""
    c = t.cases.c
    found = _CASES.where(c.number >= start, c.number < start + "~", c.number != "")
    return _found_cases(connection, found.order_by(c.number.desc()).limit(limit))


def unverified(connection: Connection, limit: int) -> Sequence[CaseRecord]:
    """Accepted offline and not found to agree since; in these words for the index `cases_offline`."""
    seen = exists().where(
        _FACT.case_id == t.cases.c.case_id, _FACT.case_id != "", _FACT.kind == "case.verified"
    )
    offline = text("online = 0 AND state IN ('accepted', 'done')")
    return _found_cases(connection, _CASES.where(offline, ~seen).order_by(t.cases.c.rid).limit(limit))


def committed(connection: Connection, until: date) -> Sequence[CaseRecord]:
    """Cases with a commitment whose check is due by a day."""
    m = t.materials.c
    due = select(m.case_id).where(text("state = 'committed'"), m.due_on <= until.isoformat())
    return _found_cases(connection, _CASES.where(t.cases.c.case_id.in_(due)).order_by(t.cases.c.rid))


def _found_cases(connection: Connection, asked: Select[Any]) -> list[CaseRecord]:
    found = connection.execute(asked).mappings().all()
    ids = [row["case_id"] for row in found]
    return _joined(connection, found, t.materials.c.case_id.in_(ids))


def _with_materials(
    connection: Connection, asked: Select[Any], these: ColumnElement[bool]
) -> list[CaseRecord]:
    return _joined(connection, connection.execute(asked).mappings().all(), these)


def _joined(
    connection: Connection, found: Sequence[RowMapping], these: ColumnElement[bool]
) -> list[CaseRecord]:
    of_these = select(t.materials).where(these).order_by(t.materials.c.nth)
    materials: dict[str, list[RowMapping]] = {row["case_id"]: [] for row in found}
    for row in connection.execute(of_these).mappings():
        materials[row["case_id"]].append(row)
    return [rows.case_of(row, materials[row["case_id"]]) for row in found]


def came_cases(connection: Connection, key: str) -> Sequence[CaseRecord]:
    """Cases that came by the same way with this mark, newest first."""
    asked = _CASES.where(t.cases.c.came_key == key, t.cases.c.came_key != "")
    return _found_cases(connection, asked.order_by(t.cases.c.rid.desc()))


def filings(connection: Connection, secrets: Secrets, state: str) -> list[Filing]:
    """Cases that began elsewhere, oldest first; of one state when given."""
    asked = select(t.filings).order_by(t.filings.c.filed_at, t.filings.c.filing_id)
    asked = asked.where(t.filings.c.state == state) if state else asked
    return [rows.filing_of(row, secrets) for row in connection.execute(asked).mappings()]


def filing(connection: Connection, secrets: Secrets, filing_id: str) -> Filing | None:
    """One of them."""
    asked = select(t.filings).where(t.filings.c.filing_id == filing_id)
    row = connection.execute(asked).mappings().first()
    return rows.filing_of(row, secrets) if row is not None else None


def papers(connection: Connection, case_number: str) -> Sequence[PaperRecord]:
    """In the order they were issued; of one case when given."""
    asked = _PAPERS.where(t.papers.c.case_number == case_number) if case_number else _PAPERS
    return _found_papers(connection, asked.order_by(t.papers.c.rid))


def paper(connection: Connection, number: str) -> PaperRecord | None:
    """By the printed number (the newest, should several carry it) or by id."""
    is_it = or_(t.papers.c.number == number, t.papers.c.paper_id == number)
    newest = _PAPERS.where(is_it).order_by(t.papers.c.rid.desc())
    found = _found_papers(connection, newest.limit(1))
    return found[0] if found else None


def paper_by_id(connection: Connection, paper_id: str) -> PaperRecord | None:
    """By id."""
    found = _found_papers(connection, _PAPERS.where(t.papers.c.paper_id == paper_id))
    return found[0] if found else None


def queued_papers(connection: Connection) -> Sequence[PaperRecord]:
    """Originals that were promised and have not left: queued, or failed and to be tried again."""
    asked = _PAPERS.where(t.print_jobs.c.state != "sent", t.print_jobs.c.printed == 0)
    return _found_papers(connection, asked.order_by(t.papers.c.rid))


def _found_papers(connection: Connection, asked: Select[Any]) -> list[PaperRecord]:
    return [rows.paper_of(row) for row in connection.execute(asked).mappings()]


def employer_by_uscc(connection: Connection, uscc: str) -> Employer | None:
    """By the unified social credit code; small letters are forgiven."""
    code = uscc.strip().upper()
    found = select(t.employers).where(t.employers.c.uscc == code, t.employers.c.uscc != "").limit(1)
    row = connection.execute(found).mappings().first()
    return rows.employer_of(row) if row is not None else None


def drafts(connection: Connection) -> list[tuple[str, str, str]]:
    """`(draft_id, body, saved_at)` newest first."""
    c = t.drafts.c
    asked = select(c.draft_id, c.body, c.saved_at).order_by(c.saved_at.desc(), c.draft_id.desc())
    return [(row.draft_id, row.body, row.saved_at) for row in connection.execute(asked)]


def clerks(connection: Connection) -> list[Actor]:
    """Active clerks by number."""
    asked = select(t.clerks).where(t.clerks.c.active == 1).order_by(t.clerks.c.clerk_no)
    return [Actor(row.clerk_no, row.name, tuple(json.loads(row.roles))) for row in connection.execute(asked)]


def usage(connection: Connection, clerk_no: str, today: date) -> dict[str, int]:
    """Cases of each type this clerk wrote down in the last 30 days, the most frequent first."""
    newest = select(t.cases).order_by(t.cases.c.rid.desc()).limit(_USAGE_CASES).subquery()
    c, count = newest.c, func.count()
    since = (today - timedelta(days=_USAGE_DAYS)).isoformat()
    asked = select(c.type_id, count).where(c.clerk_no == clerk_no, c.received_on >= since)
    found = connection.execute(asked.group_by(c.type_id).order_by(count.desc(), c.type_id))
    return {type_id: number for type_id, number in found}


def envelopes(connection: Connection, case_id: str, after: int, limit: int) -> list[str]:
    """Envelope texts in order."""
    c = t.facts.c
    asked = select(c.envelope).where(c.entry > after).order_by(c.entry).limit(limit)
    if case_id:
        asked = asked.where(c.case_id == case_id)
    return list(connection.execute(asked).scalars())


def envelopes_since(
    connection: Connection, first: date | None, kinds: Sequence[str], after: int, limit: int
) -> list[tuple[int, str]]:
    """Entry numbers and envelope texts of some kinds from a business day on, in order."""
    c = t.facts.c
    asked = select(c.entry, c.envelope).where(c.entry > after, c.kind.in_(kinds))
    if first is not None:
        asked = asked.where(c.business_date >= first.isoformat())
    return [(row.entry, row.envelope) for row in connection.execute(asked.order_by(c.entry).limit(limit))]
