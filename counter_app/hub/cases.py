"""Cases after they left the window: the work of a desk, one case whole, and the moves between steps.

Plain functions `(connection, actor, command)`; what may be done is decided by `policy.life`, here the
case is looked up, locked and written, and the feed is told.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, select

from counter_app.catalog.holidays import shipped
from counter_app.catalog.verbs import NOTES, VERBS, is_money, verb_of
from counter_app.domain.actor import Actor
from counter_app.domain.codec import to_plain
from counter_app.domain.laid import laid_in
from counter_app.domain.life import Life, Turn, Wish
from counter_app.hub import lives, memory, tables
from counter_app.hub.commands import Move, Whole, Work
from counter_app.hub.covers import covers_of
from counter_app.hub.feed import FeedRow, append_feed
from counter_app.hub.lives import Kept
from counter_app.hub.objections import objections_of
from counter_app.hub.rows import to_ms
from counter_app.late import late
from counter_app.policy.case_clocks import lights
from counter_app.policy.deadlines import Reading
from counter_app.policy.life import flow_of, move, open_moves
from counter_app.policy.life_rules import LOCAL
from counter_app.problems import Problem

if TYPE_CHECKING:
    from counter_app.hub import brought_values
    from counter_app.hub.gateway import errands
else:
    brought_values = late("counter_app.hub.brought_values")
    errands = late("counter_app.hub.gateway.errands")

Plain = Mapping[str, Any]
_FORM = (
    "principal_name", "party", "helped_by", "situation", "type_name", "answers", "materials",
    "online", "received_on", "accepted_at", "business_date", "clerk_no",
)  # fmt: skip


def newest(connection: Connection, hall: str, limit: int) -> list[Mapping[str, Any]]:
    """Cases as the facts left them, newest first."""
    chosen = (
        select(tables.cases)
        .where(tables.cases.c.hall == hall)
        .order_by(tables.cases.c.at_ms.desc(), tables.cases.c.number)
    )
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


def work(connection: Connection, actor: Actor, command: Work) -> Sequence[Plain]:
    """What lies on a desk, nearest deadline first, each with both lights and what may be done."""
    found = lives.on_desk(connection, command.hall, command.desk, command.limit)
    return [{**_line(one, part, command), "desk": desk} for one, desk, part in found]


def whole(connection: Connection, actor: Actor, command: Whole) -> Plain | None:
    """One case with its life and what the accepting desk told of it; None when nobody knows it."""
    found = lives.found(connection, command.hall, command.case_id)
    return None if found is None else _whole(connection, found, command)


def move_case(connection: Connection, actor: Actor, command: Move) -> Plain:
    """One move, once per request id; the case after it. Raises Problem `not-found`, `request-reused`,
    `case-away` (another hall decides),

    and what `policy.life.move` raises.
    """
    kept = lives.hold(connection, command.hall, command.case_id)
    place = lives.away_at(connection, command.hall, kept.life.case_id)
    if place:
        raise Problem("case-away", "case", place)
    wish, life, now = command.wish, kept.life, to_ms(command.at)
    view = Whole(command.hall, command.at.date(), life.case_id, command.calendar)
    mine = _digest(life.case_id, wish)
    if memory.subject(connection, command.hall, wish.id, mine):
        return {**_whole(connection, kept, view), "repeated": True}
    after = move(life, wish, actor, command.at, command.calendar)
    if after is life:
        raise Problem("request-reused", "request_id", wish.id)
    write(connection, command.hall, replace(kept, life=after), now)
    memory.remember(connection, command.hall, wish.id, mine, life.case_id, now)
    append_feed(
        connection, command.hall, [FeedRow("case.moved", life.case_id, wish.id, "", summary(after))], now
    )
    return _whole(connection, replace(kept, life=after), view)


def _digest(case_id: str, wish: Wish) -> str:
    said = (
        wish.act,
        wish.to,
        wish.desk,
        "、".join(wish.desks),
        wish.reason,
        str(wish.amount),
        str(wish.days),
    )
    return memory.digest("move", case_id, *said, wish.detail)


def rated(connection: Connection, hall: str, about: str, request_id: str, at: datetime) -> None:
    """A citizen's answer about a delivered case moves it on to 评价; at any other step it only counts."""
    lives.hold_case(connection, hall, about)
    kept = lives.held(connection, hall, about)
    if kept is None or kept.life.step != "delivered":
        return
    wish = Wish(f"rating:{request_id}", "rate")
    after = move(kept.life, wish, Actor("", "评价器", ("clerk",)), at, shipped())
    write(connection, hall, replace(kept, life=after), to_ms(at))
    append_feed(connection, hall, [FeedRow("case.moved", about, wish.id, "", summary(after))], to_ms(at))


