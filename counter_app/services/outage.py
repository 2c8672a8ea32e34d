"""A bad day at the desk: sort those who wait, enter afterwards what was done by hand, report."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from counter_app.domain.cases import Fact
from counter_app.domain.notices import OUTAGE, OUTAGE_OVER, Word
from counter_app.domain.numbers import ALPHABET, check_character
from counter_app.domain.outages import KEPT_DAYS, Owed, Report, Sorted, Way, in_order
from counter_app.domain.tickets import Ticket, TicketState
from counter_app.problems import Problem
from counter_app.services.day.spares import USED
from counter_app.services.day.state import facts_of
from counter_app.services.hall_words import now_in_hall, spoken
from counter_app.services.office import Office
from counter_app.services.verification import to_verify

SORTED, ENTERED = "outage.sorted", "outage.entered"
_WAITS = (TicketState.WAITING, TicketState.CALLED, TicketState.PARKED)


# --- sorting ----------------------------------------------------------------------------------------
def waiting(office: Office) -> Sequence[Ticket]:
    """Who is to be asked: everybody with a number who was not served. Raises Problem `hub-away`."""
    return tuple(t for t in office.ports.hub.tickets(office.today()) if t.state in _WAITS)


def sort(office: Office, number: str, way: Way, note: str = "") -> Sorted:
    """Say what the holder of a number is offered; a kept number gets its code.

    While the hub is away the number on the slip is taken as it is, and the hub hears of it later.
    Raises Problem `outage-none`, `not-found`, `kept-already`, `ticket-state`.
    """
    held = now_in_hall(office).outage
    if held is None:
        raise Problem("outage-none", "line")
    wanted = number.strip().upper()
    try:
        found = next((t for t in office.ports.hub.tickets(office.today()) if t.number == wanted), None)
        if found is None:
            raise Problem("not-found", "ticket", wanted)
        return office.ports.hub.sort(held.id, found.ticket_id, way, office.new_id(), office.actor, note)
    except Problem as problem:
        if problem.code != "hub-away":
            raise
    return _sort_here(office, held, wanted, way, note)


def sorted_people(office: Office, outage: str, day: date) -> Sequence[Sorted]:
    """Everybody asked in an outage: as the hub knows it, and what only this desk has written down."""
    own = [_said(fact) for fact in facts_of(office.ports.storage, day, (SORTED,)) if _of(fact, outage)]
    try:
        told = list(office.ports.hub.sorted_in(outage))
    except Problem:
        told = []
    known = {one.number for one in told}
    return tuple(told + [one for one in own if one.number not in known])


# --- afterwards --------------------------------------------------------------------------------------
def owed(office: Office, day: date) -> Sequence[Owed]:
    """What is still to be entered or compared, in the order it should be; what has been is left out."""
    return tuple(one for one in _all_owed(office, day) if not one.entered)


def entered(office: Office, mark: str, case: str) -> None:
    """A form filled by hand has become a case. Raises Problem `not-found` (the form, or the case)."""
    if mark not in {one.mark for one in owed(office, office.today()) if one.by_hand}:
        raise Problem("not-found", "mark", mark)
    record = office.ports.storage.case(case.strip())
    if record is None:
        raise Problem("not-found", "number", case)
    with office.ports.storage.unit(office.actor, office.now()) as unit:
        unit.record(Fact(ENTERED, {"mark": mark, "case": record.number}, record.case_id))


def report(office: Office, day: date) -> Report | None:
    """What the last outage of a day came to; None when there was none."""
    said = spoken(office, day)
    began = [one for one in said if one["kind"] == OUTAGE]
    if not began:
        return None
    first = began[-1]
    name = str(first["data"]["id"])
    ended = [one for one in said if one["kind"] == OUTAGE_OVER and one["data"]["id"] == name]
    people = sorted_people(office, name, day)
    every = _all_owed(office, day)
    return Report(
        began=datetime.fromisoformat(str(first["at"])),
        ended=datetime.fromisoformat(str(ended[-1]["at"])) if ended else None,
        ways={way: sum(one.way is way for one in people) for way in Way},
        redeemed=_redeemed(office, name),
        owed=sum(not one.entered for one in every),
        entered=sum(bool(one.entered) for one in every),
        announced_by=str(first["data"].get("name") or first["clerk"]),
    )


# --- inside ------------------------------------------------------------------------------------------


def _sort_here(office: Office, held: Word, number: str, way: Way, note: str) -> Sorted:
    before = [one for one in sorted_people(office, held.id, office.today()) if one.number == number]
    kept = next((one.kept for one in before if one.kept), "")
    if kept:
        raise Problem("kept-already", "line", kept)
    code = ""
    if way is Way.KEEP:
        front = "K" + "".join(secrets.choice(ALPHABET) for _ in range(7))
        code = front + check_character(front)
    now, who = office.now(), office.actor.clerk_no
    until = (office.today() + timedelta(days=KEPT_DAYS)).isoformat()
    body = {"outage": held.id, "number": number, "way": way.value, "note": note, "kept": code}
    with office.ports.storage.unit(office.actor, now) as unit:
        unit.record(Fact(SORTED, {**body, "valid_to": until, "clerk_no": who, "at": now.isoformat()}))
    return Sorted("", number, "ordinary", way, now, who, note, code)


def _of(fact: Mapping[str, Any], outage: str) -> bool:
    return bool(fact["body"]["outage"] == outage)


def _said(fact: Mapping[str, Any]) -> Sorted:
    body = fact["body"]
    at = datetime.fromisoformat(body["at"])
    return Sorted(
        "", body["number"], "ordinary", Way(body["way"]), at, body["clerk_no"], body["note"], body["kept"]
    )


def _all_owed(office: Office, day: date) -> tuple[Owed, ...]:
    storage = office.ports.storage
    done = {f["body"]["mark"]: f["body"]["case"] for f in storage.facts_since(day, (ENTERED,))}
    forms = [
        Owed(
            number,
            fact["body"]["what"],
            datetime.fromtimestamp(fact["wall_ms"] / 1000, office.now().tzinfo),
            fact["body"].get("class") or "ordinary",
            by_hand=True,
            entered=done.get(number, ""),
        )
        for fact in facts_of(storage, day, (USED,))
        if not fact["body"]["spoilt"]
        for number in fact["body"]["numbers"]
    ]
    cases = [
        Owed(case.number, case.type_name, case.accepted_at or office.now(), due_on=case.due_on)
        for case in to_verify(storage, office.catalogue)
    ]
    return in_order([*forms, *cases])


def _redeemed(office: Office, outage: str) -> int:
    try:
        return office.ports.hub.kept_in(outage)[1]
    except Problem:
        return 0
