"""What a person orders about a message on the reconciliation list: ask now, send again, settle by hand.

Each order is a fact with who and why, once per request. Nothing is sent again that may still be done.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from counter_app.domain.actor import Actor
from counter_app.domain.messages import STATES
from counter_app.domain.value import Value
from counter_app.hub import memory, rows
from counter_app.hub.gateway import errands, ledger
from counter_app.hub.gateway.errands import WAITING, Errand
from counter_app.hub.gateway.ledger import SETTLED
from counter_app.hub.rows import to_ms
from counter_app.problems import Problem
from counter_app.queueing.entry import LineFact

FACTS = {"ask": "message.asked", "resend": "message.resent", "settle": "message.settled"}


class Order(Value, frozen=True):
    """One act (`FACTS`) about one message, once per `request_id`."""

    hall: str
    at: datetime
    request_id: str
    errand_id: str
    act: str
    why: str = ""


def carry_out(connection: Connection, actor: Actor, order: Order) -> bool:
    """Carry an order out; False when it was before.

    Raises Problem `supervisor-needed`, `actor-unnamed`, `reason-needed`, `verb-unknown`, `not-found`,
    `gateway-act` for what the message's state does not allow.
    """
    _allow(actor, order)
    digest = memory.digest("message", order.errand_id, order.act, order.why)
    if memory.subject(connection, order.hall, order.request_id, digest):
        return False
    errand = errands.find(connection, order.hall, order.errand_id)
    if errand is None:
        raise Problem("not-found", "message", order.errand_id)
    if order.act not in STATES[errand.state].acts:
        raise Problem("gateway-act", "message", STATES[errand.state].name)
    now = to_ms(order.at)
    told: dict[str, int | str] = {"id": errand.id, "number": errand.number, "infno": errand.infno}
    told |= {"serial": errand.serial, "state": errand.state}
    fact = LineFact(FACTS[order.act], "", now, actor.clerk_no, "", order.why.strip(), told)
    rows.note(connection, order.hall, fact)
    memory.remember(connection, order.hall, order.request_id, digest, errand.id, now)
    _ACTS[order.act](connection, actor, order, errand)
    return True


def _allow(actor: Actor, order: Order) -> None:
    if order.act not in FACTS:
        raise Problem("verb-unknown", "act", order.act)
    if not actor.may("supervisor"):
        raise Problem("supervisor-needed", "act", order.act)
    if not actor.clerk_no:
        raise Problem("actor-unnamed", "clerk")
    if order.act != "ask" and not order.why.strip():
        raise Problem("reason-needed", "why", "处理说明")


def _ask(connection: Connection, actor: Actor, order: Order, errand: Errand) -> None:
    errands.put(connection, order.hall, errand.id, next_ms=to_ms(order.at))


def _resend(connection: Connection, actor: Actor, order: Order, errand: Errand) -> None:
    """Another request under another serial: the state says that the platform has not got the last one."""
    nth = errand.attempt + 1
    again = {"attempt": nth, "request_id": f"{errand.id}:{nth}", "state": WAITING, "because": ""}
    again |= {"told": "", "tries": 0, "next_ms": to_ms(order.at), "clerk": actor.clerk_no}
    errands.put(connection, order.hall, errand.id, **again)


def _settle(connection: Connection, actor: Actor, order: Order, errand: Errand) -> None:
    words = f"{actor.clerk_no}：{order.why.strip()}"
    if errand.serial:
        ledger.settled(connection, order.hall, errand.serial, order.at, words)
    errands.put(connection, order.hall, errand.id, state=SETTLED, because=words, clerk=actor.clerk_no)
    errands.close(connection, order.hall, errand.id, order.at)


_ACTS = {"ask": _ask, "resend": _resend, "settle": _settle}
