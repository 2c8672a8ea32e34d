"""午间交接: who leaves tells who stays what lies on the desk; from then on the other one acts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from counter_app.domain.actor import Actor
from counter_app.domain.cases import Fact
from counter_app.domain.days import SPARE_KINDS, Person
from counter_app.domain.value import Value
from counter_app.problems import Problem
from counter_app.services.day.spares import spares_of
from counter_app.services.day.state import HANDED, day_of, plain, two
from counter_app.services.office import Office
from counter_app.services.state import VisitState


class Desk(Value, frozen=True):
    """What lies on a desk at a hand-over, in words."""

    visits: tuple[str, ...]
    unprinted: int
    unsent: int
    spares: tuple[str, ...]


def on_desk(office: Office, state: VisitState, held: Sequence[VisitState]) -> Desk:
    """What the other one takes over."""
    storage, today = office.ports.storage, office.today()
    visits = tuple(_visit(one) for one in (state, *held) if one.is_open)
    left = []
    for kind, name in SPARE_KINDS.items():
        found = spares_of(storage, today, kind)
        there = len(found.taken - found.used - found.voided - found.returned)
        if there:
            left.append(f"{name} {there} 个")
    return Desk(visits, len(storage.queued_papers()), storage.outbox().waiting, tuple(left))


def hand_over(office: Office, to: str, desk: Desk, note: str = "") -> Office:
    """Write the hand-over down; the office as the taker works in it.

    Raises Problem `day-not-open`, `actor-unnamed`, `two-needed`, `clerk-unknown`.
    """
    giver, taker = two(office, to)
    if not day_of(office.ports.storage, office.today()).is_open:
        raise Problem("day-not-open", "day", office.today().isoformat())
    body = {
        "giver": plain(giver),
        "taker": plain(taker),
        "at": office.now().isoformat(timespec="seconds"),
        "visits": list(desk.visits),
        "unprinted": desk.unprinted,
        "unsent": desk.unsent,
        "spares": list(desk.spares),
        "note": note.strip(),
    }
    with office.ports.storage.unit(office.actor, office.now()) as unit:
        unit.record(Fact(HANDED, body))
    return replace(office, actor=_actor(office, taker))


def _actor(office: Office, taker: Person) -> Actor:
    found = next(one for one in office.ports.storage.clerks() if one.clerk_no == taker.no)
    return replace(found, device=office.actor.device, window=office.actor.window)


def _visit(state: VisitState) -> str:
    ticket = state.ticket.number if state.ticket else "无号"
    done = sum(1 for case in state.cases if case.number)
    return f"{ticket}：{len(state.cases)} 件，已受理 {done} 件"
