"""The question by which a device gets the hall's keys for marks of persons, sealed for it alone."""

from __future__ import annotations

from typing import Annotated, Any

from msgspec import Meta, Struct

from counter_app.hub.ask import Ask, Endpoint
from counter_app.hub.enrol_shapes import KeyBox
from counter_app.hub.hall import HallHub
from counter_app.hub.shapes import Id
from counter_app.seals.boxes import boxed
from counter_app.wire.enrol import people_about


class PeopleKeysBody(Struct, frozen=True, kw_only=True):
    """An X25519 public key (base64url) made for this question."""

    request_id: Id
    public_key: Annotated[str, Meta(min_length=43, max_length=43, pattern="^[A-Za-z0-9_-]*$")]


class PeopleKeysReply(Struct, frozen=True, kw_only=True):
    """The key in use first, then those by which somebody may still be written down."""

    boxes: list[KeyBox]


def boxes_of(hall: HallHub, public_key: str) -> list[KeyBox]:
    """The hall's keys, the one in use first, sealed for who holds the other half. Raises `body-broken`."""
    keys = hall.people_keys().keys
    return [
        KeyBox(version=version, box=boxed(public_key, keys[version], people_about(version)))
        for version in sorted(keys, reverse=True)
    ]


def _people_keys(ask: Ask) -> Any:
    if ask.bearer.device:
        ask.hall.refuse_left(ask.bearer.device)
    return PeopleKeysReply(boxes=boxes_of(ask.hall, ask.body.public_key))


PEOPLE: tuple[Endpoint, ...] = (
    Endpoint(
        "POST",
        "/v1/people-keys",
        "Keys for marks of persons",
        "take",
        _people_keys,
        PeopleKeysBody,
        PeopleKeysReply,
    ),
)
