"""The people behind the counter of a rehearsal: each step of a case's life by somebody who may do it.

They ask the hub as real reviewers do; the desk's read copy follows its feed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from counter_app.catalog.verbs import CLERK, FINANCE, REVIEWER, SUPERVISOR, VERBS, verb_of
from counter_app.domain.actor import Actor
from counter_app.domain.life import Life, Wish
from counter_app.policy.life import flow_of
from counter_app.policy.life_rules import LOCAL
from counter_app.problems import Problem
from counter_app.services import decide, handover
from counter_app.services.life import follow, life_of, record_of
from counter_app.services.office import Office
from counter_app.sync.drain import drain
from counter_app.sync.pull import pull

FIRST = Actor("0420", "审核员甲", (REVIEWER,))
SECOND = Actor("0421", "审核员乙", (REVIEWER,))
CASHIER = Actor("0430", "财务出纳", (FINANCE,))
CHIEF = Actor("0301", "何主任", (SUPERVISOR, REVIEWER))
STAFF = {one.clerk_no: one for one in (FIRST, SECOND, CASHIER, CHIEF)}
_MOST = 40  # steps of one case until it is decided


def exchange(office: Office) -> None:
    """Hand the hub what waits, and hear what it has to tell."""
    ports = office.ports
    drain(ports.storage, ports.hub, ports.storage.settle)
    pull(ports.storage, ports.hub, partial(follow, office))


def act(office: Office, number: str, word: str, given: Mapping[str, Any]) -> None:
    """One reviewer's step of a script, or all steps to a decision (`approve`, `approve_payment`)."""
    exchange(office)
    if word in ("approve", "approve_payment"):
        approve(office, number, given.get("amount"), str(given.get("reason", "")))
        return
    if word == "deliver":
        handover.deliver(office, number, str(given.get("way", "窗口")), str(given.get("word", "本人签收")))
        return
    wish = Wish(
        id=office.new_id(),
        act=word,
        to=str(given.get("to", "")),
        desk=str(given.get("desk", "")),
        desks=tuple(given.get("desks", ())),
        reason=str(given.get("reason", "")),
        amount=given.get("amount"),
        days=int(given.get("days", 0)),
        detail=str(given.get("material") or given.get("detail", "")),
    )
    who = _by(office, word, life_of(office, record_of(office, number)), str(given.get("by", "")), wish.desk)
    decide.decide(replace(office, actor=who), number, wish)


def refuse(office: Office, number: str, reason: str = "refuse.standard") -> None:
    """The back office examines a case and refuses it; the decision goes out by post."""
    for word, why in (("claim", ""), ("pass", ""), ("refuse", reason)):
        given = {"reason": why} | ({"amount": 0} if word == "pass" else {}) | ({"by": "0421"} if why else {})
        act(office, number, word, given)
    exchange(office)
    handover.deliver(office, number, "邮寄", "EMS 示例")


def approve(office: Office, number: str, amount: int | None = None, reason: str = "") -> None:
    """Everything the back office does until a case is decided for its citizen, then handed over.

    Raises Problem where it stands still (a material owed, a reason needed).
    """
    exchange(office)
    for _ in range(_MOST):
        life = life_of(office, record_of(office, number))
        word, desk = _next(life)
        if not word:
            break
        wish = Wish(
            office.new_id(), word, desk=desk, reason=reason, amount=amount if word == "pass" else None
        )
        decide.decide(replace(office, actor=_by(office, word, life, "", desk)), number, wish)
        exchange(office)
    life = life_of(office, record_of(office, number))
    if any(one.target == "delivered" for one in flow_of(life).moves_from(life.step)):
        handover.deliver(office, number, "窗口", "本人签收")


# What leads on to a decision for the citizen, the first that a step offers.
_AHEAD = (
    "claim", "pass", "second", "grant", "pay", "resend", "finish", "accept", "assign", "supplied", "replied",
    "expert_result", "site_passed", "forward", "feedback", "tell_result", "handled",
)  # fmt: skip


def _next(life: Life) -> tuple[str, str]:
    if life.step in ("done", "refused", "checked", "archived"):
        return "", ""
    waits = [part for part in life.parts if not part.agreed]
    step, desk = (waits[0].step, waits[0].desk) if life.step in LOCAL and waits else (life.step, "")
    offered = {verb_of(one).id for one in flow_of(life).moves_from(step)}
    word = next((verb for verb in _AHEAD if verb in offered), "")
    if not word:
        raise Problem("move-wrong-step", "case", flow_of(life).step(step).name)
    return word, desk


def _by(office: Office, word: str, life: Life, number: str, desk: str) -> Actor:
    """Who does it: who was named, else the right person of the cast."""
    if number:
        return STAFF.get(number) or replace(office.actor, clerk_no=number)
    verb = VERBS.get(word)
    roles = verb.roles if verb is not None else (REVIEWER,)
    if CLERK in roles and word not in ("assign", "refuse"):
        return office.actor
    if REVIEWER in roles:
        part = life.part(desk)
        is_second = part is not None and part.step == "second_review"
        return SECOND if is_second else FIRST
    return CASHIER if FINANCE in roles else CHIEF
