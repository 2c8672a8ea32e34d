"""What the hub knows that a counter without a line could not: compared when an acceptance arrives.

The kinds are those of `domain.md` §10.7. Each becomes a doubt for a person (`exceptions`); the fact itself
stands, and its time limits run from the day it was accepted, however late it comes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, func, select

from counter_app.domain.value import Value
from counter_app.hub.reference import word_of
from counter_app.hub.rows import upsert
from counter_app.hub.sync_tables import used_up
from counter_app.seals.hub_identity import HubIdentity

Found = Iterator[tuple[str, str]]
_ACTIVE = ("", "1")  # psn_insu_stas: 1 正常参保
_WIDEST = 128


class Seen(Value, frozen=True):
    """One acceptance as it is looked at; `word` asks the hall's reference data."""

    connection: Connection
    hall: str
    case_id: str
    at_ms: int
    day: str
    body: Mapping[str, Any]
    word: Callable[[str, str], Mapping[str, Any] | None]

    def text(self, name: str) -> str:
        """A text of the body, "" for anything else."""
        value = self.body.get(name, "")
        return value[:_WIDEST] if isinstance(value, str) else ""

    @property
    def answers(self) -> Mapping[str, Any]:
        """The answers of the form; sealed ones are objects and are left alone."""
        found = self.body.get("answers")
        return found if isinstance(found, Mapping) else {}


def disagreements(
    connection: Connection,
    hall: str,
    envelope: Mapping[str, Any],
    identity: HubIdentity | None,
    scopes: frozenset[str],
) -> tuple[tuple[str, str], ...]:
    """Code and detail of whatever an acceptance disagrees with; each code once. `scopes`: what there is."""

    def word(scope: str, entity: str) -> Mapping[str, Any] | None:
        return word_of(connection, hall, scope, entity[:_WIDEST], identity) if scope in scopes else None

    case_id, at_ms, day = envelope["case_id"], envelope["wall_ms"], envelope["business_date"]
    seen = Seen(connection, hall, case_id, at_ms, day, envelope["body"], word)
    found: dict[str, str] = {}
    for scope, check in _CHECKS:
        if not scope or scope in scopes:
            for code, detail in check(seen):
                found.setdefault(code, detail)
    return tuple(found.items())


def _stopped(seen: Seen) -> Found:
    told = seen.word("people", seen.text("person_id"))
    if told is None:
        return
    since = str(told.get("paus_insu_date") or told.get("as_of") or "")
    if str(told.get("psn_insu_stas", "")) not in _ACTIVE and since[:10] <= seen.day:
        yield "person-stopped", since[:10]


def _times(seen: Seen) -> Found:
    told, person = seen.word("quotas", f"times:{seen.text('type_id')}"), seen.text("certno_blind")
    most = told.get("per_year") if told is not None else None
    if type(most) is int and person:
        kind, key = f"times:{seen.text('type_id')}"[:_WIDEST], f"{person}:{seen.day[:4]}"[:_WIDEST]
        if _use(seen, kind, key) > most:
            yield "times-exceeded", f"每年 {most} 次"


def _invoices(seen: Seen) -> Found:
    for value in seen.answers.values():
        for row in value if isinstance(value, list) else ():
            if not isinstance(row, Mapping):
                continue
            code, number = str(row.get("invo_code", "")).strip(), str(row.get("invo_no", "")).strip()
            if number and _use(seen, "invoice", _digest(code, number)) > 1:
                yield "invoice-used", f"票据号末四位 {number[-4:]}"


def _diseases(seen: Seen) -> Found:
    for name, value in seen.answers.items():
        if not isinstance(value, str) or not name.startswith(("opsp_dise_code", "dise_codg")):
            continue
        told = seen.word("diseases", value)
        ended = str(told.get("ended_on", "")) if told is not None else ""
        if ended and ended <= seen.day:
            yield "disease-ended", ended


def _authority(seen: Seen) -> Found:
    if seen.text("party") in ("", "self"):
        return
    told = seen.word("revocations", f"authority:{seen.text('certno_blind')}")
    since = str(told.get("revoked_on", "")) if told is not None else ""
    if since and since <= seen.day:
        yield "authority-revoked", since


def _version(seen: Seen) -> Found:
    told, pack = seen.word("catalogue", seen.text("type_id")), seen.text("pack")
    ended = told.get("ended") if told is not None else None
    if isinstance(ended, Mapping) and pack in ended and str(ended[pack]) <= seen.day:
        yield "version-differs", f"{pack}，{ended[pack]} 起停用"


def _quota(seen: Seen) -> Found:
    told = seen.word("quotas", f"amount:{seen.text('type_id')}")
    if told is None:
        return
    since, packs = str(told.get("from", "")), told.get("packs")
    if since and since <= seen.day and isinstance(packs, list) and seen.text("pack") not in packs:
        yield "quota-changed", f"{since} 起执行新标准"


# Each with the reference data it compares with ("" = with what the hub has seen itself).
_CHECKS = (
    ("people", _stopped),
    ("quotas", _times),
    ("", _invoices),
    ("diseases", _diseases),
    ("revocations", _authority),
    ("catalogue", _version),
    ("quotas", _quota),
)


def _use(seen: Seen, kind: str, key: str) -> int:
    """Note that a case uses something up; how many cases have."""
    u = used_up.c
    row = {"hall": seen.hall, "kind": kind, "key": key, "case_id": seen.case_id, "at_ms": seen.at_ms}
    seen.connection.execute(upsert(seen.connection, used_up).values(row).on_conflict_do_nothing())
    counted = select(func.count()).select_from(used_up)
    same = counted.where(u.hall == seen.hall, u.kind == kind, u.key == key)
    return int(seen.connection.execute(same).scalar_one())


def _digest(*parts: str) -> str:
    return hashlib.sha256("|".join(parts).encode("utf-8", "backslashreplace")).hexdigest()[:32]
