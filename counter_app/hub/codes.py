"""One-time codes of second factors: each counts once in a hall, at whichever counter it is shown first.

The code itself never comes here, only which half minute it was of. A counter that cannot reach the hub
remembers by itself what it has taken.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from msgspec import Meta, Struct
from sqlalchemy import Connection

from counter_app.hub import enrolment, memory, reference
from counter_app.hub.ask import Ask, Endpoint
from counter_app.hub.reference import ACCOUNTS
from counter_app.hub.rows import to_ms
from counter_app.hub.shapes import Id
from counter_app.problems import Problem


def spend(
    connection: Connection, hall: str, device: str, request_id: str, code: tuple[str, int], at: datetime
) -> bool:
    """Take a clerk's code (number, half minute) for a device; False when it was taken for another sign-in.

    The same request may be asked again. Raises Problem `device-revoked`.
    """
    enrolment.refuse_left(connection, hall, device)
    reference.hold(connection, hall, ACCOUNTS)  # two counters with one code come one after the other
    name = f"code:{code[0]}:{code[1]}"
    mine = memory.digest("code", device, request_id)
    try:
        if not memory.subject(connection, hall, name, mine):
            memory.remember(connection, hall, name, mine, device, to_ms(at))
    except Problem:
        return False
    return True


class CodeBody(Struct, frozen=True, kw_only=True):
    """Whose code, and which half minute since 1970 it was of."""

    request_id: Id
    clerk_no: Annotated[str, Meta(min_length=1, max_length=32)]
    step: Annotated[int, Meta(ge=1, le=2**40)]


class CodeReply(Struct, frozen=True, kw_only=True):
    """Whether the code counts."""

    counts: bool


def _codes(ask: Ask) -> Any:
    device = ask.bearer.device
    if not device:
        raise Problem("token-role", "authorization", ask.bearer.role)
    return CodeReply(
        counts=ask.hall.spend_code(device, ask.body.request_id, ask.body.clerk_no, ask.body.step)
    )


CODES: tuple[Endpoint, ...] = (
    Endpoint("POST", "/v1/codes", "A one-time code counts once", "push", _codes, CodeBody, CodeReply),
)
