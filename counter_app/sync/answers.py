"""What goes to a hub and comes back, as values of this program."""

from __future__ import annotations

import json
import urllib.parse
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from counter_app.domain.actor import Actor
from counter_app.domain.tickets import Ticket, TicketState
from counter_app.domain.value import Value
from counter_app.problems import ROWS, Problem


class Answer(Value, frozen=True):
    """What came back, unread."""

    status: int
    body: bytes
    headers: Mapping[str, str]


def decoded_answer(answer: Answer) -> Any:
    """The object in an answer. Raises ValueError for what is not the hub's."""
    return decoded(answer.status, answer.body)


def decoded(status: int, answer: bytes) -> Any:
    """The answer as the hub writes it. Raises ValueError for anything else."""
    if status == 204:
        return None
    reply = json.loads(answer)
    if not isinstance(reply, dict) or (status >= 400) != ("problems" in reply) or status in range(300, 400):
        raise ValueError("not the hub's answer")
    return reply


def refusal(reply: Mapping[str, Any]) -> Problem:
    """The hub's own words: a newer hub may know a refusal this program does not."""
    told = reply["problems"][0]
    made = Problem(told["code"] if told["code"] in ROWS else "unknown", told.get("where", ""), told["code"])
    made.code = told["code"]
    made.args = (told["code"], made.where)
    for name in ("title", "cause", "advice"):
        setattr(made, name, str(told.get(name, getattr(made, name))))
    made.retry = bool(told.get("retry", made.retry))
    return made


def target(verb: str, to: str) -> dict[str, Any]:
    """Where, what or whom of a verb, as the hub's body names it."""
    if verb == "describe":
        return {"needs": [code for code in to.split(",") if code]}
    if verb == "transfer" and to.startswith("window:"):
        return {"window": to.removeprefix("window:")}
    named = {"promote": "priority", "assist": "helper", "carry": "day", "merge": "into"}
    return {named.get(verb, "group"): to}


def clerk_body(actor: Actor) -> dict[str, Any]:
    """Who pressed, as every body carries it."""
    return {
        "no": actor.clerk_no,
        "name": actor.clerk_name,
        "window": actor.window,
        "roles": list(actor.roles),
    }


def ticket_of(shape: Mapping[str, Any]) -> Ticket:
    """A ticket as the hub writes it."""
    called = shape["called_at"]
    return Ticket(
        ticket_id=shape["id"],
        number=shape["number"],
        group=shape["group"],
        klass=shape["class"],
        state=TicketState(shape["state"]),
        taken_at=datetime.fromisoformat(shape["taken_at"]),
        due_key=shape["due_key"],
        window=shape["window"],
        called_at=datetime.fromisoformat(called) if called else None,
        recalls=shape["recalls"],
        person_id=shape["person"],
        note=shape["note"],
        needs=tuple(shape.get("needs", ())),
        helper=shape.get("helper", ""),
        why=shape.get("why", ""),
        by=shape.get("by", ""),
        reissues=shape.get("reissues", 0),
        booking=shape.get("booking", ""),
    )


def quoted(text: str) -> str:
    """One step of a path. Nothing of the hub's has a slash in its name, however it is written."""
    if "/" in text or not text:
        raise Problem("not-found", "path", text)
    return urllib.parse.quote(text, safe="")
