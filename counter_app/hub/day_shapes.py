"""Bodies and answers of the questions about ratings by code, follow-ups and outages."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, Struct

from counter_app.hub.shapes import ClerkBody, Id, Short, TicketShape, Words

Code = Annotated[str, Meta(min_length=1, max_length=900, pattern="^[^\\x00]*$")]


class RateCodeBody(Struct, frozen=True, kw_only=True):
    """A citizen's answer by the code of a receipt: 1 to 5 (5 = 非常满意), 0 = 未评."""

    request_id: Id
    code: Code
    level: Annotated[int, Meta(ge=0, le=5)]
    indicators: Annotated[list[Short], Meta(max_length=32)] = []


class FollowBody(Struct, frozen=True, kw_only=True):
    """One act on a follow-up; `note` is what was said or put right, `task` the number of its FW06 case."""

    request_id: Id
    note: Words = ""
    task: Short = ""
    clerk: ClerkBody | None = None


class FollowUpShape(Struct, frozen=True, kw_only=True):
    """A bad answer and what became of it."""

    id: str
    case_id: str
    number: str
    level: int
    indicators: list[str]
    opened_on: str
    call_back_by: str
    mend_by: str
    state: str
    called_at: str
    called_by: str
    said: str
    fix: str
    task: str
    overdue: bool


class FollowUpsReply(Struct, frozen=True, kw_only=True):
    """Follow-ups, the oldest first."""

    items: list[FollowUpShape]


class SortBody(Struct, frozen=True, kw_only=True):
    """What a waiting person is offered in an outage."""

    request_id: Id
    outage: Id
    way: Literal["offline", "wait", "keep"]
    note: Words = ""
    clerk: ClerkBody | None = None


class SortedShape(Struct, frozen=True, kw_only=True):
    """One person sorted; `kept` is the code of a kept number, else ""."""

    ticket_id: str
    number: str
    klass: str
    way: str
    at: str
    clerk_no: str
    note: str
    kept: str


class OutageReply(Struct, frozen=True, kw_only=True):
    """An outage: everybody sorted, numbers kept and those that came back."""

    items: list[SortedShape]
    kept: int
    redeemed: int


class RedeemBody(Struct, frozen=True, kw_only=True):
    """A kept number is brought back."""

    request_id: Id


class RedeemedReply(Struct, frozen=True, kw_only=True):
    """The ticket of today."""

    ticket: TicketShape
