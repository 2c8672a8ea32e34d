"""What goes over the wire when a device joins a hall."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct

from counter_app.hub.shapes import ClerkBody, Id, Short, Words

Key = Annotated[str, Meta(min_length=1, max_length=128, pattern="^[A-Za-z0-9_-]*$")]


class AuthorityReply(Struct, frozen=True, kw_only=True):
    """The halls of this hub, and the certificate to be pinned (PEM, "" without TLS)."""

    halls: list[str]
    ca: str


class EnrolBody(Struct, frozen=True, kw_only=True):
    """A one-time code, the device's Ed25519 public key, and its signature of docs/hub.md; all base64url."""

    code: Id
    public_key: Key
    signature: Key
    hall: Short = ""
    name: Short = ""


class EnrolledReply(Struct, frozen=True, kw_only=True):
    """The device's token, told once, and for what it is good.

    `pages_key` opens the sealed pages of the hall (AES-256-GCM); "" without TLS, and for whoever sees none.
    `hub_key` (Ed25519) signs what the hub says of itself, for `box_key` (X25519) packages are sealed.
    """

    hall: str
    device: str
    token: str
    role: str
    window: str
    pages_key: str = ""
    hub_key: str = ""
    box_key: str = ""


class InviteBody(Struct, frozen=True, kw_only=True):
    """One device of one role may join; behind the counter for one clerk."""

    request_id: Id
    role: Short
    window: Short = ""
    name: Short = ""
    person: Short = ""
    clerk: ClerkBody | None = None


class InvitedReply(Struct, frozen=True, kw_only=True):
    """What a person carries to the device: code and the beginning of the hub's fingerprint."""

    code: str
    minutes: int


class RevokeBody(Struct, frozen=True, kw_only=True):
    """A device leaves."""

    request_id: Id
    why: Words
    clerk: ClerkBody | None = None
