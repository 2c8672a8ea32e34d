"""Taking in envelopes: one verdict each, de-duplicated in the transaction that stores them.

A batch is stored set-wise; only when the database refuses it is it replayed record by record under
savepoints, so that one poison record delays no other. Nothing is ever thrown away: what cannot be
stored as a fact is kept in `quarantine`.
"""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Mapping, Sequence, Set
from typing import Any

from sqlalchemy import Connection, bindparam, select, text
from sqlalchemy.exc import DataError, IntegrityError, StatementError

from counter_app.domain.actor import Actor
from counter_app.domain.value import Value
from counter_app.hub.commands import Accept
from counter_app.hub.envelopes import Judged, judge_all
from counter_app.hub.feed import FeedRow, append_feed
from counter_app.hub.many import Many
from counter_app.hub.projections import Look, doubt, project
from counter_app.hub.quick import Quick, apart
from counter_app.hub.rows import to_ms, upsert
from counter_app.hub.tables import device_heads, envelopes, quarantine

ACCEPTED, DUPLICATE, CONFLICT, REJECTED, RETRY_LATER = (
    "accepted",
    "duplicate",
    "conflict",
    "rejected",
    "retry_later",
)
_PUT = Many(envelopes, " ON CONFLICT DO NOTHING")
_PUT_TOLD = Many(envelopes, " ON CONFLICT DO NOTHING RETURNING event_id, hash")
_log = logging.getLogger(__name__)


_E = envelopes.c
_HASH = Quick(
    select(_E.hash).where(
        _E.device == bindparam("device"), _E.epoch == bindparam("epoch"), _E.seq == bindparam("seq")
    )
)


_LATER = Quick(
    select(_E.seq)
    .where(_E.device == bindparam("device"), _E.epoch == bindparam("epoch"), _E.seq > bindparam("start"))
    .order_by(_E.seq)
)
_H = device_heads.c
_HEAD = Quick(
    text(
        "INSERT INTO device_heads (hall, device, epoch, upto) VALUES (:hall, :device, :epoch, :upto) "
        "ON CONFLICT (device, epoch) DO UPDATE SET upto = excluded.upto"
    )
)
_UPTO = Quick(select(_H.upto).where(_H.device == bindparam("device"), _H.epoch == bindparam("epoch")))


class _OurFaultError(Exception):
    """Reading a stored fact went wrong: never a reason to refuse the fact."""


class _SomeKnownError(Exception):
    """A batch is not all new: each record has to be told from the others."""


class Ruling(Value, frozen=True):
    """The verdict on one envelope. `durable_upto` is the dense end of its device's facts here."""

    event_id: str
    verdict: str
    code: str = ""
    durable_upto: int = 0

    def upto(self, durable: int) -> Ruling:
        """The same, with the dense end."""
        return Ruling(self.event_id, self.verdict, self.code, durable)

    def as_dict(self) -> Mapping[str, Any]:
        """The shape answered to a device."""
        return {
            "event_id": self.event_id,
            "verdict": self.verdict,
            "code": self.code,
            "durable_upto": self.durable_upto,
        }


def accept(connection: Connection, actor: Actor, command: Accept) -> tuple[Ruling, ...]:
    """Judge and store envelopes; rulings in the order they came."""
    judged = judge_all(command.envelopes)
    rulings: dict[int, Ruling] = {}
    for nth, one in enumerate(judged):
        code = one.code or ("envelope-stranger" if one.place[0] in command.foreign else "")
        if code:
            rulings[nth] = _set_aside(connection, command, one, REJECTED, code)
    # A fixed order, so that two batches with the same records never wait for each other in a ring.
    good = sorted((nth for nth in range(len(judged)) if nth not in rulings), key=lambda n: judged[n].place)
    try:
        rulings |= _together(connection, command, {nth: judged[nth] for nth in good})
    except Exception:  # whichever record it was: each is now tried alone, and says itself what was wrong
        if connection.invalidated:
            raise  # no record's fault: the database has gone, and the lane asks again
        for nth in good:
            rulings[nth] = _store_one(connection, command, judged[nth])
    here = {judged[n].place for n in good if rulings[n].verdict in (ACCEPTED, DUPLICATE)}
    heads = _advance(connection, command.hall, {judged[nth].place[:2] for nth in good}, here)
    for nth in good:
        rulings[nth] = rulings[nth].upto(heads[judged[nth].place[:2]])
    return tuple(rulings[nth] for nth in range(len(judged)))


