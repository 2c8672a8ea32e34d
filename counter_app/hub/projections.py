"""What the hub reads out of facts: the state of a case, tickets that were served, ratings.

A fact itself is never refused here: whatever does not fit becomes a visible doubt (`doubts`) for a
person to look at, because what was done at a window was done.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Table, bindparam, select, text
from sqlalchemy.dialects import sqlite

from counter_app.domain.actor import Actor
from counter_app.domain.cases import CaseState
from counter_app.domain.tickets import TicketState
from counter_app.hub import by_hand, filings, outages, rating_codes, rows, spares
from counter_app.hub.caseload import Caseload
from counter_app.hub.cases import summary
from counter_app.hub.commands import Rate
from counter_app.hub.disagreements import disagreements
from counter_app.hub.follow import begun, follow
from counter_app.hub.matter import matter_of
from counter_app.hub.quick import Quick
from counter_app.hub.ratings import rate
from counter_app.hub.reference import scopes_of
from counter_app.hub.rows import upsert
from counter_app.hub.tables import cases, doubts
from counter_app.problems import Problem
from counter_app.queueing import entry as steps
from counter_app.queueing.entry import HOLDING, Entry
from counter_app.seals.hub_identity import HubIdentity

Envelope = Mapping[str, Any]
_S = CaseState
_OVER: tuple[CaseState, ...] = (_S.REFUSED, _S.NOT_ACCEPTED, _S.WITHDRAWN, _S.TERMINATED, _S.REVERSED)
_MAY: Mapping[str, tuple[CaseState, ...]] = {
    "": (_S.RECEIVED, _S.ACCEPTED, _S.DONE, _S.NOT_ACCEPTED),
    _S.RECEIVED: (_S.RECEIVED, _S.ACCEPTED, _S.DONE, _S.NOT_ACCEPTED, _S.WITHDRAWN),
    _S.ACCEPTED: (_S.DONE, _S.REFUSED, _S.WITHDRAWN, _S.TERMINATED, _S.REVERSED),
    _S.DONE: (_S.REVERSED,),
    **{state: () for state in _OVER},
}
_FIXED = {
    "case.received": _S.RECEIVED,
    "case.accepted": _S.ACCEPTED,
    "case.withdrawn": _S.WITHDRAWN,
    "case.reversed": _S.REVERSED,
    "case.supplemented": None,
    "review.decided": None,
}
# What a window notes of its own work with a case: it moves nothing, and no other hall is told of it (`away`).
# Most of what a day brings is of this sort; kinds nobody knows yet are told.
_KEPT_QUIET = frozenset({"receipt.issued", "receipt.reprinted", "seal.used", "eseal.used", "access.read"})
_C = cases.c
_CASE_NAMES = tuple(column.name for column in _C)
_MINE = (_C.hall == bindparam("hall"), _C.case_id == bindparam("case_id"))
_CASE = Quick(select(*_C).where(*_MINE).with_for_update())
_LAST = Quick(
    text(
        "UPDATE cases SET device = :device, event_id = :event_id, at_ms = :at_ms "
        "WHERE hall = :hall AND case_id = :case_id"
    )
)


def _keeping(insert_into: Callable[[Table], Any]) -> Quick:
    made = insert_into(cases).values({column.name: bindparam(column.name) for column in _C})
    newer = {name: made.excluded[name] for name in _CASE_NAMES if name not in ("hall", "case_id")}
    return Quick(made.on_conflict_do_update(index_elements=["hall", "case_id"], set_=newer))


class _Keeping(dict[str, Quick]):
    """One statement a database, put together when it is first used."""

    def __missing__(self, dialect: str) -> Quick:
        if dialect == "sqlite":
            self[dialect] = _keeping(sqlite.insert)
        else:
            from sqlalchemy.dialects import postgresql  # a desk that is its own hub never needs it

            self[dialect] = _keeping(postgresql.insert)
        return self[dialect]


_KEEP_CASE = _Keeping()


@dataclass(slots=True)
class Look:
    """The cases of one batch as its facts find them, so that most are read and written once.

    `identity` opens the hall's reference data, which an acceptance is compared with.
    """

    connection: Connection
    hall: str
    identity: HubIdentity | None = None
    _told: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    _late: dict[str, dict[str, Any]] = field(default_factory=dict)
    _scopes: frozenset[str] | None = None
    load: Caseload = field(init=False)

    def __post_init__(self) -> None:
        self.load = Caseload(self.connection, self.hall)

    def quiet(self, envelope: Envelope) -> Mapping[str, Any] | None:
        """What is told of a case by a fact that moves nothing; None for one that may, or of a new case."""
        case_id = envelope["case_id"]
        told = self._told.get(case_id)
        if told is None and envelope["kind"] in _KEPT_QUIET and case_id not in self.load.new:
            told = {}  # nobody is told: nothing has to be read
        if told is None or envelope["kind"] in _FIXED or "move" in envelope["body"]:
            return None
        last = {
            "device": envelope["device"],
            "event_id": envelope["event_id"],
            "at_ms": envelope["wall_ms"],
        }
        if not self.load.touched(case_id, last):
            self._late[case_id] = {"hall": self.hall, "case_id": case_id, **last}
        return told

    def moved(self, case_id: str, told: Mapping[str, Any]) -> Mapping[str, Any]:
        """Remember what is told of a case now; the last turn is told once."""
        self._late.pop(case_id, None)
        self._told[case_id] = told
        return told

    @property
    def scopes(self) -> frozenset[str]:
        """Which reference data the hall has."""
        if self._scopes is None:
            found = scopes_of(self.connection, self.hall) if self.identity is not None else ()
            self._scopes = frozenset(str(one["scope"]) for one in found)
        return self._scopes

    def write(self) -> None:
        """Write the cases that have begun; whoever reads cases finds them from here on."""
        for envelope, number in self.load.write():
            doubt(self.connection, self.hall, envelope, "possible-duplicate", number)

    def finish(self) -> None:
        """Write what is left, and which fact of each case was the last."""
        self.write()
        for row in self._late.values():
            _LAST.do(self.connection, row)
        self._late.clear()


def project(look: Look, envelope: Envelope) -> Mapping[str, Any]:
    """Apply one new fact; gives the case's summary for the feed (empty when there is nothing to tell)."""
    kind, connection, hall = envelope["kind"], look.connection, look.hall
    if kind in _SPECIAL:
        if kind in _ABOUT_CASES:
            look.write()
        _SPECIAL[kind](connection, hall, envelope)
    if not envelope.get("case_id"):
        return {}
    told = look.quiet(envelope)
    if told is None:
        told = _moved(look, envelope)
    return {} if kind in _KEPT_QUIET and "move" not in envelope["body"] else told


