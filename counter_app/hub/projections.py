"""What the hub reads out of facts: the state of a case, tickets that were served, ratings.

A fact itself is never refused here: whatever does not fit becomes a visible doubt (`doubts`) for a
person to look at, because what was done at a window was done.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import Connection, select

from counter_app.domain.actor import Actor
from counter_app.domain.cases import CaseState
from counter_app.domain.tickets import TicketState
from counter_app.hub import filings, outages, rating_codes, rows
from counter_app.hub.cases import summary
from counter_app.hub.commands import Rate
from counter_app.hub.disagreements import disagreements
from counter_app.hub.follow import follow
from counter_app.hub.ratings import rate
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


def project(
    connection: Connection, hall: str, envelope: Envelope, identity: HubIdentity | None = None
) -> Mapping[str, Any]:
    """Apply one new fact; gives the case's summary for the feed (empty when it is about no case).

    `identity` opens the hall's reference data, which an acceptance is compared with.
    """
    kind = envelope["kind"]
    special: Mapping[str, Callable[[Connection, str, Envelope], None]] = {
        "ticket.served": _served,
        "visit.closed": _closed,
        "rating.given": _rated,
        "rating.invited": rating_codes.invited,
        "outage.sorted": outages.told,
    }
    if kind in special:
        special[kind](connection, hall, envelope)
    if not envelope.get("case_id"):
        return {}
    if kind == "case.accepted" and not filings.settled(connection, hall, envelope):
        doubt(connection, hall, envelope, "filing-twice")
    if kind == "case.accepted":
        for code, detail in disagreements(connection, hall, envelope, identity):
            doubt(connection, hall, envelope, code, detail)
    return _case(connection, hall, envelope)


def doubt(connection: Connection, hall: str, envelope: Envelope, code: str, detail: str = "") -> None:
    """Raise a visible exception about a fact, once."""
    subject = envelope.get("case_id") or envelope["device"]
    values = {"event_id": envelope["event_id"], "code": code, "subject": subject, "detail": detail}
    made = upsert(connection, doubts).values(hall=hall, at_ms=envelope["wall_ms"], **values)
    connection.execute(made.on_conflict_do_nothing())


def cases_of(connection: Connection, hall: str, limit: int) -> list[Mapping[str, Any]]:
    """Cases as the facts left them, newest first."""
    chosen = select(cases).where(cases.c.hall == hall).order_by(cases.c.at_ms.desc(), cases.c.number)
    return [
        {
            "id": row["case_id"],
            "number": row["number"],
            "type": row["type_id"],
            "state": row["state"],
            "business_date": row["business_date"],
        }
        for row in connection.execute(chosen.limit(limit)).mappings()
    ]


# --- cases ----------------------------------------------------------------------------------------
def _case(connection: Connection, hall: str, envelope: Envelope) -> Mapping[str, Any]:
    case_id = envelope["case_id"]
    chosen = select(cases).where(cases.c.hall == hall, cases.c.case_id == case_id).with_for_update()
    row = connection.execute(chosen).mappings().first()
    before = dict(row) if row is not None else {}
    state = _state_after(connection, hall, envelope, str(before.get("state", "")))
    life, refused = follow(connection, hall, envelope, state)
    if refused is not None:
        doubt(connection, hall, envelope, "case-step", refused.code)
    state = life.state.value if life is not None else state
    after = {
        "number": before.get("number") or _text(envelope, "number"),
        "type_id": before.get("type_id") or _text(envelope, "type_id"),
        "person": before.get("person") or _text(envelope, "certno_blind"),
        "state": state,
        "device": envelope["device"],
        "business_date": before.get("business_date") or envelope["business_date"],
        "event_id": envelope["event_id"],
        "at_ms": envelope["wall_ms"],
    }
    if not before:
        _same_matter(connection, hall, envelope, after)
    made = upsert(connection, cases).values(hall=hall, case_id=case_id, **after)
    connection.execute(made.on_conflict_do_update(index_elements=["hall", "case_id"], set_=after))
    told = {name: after[name] for name in ("number", "type_id", "state")}
    return told if life is None else {**told, **summary(life)}


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


def _same_matter(connection: Connection, hall: str, envelope: Envelope, after: Mapping[str, Any]) -> None:
    """Two counters that did not see each other may have taken the same matter of the same person."""
    if not after["person"] or not after["type_id"]:
        return
    same = [cases.c[name] == after[name] for name in ("person", "type_id", "business_date")]
    other = connection.execute(select(cases.c.number).where(cases.c.hall == hall, *same)).scalars().first()
    if other is not None:
        doubt(connection, hall, envelope, "possible-duplicate", other)


# --- tickets --------------------------------------------------------------------------------------
def _served(connection: Connection, hall: str, envelope: Envelope) -> None:
    """A window says it served a ticket. Called here → serving; called on paper only → done."""
    found = _ticket(connection, hall, envelope)
    window = _text(envelope, "window")
    if found is None:
        doubt(connection, hall, envelope, "ticket-unknown", _text(envelope, "ticket"))
    elif found.state in HOLDING or found.state in (TicketState.DONE, TicketState.PARKED):
        if found.window != window:
            doubt(connection, hall, envelope, "served-twice", found.number)
        elif found.state is TicketState.CALLED:
            rows.put(
                connection, hall, steps.serve(found, envelope["wall_ms"], _who(envelope, window), window)
            )
    else:
        rows.put(connection, hall, steps.served_away(found, envelope["wall_ms"], _who(envelope, window)))


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
