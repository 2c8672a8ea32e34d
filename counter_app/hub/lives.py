"""Rows of a case's life: the life itself, the desks it lies on, the moves that made it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Integer, RowMapping, bindparam, delete, exists, insert, or_, select, update

from counter_app.catalog.verbs import at_window, verb_of
from counter_app.domain.codec import as_text, from_plain, to_plain
from counter_app.domain.life import Life, Turn
from counter_app.domain.value import Value
from counter_app.hub.away_tables import away
from counter_app.hub.case_facts import OF_CASE
from counter_app.hub.many import Many
from counter_app.hub.quick import Quick
from counter_app.hub.tables import cases, envelopes, lives, moves, work
from counter_app.policy.case_clocks import nearest
from counter_app.policy.life import flow_of
from counter_app.policy.life_rules import LOCAL
from counter_app.problems import Problem


class Kept(Value, frozen=True):
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
_L, _W = lives.c, work.c
# Built once: putting a statement together costs more than running it.
_BY_ID = select(lives).where(_L.hall == bindparam("hall"), _L.case_id == bindparam("of"))
_BY_NUMBER = select(lives).where(_L.hall == bindparam("hall"), _L.number == bindparam("of"), _L.number != "")
_BEGIN, _LAY = Many(lives), Many(work)
_KEEP = (
    update(lives)
    .where(_L.hall == bindparam("of_hall"), _L.case_id == bindparam("of"))
    .values(step=bindparam("step"), text=bindparam("text"), at_ms=bindparam("at_ms"))
)
_STATE = (
    update(cases)
    .where(cases.c.hall == bindparam("of_hall"), cases.c.case_id == bindparam("of"))
    .values(state=bindparam("state"))
)
_LIFT = delete(work).where(_W.hall == bindparam("of_hall"), _W.case_id == bindparam("of"))
_APPEND = insert(moves)
_HELD = Quick(
    select(lives).where(_L.hall == bindparam("hall"), _L.case_id == bindparam("of")).with_for_update()
)
_NAMES = tuple(column.name for column in _L)
_CASE_HELD = (
    select(cases.c.case_id)
    .where(cases.c.hall == bindparam("hall"), cases.c.case_id == bindparam("of"))
    .with_for_update()
)
# What another hall decides lies on no desk of ours, until it has to be given out at a window again.
_HERE = or_(_W.desk == _PLACES["窗口"], ~exists().where(away.c.hall == _W.hall, away.c.case_id == _W.case_id))
_HALL_WORK = (
    select(work.c.desk, work.c.part, lives)
    .join(lives, (_L.hall == _W.hall) & (_L.case_id == _W.case_id))
    .where(_W.hall == bindparam("hall"), _HERE)
    .order_by(_W.due, _W.case_id)
    .limit(bindparam("most", type_=Integer))
)
_DESK_WORK = _HALL_WORK.where(_W.desk == bindparam("desk"))
_E = envelopes.c
_FIRST = (
    select(_E.text)
    .where(OF_CASE, _E.kind.in_(("case.accepted", "case.received")))
    .order_by(_E.at_ms.desc(), _E.seq.desc())
    .limit(1)
)


def found(connection: Connection, hall: str, case_id: str) -> Kept | None:
    """A case by id or printed number."""
    asked = {"hall": hall, "of": case_id}
    row = connection.execute(_BY_ID, asked).mappings().first()
    row = row or connection.execute(_BY_NUMBER, asked).mappings().first()
    return _kept(row) if row is not None else None


def hold_case(connection: Connection, hall: str, case_id: str) -> None:
    """Keep a case to this transaction, in the order in which facts lock: the case, then its life."""
    connection.execute(_CASE_HELD, {"hall": hall, "of": case_id})


def held(connection: Connection, hall: str, case_id: str) -> Kept | None:
    """A case by its id, kept to this transaction: two moves of one case wait for each other."""
    row = _HELD.one(connection, {"hall": hall, "of": case_id})
    return _kept(dict(zip(_NAMES, row, strict=True))) if row is not None else None


def hold(connection: Connection, hall: str, case_id: str) -> Kept:
    """A case by id or printed number, it and its life kept to this transaction. Raises `not-found`."""
    known = found(connection, hall, case_id)
    if known is not None:
        hold_case(connection, hall, known.life.case_id)
        known = held(connection, hall, known.life.case_id)
    if known is None:
        raise Problem("not-found", "case", case_id)
    return known


def away_at(connection: Connection, hall: str, case_id: str) -> str:
    """The place a case was accepted for, once it is told there; "" for one of our own."""
    chosen = select(away.c.place).where(away.c.hall == hall, away.c.case_id == case_id)
    return connection.execute(chosen).scalar() or ""


def _kept(row: Mapping[str, Any] | RowMapping) -> Kept:
    return Kept(from_plain(Life, json.loads(row["text"])), row["type_name"], row["person"])


def begin(connection: Connection, hall: str, begun: Sequence[tuple[Kept, int]]) -> None:
    """Write lives that have just begun, each with its moment in ms, and the desks they lie on."""
    _BEGIN.put(connection, [_first(hall, kept, at_ms) for kept, at_ms in begun])
    _LAY.put(connection, [row for kept, _ in begun for row in _places_of(hall, kept.life)])


def _first(hall: str, kept: Kept, at_ms: int) -> tuple[Any, ...]:
    life = kept.life
    return hall, life.case_id, life.number, kept.type_name, kept.person, life.step, _text(life), at_ms


def keep(connection: Connection, hall: str, kept: Kept, at_ms: int) -> None:
    """Write where a case stands, the coarse state lists speak of, and the desks it lies on now."""
    of = {"of_hall": hall, "of": kept.life.case_id}
    connection.execute(_KEEP, {**of, "step": kept.life.step, "text": _text(kept.life), "at_ms": at_ms})
    connection.execute(_STATE, {**of, "state": kept.life.state.value})
    connection.execute(_LIFT, of)
    _LAY.put(connection, _places_of(hall, kept.life))


def _text(life: Life) -> str:
    return as_text(life)


def _places_of(hall: str, life: Life) -> list[tuple[str, ...]]:
    nearest_due = nearest(life.clocks)
    due = nearest_due.isoformat() if nearest_due else NO_DUE
    return [(hall, life.case_id, desk, part, due) for desk, part in desks_of(life).items()]


def desks_of(life: Life) -> Mapping[str, str]:
    """The desks a case lies on, each with the part it has there ("" = the whole case)."""
    step = flow_of(life).step(life.step)
    if step.final:
        return {}
    if life.step not in LOCAL or not life.parts:
        places = {_PLACES.get(step.place, step.place): ""}
        return places | ({"窗口": ""} if _needs_window(life) else {})
    lies = {}
    for part in life.parts:
        if not part.agreed:
            place = flow_of(life).step(part.step).place
            lies[_PLACES[place] if place in ("主管", "外部") else part.desk] = part.desk
    return lies


def _needs_window(life: Life) -> bool:
    """Whether only a window can take the next step: a bounced payment waits for its citizen's account."""
    flow = flow_of(life)
    return any(at_window(flow, one) for one in flow.moves_from(life.step) if verb_of(one).id != "withdraw")


def append(connection: Connection, hall: str, life: Life, turn: Turn, at_ms: int) -> None:
    """Write a move down for ever."""
    row = {"hall": hall, "case_id": life.case_id, "nth": len(life.history), "move_id": turn.id}
    said = {name: getattr(turn, name) for name in ("act", "source", "target")}
    text = json.dumps(to_plain(turn), ensure_ascii=False, sort_keys=True)
    connection.execute(_APPEND, {**row, **said, "clerk": turn.clerk_no, "text": text, "at_ms": at_ms})


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
