"""Another hall to this hall's hub: a membership of its own for each place cases are accepted for."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from counter_app.domain.value import Value
from counter_app.problems import Problem
from counter_app.seals import base64url
from counter_app.seals.provider import ED25519, STANDARD, key_id
from counter_app.sync.answers import quoted
from counter_app.sync.member import KEY_FILE, Member, device_key, member_of
from counter_app.sync.remote_hub import Page, RemoteHub
from counter_app.sync.standing import Standing
from counter_app.wire.enrol import store_of_hall

ROLE = "hall"


class NeighbourHub(RemoteHub):
    """The hub of another hall at its address. Raises Problem `hub-away` or what that hub refused."""

    facts_path = "/v1/brought"

    def brought(self, after: int) -> Page:
        """What became of the cases we brought, after a place of its feed."""
        reply = self.ask("GET", f"/v1/brought?after={quoted(str(after))}")
        return Page(reply["epoch"], reply["last"], tuple(reply["items"]))


class Neighbour(Value, frozen=True):
    """One other hall: how it is asked, the name of our chain there, its pages' key (b"" without TLS), and the
    key boxes for its hub are made with (b"" for a hub without keys).
    """

    hub: NeighbourHub
    store: str
    pages_key: bytes
    box_key: bytes = b""

    def __repr__(self) -> str:
        return f"Neighbour({self.store!r})"


def neighbours_in(folder: Path) -> Mapping[str, Neighbour]:
    """The halls a folder knows, by place: each subfolder is named for one and has joined its hall (`enrol`).

    Raises Problem `hub-keys` for a membership that is broken, `token-role` for one of another role.
    """
    found = {}
    for place in sorted(folder.iterdir()) if folder.is_dir() else ():
        member = member_of(place)
        if member is not None:
            found[place.name] = _neighbour(place, member)
    return found


def _neighbour(folder: Path, member: Member) -> Neighbour:
    if member.role != ROLE:
        raise Problem("token-role", KEY_FILE, member.role)
    key = device_key(folder)
    hub = NeighbourHub(member.url, member.token, ca=member.ca)
    hub.standing = Standing(folder, member.hall, key, member.hub_key)
    device = key_id(STANDARD.public_key(ED25519, key))
    box_key = base64url.decode(member.box_key) if member.box_key else b""
    return Neighbour(hub, store_of_hall(device), bytes.fromhex(member.pages_key), box_key)