def write(connection: Connection, hall: str, kept: Kept, at_ms: int) -> None:
    """Keep a life whose last turn is new."""
    lives.keep(connection, hall, kept, at_ms)
    lives.append(connection, hall, kept.life, kept.life.history[-1], at_ms)


def summary(life: Life) -> Plain:
    """What the feed tells of a case: where it stands and its last turn, no person but the clerk."""
    told = {"number": life.number, "type_id": life.type_id, "state": life.state.value, "step": life.step}
    return told | ({"turn": to_plain(life.history[-1])} if life.history else {})


# --- how it is told -------------------------------------------------------------------------------
def _line(kept: Kept, desk: str, command: Work | Whole) -> dict[str, Any]:
    life = kept.life
    part = life.part(desk) if desk and life.step in LOCAL else None
    step = flow_of(life).step(part.step if part is not None else life.step)
    row = lights(command.calendar, life, command.day)
    return {
        "id": life.case_id,
        "number": life.number,
        "type": life.type_id,
        "type_name": kept.type_name,
        "person": kept.person,
        "flow": life.flow,
        "step": step.id,
        "step_name": step.name,
        "state": life.state.value,
        "part": part.desk if part is not None else "",
        "place": step.place,
        "holder": part.holder if part is not None else "",
        "since": life.since.isoformat() if life.since else None,
        "money": is_money(life.flow),
        "joint": len(life.parts) > 1,
        "deferred": list(life.deferred),
        "amount": life.amount,
        "paid": life.paid,
        "statutory": _light(row.statutory),
        "promised": _light(row.promised),
        "acts": _acts(life, desk),
    }


def _whole(connection: Connection, kept: Kept, command: Whole) -> dict[str, Any]:
    life = kept.life
    only = life.parts[0].desk if len(life.parts) == 1 else ""
    told = lives.told_at_acceptance(connection, command.hall, life.case_id)
    told = brought_values.in_place(connection, command.hall, life.case_id, told)
    return {
        **_line(kept, only, command),
        "desk": "、".join(lives.desks_of(life)),
        "parts": [to_plain(part) for part in life.parts],
        "received_on": life.received_on.isoformat(),
        "accepted_on": life.accepted_on.isoformat() if life.accepted_on else None,
        "history": [_turn(turn) for turn in life.history],
        "messages": [errands.plain(one) for one in errands.of_case(connection, command.hall, life.case_id)],
        "objections": list(objections_of(connection, command.hall, life.case_id)),
        "covers": list(covers_of(connection, command.hall, life.case_id)),
        "laid": [
            {"page": page, "boxes": list(map(list, boxes))} for page, boxes in laid_in(life.history).items()
        ],
        "form": {key: told[key] for key in _FORM if key in told} | {"agent": brought_values.agent_of(told)},
        "repeated": False,
    }


def _acts(life: Life, desk: str) -> list[dict[str, Any]]:
    """What may be done next, each verb once."""
    told: dict[str, dict[str, Any]] = {}
    for chosen in open_moves(life, desk):
        verb = verb_of(chosen)
        row = {"act": verb.id, "name": verb.name, "to": [], "roles": list(verb.roles)}
        told.setdefault(verb.id, {**row, "reasoned": verb.reasoned})["to"].append(chosen.target)
    return list(told.values())


def _turn(turn: Turn) -> dict[str, Any]:
    verb = VERBS.get(turn.act)
    plain: dict[str, Any] = to_plain(turn)
    return {**plain, "name": verb.name if verb is not None else NOTES.get(turn.act, turn.act)}


def _light(found: Reading | None) -> dict[str, Any] | None:
    if found is None:
        return None
    due = found.due.on.isoformat() if found.due.on else None
    told = {"due_on": due, "left": found.left, "light": found.light.value}
    return {**told, "provisional": found.due.provisional}