def durable_upto(connection: Connection, device: str, epoch: int) -> int:
    """The highest seq below which nothing of this device is missing here."""
    row = _UPTO.one(connection, {"device": device, "epoch": epoch})
    return int(row[0]) if row is not None else 0


def _together(connection: Connection, command: Accept, good: Mapping[int, Judged]) -> dict[int, Ruling]:
    """All of them in one go: first as if none were known here, which is the rule."""
    if good:
        with contextlib.suppress(_SomeKnownError), apart(connection):
            return _store_new(connection, command, good)
        with apart(connection):
            return _store(connection, command, good)
    return {}


def _store_one(connection: Connection, command: Accept, one: Judged) -> Ruling:
    try:
        with apart(connection):
            return _store(connection, command, {0: one})[0]
    except Exception as error:
        if connection.invalidated:
            raise
        if _is_about_record(error):
            return _set_aside(connection, command, one, REJECTED, "envelope-refused")
        # The database is busy, or the mistake is ours: the device keeps the record and sends it again.
        why = type(error.__cause__ or error).__name__
        _log.warning("a record of kind %s waits: %s", one.envelope["kind"], why)
        return Ruling(one.event_id, RETRY_LATER, "hub-busy")


def _is_about_record(error: Exception) -> bool:
    """What a database says about the record itself, and will say again tomorrow."""
    if isinstance(error, _OurFaultError):
        return False
    cause = error.orig if isinstance(error, StatementError) else error
    return isinstance(error, DataError | IntegrityError) or isinstance(cause, UnicodeError | OverflowError)


def _store_new(connection: Connection, command: Accept, good: Mapping[int, Judged]) -> dict[int, Ruling]:
    """As `_store` does where every one is new: none has to be told back. Raises `_SomeKnownError`."""
    news = list(good.values())
    if _PUT.counted(connection, _rows(command, news)) != len(news):
        raise _SomeKnownError
    _read(connection, command, news)
    return {nth: Ruling(one.event_id, ACCEPTED) for nth, one in good.items()}


def _store(connection: Connection, command: Accept, good: Mapping[int, Judged]) -> dict[int, Ruling]:
    fresh = _insert(connection, command, list(good.values()))
    rulings: dict[int, Ruling] = {}
    news: list[Judged] = []
    old: dict[int, Judged] = {}
    for nth, one in good.items():
        if one.event_id in fresh and fresh.pop(one.event_id) == one.envelope["hash"]:
            news.append(one)
            rulings[nth] = Ruling(one.event_id, ACCEPTED)
        else:
            old[nth] = one
    known = _known(connection, list(old.values()))
    for nth, one in old.items():
        same = known.get(one.event_id) == (one.envelope["hash"], one.place)
        rulings[nth] = Ruling(one.event_id, DUPLICATE) if same else _conflict(connection, command, one)
    _read(connection, command, news)
    return rulings


def _read(connection: Connection, command: Accept, news: Sequence[Judged]) -> None:
    try:
        _apply(connection, command, news)
    except Exception as error:
        if connection.invalidated:
            raise
        raise _OurFaultError from error


def _insert(connection: Connection, command: Accept, good: Sequence[Judged]) -> dict[str, str]:
    """One statement for all; gives id and hash of those that were new."""
    found = _PUT_TOLD.told(connection, _rows(command, good))
    return {event_id: digest for event_id, digest in found}


def _rows(command: Accept, good: Sequence[Judged]) -> list[tuple[Any, ...]]:
    at_ms = to_ms(command.at)
    return [_row(command.hall, at_ms, one) for one in good]


