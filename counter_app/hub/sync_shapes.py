"""What goes over the wire between a device and its hub beside the line."""

from __future__ import annotations

from typing import Annotated, Any

from msgspec import Meta, Struct

from counter_app.hub.shapes import ClerkBody, Id, Words

Sealed = Annotated[str, Meta(min_length=1, max_length=34 << 20)]


class StandingReply(Struct, frozen=True, kw_only=True):
    """Which life of the hall's hub answers; empty for one without keys."""

    standing: dict[str, Any]


class ReferenceReply(Struct, frozen=True, kw_only=True):
    """A piece of a scope. Another epoch than last time: start over from 0."""

    epoch: int
    last: int
    total: int
    items: list[dict[str, Any]]


class LeaseReply(Struct, frozen=True, kw_only=True):
    """What the device may do while it does not hear from the hall: a signed paper."""

    lease: dict[str, Any]


class PackageBody(Struct, frozen=True, kw_only=True):
    """A sealed package of records, base64url of the file."""

    request_id: Id
    package: Sealed


class PackageReply(Struct, frozen=True, kw_only=True):
    """What became of its records, by verdict."""

    package_id: str
    device: str
    records: int
    verdicts: dict[str, int]
    repeated: bool


class SettleBody(Struct, frozen=True, kw_only=True):
    """How a doubt was settled, and why."""

    request_id: Id
    way: Id
    why: Words
    clerk: ClerkBody | None = None
