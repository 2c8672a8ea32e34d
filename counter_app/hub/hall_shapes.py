"""What goes over the wire about the hall around the windows: kiosk, guide desk, board, manager."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from msgspec import Meta, Struct

from counter_app.domain.tickets import Wait
from counter_app.hub.shapes import ClerkBody, Id, Short, Words


class CloseBody(Struct, frozen=True, kw_only=True):
    """No more numbers, in the words of the kiosk ("" gives them again); or the end of the day."""

    request_id: Id
    why: Words = ""
    clerk: ClerkBody | None = None


class BookBody(Struct, frozen=True, kw_only=True):
    """An appointment at a moment; `person` an opaque key."""

    request_id: Id
    start: datetime
    group: Short = ""
    priority: Short = ""
    person: Short = ""
    note: Words = ""
    needs: Annotated[list[Short], Meta(max_length=16)] = []


class UnbookBody(Struct, frozen=True, kw_only=True):
    """An appointment that will not be kept."""

    request_id: Id


class SpareBody(Struct, frozen=True, kw_only=True):
    """Numbers of a group to be given while the hub is away; `holder` names the kiosk."""

    request_id: Id
    count: Annotated[int, Meta(ge=1, le=200)]
    group: Short = ""
    holder: Short = ""


class SayBody(Struct, frozen=True, kw_only=True):
    """A word for the whole hall: `help.asked`, `outage.announced` and the others of docs/hub.md."""

    request_id: Id
    kind: Short
    text: Words = ""
    window: Short = ""
    data: dict[Short, Short | int] = {}
    clerk: ClerkBody | None = None


class WaitShape(Struct, frozen=True, kw_only=True):
    """Where a number stands and how long it may still take, in minutes."""

    number: str
    state: str
    window: str
    ahead: int
    wait_low_min: int
    wait_high_min: int


class NumbersReply(Struct, frozen=True, kw_only=True):
    """Spare numbers."""

    numbers: list[str]


class PlainReply(Struct, frozen=True, kw_only=True):
    """One plain object."""

    item: dict[str, Any]


def wait_shape(wait: Wait) -> WaitShape:
    """A wait for the wire."""
    return WaitShape(
        number=wait.number,
        state=str(wait.state),
        window=wait.window,
        ahead=wait.ahead,
        wait_low_min=wait.low_min,
        wait_high_min=wait.high_min,
    )
