"""What goes over the wire about cases after they left the window."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct

from counter_app.domain.money import LARGEST
from counter_app.hub.shapes import ClerkBody, Id, Short, Words

Sum = Annotated[int, Meta(ge=0, le=LARGEST)]


class MoveBody(Struct, frozen=True, kw_only=True):
    """One step of a case's life: `act` is a verb, `to` a step; one of them is enough. `amount` in 分."""

    request_id: Id
    act: Short = ""
    to: Short = ""
    desk: Short = ""
    desks: Annotated[list[Short], Meta(max_length=8)] = []
    reason: Words = ""
    amount: Sum | None = None
    days: Annotated[int, Meta(ge=0, le=1000)] = 0
    detail: Words = ""
    clerk: ClerkBody | None = None


class OpenedBody(Struct, frozen=True, kw_only=True):
    """Somebody opens what is masked; `what` in words, never a value."""

    request_id: Id
    what: Short
    clerk: ClerkBody | None = None


class CoverBody(Struct, frozen=True, kw_only=True):
    """Boxes over parts of a page: left, top, width, height in ten thousandths of it."""

    request_id: Id
    page: Short
    boxes: Annotated[list[Annotated[list[int], Meta(min_length=4, max_length=4)]], Meta(max_length=20)]
    clerk: ClerkBody | None = None


class LightShape(Struct, frozen=True, kw_only=True):
    """One clock as it stands today; `left` are working days, negative when overdue."""

    due_on: str | None
    left: int
    light: str
    provisional: bool


class ActShape(Struct, frozen=True, kw_only=True):
    """What may be done next, where it may lead, who may do it, and whether it needs a reason."""

    act: str
    name: str
    to: list[str]
    roles: list[str]
    reasoned: bool


class WorkShape(Struct, frozen=True, kw_only=True):
    """One case on a desk. `part` is the desk's own share of a joint case; `person` is masked."""

    id: str
    number: str
    type: str
    type_name: str
    person: str
    flow: str
    step: str
    step_name: str
    state: str
    desk: str
    part: str
    place: str
    holder: str
    since: str | None
    money: bool
    joint: bool
    deferred: list[str]
    amount: int | None
    paid: int
    statutory: LightShape | None
    promised: LightShape | None
    acts: list[ActShape]


class WorkReply(Struct, frozen=True, kw_only=True):
    """What lies on a desk, nearest deadline first."""

    items: list[WorkShape]


class PartShape(Struct, frozen=True, kw_only=True):
    """One desk's share: who holds it, who passed 初审 and 复核."""

    desk: str
    step: str
    holder: str
    first: str
    second: str
    agreed: bool


class TurnShape(Struct, frozen=True, kw_only=True):
    """One thing that happened to a case."""

    id: str
    act: str
    name: str
    source: str
    target: str
    at: str
    clerk_no: str
    clerk_name: str
    desk: str
    reason: str
    amount: int | None
    days: int
    detail: str


class ObjectionShape(Struct, frozen=True, kw_only=True):
    """我认为有误: when, about which reason, what was said, and what that reason rested on."""

    at: str
    about: str
    words: str
    basis: str


class CoverShape(Struct, frozen=True, kw_only=True):
    """A page covered in places at the counter, and the page as it was first, by name."""

    page: str
    original: str


class LaidShape(Struct, frozen=True, kw_only=True):
    """A page covered in places behind the counter: the page stays, whoever shows it draws the boxes black."""

    page: str
    boxes: list[list[int]]


class CaseShape(WorkShape, frozen=True, kw_only=True):
    """One case whole; `form` is what the accepting desk told, sensitive values sealed as they came.

    `messages` are those the core platform was to have, and what became of them.
    """

    parts: list[PartShape]
    received_on: str
    accepted_on: str | None
    history: list[TurnShape]
    objections: list[ObjectionShape]
    covers: list[CoverShape]
    form: dict[str, Any]
    repeated: bool
    messages: list[dict[str, Any]] = []
    laid: list[LaidShape] = []


class ReasonShape(Struct, frozen=True, kw_only=True):
    """A reason by its code."""

    code: str
    text: str


class ReasonsReply(Struct, frozen=True, kw_only=True):
    """Reasons to choose from; anything else is written as `其他：` and words."""

    items: list[ReasonShape]


def work_shape(row: Mapping[str, Any]) -> WorkShape:
    """A line of the work list for the wire."""
    return msgspec.convert(row, WorkShape)


def case_shape(row: Mapping[str, Any]) -> CaseShape:
    """A whole case for the wire."""
    return msgspec.convert(row, CaseShape)
