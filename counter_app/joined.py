"""Which hub a desk works with: that of the hall its folder joined, or its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from counter_app.late_hub import LateHub
from counter_app.problems import Problem
from counter_app.services.ports import Clock
from counter_app.settings import Settings
from counter_app.storage.store import CounterStore
from counter_app.wire.enrol import MEMBER_FILE

if TYPE_CHECKING:
    from counter_app.catalog.model import Region
    from counter_app.hub.local import LocalHub
    from counter_app.sync.remote_hall import RemoteHall


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
    return replace(member, url=settings.hub or member.url).connect()


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
    return hub


def pages_to(folder: Path, hub: LateHub | RemoteHall) -> Callable[[], int]:
    """How pages reach the hall: not at all while the hub is in this folder, which has them."""
    if isinstance(hub, LateHub):
        return lambda: 0
    from counter_app.sync.pages import hand_over

    return lambda: hand_over(folder, hub)


def sealed_for_hall(store: CounterStore, folder: Path) -> None:
    """New pages are sealed for the hall this folder joined; older ones stay as they are."""
    if not (folder / MEMBER_FILE).exists():
        return
    from counter_app.sync.member import member_of

    member = member_of(folder)
    if member is not None and member.pages_key:
        own = store.pages.key
        store.pages = replace(store.pages, key=bytes.fromhex(member.pages_key), older=(own,))
