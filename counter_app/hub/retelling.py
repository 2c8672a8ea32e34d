"""A fact of ours as another hall can read it: pages by their names there, sealed values in a box for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import Connection

from counter_app.hub.away import pages_in
from counter_app.hub.field_keys import keys_of
from counter_app.problems import Problem
from counter_app.seals.device import open_for_hall
from counter_app.seals.hub_identity import HubIdentity
from counter_app.wire.boxed_values import boxed, is_boxed, opened, with_values

Retold = Callable[[str, Mapping[str, Any]], dict[str, Any]]


def by_pages(pages: Mapping[str, str]) -> Retold:
    """Pages by the names they have there; sealed values as they are."""
    return lambda case_id, body: dict(pages_in(dict(body), lambda name: pages.get(name, name)))


def for_hub(
    connection: Connection,
    hall: str,
    identity: HubIdentity | None,
    box_key: bytes,
    pages: Mapping[str, str],
    now_ms: int,
) -> Retold:
    """The same with what was sealed for this hall, or boxed for its hub, in a box for the hub of `box_key`.

    A value sealed with a counter's own key stays as it is until that counter has sealed it for the hall; so
    does every value where one of the two hubs has no keys.
    """
    paged = by_pages(pages)
    if identity is None or not box_key:
        return paged
    keys = keys_of(connection, hall, identity, now_ms)

    def value(case_id: str, name: str, sealed: str) -> str:
        where = f"{case_id}|{name}"
        try:
            known = is_boxed(sealed)
            plain = opened(identity, sealed, where) if known else open_for_hall(sealed, where, keys)
        except Problem:  # a key nobody here has: it goes as it was sealed
            plain = None
        return boxed(plain, where, box_key) if plain is not None else sealed

    def retold(case_id: str, body: Mapping[str, Any]) -> dict[str, Any]:
        return with_values(paged(case_id, body), lambda name, sealed: value(case_id, name, sealed))

    return retold
