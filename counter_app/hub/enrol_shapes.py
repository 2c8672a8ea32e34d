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
    """A one-time code, the device's Ed25519 public key, and its signature of docs/hub.md; all base64url.

    `box_key` is an X25519 public key made for this question; without one no keys of persons are told.
    """

    code: Id
    public_key: Key
    signature: Key
    hall: Short = ""
    name: Short = ""
    box_key: Annotated[str, Meta(max_length=43, pattern="^[A-Za-z0-9_-]*$")] = ""


class KeyBox(Struct, frozen=True, kw_only=True):
    """One key for marks of persons, sealed for the asker; `version` is the number in the marks it makes."""

    version: int
    box: str


class EnrolledReply(Struct, frozen=True, kw_only=True):
    """The device's token, told once, and for what it is good.

    `pages_key` opens the sealed pages of the hall (AES-256-GCM); "" without TLS, and for whoever sees none.
    `people_keys` are those of /v1/people-keys, for whoever may ask there.
    """

    hall: str
    device: str
    token: str
    role: str
    window: str
    pages_key: str = ""
    people_keys: list[KeyBox] = []


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
