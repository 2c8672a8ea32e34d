"""What the facts of a counter do to a case's life at the hub.

A fact with a `move` in its body is a move made at a window; it is judged by the same rules as one asked
of the hub. What does not fit changes nothing here and is raised as a doubt by the caller.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import msgspec
from sqlalchemy import Connection

from counter_app.catalog.holidays import shipped
from counter_app.domain import masks
from counter_app.domain.actor import Actor
from counter_app.domain.cases import CaseState, Clocks
from counter_app.domain.life import Life, Turn, Wish
from counter_app.domain.value import replace
from counter_app.hub import lives
from counter_app.hub.cases import write
from counter_app.hub.lives import Kept
from counter_app.hub.rows import to_time
from counter_app.policy.life import begin, carried, flow_of, living_flow, made_at_window, move
from counter_app.policy.workdays import LONGEST
from counter_app.problems import Problem

Envelope = Mapping[str, Any]
# The counter has judged who may; the hub judges again whether the step fits and who did the one before.
_SENSELESS = (ValueError, TypeError, KeyError, AttributeError, OverflowError)
BEGINS = ("case.accepted", "case.received")
_ALL = ("clerk", "reviewer", "supervisor", "finance")


def follow(
    connection: Connection, hall: str, envelope: Envelope, state: str
) -> tuple[Life | None, Problem | None]:
    """The life after a fact, and why the fact did not fit; None where nothing is known of a life."""
    kept = lives.held(connection, hall, envelope["case_id"])
    if envelope["kind"] in BEGINS and (kept is None or not kept.life.history):
        return _begun(connection, hall, envelope, kept), None
    if kept is None:
        return None, None
    try:
        after = _after(kept.life, envelope, state)
    except (Problem, *_SENSELESS) as error:
        return kept.life, error if isinstance(error, Problem) else Problem("envelope-broken", "move")
    if after is not kept.life:
        write(connection, hall, replace(kept, life=after), envelope["wall_ms"])
    return after, None


def _after(life: Life, envelope: Envelope, state: str) -> Life:
    said, at = envelope["body"].get("move"), to_time(envelope["wall_ms"])
    if isinstance(said, Mapping):
        actor = Actor(_clerk(envelope), str(said.get("clerk_name", "")), _ALL, envelope["device"])
        after = move(life, msgspec.convert(said, Wish), actor, at, shipped())
        if after is not life and not made_at_window(after):
            raise Problem("move-role", "move", after.history[-1].act)  # a reviewer asks the hub itself
        return after
    if state == life.state or state not in {step.id for step in flow_of(life).steps}:
        return life
    plain = Turn(envelope["event_id"], envelope["kind"], life.step, state, at, _clerk(envelope))
    return carried(life, plain, shipped())


def _begun(connection: Connection, hall: str, envelope: Envelope, before: Kept | None) -> Life | None:
    """The life a case begins with, as the accepting desk told it; None when it told too little."""
    kept = begun(envelope)
    if kept is None:
        return None
    if before is None:
        lives.begin(connection, hall, [(kept, envelope["wall_ms"])])
    else:
        lives.keep(connection, hall, kept, envelope["wall_ms"])
    return kept.life


def begun(envelope: Envelope) -> Kept | None:
    """The life an acceptance begins by its fact alone; None for another fact, or one that told too little."""
    if envelope["kind"] not in BEGINS:
        return None
    body = envelope["body"]
    try:
        life = begin(_first(envelope, body))
        _countable(life.clocks)
    except (Problem, *_SENSELESS):
        return None
    person = masks.name(str(body.get("principal_name", ""))[:128])
    return Kept(life, str(body.get("type_name", ""))[:128], person)


def _countable(kept: Clocks) -> None:
    """What cannot be counted can never be listed. Raises ValueError."""
    limits = [days for days in (kept.statutory_days, kept.promised_days) if days is not None]
    if any(not 0 <= days <= LONGEST for days in limits):
        raise ValueError("a limit beyond reason")
    if any(pause.last is not None and pause.last < pause.first for pause in kept.pauses):
        raise ValueError("a pause that ends before it begins")


def _first(envelope: Envelope, body: Mapping[str, Any]) -> Life:
    told = body.get("life")
    life = told if isinstance(told, Mapping) else {}
    owed = tuple(str(code) for code in life.get("deferred", ()))
    desks = tuple(str(desk)[:128] for desk in life.get("desks", ()))
    accepted = body.get("accepted_at")
    return Life(
        case_id=envelope["case_id"],
        number=str(body.get("number", ""))[:128],
        type_id=str(body.get("type_id", ""))[:128],
        flow=living_flow(str(life.get("flow", "timed")), bool(owed), False),
        step="",
        state=CaseState(str(body.get("state", "accepted"))),
        received_on=date.fromisoformat(str(body.get("received_on", envelope["business_date"]))),
        accepted_on=datetime.fromisoformat(str(accepted)).date() if accepted else None,
        clocks=msgspec.convert(body.get("clocks", {}), Clocks),
        desks=desks,
        deferred=owed,
    )


def _clerk(envelope: Envelope) -> str:
    said = envelope.get("actor")
    number = said.get("clerk_no", "") if isinstance(said, Mapping) else said
    return number if isinstance(number, str) else ""
