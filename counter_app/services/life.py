"""The life of a case as this counter knows it: moved at the window, or followed from the hub's feed.

What a window does itself (撤件, 送达, 改账户 …) is written here as a fact and works without a line;
what a reviewer decides is asked of the hub. Both are judged first by the same pure rules
(`policy.life`), so that a counter refuses what the hub would refuse.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from counter_app.catalog.model import Catalogue
from counter_app.catalog.verbs import NOTES, VERBS
from counter_app.domain.cases import CaseRecord, Fact, MaterialState
from counter_app.domain.codec import from_plain, to_plain
from counter_app.domain.life import Life, Turn, Wish
from counter_app.policy.life import begin, carried, flow_of, living_flow, move, noted, review_desks
from counter_app.problems import Problem
from counter_app.services import due
from counter_app.services.hub_port import News
from counter_app.services.office import Office
from counter_app.services.ports import Unit

ROWS = 50  # of the feed that may be read again after a stop
# The kind of fact a move at the window is written as, where an older kind says the same.
FACTS: Mapping[str, str] = {
    "withdraw": "case.withdrawn",
    "supplement": "case.supplemented",
    "supplied": "case.supplemented",
    "make_good": "material.made_good",
    "finish": "review.decided",
    "refuse": "review.decided",
    "deliver": "case.delivered",
}


def record_of(office: Office, number: str) -> CaseRecord:
    """A case by its number. Raises Problem `not-found`."""
    record = office.ports.storage.case(number)
    if record is None:
        raise Problem("not-found", "number", number)
    return record


def told(catalogue: Catalogue, record: CaseRecord) -> dict[str, Any]:
    """What the fact of an acceptance says of the life that begins: flow, desks, materials owed."""
    kind = catalogue.types.get(record.type_id)
    owed = [m.code for m in record.materials if m.state is MaterialState.DEFERRED]
    behind = kind.back_office if kind is not None else ()
    flow = living_flow(kind.flow if kind is not None else "timed", bool(owed), bool(behind))
    return {"flow": flow, "desks": list(review_desks(behind)), "deferred": owed}


def received(office: Office, record: CaseRecord) -> dict[str, Any]:
    """What the fact of a mere receipt says besides number and state, so that the hub can follow it."""
    return {
        "type_id": record.type_id,
        "type_name": record.type_name,
        "principal_name": record.principal_name,
        "received_on": record.received_on.isoformat(),
        "clocks": to_plain(record.clocks),
        "life": told(office.catalogue, record),
    }


def life_of(office: Office, record: CaseRecord) -> Life:
    """Where a case stands: as kept, else as it began."""
    return office.ports.storage.life(record.case_id) or begun(office.catalogue, record)


def begun(catalogue: Catalogue, record: CaseRecord) -> Life:
    """The life a case began with; the hub begins the same one from the fact of its acceptance."""
    first = told(catalogue, record)
    return begin(
        Life(
            case_id=record.case_id,
            number=record.number,
            type_id=record.type_id,
            flow=first["flow"],
            step="",
            state=record.state,
            received_on=record.received_on,
            accepted_on=record.accepted_at.date() if record.accepted_at else None,
            clocks=record.clocks,
            desks=tuple(first["desks"]),
            deferred=tuple(first["deferred"]),
        )
    )


def as_dict(life: Life) -> dict[str, Any]:
    """A life for people and programs to read: where it stands, whose turn it was, when and why."""
    plain: dict[str, Any] = to_plain(life)
    shown = ("flow", "step", "desks", "parts", "deferred", "amount", "paid", "asked_days", "since")
    turns = [row | {"name": _name(row["act"])} for row in plain["history"]]
    return {name: plain[name] for name in shown} | {
        "step_name": flow_of(life).step(life.step).name,
        "history": turns,
    }


def _name(act: str) -> str:
    return VERBS[act].name if act in VERBS else NOTES.get(act, act)


def judged(office: Office, record: CaseRecord, wish: Wish) -> Life:
    """The life after a move, written nowhere. Raises Problem as `policy.life.move`."""
    return move(life_of(office, record), wish, office.actor, office.now(), office.calendar)


def asked_of_hub(office: Office, record: CaseRecord, wish: Wish) -> CaseRecord:
    """A reviewer's move: the hub judges and writes it, this counter keeps its answer.

    Raises Problem `hub-away`, and whatever the hub refuses.
    """
    reply = office.ports.hub.move(record.case_id, wish, office.actor)
    said = [row for row in reply["history"] if row["id"] == wish.id]
    life = life_of(office, record)
    for row in said:
        life = carried(life, from_plain(Turn, row), office.calendar)
    with office.ports.storage.unit(office.actor, office.now()) as unit:
        return keep(office, unit, record, life)


def keep(office: Office, unit: Unit, record: CaseRecord, life: Life) -> CaseRecord:
    """Write a life and what lists read of it."""
    after = replace(record, state=life.state, clocks=life.clocks)
    after = due.recounted(office.calendar, after)
    unit.save_life(life)
    unit.save_case(after)
    return after


def fact_of(record: CaseRecord, life: Life, wish: Wish, more: Mapping[str, Any] | None = None) -> Fact:
    """The fact of a move at the window; the hub reads `move` and judges it by the same rules."""
    turn = life.history[-1]
    said = {**to_plain(wish), "act": turn.act, "to": turn.target, "clerk_name": turn.clerk_name}
    if turn.act == "make_good":
        said["to"] = ""
    body = {"case": record.number, "outcome": turn.act, "reason": turn.reason, "move": said}
    return Fact(FACTS.get(turn.act, "case.moved"), body | dict(more or {}), record.case_id)


def follow(office: Office, page: News) -> int:
    """Take over what the hub's feed tells of this counter's cases; returns how many turns were new.

    Rows that change nothing here (mostly this counter's own facts coming back) are not worth a commit
    each: the place is written down with the next news, or after so many rows. Reading them again is free
    of effect.
    """
    lives: dict[str, tuple[CaseRecord, Life]] = {}
    new = 0
    for row in page.rows:
        known = lives.get(row["case_id"]) or _known(office, row)
        if known is not None:
            after = _told(office, known[1], row)
            if after is not known[1]:
                new += 1
                lives[row["case_id"]] = (known[0], after)
    epoch, last = office.ports.storage.feed_place()
    if new or epoch != page.epoch or page.last - last >= ROWS:
        with office.ports.storage.unit(office.actor, office.now()) as unit:
            for record, life in lives.values():
                keep(office, unit, record, life)
            unit.note_feed(page.epoch, page.last)
    return new


def _told(office: Office, life: Life, row: Mapping[str, Any]) -> Life:
    """The life after a row: moved on by a turn, or with one line more where something was only noted."""
    if "note" in row:
        return noted(life, from_plain(Turn, row["note"]))
    return carried(life, from_plain(Turn, row["turn"]), office.calendar) if "turn" in row else life


def _known(office: Office, row: Mapping[str, Any]) -> tuple[CaseRecord, Life] | None:
    is_news = "turn" in row or "note" in row
    record = office.ports.storage.case(str(row["case_id"])) if is_news else None
    return (record, life_of(office, record)) if record is not None else None
