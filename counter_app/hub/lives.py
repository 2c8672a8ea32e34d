"""Rows of a case's life: the life itself, the desks it lies on, the moves that made it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, RowMapping, bindparam, delete, insert, or_, select, update

from counter_app.domain.codec import from_plain, to_plain
from counter_app.domain.life import Life, Turn
from counter_app.hub.rows import upsert
from counter_app.hub.tables import cases, envelopes, lives, moves, work
from counter_app.policy.case_clocks import nearest
from counter_app.policy.life import flow_of
from counter_app.policy.life_rules import LOCAL


@dataclass(frozen=True, slots=True)
class Kept:
    """A life as the hub keeps it: with the name of its type and, masked, of the person it is about."""

    life: Life
    type_name: str = ""
    person: str = ""


NO_DUE = "9999-12-31"
# Whose desk a step lies on that is no reviewing desk's own.
_PLACES = {
    "主管": "值班主管",
    "财务": "基金财务岗",
    "外部": "外部",
    "窗口": "窗口",
    "后台": "审核岗",
    "系统": "系统",
}
_L, _W, _M = lives.c, work.c, moves.c
_ONE = select(lives).where(
    _L.hall == bindparam("hall"),
    or_(_L.case_id == bindparam("of"), (_L.number == bindparam("of")) & (_L.number != "")),
)
_HELD = select(lives).where(_L.hall == bindparam("hall"), _L.case_id == bindparam("of")).with_for_update()
_CASE_HELD = (
    select(cases.c.case_id)
    .where(cases.c.hall == bindparam("hall"), cases.c.case_id == bindparam("of"))
    .with_for_update()
)
_HALL_WORK = (
    select(work.c.desk, work.c.part, lives)
    .join(lives, (_L.hall == _W.hall) & (_L.case_id == _W.case_id))
    .where(_W.hall == bindparam("hall"))
    .order_by(_W.due, _W.case_id)
    .limit(bindparam("most"))
)
_DESK_WORK = _HALL_WORK.where(_W.desk == bindparam("desk"))
_E = envelopes.c
_FIRST = (
    select(_E.text)
    .where(_E.hall == bindparam("hall"), _E.case_id == bindparam("of"))
    .where(_E.kind.in_(("case.accepted", "case.received")))
    .order_by(_E.at_ms.desc(), _E.seq.desc())
    .limit(1)
)


def found(connection: Connection, hall: str, case_id: str) -> Kept | None:
    """A case by id or printed number."""
    row = connection.execute(_ONE, {"hall": hall, "of": case_id}).mappings().first()
    return _kept(row) if row is not None else None


def held(connection: Connection, hall: str, case_id: str) -> Kept | None:
    """A case by its id, kept to this transaction: two moves of one case wait for each other."""
    connection.execute(_CASE_HELD, {"hall": hall, "of": case_id})  # in the order in which facts lock them
    row = connection.execute(_HELD, {"hall": hall, "of": case_id}).mappings().first()
    return _kept(row) if row is not None else None


def _kept(row: Mapping[str, Any] | RowMapping) -> Kept:
    return Kept(from_plain(Life, json.loads(row["text"])), row["type_name"], row["person"])


def keep(connection: Connection, hall: str, kept: Kept, at_ms: int) -> None:
    """Write where a case stands, the coarse state lists speak of, and the desks it lies on now."""
    life = kept.life
    text = json.dumps(to_plain(life), ensure_ascii=False, separators=(",", ":"))
    after = {"step": life.step, "text": text, "at_ms": at_ms}
    first = {"number": life.number, "type_name": kept.type_name, "person": kept.person}
    made = upsert(connection, lives).values(hall=hall, case_id=life.case_id, **first, **after)
    connection.execute(made.on_conflict_do_update(index_elements=["hall", "case_id"], set_=after))
    mine = (cases.c.hall == hall, cases.c.case_id == life.case_id)
    connection.execute(update(cases).where(*mine).values(state=life.state.value))
    connection.execute(delete(work).where(_W.hall == hall, _W.case_id == life.case_id))
    lies = desks_of(life)
    if lies:
        due = nearest(life.clocks)
        same = {"hall": hall, "case_id": life.case_id, "due": due.isoformat() if due else NO_DUE}
        connection.execute(insert(work), [{**same, "desk": d, "part": p} for d, p in lies.items()])


def desks_of(life: Life) -> Mapping[str, str]:
    """The desks a case lies on, each with the part it has there ("" = the whole case)."""
    step = flow_of(life).step(life.step)
    if step.final:
        return {}
    if life.step not in LOCAL or not life.parts:
        return {_PLACES.get(step.place, step.place): ""}
    lies = {}
    for part in life.parts:
        if not part.agreed:
            place = flow_of(life).step(part.step).place
            lies[_PLACES[place] if place in ("主管", "外部") else part.desk] = part.desk
    return lies


def append(connection: Connection, hall: str, life: Life, turn: Turn, at_ms: int) -> None:
    """Write a move down for ever."""
    row = {"hall": hall, "case_id": life.case_id, "nth": len(life.history), "move_id": turn.id}
    said = {name: getattr(turn, name) for name in ("act", "source", "target")}
    text = json.dumps(to_plain(turn), ensure_ascii=False, sort_keys=True)
    connection.execute(insert(moves).values(**row, **said, clerk=turn.clerk_no, text=text, at_ms=at_ms))


def on_desk(connection: Connection, hall: str, desk: str, most: int) -> Sequence[tuple[Kept, str, str]]:
    """What lies on a desk ("" = on every one), nearest deadline first: case, desk, its part there."""
    query = _DESK_WORK if desk else _HALL_WORK
    named = {"hall": hall, "most": most} | ({"desk": desk} if desk else {})
    rows = connection.execute(query, named).mappings()
    return [(_kept(row), row["desk"], row["part"]) for row in rows]


def told_at_acceptance(connection: Connection, hall: str, case_id: str) -> Mapping[str, Any]:
    """What the accepting desk told of a case, {} when that fact has not arrived."""
    text = connection.execute(_FIRST, {"hall": hall, "of": case_id}).scalar()
    body: Mapping[str, Any] = json.loads(text)["body"] if text else {}
    return body
