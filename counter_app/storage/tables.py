"""The tables as SQLAlchemy Core sees them; the steps in `upgrades` make them (a test compares)."""

from __future__ import annotations

from sqlalchemy import Column, Integer, MetaData, Table, Text

METADATA = MetaData()


def _table(name: str, *columns: str) -> Table:
    """`*x` is part of the primary key, `#x` an integer, `?x` may be null; `#*x` both."""
    made: list[Column[object]] = []
    for text in columns:
        kind = Integer() if "#" in text else Text()
        made.append(Column(text.lstrip("#*?"), kind, primary_key="*" in text, nullable="?" in text))
    return Table(name, METADATA, *made)


device_state = _table(
    "device_state", "#*id", "device", "#epoch", "device_code", "hall", "hash_alg", "#unit_no", "#entry",
    "audit_head", "#seq", "head", "last_event", "#last_wall_ms", "#synthetic", "#created_ms",
)  # fmt: skip
facts = _table(
    "facts", "#*entry", "#unit_no", "#epoch", "#seq", "event_id", "kind", "case_id", "business_date",
    "#wall_ms", "hash", "envelope",
)  # fmt: skip
audit = _table(
    "audit", "#*entry", "#unit_no", "event_id", "clerk_no", "kind", "#wall_ms", "alg", "fact_hash",
    "prev_hash", "hash",
)  # fmt: skip
outbox = _table("outbox", "#*entry", "#unit_no", "#added_ms", "state", "note")
cases = _table(
    "cases", "#*rid", "case_id", "#unit_no", "number", "type_id", "type_name", "situation", "state",
    "principal_name", "person_id", "party", "pack", "received_on", "?accepted_at", "business_date", "?due_on",
    "answers", "agent", "helped_by", "visit_id", "#online", "clerk_no", "clocks", "channel", "came",
    "came_key",
)  # fmt: skip
materials = _table(
    "materials", "*case_id", "#*nth", "code", "name", "state", "form", "#copies", "pages", "?due_on",
    "#original_returned",
)  # fmt: skip
papers = _table(
    "papers", "#*rid", "paper_id", "#unit_no", "number", "case_number", "case_id", "kind", "content",
    "content_hash", "event_id", "signature",
)  # fmt: skip
print_jobs = _table(
    "print_jobs",
    "*paper_id",
    "#unit_no",
    "state",
    "sha256",
    "#printed",
    "#reprints",
    "because",
    "#changed_ms",
)
people = _table("people", "#*rid", "person_id", "#unit_no", "name", "mark", "body")
person_keys = _table("person_keys", "*blind", "#*rid")
person_initials = _table("person_initials", "*initials", "#*rid")
person_endings = _table("person_endings", "*ending", "#*rid")
employers = _table("employers", "#*rid", "emp_id", "#unit_no", "name", "uscc", "emp_no", "body")
due_days = _table("due_days", "*due_on", "#open")
serials = _table("serials", "*business_date", "*device_code", "#unit_no", "#last")
blobs = _table("blobs", "*ref", "#unit_no", "case_id", "#size")
clerks = _table("clerks", "*clerk_no", "#unit_no", "name", "roles", "#active")
logins = _table("logins", "*clerk_no", "#unit_no", "body")
lives = _table("lives", "*case_id", "#unit_no", "body")
feed_place = _table("feed_place", "#*id", "#unit_no", "#epoch", "#last")
reference_places = _table("reference_places", "*scope", "#epoch", "#last", "#have", "#total", "#read_ms")
reference_words = _table("reference_words", "*scope", "*entity", "#version", "body")
drafts = _table("drafts", "*draft_id", "body", "clerk_no", "saved_at")
filings = _table(
    "filings", "*filing_id", "#unit_no", "channel", "origin", "type_id", "filed_at", "state", "case_number",
    "reason", "content_hash", "body",
)  # fmt: skip
