"""Which hub a desk works with: that of the hall its folder joined, or its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from counter_app.late_hub import LateHub
from counter_app.problems import Problem
from counter_app.seals import base64url, hall_fields
from counter_app.seals.provider import AES_256_GCM, SHA256, SM3, SM4_GCM
from counter_app.services.ports import Clock, Spend
from counter_app.settings import Settings
from counter_app.storage.store import CounterStore
from counter_app.wire.enrol import MEMBER_FILE

if TYPE_CHECKING:
    from counter_app.catalog.model import Region
    from counter_app.hub.local import LocalHub
    from counter_app.sync.lease_book import LeaseBook
    from counter_app.sync.remote_hall import RemoteHall

STANDARD = "standard"  # of the setting `crypto`


def hall_hub(
    settings: Settings, folder: Path, key: bytes, clock: Clock, region: Region | None = None
) -> LateHub | RemoteHall:
    """The hub of the hall this folder joined (`enrol`), else the one inside the desk, not opened yet.

    `settings.hub` is where the hall's hub is now, when it moved. Raises Problem `hub-keys`.
    """
    if not (folder / MEMBER_FILE).exists():
        made = partial(local_hub, settings, folder, key, clock, region)
        return LateHub(made, bool(settings.key_module))
    from counter_app.sync.member import member_of  # TLS and HTTP: only where a hall was joined

    member = member_of(folder)
    if member is None:
        raise Problem("hub-keys", str(folder), MEMBER_FILE)
    return replace(member, url=settings.hub or member.url).connect(folder)


def local_hub(
    settings: Settings, folder: Path, key: bytes, clock: Clock, region: Region | None = None
) -> LocalHub:
    """The hub inside a desk, by the rules its hall has set. Raises what `LocalHub` raises."""
    from counter_app.hub.local import ONE_DESK, LocalHub

    rules = replace(ONE_DESK, recall_limit=settings.recall_limit)
    hub = LocalHub(folder, key, settings.hall_code, clock, rules)
    hub.region = region
    if settings.key_module:
        from counter_app.hub.keys import KeyService

        hub.key_module = KeyService(settings.key_module)
    from counter_app.seals.hub_identity import identity_from

    hub.identity = identity_from(key)
    return hub


def pages_to(folder: Path, hub: LateHub | RemoteHall) -> Callable[[], int]:
    """How pages reach the hall: not at all while the hub is in this folder, which has them."""
    if isinstance(hub, LateHub):
        return lambda: 0
    from counter_app.sync.carrying import hand_on
    from counter_app.sync.pages import hand_over

    return lambda: hand_over(folder, hub) + hand_on(folder, hub)


def sealed_for_hall(store: CounterStore, folder: Path, crypto: str = STANDARD) -> None:
    """New pages and values are sealed for the hall this folder joined; older ones stay as they are.

    `crypto` is the setting of that name. Raises Problem `hub-keys`, `seal-broken`, `setting-value`.
    """
    by_standard(store, crypto)
    if not (folder / MEMBER_FILE).exists():
        return
    store.secrets = replace(store.secrets, hall=hall_fields.load(folder, store.secrets.open_file))
    from counter_app.sync.member import member_of

    member = member_of(folder)
    if member is not None and member.pages_key:
        own = store.pages.key
        store.pages = replace(store.pages, key=bytes.fromhex(member.pages_key), older=(own,))


def lease_book(folder: Path, store: CounterStore) -> LeaseBook | None:
    """The lease of a folder that joined a hall whose hub signs leases; None for any other.

    Raises Problem `hub-keys`.
    """
    if not (folder / MEMBER_FILE).exists():
        return None
    from counter_app.sync.lease_book import LeaseBook
    from counter_app.sync.member import member_of

    member = member_of(folder)
    if member is None or not member.hub_key:
        return None

    def seen() -> datetime | None:
        latest = store.state.last_wall_ms
        return datetime.fromtimestamp(latest / 1000, UTC) if latest else None

    return LeaseBook(folder, member.hall, member.device, member.hub_key, seen)


def spend_at(folder: Path) -> Spend | None:
    """How a one-time code is made to count once in the hall a folder joined; None for any other."""
    if not (folder / MEMBER_FILE).exists():
        return None
    from counter_app.sync.member import hall_of

    def spend(clerk_no: str, step: int) -> bool:
        hub = hall_of(folder)
        try:
            return hub.spend_code(clerk_no, step)
        finally:
            hub.close()

    return spend


def by_standard(store: CounterStore, crypto: str) -> None:
    """Chain and seal from now on as the setting says; every row and value names its own algorithm.

    Raises Problem `setting-value`.
    """
    chosen = {STANDARD: (SHA256, AES_256_GCM), "gm": (SM3, SM4_GCM)}.get(crypto)
    if chosen is None:
        raise Problem("setting-value", "crypto", "crypto 应为 standard 或 gm。")
    store.state.hash_alg = chosen[0]
    store.secrets = replace(store.secrets, cipher=chosen[1])


def hub_key_of(folder: Path, database: bytes) -> bytes:
    """The key the hub of a folder signs with: the hall's it joined, else that of the hub inside the desk.

    Empty for a hall whose hub signs nothing. Raises Problem `hub-keys`.
    """
    if not (folder / MEMBER_FILE).exists():
        from counter_app.seals.hub_identity import identity_from

        return identity_from(database).public_key
    from counter_app.sync.member import member_of

    member = member_of(folder)
    return base64url.decode(member.hub_key) if member is not None and member.hub_key else b""
