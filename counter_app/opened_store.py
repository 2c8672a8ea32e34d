"""A store opened to be read, or written a few facts to, from the command line beside or without a desk."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any, cast

from counter_app.bootstrap import HOLIDAYS, pack_shelf
from counter_app.catalog import holidays
from counter_app.clock import WallClock
from counter_app.documents import Papers
from counter_app.domain.actor import Actor
from counter_app.domain.cases import Fact
from counter_app.domain.tickets import Ticket
from counter_app.domain.value import Value
from counter_app.joined import sealed_for_hall
from counter_app.problems import Problem
from counter_app.seals.device import DeviceKeys, DeviceSecrets
from counter_app.seals.keyring import Keyring, keyring_of
from counter_app.seals.provider import key_id
from counter_app.services.hub_port import Hub
from counter_app.services.office import Office
from counter_app.services.ports import Ports, Storage
from counter_app.storage import audit
from counter_app.storage.store import CounterStore, open_store

COMMAND_LINE = Actor("", "命令行", ("system",))


class Reading(Value, frozen=True):
    """A store opened for reading beside a running desk."""

    storage: Storage
    secrets: DeviceSecrets
    folder: Path
    keys: DeviceKeys
    close: Callable[[], None]
    store: CounterStore
    keyring: Keyring

    def tickets(self, day: date | None) -> Sequence[Ticket]:
        """The tickets of a day (or of all days)."""
        from counter_app.hub.local import read_tickets

        return read_tickets(self.folder, self.keys.database, self.store.hall, day)

    def ratings(self, first: date | None, last: date | None) -> Mapping[int, int]:
        """How often each level was given in a span of days. Raises Problem `store-missing`."""
        from counter_app.hub.local import read_ratings

        return read_ratings(self.folder, self.keys.database, self.store.hall, first, last)

    def verify_chain(self) -> tuple[bool, int, str | None]:
        """Whether the chain of facts is whole: `(ok, entries, first bad)`."""
        return audit.verify(self.store)

    def every_fact(self) -> Iterator[Mapping[str, Any]]:
        """All facts of this counter in order, a thousand at a time."""
        after = 0
        while found := self.storage.facts(after=after):
            yield from found
            after += len(found)

    def public_keys(self) -> dict[str, bytes]:
        """The key by which this device's papers are verified, by its id."""
        public = self.keys.public_key
        return {key_id(public): public}

    def public_keys_hex(self) -> dict[str, str]:
        """The same in hexadecimal, for people and files."""
        return {name: key.hex() for name, key in self.public_keys().items()}

    def note_look(self, what: str) -> None:
        """Record that sensitive values were opened.

        Raises Problem `store-locked` while a desk has the folder: opening happens at that desk then.
        """
        with open_for_writing(self) as store, store.unit(COMMAND_LINE, WallClock().now()) as unit:
            unit.record(Fact("access.read", {"what": what}))


@contextmanager
def open_for_writing(opened: Reading) -> Iterator[CounterStore]:
    """The same store to write a few facts from the command line, while no desk has the folder.

    Raises Problem `store-locked`.
    """
    store = open_store(opened.folder, opened.keyring, "", WallClock())
    try:
        yield store
    finally:
        store.close()


def open_for_reading(folder: Path, passphrase: Callable[[], str]) -> Reading:
    """Open the store of a folder read only. Raises Problem `store-missing`, `store-key`."""
    if not folder.is_dir():
        raise Problem("store-missing", str(folder), str(folder))
    keyring = keyring_of(folder, passphrase)
    store = open_store(folder, keyring, "", WallClock(), read_only=True)
    sealed_for_hall(store, folder)
    keys = store.secrets.keys  # opened once: deriving them again costs a fifth of a second
    return Reading(store, store.secrets, folder, keys, store.close, store, keyring)


class _Assumed:
    """A hub that is not asked: what is only judged is judged as if the line were there."""

    def online(self) -> bool:
        """True."""
        return True


def reading_office(opened: Reading, region: str) -> Office:
    """An office over a store opened for reading, to judge by: nothing written, called or printed.

    Raises Problem `not-found` for an unknown region.
    """
    catalogue, _ = pack_shelf(opened.folder).chosen(WallClock().now().date())
    found = catalogue.regions.get(region)
    if found is None:
        raise Problem("not-found", "region", region)
    nobody: Any = None  # no verb that judges reaches a device
    ports = Ports(
        storage=opened.storage,
        hub=cast(Hub, _Assumed()),
        documents=Papers(),
        devices=nobody,
        vouchers=nobody,
        clock=WallClock(),
        secrets=opened.secrets,
    )
    return Office(ports, catalogue, found, COMMAND_LINE, calendar=holidays.load(opened.folder / HOLIDAYS))