def _moved(look: Look, envelope: Envelope) -> Mapping[str, Any]:
    """The same for a fact that may move its case, or is the first heard of it in this batch."""
    kind, connection, hall = envelope["kind"], look.connection, look.hall
    if kind == "case.accepted":
        if not filings.settled(connection, hall, envelope):
            doubt(connection, hall, envelope, "filing-twice")
        for code, detail in disagreements(connection, hall, envelope, look.identity, look.scopes):
            doubt(connection, hall, envelope, code, detail)
    return look.moved(envelope["case_id"], _case(look, envelope))


def doubt(connection: Connection, hall: str, envelope: Envelope, code: str, detail: str = "") -> None:
    """Raise a visible exception about a fact, once."""
    subject = envelope.get("case_id") or envelope["device"]
    values = {"event_id": envelope["event_id"], "code": code, "subject": subject, "detail": detail}
    made = upsert(connection, doubts).values(hall=hall, at_ms=envelope["wall_ms"], **values)
    connection.execute(made.on_conflict_do_nothing())


# --- cases ----------------------------------------------------------------------------------------
def _case(look: Look, envelope: Envelope) -> Mapping[str, Any]:
    connection, hall, case_id = look.connection, look.hall, envelope["case_id"]
    if look.load.waits(case_id):
        look.write()
    is_new = case_id in look.load.new
    row = None if is_new else _CASE.one(connection, {"hall": hall, "case_id": case_id})
    before = dict(zip(_CASE_NAMES, row, strict=True)) if row is not None else {}
    state = _state_after(connection, hall, envelope, str(before.get("state", "")))
    if is_new:
        kept = begun(envelope)
        life = kept.life if kept is not None else None
    else:
        life, refused = follow(connection, hall, envelope, state)
        if refused is not None:
            doubt(connection, hall, envelope, "case-step", refused.code)
    after = _after(hall, before, envelope, life.state.value if life is not None else state)
    if is_new:
        look.load.begin(envelope, after, kept)
    else:
        _KEEP_CASE[connection.dialect.name].do(connection, {"hall": hall, "case_id": case_id, **after})
    told = {name: after[name] for name in ("number", "type_id", "state")}
    return told if life is None else {**told, **summary(life)}


def _after(hall: str, before: Mapping[str, Any], envelope: Envelope, state: str) -> dict[str, Any]:
    """The row of a case after a fact."""
    type_id = before.get("type_id") or _text(envelope, "type_id")
    person = before.get("person") or _text(envelope, "certno_blind")
    day = before.get("business_date") or envelope["business_date"]
    return {
        "number": before.get("number") or _text(envelope, "number"),
        "type_id": type_id,
        "person": person,
        "state": state,
        "device": envelope["device"],
        "business_date": day,
        "event_id": envelope["event_id"],
        "at_ms": envelope["wall_ms"],
        "matter": matter_of(hall, person, type_id, day),
    }


def _state_after(connection: Connection, hall: str, envelope: Envelope, before: str) -> str:
    """The new state, or the old one with a doubt when the step is not allowed."""
    wanted = _wanted(envelope)
    if wanted is None or wanted == before:
        return before
    if wanted in _MAY.get(before, ()):
        return wanted
    doubt(connection, hall, envelope, "case-step", f"{before or 'new'} -> {wanted}")
    return before


