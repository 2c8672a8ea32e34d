"""Who may work at the counters of a hall: an account made or changed at one counter is known at the others.

The counters make accounts, by two officers (`services.accounts`); the hub keeps the newest word about each
number, sealed by its own key, and tells it to devices that joined, to nobody else. Each change raises the
account's version: the higher one counts, and of two that are equal the one that is here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Annotated, Any

from msgspec import Meta, Struct
from sqlalchemy import Connection

from counter_app.domain.actor import Actor
from counter_app.domain.logins import checked_roles
from counter_app.hub import enrolment, reference
from counter_app.hub.ask import Ask, Endpoint
from counter_app.hub.reference import ACCOUNTS, MOST, Publish
from counter_app.hub.shapes import Id, Short
from counter_app.problems import Problem
from counter_app.seals.hub_identity import HubIdentity

_NOBODY = Actor("", "", ("system",))
Account = Mapping[str, Any]


def exchange(
    connection: Connection, hall: str, offered: Sequence[Account], identity: HubIdentity | None, at: datetime
) -> Sequence[Account]:
    """Keep what is newer of the accounts offered, and tell every account of the hall.

    Raises Problem `role-unknown`, `roles-apart` (三员分立), `hub-keys`; then nothing was kept.
    """
    reference.hold(connection, hall, ACCOUNTS)
    known = {one["clerk_no"]: one for one in told(connection, hall, identity)}
    newer = {}
    for one in offered:
        roles = checked_roles(one["roles"])
        before = known.get(one["clerk_no"])
        if before is None or int(one["version"]) > int(before["version"]):
            newer[str(one["clerk_no"])] = {**one, "roles": list(roles)}
    reference.publish(connection, _NOBODY, Publish(hall, at, ACCOUNTS, newer), identity)
    return [*({**known, **newer}).values()]


def told(connection: Connection, hall: str, identity: HubIdentity | None) -> Sequence[Account]:
    """Every account of a hall."""
    found: list[Account] = []
    after = 0
    while page := reference.read(connection, hall, ACCOUNTS, after, MOST, identity).rows:
        found += [row["body"] for row in page]
        after = int(page[-1]["no"])
    return found


class AccountShape(Struct, frozen=True, kw_only=True):
    """One account: `kept` is its argon2id hash, `totp` its second factor sealed for the hall."""

    clerk_no: Annotated[str, Meta(min_length=1, max_length=32)]
    name: Short
    roles: Annotated[list[Short], Meta(min_length=1, max_length=8)]
    active: bool
    version: Annotated[int, Meta(ge=1, le=2**40)]
    kept: Annotated[str, Meta(min_length=1, max_length=512)]
    totp: Annotated[str, Meta(max_length=512)] = ""
    must_change: bool = False
    barred: bool = False


class AccountsBody(Struct, frozen=True, kw_only=True):
    """The accounts this counter has newer than the hall's."""

    request_id: Id
    accounts: Annotated[list[AccountShape], Meta(max_length=1000)] = []


class AccountsReply(Struct, frozen=True, kw_only=True):
    """Every account of the hall."""

    accounts: list[AccountShape]


def _accounts(ask: Ask) -> Any:
    if not ask.bearer.device:
        raise Problem("token-role", "authorization", ask.bearer.role)
    offered = [_plain(one) for one in ask.body.accounts]
    found = ask.hall.accounts(ask.bearer.device, offered)
    return AccountsReply(accounts=[AccountShape(**one) for one in found])


def _plain(shape: AccountShape) -> Account:
    return {name: getattr(shape, name) for name in AccountShape.__struct_fields__}


def exchanged(
    connection: Connection,
    hall: str,
    device: str,
    offered: Sequence[Account],
    identity: HubIdentity | None,
    at: datetime,
) -> Sequence[Account]:
    """`exchange` for a device that joined and has not left. Raises Problem `device-revoked` too."""
    enrolment.refuse_left(connection, hall, device)
    return exchange(connection, hall, offered, identity, at)


ACCOUNT_ENDPOINTS: tuple[Endpoint, ...] = (
    Endpoint("POST", "/v1/accounts", "Who may work here", "push", _accounts, AccountsBody, AccountsReply),
)
