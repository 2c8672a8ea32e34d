"""What is counted at the end of a day, gathered from facts, papers and the line; nothing is decided here."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from counter_app.domain.cases import PaperRecord
from counter_app.domain.codec import from_plain
from counter_app.domain.days import SPARE_KINDS
from counter_app.domain.papers import PaperContent
from counter_app.domain.tickets import Ticket
from counter_app.policy.day_balance import Counts, Slip
from counter_app.problems import Problem
from counter_app.services.day.spares import spares_of
from counter_app.services.day.state import facts_of
from counter_app.services.office import Office

NOTICES = frozenset({"SLTZ", "SLHZ", "YWHZ", "JFZM", "CBPZ", "CXJG"})
_INNER = "task"  # 内部任务: nobody outside is given a notice
_KINDS = (
    *("case.accepted", "batch.accepted", "receipt.issued", "receipt.reprinted", "receipt.voided"),
    *("originals.handed", "originals.taken", "seal.used", "ticket.served"),
)


def counts_of(office: Office, day: date, packaged: int = 0) -> Counts:
    """Everything counted for a day; what only the hub knows is named in `away` where it cannot be asked."""
    facts = facts_of(office.ports.storage, day, _KINDS)
    issued = _issued(office, facts)
    outbox = office.ports.storage.outbox()
    line = _line(office, day, facts)
    return Counts(
        tickets=line.tickets,
        served=line.served,
        strangers=line.strangers,
        away=line.away,
        accepted=_accepted(office, facts),
        notices=_notices(facts),
        slips=_slips(facts, issued),
        seals_used=_sums(facts, "seal.used"),
        sealed={number: len(_content(p).seals) for number, p in issued.items() if p.printed},
        spares=_spares(office, day),
        unprinted=frozenset(number for number, paper in issued.items() if not paper.printed),
        reprints=_sums(facts, "receipt.reprinted"),
        voids={f["body"]["number"]: f["body"]["reason"] for f in facts if f["kind"] == "receipt.voided"},
        unsent=outbox.waiting,
        packaged=packaged,
        due_tomorrow=office.ports.storage.due_days().get(day + timedelta(days=1), 0),
        follow_ups=line.follow_ups,
    )


def line_of(office: Office, day: date) -> Counts:
    """Only what the hub knows of a day. Raises Problem `hub-away`."""
    served = _served(facts_of(office.ports.storage, day, ("ticket.served",)))
    tickets, strangers = _tickets(office, day, served)
    return Counts(tickets=tickets, strangers=strangers, served=tuple(served), follow_ups=_follow_ups(office))


def _line(office: Office, day: date, facts: list[Mapping[str, Any]]) -> Counts:
    served = _served(facts)
    try:
        tickets, strangers = _tickets(office, day, served)
    except Problem as problem:
        if problem.code != "hub-away":
            raise
        away = ("numbers", "follow_ups") if office.actor.may("supervisor") else ("numbers",)
        return Counts(served=tuple(served), away=away)
    return Counts(tickets=tickets, strangers=strangers, served=tuple(served), follow_ups=_follow_ups(office))


def _served(facts: list[Mapping[str, Any]]) -> dict[str, bool]:
    """The numbers this counter served by its own facts; True where its slip was all there was (人工叫号)."""
    told = (f["body"] for f in facts if f["kind"] == "ticket.served")
    return {str(body["ticket"]): not body["ticket_id"] for body in told}


def mine(office: Office, found: Ticket, windows: set[str]) -> bool:
    """Whether a ticket belongs to this desk's balance.

    A supervisor balances the hall; a hall with one window is that window; else a window has what it called.
    """
    alone = windows <= {office.window}
    return alone or office.actor.may("supervisor") or found.window in (office.window, f"w{office.window}")


def _tickets(office: Office, day: date, served: Mapping[str, bool]) -> tuple[dict[str, str], frozenset[str]]:
    found = office.ports.hub.tickets(day)
    windows = {ticket.window.removeprefix("w") for ticket in found if ticket.window}
    by_hand = {number for number, is_by_hand in served.items() if is_by_hand}
    strangers = frozenset(by_hand - {ticket.number for ticket in found})
    return {t.number: t.state.value for t in found if mine(office, t, windows)}, strangers


def _accepted(office: Office, facts: list[Mapping[str, Any]]) -> frozenset[str]:
    told = (f["body"] for f in facts if f["kind"] == "case.accepted")
    types = office.catalogue.types
    inner = {kind.id for kind in types.values() if kind.flow == _INNER}
    return frozenset(body["number"] for body in told if body.get("type_id") not in inner)


def _notices(facts: list[Mapping[str, Any]]) -> frozenset[str]:
    """Cases a notice was issued for: each its own, those of a list by the list's one paper."""
    lists = {f["body"]["batch"]: f["body"]["cases"] for f in facts if f["kind"] == "batch.accepted"}
    found: set[str] = set()
    for body in (f["body"] for f in facts if f["kind"] == "receipt.issued"):
        if body.get("kind") == "PLQD":
            found |= set(lists.get(body["number"], ()))
        elif body.get("kind") in NOTICES and body["number"] == body["case"]:
            found.add(body["case"])
    return frozenset(found)


def _issued(office: Office, facts: list[Mapping[str, Any]]) -> dict[str, PaperRecord]:
    numbers = [f["body"]["number"] for f in facts if f["kind"] == "receipt.issued"]
    found = ((number, office.ports.storage.paper(number)) for number in numbers)
    return {number: paper for number, paper in found if paper is not None}


def _slips(facts: list[Mapping[str, Any]], issued: Mapping[str, PaperRecord]) -> tuple[Slip, ...]:
    taken = {
        f["body"]["slip"]: sum(f["body"]["counted"].values()) for f in facts if f["kind"] == "originals.taken"
    }
    made = []
    for body in (f["body"] for f in facts if f["kind"] == "originals.handed"):
        told = sum(line["pages"] for line in body["bundles"])
        paper = issued.get(body["slip"])
        printed = sum(one.pages for one in _content(paper).bundles) if paper is not None else 0
        made.append(Slip(body["slip"], told, printed, taken.get(body["slip"])))
    return tuple(made)


def _spares(office: Office, day: date) -> tuple[Any, ...]:
    found = (spares_of(office.ports.storage, day, kind) for kind in SPARE_KINDS)
    return tuple(one for one in found if one.taken or one.used or one.voided or one.returned)


def _sums(facts: list[Mapping[str, Any]], kind: str) -> dict[str, int]:
    made: dict[str, int] = {}
    for body in (f["body"] for f in facts if f["kind"] == kind):
        made[body["number"]] = made.get(body["number"], 0) + 1
    return made


def _content(paper: PaperRecord) -> PaperContent:
    return from_plain(PaperContent, json.loads(paper.content))


def _follow_ups(office: Office) -> int | None:
    """Nobody but a supervisor learns that there was a bad answer."""
    if not office.actor.may("supervisor"):
        return None
    try:
        return len(office.ports.hub.follow_ups())
    except Problem:
        return None