def _row(hall: str, at_ms: int, one: Judged) -> tuple[Any, ...]:
    """In the order of the table's columns."""
    e = one.envelope
    device, epoch, seq = one.place
    told = e["kind"], e.get("case_id") or "", e["hash"], e["prev_hash"], e["business_date"], one.text
    return one.event_id, hall, device, epoch, seq, *told, at_ms


def _known(connection: Connection, old: Sequence[Judged]) -> dict[str, tuple[str, tuple[str, int, int]]]:
    ids = [one.event_id for one in old]
    if not ids:
        return {}
    e = envelopes.c
    found = connection.execute(
        select(e.event_id, e.hash, e.device, e.epoch, e.seq).where(e.event_id.in_(ids))
    )
    return {row.event_id: (row.hash, (row.device, row.epoch, row.seq)) for row in found}


def _conflict(connection: Connection, command: Accept, one: Judged) -> Ruling:
    """The same id or the same place with other contents: a cloned or restored device. Somebody must look."""
    doubt(connection, command.hall, one.envelope, "conflict", f"{one.place[0]}/{one.place[1]}/{one.place[2]}")
    return _set_aside(connection, command, one, CONFLICT, "envelope-conflict")


def _set_aside(connection: Connection, command: Accept, one: Judged, verdict: str, code: str) -> Ruling:
    device = one.envelope.get("device", "")
    values = {
        "hall": command.hall,
        "digest": one.digest,
        "event_id": _printable(one.event_id),
        "device": _printable(device if isinstance(device, str) else ""),
        "code": code,
        "text": _printable(one.text),
        "at_ms": to_ms(command.at),
    }
    connection.execute(upsert(connection, quarantine).values(values).on_conflict_do_nothing())
    return Ruling(one.event_id, verdict, code)


def _printable(text: str) -> str:
    """Text any database takes: no lone surrogates, no NUL."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8").replace("\x00", "\\u0000")


def _apply(connection: Connection, command: Accept, news: Sequence[Judged]) -> None:
    """Chain, projections and feed of the facts that are new."""
    told: list[FeedRow] = []
    before = _hashes_before(connection, news)
    look = Look(connection, command.hall, command.identity)
    look.load.look(one.envelope["case_id"] for one in news if one.envelope.get("case_id"))
    for one, expected in zip(news, before, strict=True):
        envelope = one.envelope
        if expected is not None and expected != envelope["prev_hash"]:
            device, epoch, seq = one.place
            doubt(connection, command.hall, envelope, "chain-fork", f"{device}/{epoch}/{seq}")
        summary = project(look, envelope)
        if summary:
            told.append(
                FeedRow(envelope["kind"], envelope["case_id"], one.event_id, envelope["device"], summary)
            )
    look.finish()
    append_feed(connection, command.hall, told, to_ms(command.at))


def _hashes_before(connection: Connection, news: Sequence[Judged]) -> list[str | None]:
    """The hash each one's predecessor has here; most come in the same batch."""
    last, digest = ("", 0, 0), ""
    found: list[str | None] = []
    for one in news:  # in the order of their places
        device, epoch, seq = one.place
        before: str | None = None
        if last == (device, epoch, seq - 1):
            before = digest
        elif seq > 1:
            row = _HASH.one(connection, {"device": device, "epoch": epoch, "seq": seq - 1})
            before = str(row[0]) if row is not None else None
        last, digest = one.place, one.envelope["hash"]
        found.append(before)
    return found


def _advance(
    connection: Connection, hall: str, devices: set[tuple[str, int]], here: Set[tuple[str, int, int]]
) -> dict[tuple[str, int], int]:
    """Move each device's dense end as far as its facts reach; `here` are places found or filled."""
    ends = {}
    for device, epoch in sorted(devices):
        start = end = durable_upto(connection, device, epoch)
        while (device, epoch, end + 1) in here:  # no need to ask for what has just been written
            end += 1
        for (seq,) in _LATER.all(connection, {"device": device, "epoch": epoch, "start": end}):
            if seq != end + 1:
                break
            end = seq
        if end != start:
            row = {"hall": hall, "device": device, "epoch": epoch, "upto": end}
            _HEAD.do(connection, row)
        ends[device, epoch] = end
    return ends