def _wanted(envelope: Envelope) -> str | None:
    kind = envelope["kind"]
    if kind not in _FIXED or "move" in envelope["body"]:
        return None  # a move says itself what it does (`follow`)
    said = _text(envelope, "outcome") if kind == "review.decided" else _text(envelope, "state")
    if said in set(CaseState):
        return said
    fixed = _FIXED[kind]
    return str(fixed) if fixed is not None else None


# --- tickets --------------------------------------------------------------------------------------
def _served(connection: Connection, hall: str, envelope: Envelope) -> None:
    """A window says it served a ticket. Called here → serving; called on paper only → done."""
    found = _ticket(connection, hall, envelope) or _by_number(connection, hall, envelope)
    window = _text(envelope, "window")
    if found is None:
        _unknown(connection, hall, envelope)
    elif found.state in HOLDING or found.state in (TicketState.DONE, TicketState.PARKED):
        if found.window != window:
            doubt(connection, hall, envelope, "served-twice", found.number)
        elif found.state is TicketState.CALLED:
            rows.put(
                connection, hall, steps.serve(found, envelope["wall_ms"], _who(envelope, window), window)
            )
    elif found.state is TicketState.CARRIED:  # given up for a number of another day
        doubt(connection, hall, envelope, "served-carried", found.number)
    else:
        rows.put(connection, hall, steps.served_away(found, envelope["wall_ms"], _who(envelope, window)))


def _by_number(connection: Connection, hall: str, envelope: Envelope) -> Entry | None:
    """The ticket whose number a clerk typed off its paper, of the day it was served (人工叫号)."""
    if _text(envelope, "ticket_id"):
        return None  # an id nobody knows is not made good by a number: it may be another person's
    number = _text(envelope, "ticket")
    return by_hand.find(connection, hall, envelope["business_date"], number) if number else None


def _unknown(connection: Connection, hall: str, envelope: Envelope) -> None:
    """A number no ticket has: its machine may still tell of it, or somebody has to look."""
    number, day = _text(envelope, "ticket"), envelope["business_date"]
    if _text(envelope, "ticket_id") or not spares.is_aside(connection, hall, day, number):
        doubt(connection, hall, envelope, "ticket-unknown", number)
        return
    who = _who(envelope, _text(envelope, "window"))
    told = (who.window, who.clerk_no, envelope["device"], envelope["event_id"], envelope["wall_ms"])
    if not by_hand.note(connection, hall, by_hand.Word(day, number, *told)):
        doubt(connection, hall, envelope, "served-twice", number)


def _closed(connection: Connection, hall: str, envelope: Envelope) -> None:
    """A visit is over: a ticket still open at that window is done (the window's own word was lost)."""
    found = _ticket(connection, hall, envelope)
    if found is None or found.state not in HOLDING or _text(envelope, "how") != "finished":
        return
    try:
        made = steps.done(found, envelope["wall_ms"], _who(envelope, _text(envelope, "window")))
    except Problem as problem:  # another window has this person by now
        doubt(connection, hall, envelope, problem.code, found.number)
    else:
        rows.put(connection, hall, made)


def _rated(connection: Connection, hall: str, envelope: Envelope) -> None:
    """A citizen's answer given at a device; a second one for the same case is kept as a doubt only."""
    body = envelope["body"]
    about, level = envelope.get("case_id") or _text(envelope, "visit_id"), body.get("level")
    said = body.get("reasons", body.get("indicators", []))
    reasons = tuple(str(one) for one in said) if isinstance(said, list) else ()
    try:
        if type(level) is not int:
            raise Problem("rating-level", "level", str(level))
        at = rows.to_time(envelope["wall_ms"])
        rate(connection, _who(envelope, ""), Rate(hall, at, envelope["event_id"], about, level, reasons))
    except (Problem, OverflowError) as refused:
        doubt(connection, hall, envelope, refused.code if isinstance(refused, Problem) else "clock-suspect")


def _ticket(connection: Connection, hall: str, envelope: Envelope) -> Entry | None:
    ticket_id = _text(envelope, "ticket_id")
    return rows.known(connection, hall, ticket_id) if ticket_id else None


def _who(envelope: Envelope, window: str) -> Actor:
    said = envelope.get("actor")
    clerk = said.get("clerk_no", "") if isinstance(said, Mapping) else said
    return Actor(clerk if isinstance(clerk, str) else "", "", ("clerk",), envelope["device"], window)


def _text(envelope: Envelope, name: str) -> str:
    value = envelope["body"].get(name, "")
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text[:128]  # these values are indexed


_ABOUT_CASES = frozenset({"rating.given", "rating.invited"})  # these read what a case has come to
_SPECIAL: Mapping[str, Callable[[Connection, str, Envelope], None]] = {
    "ticket.served": _served,
    "visit.closed": _closed,
    "rating.given": _rated,
    "rating.invited": rating_codes.invited,
    "outage.sorted": outages.told,
}
